/** The front lines of a day. */

import { shapeLines } from "./front_shapes.js";
import { hasSolidTeeth } from "./teeth.js";

const HALO_PX = 6.5;
const LINE_PX = 2.4;
const PICKED_PX = 4.5;
const TOOTH_PX = 1.2;
const DASH_PX = [11, 4];
const BAND_ALPHA = 0.14;

/** Draws lines and keeps their shapes for the scale they were made at. */
export class FrontPainter {
  constructor(fronts) {
    this._fronts = fronts;
    this._shapes = new Map();
    this._k = 0;
  }

  /** Paint a day's lines; `picked` are the places in the day's list of those under the pointer or focus. */
  paint(ctx, frame, day, colours, picked) {
    const { halo, strokes, teeth, bands } = this._shapesOf(day, frame);
    const px = 1 / frame.k;
    // Points lie so close that a round join would only cost time.
    ctx.lineJoin = "bevel";
    ctx.globalAlpha = BAND_ALPHA;
    ctx.lineCap = "round";
    for (const band of bands) stroke(ctx, band.path, colours[`${band.side}-line`], 2 * band.units);
    ctx.globalAlpha = 1;
    ctx.lineCap = "butt";
    stroke(ctx, halo, colours.halo, HALO_PX * px);
    for (const { side, path } of teeth) {
      ctx.fillStyle = colours[`${side}-line`];
      if (hasSolidTeeth(side)) ctx.fill(path);
      else stroke(ctx, path, colours[`${side}-line`], TOOTH_PX * px);
    }
    for (const { side, dashed, path } of strokes) {
      if (dashed) ctx.setLineDash(DASH_PX.map((length) => length * px));
      stroke(ctx, path, colours[`${side}-line`], LINE_PX * px);
      ctx.setLineDash([]);
    }
    if (picked.length === 0) return;
    const lines = this._fronts.lines(day);
    const lifted = shapeLines(this._fronts, picked.map((index) => lines[index]), frame.zoom, frame.k);
    for (const { side, path } of lifted.strokes) stroke(ctx, path, colours[`${side}-line`], PICKED_PX * px);
  }

  /** Build ahead of time what a day's lines need. */
  prepare(day, frame) {
    this._shapesOf(day, frame);
  }

  _shapesOf(day, frame) {
    if (frame.k !== this._k) {
      this._shapes.clear();
      this._k = frame.k;
    }
    if (!this._shapes.has(day)) this._shapes.set(day, shapeLines(this._fronts, this._fronts.lines(day), frame.zoom, frame.k));
    return this._shapes.get(day);
  }
}

function stroke(ctx, path, colour, width) {
  ctx.strokeStyle = colour;
  ctx.lineWidth = width;
  ctx.stroke(path);
}

/** The line nearest to an atlas point within `reach` atlas units, or null. */
export function lineNear(lines, x, y, reach) {
  let best = reach * reach;
  let found = null;
  for (const line of lines) {
    const distance = squaredDistance(line.points, x, y, best);
    if (distance < best) {
      best = distance;
      found = line;
    }
  }
  return found;
}

function squaredDistance(points, x, y, limit) {
  let best = limit;
  for (let i = 2; i < points.length; i += 2) {
    const ax = points[i - 2];
    const ay = points[i - 1];
    const dx = points[i] - ax;
    const dy = points[i + 1] - ay;
    const lengthSquared = dx * dx + dy * dy;
    const along = lengthSquared === 0 ? 0 : Math.max(0, Math.min(1, ((x - ax) * dx + (y - ay) * dy) / lengthSquared));
    const ex = ax + along * dx - x;
    const ey = ay + along * dy - y;
    best = Math.min(best, ex * ex + ey * ey);
  }
  return best;
}
