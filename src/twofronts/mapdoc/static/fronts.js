/** The fronts of every day: arcs decoded once, a day's paths when first asked for. */

import { decodeRun } from "./projection.js";
import { chainArcs, traceRun } from "./paths.js";

/** Sides in the order their ground is painted. */
export const SIDES = ["soviet", "partisan", "western"];

/** Which side's colour and pattern a line of a theatre takes. */
export function sideOfLine(line) {
  if (line.w) return "contact";
  if (line.t === "west" || line.t === "italy") return "western";
  return line.t === "partisan" ? "partisan" : "soviet";
}

/** Day-indexed access to areas, lines, facts and pockets of the payload's "fronts". */
export class Fronts {
  constructor(data) {
    this.first = data.first;
    this.last = data.last;
    this.pockets = data.pockets;
    this.keyframes = data.keyframes;
    this._data = data;
    this._arcs = data.arcs.map(decodeRun);
    this._areas = new Map();
    this._lines = new Map();
  }

  /** Whether the data has lines for this day. */
  has(day) {
    return day >= this.first && day <= this.last;
  }

  /** Figures of a day, or null. */
  facts(day) {
    return (this.has(day) && this._data.facts[day - this.first]) || null;
  }

  /** Path2D of the ground a side holds on a day, or null if it holds none. */
  area(side, day) {
    const key = side + day;
    if (!this._areas.has(key)) this._areas.set(key, this._buildArea(side, day));
    return this._areas.get(key);
  }

  /** Lines of a day: [{...line, side, path, points}]. */
  lines(day) {
    if (!this.has(day)) return [];
    if (!this._lines.has(day)) {
      const lines = this._data.lines[day - this.first].map((line) => this._buildLine(line));
      this._lines.set(day, lines);
    }
    return this._lines.get(day);
  }

  _buildArea(side, day) {
    const polygons = this.has(day) ? this._data.days[day - this.first].areas[side] : null;
    if (!polygons || polygons.length === 0) return null;
    const path = new Path2D();
    for (const rings of polygons) for (const refs of rings) traceRun(path, chainArcs(this._arcs, refs), true);
    return path;
  }

  _buildLine(line) {
    const points = chainArcs(this._arcs, line.a);
    const path = new Path2D();
    traceRun(path, points, false);
    return { ...line, side: sideOfLine(line), points, path };
  }
}
