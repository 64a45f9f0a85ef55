/** Unit symbols after APP-6: a frame by side, the branch within, the echelon above; as drawings of the page and painted on the map. */

import { inPixels } from "./frame.js";

/** Width and height of a symbol in CSS pixels at full size. */
export const SIGN_PX = { width: 34, height: 32 };
/** The staff from a symbol's spot to its near edge. */
export const STAFF_PX = { short: 7, long: 22, longest: 38 };
/** Between a symbol and its name. */
export const NAME_GAP_PX = 3;
export const TAG_FONT = 'italic 600 14px "Atlas Serif"';

const FULL_SIZE_FROM = 5.5;
const SMALL_SCALE = 0.8;
// Allied frames are rectangles, the Axis' are diamonds, partisans' have round ends: shapes tell what colours tell.
const FRAMES = {
  western: { path: "M2 11h30v18H2z", inner: [2, 11, 32, 29], top: 11, foot: 29 },
  soviet: { path: "M2 11h30v18H2z", inner: [2, 11, 32, 29], top: 11, foot: 29 },
  partisan: { path: "M10 11h14a9 9 0 0 1 0 18H10a9 9 0 0 1 0-18z", inner: [5, 13, 29, 27], top: 20, foot: 20 },
  axis: { path: "M17 8.6L32.6 20 17 31.4 1.4 20z", inner: [9.2, 14.3, 24.8, 25.7], top: 20, foot: 20 },
};
const ECHELON_MARKS = { group: 5, army: 4, corps: 3 };
const NAME_HALO = 3;

/** How large symbols are at a zoom: smaller while the map shows half a continent. */
export function signScale(zoom) {
  return zoom < FULL_SIZE_FROM ? SMALL_SCALE : 1;
}

/** The font of the name beside a symbol. */
export function signFont(scale) {
  return `600 ${scale < 1 ? 11.5 : 12}px "Atlas Sans"`;
}

/** The lines of a symbol {side, branch, echelon} in a box of 34 by 34. */
export function signPaths({ side, branch, echelon }) {
  const { path, inner } = FRAMES[side];
  return { frame: path, branch: branch ? branchMarks(branch, inner) : "", echelon: echelonMarks(ECHELON_MARKS[echelon]) };
}

/** Paint symbols [{formation, x, y, corner, staff, bare, chosen}]: x, y in atlas units times k. */
export function paintSigns(ctx, frame, signs, colours, lang) {
  const scale = signScale(frame.zoom);
  inPixels(ctx, frame, () => {
    ctx.lineJoin = "round";
    ctx.lineCap = "butt";
    ctx.textBaseline = "middle";
    for (const sign of signs) paintSign(ctx, frame, sign, scale, colours, lang);
  });
}

function paintSign(ctx, frame, { formation, x, y, corner, staff, bare, chosen }, scale, colours, lang) {
  const { side } = formation;
  const tone = colours[`${side}-sign`];
  const ground = colours[`${side}-paper`];
  const isEast = corner.endsWith("e");
  const isNorth = corner.startsWith("n");
  const [footX, footY] = [Math.round(x + frame.x), Math.round(y + frame.y)];
  const left = isEast ? footX - 2 * scale : footX - 32 * scale;
  const top = isNorth ? footY - STAFF_PX[staff] - SIGN_PX.height * scale : footY + STAFF_PX[staff] - scale;
  const paths = (formation.paths ??= toPaths(signPaths(formation)));
  ctx.save();
  ctx.translate(left, top);
  ctx.scale(scale, scale);
  // The staff runs from the spot along the near edge of the frame, or to the near corner of a diamond.
  const reach = (footY - top) / scale;
  const staffX = isEast ? 2 : 32;
  const staffTo = isNorth ? FRAMES[side].top : FRAMES[side].foot;
  const traceStaff = () => ctx.rect(staffX, Math.min(reach, staffTo), 0, Math.abs(reach - staffTo));
  strokeTraced(ctx, colours["label-halo"], 3.4, traceStaff);
  strokeTraced(ctx, tone, 1.8, traceStaff);
  ctx.strokeStyle = colours["label-halo"];
  ctx.lineWidth = 3.4;
  ctx.stroke(paths.echelon);
  ctx.stroke(paths.frame);
  ctx.fillStyle = chosen ? tone : ground;
  ctx.fill(paths.frame);
  ctx.strokeStyle = tone;
  ctx.lineWidth = 1.7;
  ctx.stroke(paths.frame);
  ctx.lineWidth = 1.2;
  ctx.stroke(paths.echelon);
  ctx.strokeStyle = chosen ? ground : tone;
  if (paths.branch) ctx.stroke(paths.branch);
  ctx.restore();
  if (bare) return;
  ctx.font = signFont(scale);
  ctx.textAlign = isEast ? "left" : "right";
  const nameX = isEast ? left + 34 * scale + NAME_GAP_PX : left - NAME_GAP_PX;
  paintName(ctx, formation.short[lang], nameX, top + 20.5 * scale, tone, colours);
}

/** Paint names of offensives [{offensive, cx, cy, chosen}], the chosen one underlined. */
export function paintTags(ctx, frame, tags, colours, lang) {
  inPixels(ctx, frame, () => {
    ctx.font = TAG_FONT;
    ctx.textAlign = "center";
    ctx.textBaseline = "middle";
    ctx.lineJoin = "round";
    for (const { offensive, cx, cy, chosen } of tags) {
      const [x, y] = [Math.round(cx + frame.x), Math.round(cy + frame.y)];
      const text = offensive.name[lang];
      const tone = colours[`${offensive.side}-sign`];
      paintName(ctx, text, x, y, tone, colours);
      if (!chosen) continue;
      const half = ctx.measureText(text).width / 2;
      strokeTraced(ctx, tone, 1.5, () => ctx.rect(x - half, y + 10, 2 * half, 0));
    }
  });
}

function paintName(ctx, text, x, y, tone, colours) {
  ctx.lineWidth = NAME_HALO;
  ctx.strokeStyle = colours["label-halo"];
  ctx.strokeText(text, x, y);
  ctx.fillStyle = tone;
  ctx.fillText(text, x, y);
}

function strokeTraced(ctx, colour, width, trace) {
  ctx.beginPath();
  trace();
  ctx.strokeStyle = colour;
  ctx.lineWidth = width;
  ctx.stroke();
}

function toPaths(texts) {
  return Object.fromEntries(Object.entries(texts).map(([name, d]) => [name, d ? new Path2D(d) : null]));
}

function echelonMarks(count) {
  const step = 5;
  const start = 17 - ((count - 1) * step) / 2;
  return Array.from({ length: count }, (_, i) => {
    const x = start + i * step;
    return `M${x - 1.7} 1.6l3.4 4.4M${x + 1.7} 1.6l-3.4 4.4`;
  }).join("");
}

function branchMarks(branch, [x0, y0, x1, y1]) {
  const [cx, cy] = [(x0 + x1) / 2, (y0 + y1) / 2];
  if (branch === "infantry") return `M${x0} ${y0}L${x1} ${y1}M${x1} ${y0}L${x0} ${y1}`;
  if (branch === "cavalry") return `M${x0} ${y1}L${x1} ${y0}`;
  if (branch === "armour") return `M${cx - 4} ${cy - 3.6}h8a3.6 3.6 0 0 1 0 7.2h-8a3.6 3.6 0 0 1 0-7.2z`;
  if (branch === "mountain") return `M${cx - 5} ${y1}l5-8 5 8z`;
  return `M${cx - 7} ${cy + 1}a3.5 3.5 0 0 1 7 0a3.5 3.5 0 0 1 7 0`;
}
