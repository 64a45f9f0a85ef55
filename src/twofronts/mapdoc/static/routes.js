/** Letters and journeys: great circles from place to place while they are under way. */

import { atlasX, atlasY } from "./projection.js";

const STEPS = 48;
const RAD = Math.PI / 180;

/** Path2D of the great circles through places [{lon, lat} in 1/1000 degree]. */
export function pathOfRoute(places) {
  const path = new Path2D();
  for (let i = 1; i < places.length; i++) traceGreatCircle(path, places[i - 1], places[i]);
  return path;
}

/** Draw the routes of events [{path, chosen, alpha}] as dotted ink; the chosen one dashed and firmer. */
export function paintRoutes(ctx, frame, routes, colours) {
  const px = 1 / frame.k;
  ctx.lineCap = ctx.lineJoin = "round";
  for (const { path, chosen, alpha } of routes) {
    ctx.globalAlpha = alpha;
    ctx.strokeStyle = chosen ? colours.accent : colours.ink;
    ctx.lineWidth = (chosen ? 2.4 : 1.2) * px;
    ctx.setLineDash(chosen ? [7 * px, 4 * px] : [0.1 * px, 4 * px]);
    ctx.stroke(path);
    ctx.setLineDash([]);
  }
  ctx.globalAlpha = 1;
}

/** Points [[lon, lat], ...] in degrees along the great circle between two points in degrees. */
export function greatCircle(from, to, steps = STEPS) {
  const a = toVector(from);
  const b = toVector(to);
  const angle = Math.acos(Math.max(-1, Math.min(1, a[0] * b[0] + a[1] * b[1] + a[2] * b[2])));
  if (angle < 1e-6) return [from, to];
  const points = [];
  for (let i = 0; i <= steps; i++) {
    const p = Math.sin(((steps - i) / steps) * angle) / Math.sin(angle);
    const q = Math.sin((i / steps) * angle) / Math.sin(angle);
    const [x, y, z] = [0, 1, 2].map((axis) => p * a[axis] + q * b[axis]);
    points.push([Math.atan2(y, x) / RAD, Math.atan2(z, Math.hypot(x, y)) / RAD]);
  }
  return points;
}

function toVector([lon, lat]) {
  return [Math.cos(lat * RAD) * Math.cos(lon * RAD), Math.cos(lat * RAD) * Math.sin(lon * RAD), Math.sin(lat * RAD)];
}

function traceGreatCircle(path, from, to) {
  let lonBefore = null;
  for (const [lon, lat] of greatCircle([from.lon / 1000, from.lat / 1000], [to.lon / 1000, to.lat / 1000])) {
    // A route across the date line goes on at the other edge of the map.
    if (lonBefore === null || Math.abs(lon - lonBefore) > 180) path.moveTo(atlasX(lon), atlasY(lat));
    else path.lineTo(atlasX(lon), atlasY(lat));
    lonBefore = lon;
  }
}
