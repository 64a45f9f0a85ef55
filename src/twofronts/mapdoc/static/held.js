/** Who held a point of the map day by day, told from the outlines of the ground as they are drawn. */

const ARMED = ["soviet", "western", "partisan"];
/** West, south, east, north in degrees: beyond, nobody's ground is known. */
const KNOWN_BOX = [-32, 28, 62, 77];
const UNITS_PER_DEGREE = 1000;
/** A port's own coordinates may lie in its harbour: so near to a coast, the land there is meant. */
const HARBOUR_UNITS = 60;
/** From the coast so far on to be surely ashore. */
const ASHORE_UNITS = 0.5;

/** Ground of the payload {fronts, basemap}; unpacked when first asked. Points are degrees. */
export class HeldGround {
  constructor({ fronts, basemap }) {
    this.first = fronts.first;
    this.last = fronts.last;
    this._fronts = fronts;
    this._basemap = basemap;
    this._outlines = new Map();
  }

  /** {kind, lon, lat}: "land", "sea", "neutral" or "outside", for a harbour those of the land beside it. */
  landAt({ lon, lat }) {
    const [west, south, east, north] = KNOWN_BOX;
    if (lon < west || lon > east || lat < south || lat > north) return { kind: "outside", lon, lat };
    this._coasts ??= this._basemap.land.flat().map(unpackOutline);
    this._neutrals ??= this._outlinesOf("neutral");
    this._beyond ??= this._outlinesOf("outside");
    const spot = isInside(this._coasts, lon, lat) ? { lon, lat } : this._quayBeside(lon, lat);
    if (spot === null) return { kind: "sea", lon, lat };
    const isIn = (outlines) => isInside(outlines, spot.lon, spot.lat);
    return { kind: isIn(this._beyond) ? "outside" : isIn(this._neutrals) ? "neutral" : "land", ...spot };
  }

  /** [{holder, start, end}] in day numbers, both ends included, over all days that have fronts. */
  spells({ lon, lat }) {
    this._stays ??= staysOfArcs(this._fronts);
    const odd = ARMED.map(() => new Uint8Array(this.last - this.first + 1));
    this._stays.forEach((stays, arc) => {
      if (stays.length === 0 || !isCrossedOddly(this.outline(arc), lon * UNITS_PER_DEGREE, lat * UNITS_PER_DEGREE)) return;
      for (let i = 0; i < stays.length; i += 3) {
        const days = odd[stays[i]];
        for (let day = stays[i + 1]; day <= stays[i + 2]; day++) days[day] ^= 1;
      }
    });
    return runsOf(odd, this.first);
  }

  _outlinesOf(status) {
    return this._basemap.territories.filter((state) => state.status === status).flatMap((state) => state.rings.map(unpackOutline));
  }

  _quayBeside(lon, lat) {
    const [x, y] = [lon * UNITS_PER_DEGREE, lat * UNITS_PER_DEGREE];
    let quay = { x, y, far: HARBOUR_UNITS };
    for (const coast of this._coasts) quay = nearestPoint(coast, x, y, quay);
    if (quay.far === HARBOUR_UNITS) return null;
    const on = 1 + ASHORE_UNITS / quay.far;
    return { lon: (x + (quay.x - x) * on) / UNITS_PER_DEGREE, lat: (y + (quay.y - y) * on) / UNITS_PER_DEGREE };
  }

  /** {points, south, north, west, east} of an arc, in thousandths of a degree. */
  outline(arc) {
    if (!this._outlines.has(arc)) this._outlines.set(arc, unpackOutline(this._fronts.arcs[arc]));
    return this._outlines.get(arc);
  }
}

/** For each arc, flat [side, first day, last day, ...]: when it was part of which side's outline, days counted from 0. */
function staysOfArcs({ arcs, days }) {
  const stays = arcs.map(() => []);
  days.forEach(({ areas }, day) => {
    ARMED.forEach((name, side) => {
      for (const ring of (areas[name] ?? []).flat()) {
        for (const ref of ring) prolong(stays[ref < 0 ? ~ref : ref], side, day);
      }
    });
  });
  return stays;
}

function prolong(stays, side, day) {
  for (let i = stays.length - 3; i >= 0; i -= 3) {
    if (stays[i] !== side) continue;
    if (stays[i + 2] !== day - 1) break;
    stays[i + 2] = day;
    return;
  }
  stays.push(side, day, day);
}

function runsOf(odd, first) {
  const runs = [];
  for (let i = 0; i < odd[0].length; i++) {
    const holder = ARMED.find((name, side) => odd[side][i] === 1) ?? "axis";
    const run = runs.at(-1);
    if (run?.holder === holder) run.end = first + i;
    else runs.push({ holder, start: first + i, end: first + i });
  }
  return runs;
}

function unpackOutline(deltas) {
  const points = new Int32Array(deltas.length);
  const box = { south: Infinity, north: -Infinity, west: Infinity, east: -Infinity };
  for (let i = 0; i < deltas.length; i += 2) {
    points[i] = deltas[i] + (i > 0 ? points[i - 2] : 0);
    points[i + 1] = deltas[i + 1] + (i > 0 ? points[i - 1] : 0);
    box.west = Math.min(box.west, points[i]);
    box.east = Math.max(box.east, points[i]);
    box.south = Math.min(box.south, points[i + 1]);
    box.north = Math.max(box.north, points[i + 1]);
  }
  return { points, ...box };
}

function isInside(outlines, lon, lat) {
  const [x, y] = [lon * UNITS_PER_DEGREE, lat * UNITS_PER_DEGREE];
  return outlines.reduce((odd, outline) => odd !== isCrossedOddly(outline, x, y), false);
}

/** The point {x, y, far} of an outline nearest to x, y if that is nearer than `best`, else `best`. */
function nearestPoint({ points, south, north, west, east }, x, y, best) {
  let nearest = best;
  if (y < south - best.far || y > north + best.far || x < west - best.far || x > east + best.far) return best;
  for (let i = 2; i < points.length; i += 2) {
    const [ax, ay] = [points[i - 2], points[i - 1]];
    const [dx, dy] = [points[i] - ax, points[i + 1] - ay];
    const along = Math.max(0, Math.min(1, ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy || 1)));
    const [px, py] = [ax + along * dx, ay + along * dy];
    const far = Math.hypot(px - x, py - y);
    if (far < nearest.far) nearest = { x: px, y: py, far };
  }
  return nearest;
}

// A ray to the east; a corner on the ray counts with the stretch below it, so that arcs that join are counted once.
function isCrossedOddly({ points, south, north, east }, x, y) {
  if (y < south || y >= north || x > east) return false;
  let odd = false;
  for (let i = 2; i < points.length; i += 2) {
    const [ax, ay, bx, by] = [points[i - 2], points[i - 1], points[i], points[i + 1]];
    if (ay > y !== by > y && x < ax + ((y - ay) * (bx - ax)) / (by - ay)) odd = !odd;
  }
  return odd;
}
