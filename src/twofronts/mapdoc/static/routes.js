/** Letters and journeys: great circles from place to place while they are under way. */

import { greatCircle } from "./great_circle.js";
import { traceRun } from "./paths.js";
import { atlasX, atlasY } from "./projection.js";
import { kmOnDay, piece } from "./ways.js";

const STEPS = 48;

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

/** Draw journeys [{journey, chosen, alpha}]: firm as far as the traveller has come on a day, dotted ahead; supply routes dashed. */
export function paintJourneys(ctx, frame, journeys, day, colours) {
  const px = 1 / frame.k;
  ctx.lineCap = ctx.lineJoin = "round";
  for (const { journey, chosen, alpha } of journeys) {
    ctx.globalAlpha = alpha;
    ctx.strokeStyle = chosen ? colours.accent : colours.ink;
    for (const { way, day: days } of journey.ways) {
      const whole = way.km.at(-1);
      const gone = journey.kind === "supply" ? 0 : kmOnDay(way, days, day);
      strokePiece(ctx, way, gone, whole, (chosen ? 1.8 : 1.1) * px, journey.kind === "supply" ? [6 * px, 5 * px] : [0.1 * px, 4.5 * px]);
      strokePiece(ctx, way, 0, gone, (chosen ? 2.4 : 1.3) * px, []);
    }
  }
  ctx.setLineDash([]);
  ctx.globalAlpha = 1;
}

function strokePiece(ctx, way, from, to, width, dash) {
  if (to <= from) return;
  const path = new Path2D();
  traceRun(path, piece(way, from, to), false);
  ctx.lineWidth = width;
  ctx.setLineDash(dash);
  ctx.stroke(path);
}

function traceGreatCircle(path, from, to) {
  let lonBefore = null;
  for (const [lon, lat] of greatCircle([from.lon / 1000, from.lat / 1000], [to.lon / 1000, to.lat / 1000], STEPS)) {
    // A route across the date line goes on at the other edge of the map.
    if (lonBefore === null || Math.abs(lon - lonBefore) > 180) path.moveTo(atlasX(lon), atlasY(lat));
    else path.lineTo(atlasX(lon), atlasY(lat));
    lonBefore = lon;
  }
}
