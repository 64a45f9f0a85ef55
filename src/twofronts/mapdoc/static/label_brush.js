/** Names as they are painted, wherever they were laid out. */

import { inPixels } from "./frame.js";

const NAME_HALO_PX = 3;

/** Paint placed labels (as labels.js lays them out) into a frame. */
export function paintLabels(ctx, frame, labels, colours) {
  inPixels(ctx, frame, () => {
    for (const label of labels) paintLabel(ctx, frame, label, colours);
  });
}

function paintLabel(ctx, frame, label, colours) {
  ctx.save();
  // Half pixels blur text: names stand on whole ones, slanted names may float.
  const snap = label.angle ? (value) => value : Math.round;
  ctx.translate(snap(label.x + frame.x), snap(label.y + frame.y));
  if (label.angle) ctx.rotate(label.angle);
  ctx.font = label.font;
  ctx.letterSpacing = `${label.spacing ?? 0}px`;
  ctx.textAlign = label.align ?? "center";
  ctx.textBaseline = "middle";
  ctx.lineJoin = "round";
  if (label.kind === "town") paintDot(ctx, label, colours);
  const style = styleOf(label, colours);
  if (style.halo) {
    ctx.strokeStyle = style.halo;
    ctx.lineWidth = NAME_HALO_PX;
    ctx.strokeText(label.text, label.dx ?? 0, (label.dy ?? 0) + 1);
  }
  ctx.fillStyle = style.fill;
  ctx.fillText(label.text, label.dx ?? 0, (label.dy ?? 0) + 1);
  ctx.restore();
}

function paintDot(ctx, { r, rank }, colours) {
  ctx.beginPath();
  ctx.arc(0, 0, r, 0, 2 * Math.PI);
  ctx.fillStyle = rank <= 3 ? colours.label : colours.paper;
  ctx.strokeStyle = rank <= 3 ? colours["label-halo"] : colours.label;
  ctx.lineWidth = 1.2;
  ctx.fill();
  ctx.stroke();
}

function styleOf(label, colours) {
  if (label.kind === "water") return { fill: colours["water-label"], halo: null };
  if (label.kind === "river") return { fill: colours["water-label"], halo: colours["label-halo"] };
  if (label.kind === "country") return { fill: colours["label-soft"], halo: colours["label-halo"] };
  return { fill: colours.label, halo: colours["label-halo"] };
}
