/** The plate itself: relief, neutral states, sea, lakes, rivers and borders, drawn over the coloured ground. */

import { decodeRun } from "./projection.js";
import { inPixels } from "./canvas_layer.js";
import { EVERYWHERE, pathOfPolygons, traceRun } from "./paths.js";

const HATCH_PX = 7;
// Waterlines: wide and faint to narrow and firm, clipped to the sea.
const RIMS = [
  { px: 18, alpha: 0.16 },
  { px: 10, alpha: 0.22 },
  { px: 4, alpha: 0.34 },
];

/** Basemap geometry as paths, built once. */
export class Basemap {
  constructor(data) {
    this.land = pathOfPolygons(data.land);
    this.farLand = pathOfPolygons(data.land_world);
    this.lakes = pathOfPolygons(data.lakes);
    this.coast = coastOf(data.land);
    this.sea = new Path2D();
    this.sea.rect(-EVERYWHERE, -EVERYWHERE, 2 * EVERYWHERE, 2 * EVERYWHERE);
    this.sea.addPath(this.land);
    this.neutral = pathOfPolygons(data.territories.filter((state) => state.status === "neutral").map((state) => state.rings ?? []));
    this.rivers = riversByRank(data.rivers);
    this.borders = pathOfRuns(data.borders);
  }

  /** Paint everything that does not depend on the day; relief may be null. */
  paint(ctx, frame, colours, relief) {
    const px = 1 / frame.k;
    if (relief) paintRelief(ctx, relief, colours);
    this._paintNeutral(ctx, frame, colours);
    this._paintSea(ctx, colours, px);
    this._paintRivers(ctx, frame, colours, px);
    this._paintBorders(ctx, frame, colours, px);
  }

  _paintNeutral(ctx, frame, colours) {
    ctx.globalAlpha = 0.9;
    ctx.fillStyle = colours.neutral;
    ctx.fill(this.neutral, "evenodd");
    ctx.globalAlpha = 1;
    ctx.save();
    ctx.clip(this.neutral, "evenodd");
    inPixels(ctx, frame, () => hatch(ctx, frame, colours.hatch));
    ctx.restore();
  }

  _paintSea(ctx, colours, px) {
    ctx.fillStyle = colours.sea;
    ctx.fill(this.sea, "evenodd");
    ctx.fill(this.lakes, "evenodd");
    ctx.fillStyle = ctx.strokeStyle = colours["far-land"];
    ctx.lineWidth = px;
    ctx.fill(this.farLand, "evenodd");
    ctx.stroke(this.farLand);
    ctx.save();
    ctx.clip(this.sea, "evenodd");
    ctx.lineJoin = "round";
    ctx.strokeStyle = colours["sea-rim"];
    for (const rim of RIMS) {
      ctx.globalAlpha = rim.alpha;
      ctx.lineWidth = rim.px * px;
      ctx.stroke(this.coast);
    }
    ctx.restore();
    ctx.strokeStyle = colours.coast;
    ctx.lineWidth = 0.8 * px;
    ctx.stroke(this.coast);
    ctx.strokeStyle = colours["lake-rim"];
    ctx.lineWidth = 0.6 * px;
    ctx.stroke(this.lakes);
  }

  _paintRivers(ctx, frame, colours, px) {
    ctx.strokeStyle = colours.river;
    ctx.lineJoin = ctx.lineCap = "round";
    for (const { rank, path } of this.rivers) {
      const width = riverWidth(rank, frame.zoom);
      if (width === 0) continue;
      ctx.lineWidth = width * px;
      ctx.stroke(path);
    }
  }

  _paintBorders(ctx, frame, colours, px) {
    ctx.strokeStyle = colours.border;
    ctx.lineCap = "butt";
    ctx.lineWidth = (frame.zoom < 5 ? 0.8 : 1.1) * px;
    ctx.setLineDash([5 * px, 2.5 * px, 1 * px, 2.5 * px]);
    ctx.stroke(this.borders);
    ctx.setLineDash([]);
  }
}

/** Stroke width in pixels of a river of a scale rank, 0 = not drawn at this zoom. */
export function riverWidth(rank, zoom) {
  const weight = zoom * 1.1 - rank;
  if (weight < -0.4) return 0;
  return Math.min(2.2, 0.55 + 0.16 * Math.max(0, weight));
}

function paintRelief(ctx, relief, colours) {
  ctx.imageSmoothingQuality = "high";
  ctx.globalAlpha = Number(colours["relief-dark"]);
  ctx.drawImage(relief.dark, relief.x, relief.y, relief.width, relief.height);
  ctx.globalAlpha = Number(colours["relief-light"]);
  ctx.drawImage(relief.light, relief.x, relief.y, relief.width, relief.height);
  ctx.globalAlpha = 1;
}

function hatch(ctx, frame, colour) {
  ctx.beginPath();
  // Anchored to the map, so that the lines travel with the ground when it is dragged.
  const phase = (((frame.x + frame.y) % HATCH_PX) + HATCH_PX) % HATCH_PX;
  for (let c = phase - HATCH_PX; c < frame.width + frame.height; c += HATCH_PX) {
    ctx.moveTo(c, 0);
    ctx.lineTo(c - frame.height, frame.height);
  }
  ctx.strokeStyle = colour;
  ctx.lineWidth = 1;
  ctx.stroke();
}

function riversByRank(rivers) {
  const paths = new Map();
  for (const river of rivers) {
    if (!paths.has(river.r)) paths.set(river.r, new Path2D());
    traceRun(paths.get(river.r), decodeRun(river.c), false);
  }
  return [...paths].map(([rank, path]) => ({ rank, path }));
}

function pathOfRuns(items) {
  const path = new Path2D();
  for (const item of items) traceRun(path, decodeRun(item.c), false);
  return path;
}

/** The shore alone: where the land was cut at the edge of its window there is no shore to draw. */
function coastOf(polygons) {
  const rings = polygons.flat();
  const edges = windowOf(rings);
  const path = new Path2D();
  for (const ring of rings) traceShore(path, ring, edges);
  return path;
}

function windowOf(rings) {
  const edges = { west: Infinity, south: Infinity, east: -Infinity, north: -Infinity };
  for (const ring of rings) {
    let lon = 0;
    let lat = 0;
    for (let i = 0; i < ring.length; i += 2) {
      lon += ring[i];
      lat += ring[i + 1];
      edges.west = Math.min(edges.west, lon);
      edges.east = Math.max(edges.east, lon);
      edges.south = Math.min(edges.south, lat);
      edges.north = Math.max(edges.north, lat);
    }
  }
  return edges;
}

function traceShore(path, ring, edges) {
  const points = decodeRun(ring);
  const count = points.length / 2;
  const sides = new Array(count);
  let lon = 0;
  let lat = 0;
  for (let i = 0; i < count; i++) {
    lon += ring[2 * i];
    lat += ring[2 * i + 1];
    sides[i] = (lon === edges.west) | ((lon === edges.east) << 1) | ((lat === edges.south) << 2) | ((lat === edges.north) << 3);
  }
  path.moveTo(points[0], points[1]);
  for (let i = 1; i <= count; i++) {
    const at = i % count;
    const onEdge = sides[at] & sides[i - 1];
    if (onEdge) path.moveTo(points[2 * at], points[2 * at + 1]);
    else path.lineTo(points[2 * at], points[2 * at + 1]);
  }
}
