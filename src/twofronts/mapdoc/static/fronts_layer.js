/** The front lines of a day. */

import { levelOfZoom } from "./fronts.js";
import { teethOf } from "./teeth.js";

const HALO_PX = 6.5;
const LINE_PX = 2.4;
const TOOTH_PX = 1.2;
const DASH_PX = [11, 4];

/** Draws lines and keeps the marks along them for the scale they were made at. */
export class FrontPainter {
  constructor(fronts) {
    this._fronts = fronts;
    this._teeth = new WeakMap();
  }

  /** Paint a day's lines; `chosen` is the line under the pointer or focus, or null. */
  paint(ctx, frame, day, colours, chosen) {
    const level = levelOfZoom(frame.zoom);
    const lines = this._fronts.lines(day).map((line) => ({ line, shape: this._fronts.shape(line, level) }));
    const px = 1 / frame.k;
    // Points lie so close that a round join would only cost time.
    ctx.lineJoin = "bevel";
    ctx.lineCap = "butt";
    ctx.strokeStyle = colours.halo;
    ctx.lineWidth = HALO_PX * px;
    for (const { shape } of lines) ctx.stroke(shape.path);
    for (const { line, shape } of lines) this._paintLine(ctx, frame.k, line, shape, colours, px * (line === chosen ? 1.5 : 1));
  }

  _paintLine(ctx, k, line, shape, colours, px) {
    const teeth = this._teethAt(line, shape, k);
    ctx.strokeStyle = ctx.fillStyle = colours[`${line.side}-line`];
    ctx.lineWidth = TOOTH_PX * px;
    if (teeth.filled) ctx.fill(teeth.path);
    else ctx.stroke(teeth.path);
    ctx.lineWidth = LINE_PX * px;
    if (line.s === 1) ctx.setLineDash(DASH_PX.map((length) => length * px));
    ctx.stroke(shape.path);
    ctx.setLineDash([]);
  }

  _teethAt(line, shape, k) {
    const known = this._teeth.get(line);
    if (known && known.k === k) return known;
    const made = { k, ...teethOf(shape.points, line.side, k) };
    this._teeth.set(line, made);
    return made;
  }
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
