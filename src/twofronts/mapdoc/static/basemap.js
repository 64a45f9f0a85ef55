/** Geometry of the plate as paths, in as much detail as a zoom can show. */

import { FINEST_LEVEL, levelOfZoom } from "./fronts.js";
import { thin, traceRun } from "./paths.js";
import { decodeRun } from "./projection.js";

const THIN_PX = 0.7;
// Wide strokes cost by the point, and a waterline may pass a cove by.
const RIM_THIN_PX = 3;

const FAR_SIDES = ["western", "soviet", "none"];

/** Land, water and borders decoded once; at(zoom) gives their paths. */
export class BasemapPaths {
  constructor(data) {
    const decodeAll = (polygons) => polygons.flat().map(decodeRun);
    const ringsOf = (states, side) => states.flatMap((state) => (state.side === side ? state.rings : [])).map(decodeRun);
    const neutral = data.territories.filter((state) => state.status === "neutral").flatMap((state) => (state.rings ?? []).map(decodeRun));
    this._runs = {
      land: decodeAll(data.land),
      farLand: decodeAll(data.land_world),
      lakes: decodeAll(data.lakes),
      neutral: [...neutral, ...ringsOf(data.far_states, "neutral")],
      borders: data.borders.map((border) => decodeRun(border.c)),
      farBorders: data.far_borders.map((border) => decodeRun(border.c)),
      coast: [...shoresOf(data.land.flat()), ...shoresOf(data.land_world.flat())],
    };
    this._far = FAR_SIDES.map((side) => ({ side, runs: ringsOf(data.far_states, side) }));
    this._rivers = data.rivers.map((river) => ({ rank: river.r, points: decodeRun(river.c) }));
    this._levels = new Map();
  }

  /** {land, farLand, lakes, neutral: closed; borders, farBorders, coast, rim (a plainer coast): open; far: [{side, path: closed}]; rivers: [{rank, path}]}. */
  at(zoom) {
    const level = levelOfZoom(zoom);
    if (!this._levels.has(level)) this._levels.set(level, this._build(level));
    return this._levels.get(level);
  }

  _build(level) {
    const pixel = 2 ** (6 - level);
    const tolerance = level >= FINEST_LEVEL ? 0 : THIN_PX * pixel;
    const closed = (runs) => pathOf(runs, tolerance, true);
    const open = (runs) => pathOf(runs, tolerance, false);
    const { land, farLand, lakes, neutral, borders, farBorders, coast } = this._runs;
    const ranks = [...new Set(this._rivers.map((river) => river.rank))];
    return {
      land: closed(land),
      farLand: closed(farLand),
      lakes: closed(lakes),
      neutral: closed(neutral),
      borders: open(borders),
      farBorders: open(farBorders),
      far: this._far.map(({ side, runs }) => ({ side, path: closed(runs) })),
      coast: open(coast),
      rim: pathOf(coast, RIM_THIN_PX * pixel, false),
      rivers: ranks.map((rank) => ({ rank, path: open(this._rivers.filter((river) => river.rank === rank).map((river) => river.points)) })),
    };
  }
}

function pathOf(runs, tolerance, close) {
  const path = new Path2D();
  for (const run of runs) traceRun(path, thin(run, tolerance), close);
  return path;
}

/** The shores alone: where the land was cut at the edge of its window there is no shore to draw. */
function shoresOf(rings) {
  const edges = windowOf(rings);
  return rings.flatMap((ring) => shoresOfRing(ring, edges));
}

function windowOf(rings) {
  const edges = { west: Infinity, south: Infinity, east: -Infinity, north: -Infinity };
  for (const ring of rings) {
    eachPoint(ring, (lon, lat) => {
      edges.west = Math.min(edges.west, lon);
      edges.east = Math.max(edges.east, lon);
      edges.south = Math.min(edges.south, lat);
      edges.north = Math.max(edges.north, lat);
    });
  }
  return edges;
}

function shoresOfRing(ring, edges) {
  const points = decodeRun(ring);
  const sides = [];
  eachPoint(ring, (lon, lat) => {
    sides.push((lon === edges.west) | ((lon === edges.east) << 1) | ((lat === edges.south) << 2) | ((lat === edges.north) << 3));
  });
  const shores = [];
  let shore = [points[0], points[1]];
  for (let i = 1; i <= sides.length; i++) {
    const at = i % sides.length;
    if (sides[at] & sides[i - 1]) {
      shores.push(shore);
      shore = [];
    }
    shore.push(points[2 * at], points[2 * at + 1]);
  }
  shores.push(shore);
  return shores.filter((run) => run.length > 2).map((run) => Float32Array.from(run));
}

function eachPoint(ring, visit) {
  let lon = 0;
  let lat = 0;
  for (let i = 0; i < ring.length; i += 2) {
    lon += ring[i];
    lat += ring[i + 1];
    visit(lon, lat);
  }
}
