/** The plate itself: sea, lakes, rivers, borders, neutral states and relief, to be laid over the coloured ground. */

import { EVERYWHERE } from "./paths.js";

const HATCH_PX = 7;
// Waterlines: wide and faint to narrow and firm; the land is cut out of them afterwards.
const RIMS = [
  { px: 18, alpha: 0.16 },
  { px: 10, alpha: 0.22 },
  { px: 4, alpha: 0.34 },
];

/**
 * Paint everything that does not depend on the day on a clear canvas; relief may be null. `hasSides`: whether far states
 * bear the colour of their side, as the ground of the fronts does where areas are shown.
 * What lies over the land comes last and "behind" the sea, so that the coast needs to be filled only once.
 */
export function paintPlate(ctx, frame, paths, colours, relief, hasSides = true) {
  const px = 1 / frame.k;
  ctx.lineJoin = "bevel";
  paintSea(ctx, paths, colours, px);
  paintRivers(ctx, frame, paths, colours, px);
  paintBorders(ctx, frame, paths, colours, px);
  ctx.globalCompositeOperation = "destination-over";
  paintFarBorders(ctx, frame, paths, colours, px);
  paintNeutral(ctx, frame, paths, colours);
  if (relief) paintRelief(ctx, relief, colours);
  paintFarStates(ctx, paths, colours, px, hasSides);
  ctx.globalCompositeOperation = "source-over";
}

/** Stroke width in pixels of a river of a scale rank, 0 = not drawn at this zoom. */
export function riverWidth(rank, zoom) {
  const weight = zoom * 1.1 - rank;
  if (weight < -0.4) return 0;
  return Math.min(2.2, 0.55 + 0.16 * Math.max(0, weight));
}

function paintSea(ctx, { land, farLand, lakes, coast, rim: shore }, colours, px) {
  ctx.fillStyle = colours.sea;
  ctx.fillRect(-EVERYWHERE, -EVERYWHERE, 2 * EVERYWHERE, 2 * EVERYWHERE);
  ctx.strokeStyle = colours["sea-rim"];
  for (const rim of RIMS) {
    ctx.globalAlpha = rim.alpha;
    ctx.lineWidth = rim.px * px;
    ctx.stroke(shore);
  }
  ctx.globalAlpha = 1;
  ctx.globalCompositeOperation = "destination-out";
  ctx.fill(land, "evenodd");
  ctx.fill(farLand, "evenodd");
  ctx.globalCompositeOperation = "source-over";
  ctx.fillStyle = colours.sea;
  ctx.fill(lakes, "evenodd");
  ctx.strokeStyle = colours.coast;
  ctx.lineWidth = 0.8 * px;
  ctx.stroke(coast);
  ctx.strokeStyle = colours["lake-rim"];
  ctx.lineWidth = 0.6 * px;
  ctx.stroke(lakes);
}

function paintRivers(ctx, frame, { rivers }, colours, px) {
  ctx.strokeStyle = colours.river;
  ctx.lineCap = "round";
  for (const { rank, path } of rivers) {
    const width = riverWidth(rank, frame.zoom);
    if (width === 0) continue;
    ctx.lineWidth = width * px;
    ctx.stroke(path);
  }
}

function paintBorders(ctx, frame, { borders }, colours, px) {
  ctx.strokeStyle = colours.border;
  ctx.lineCap = "butt";
  ctx.lineWidth = (frame.zoom < 5 ? 0.8 : 1.1) * px;
  ctx.setLineDash([5 * px, 2.5 * px, 1 * px, 2.5 * px]);
  ctx.stroke(borders);
  ctx.setLineDash([]);
}

// Painted "behind": what of these lines runs over water, the sea hides.
function paintFarBorders(ctx, frame, { farBorders }, colours, px) {
  paintBorders(ctx, frame, { borders: farBorders }, colours, px);
}

// Painted "behind" everything; the stroke closes the hairlines that neighbours would leave between them.
function paintFarStates(ctx, { far }, colours, px, hasSides) {
  ctx.lineWidth = px;
  for (const { side, path } of far) {
    ctx.fillStyle = ctx.strokeStyle = side === "none" ? colours["far-land"] : hasSides ? colours[side] : colours.land;
    ctx.fill(path, "evenodd");
    ctx.stroke(path);
  }
}

// Painted "behind": the hatching first, then what it lies on.
function paintNeutral(ctx, frame, { neutral }, colours) {
  ctx.fillStyle = hatching(ctx, frame, colours.hatch);
  ctx.fill(neutral, "evenodd");
  ctx.fillStyle = colours.neutral;
  ctx.fill(neutral, "evenodd");
}

function hatching(ctx, frame, colour) {
  const size = HATCH_PX * frame.density;
  const tile = new OffscreenCanvas(size, size);
  const brush = tile.getContext("2d");
  brush.strokeStyle = colour;
  brush.lineWidth = frame.density;
  brush.beginPath();
  for (const shift of [-size, 0, size]) {
    brush.moveTo(shift - 1, size + 1);
    brush.lineTo(shift + size + 1, -1);
  }
  brush.stroke();
  const pattern = ctx.createPattern(tile, "repeat");
  // Tiles are whole pixels of the canvas, whatever the scale of the plate.
  pattern.setTransform(new DOMMatrix().scale(1 / (frame.k * frame.density)));
  return pattern;
}

function paintRelief(ctx, relief, colours) {
  for (const name of ["dark", "light"]) {
    ctx.globalAlpha = Number(colours[`relief-${name}`]);
    ctx.drawImage(relief[name], relief.x, relief.y, relief.width, relief.height);
  }
  ctx.globalAlpha = 1;
}
