/** The fronts of every day: arcs decoded once, a day's paths when first asked for. */

import { decodeRun } from "./projection.js";
import { changedLoops, chainArcs, nodesOfArcs, thin, traceRun } from "./paths.js";

/** The level at which nothing is thinned out any more. */
export const FINEST_LEVEL = 8;
const ARC_THIN_PX = 0.6;

/** Detail level for a zoom: whole zooms, as arcs are thinned to what can be seen there. */
export function levelOfZoom(zoom) {
  return Math.min(FINEST_LEVEL, Math.ceil(zoom));
}

/** Day-indexed access to areas, changes, lines, facts and pockets of the payload's "fronts". */
export class Fronts {
  constructor(data) {
    this.first = data.first;
    this.last = data.last;
    this.pockets = data.pockets;
    this.keyframes = data.keyframes;
    this._data = data;
    this._thinned = new Map();
    this._areas = new Map();
    this._changes = new Map();
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
  area(side, day, level) {
    return remember(this._areas, `${side}${day}/${level}`, () => {
      const rings = this._rings(side, day);
      return rings.length === 0 ? null : this._pathOfRings(rings, level);
    });
  }

  /** Path2D of the ground a side won or lost between two days, or null if nothing changed. */
  change(side, before, day, level) {
    return remember(this._changes, `${side}${before}-${day}/${level}`, () => {
      const loops = changedLoops(this._nodes(), this._rings(side, before), this._rings(side, day));
      return loops.length === 0 ? null : this._pathOfRings(loops, level);
    });
  }

  /** Lines of a day: [{...line, side, points}]. */
  lines(day) {
    if (!this.has(day)) return [];
    return remember(this._lines, day, () =>
      this._data.days[day - this.first].lines.map((line) => ({
        ...line,
        points: this.pointsAt(line, FINEST_LEVEL),
      })),
    );
  }

  /** Points of a line at a detail level. */
  pointsAt(line, level) {
    return chainArcs(this._arcsAt(level), line.a);
  }

  _rings(side, day) {
    const polygons = this.has(day) ? this._data.days[day - this.first].areas[side] : null;
    return polygons ? polygons.flat() : [];
  }

  _pathOfRings(rings, level) {
    const arcs = this._arcsAt(level);
    const path = new Path2D();
    for (const refs of rings) traceRun(path, chainArcs(arcs, refs), true);
    return path;
  }

  _arcsAt(level) {
    return remember(this._thinned, level, () => {
      if (level >= FINEST_LEVEL) return this._data.arcs.map(decodeRun);
      const tolerance = ARC_THIN_PX * 2 ** (6 - level);
      return this._arcsAt(FINEST_LEVEL).map((arc) => thin(arc, tolerance));
    });
  }

  // Only changes ask for them, and only the thread that paints asks for changes.
  _nodes() {
    this._nodesOfArcs ??= nodesOfArcs(this._arcsAt(FINEST_LEVEL));
    return this._nodesOfArcs;
  }
}

function remember(map, key, make) {
  if (!map.has(key)) map.set(key, make());
  return map.get(key);
}
