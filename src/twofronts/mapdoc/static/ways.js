/** Ways over the ground: lines of degrees with lengths in km, and points along them; the build reckons alike. */

import { kmBetween } from "./earth.js";
import { atlasX, atlasY } from "./projection.js";

/** Delta run in 1/1000 degree -> {lon, lat, km}: degrees of each vertex, and km from the first to it. */
export function decodeWay(deltas) {
  const count = deltas.length / 2;
  const points = [];
  let [lon, lat] = [0, 0];
  for (let i = 0; i < count; i++) {
    lon += deltas[2 * i];
    lat += deltas[2 * i + 1];
    points.push([lon / 1000, lat / 1000]);
  }
  return wayOf(points);
}

/** The same of points [[lon, lat], ...] in degrees. */
export function wayOf(points) {
  const way = { lon: Float64Array.from(points, ([lon]) => lon), lat: Float64Array.from(points, ([, lat]) => lat), km: new Float64Array(points.length) };
  for (let i = 1; i < points.length; i++) {
    way.km[i] = way.km[i - 1] + kmBetween({ lon: way.lon[i - 1], lat: way.lat[i - 1] }, { lon: way.lon[i], lat: way.lat[i] });
  }
  return way;
}

/** [lon, lat] at so many km from the way's first vertex. */
export function spotAt(way, km) {
  const i = vertexBefore(way.km, km);
  const next = Math.min(i + 1, way.km.length - 1);
  const step = way.km[next] - way.km[i];
  const share = step > 0 ? Math.max(0, Math.min(1, (km - way.km[i]) / step)) : 0;
  return [way.lon[i] + (way.lon[next] - way.lon[i]) * share, way.lat[i] + (way.lat[next] - way.lat[i]) * share];
}

/** Flat atlas points of the piece of a way between two lengths in km. */
export function piece(way, fromKm, toKm) {
  const points = [];
  const add = ([lon, lat]) => points.push(atlasX(lon), atlasY(lat));
  add(spotAt(way, fromKm));
  for (let i = vertexBefore(way.km, fromKm) + 1; i < way.km.length && way.km[i] < toKm; i++) {
    if (way.km[i] > fromKm) add([way.lon[i], way.lat[i]]);
  }
  if (toKm > fromKm) add(spotAt(way, toKm));
  return points;
}

/** Number of the last of ascending values that is at most `value`, 0 if none is. */
export function vertexBefore(values, value) {
  let [low, high] = [0, values.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (values[middle] <= value) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Km from the first vertex to where a traveller is on a day at an even pace between dated vertices; days[i] = -1 for a mere bend. */
export function kmOnDay(way, days, day) {
  let [before, after] = [-1, -1];
  for (let i = 0; i < days.length; i++) {
    if (days[i] < 0) continue;
    if (days[i] <= day) before = i;
    else if (after < 0) after = i;
  }
  if (before < 0) return 0;
  if (after < 0) return way.km[before];
  return way.km[before] + ((way.km[after] - way.km[before]) * (day - days[before])) / (days[after] - days[before]);
}
