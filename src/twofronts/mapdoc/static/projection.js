/** Spherical Mercator in atlas units: pixels of zoom 6 measured from a point in the middle of Europe. */

// Small numbers around the origin keep the 32-bit floats inside the canvas exact to 1/100 pixel at zoom 10.
const BASE_ZOOM = 6;
const WORLD = 256 * 2 ** BASE_ZOOM;
const MAX_LAT = 85;
const ORIGIN = { lon: 15, lat: 50 };
const ORIGIN_X = worldX(ORIGIN.lon);
const ORIGIN_Y = worldY(ORIGIN.lat);

function worldX(lon) {
  return (WORLD * (lon + 180)) / 360;
}

function worldY(lat) {
  const sin = Math.sin((Math.max(-MAX_LAT, Math.min(MAX_LAT, lat)) * Math.PI) / 180);
  return WORLD * (0.5 - Math.log((1 + sin) / (1 - sin)) / (4 * Math.PI));
}

/** Atlas x of a longitude in degrees. */
export function atlasX(lon) {
  return worldX(lon) - ORIGIN_X;
}

/** Atlas y of a latitude in degrees. */
export function atlasY(lat) {
  return worldY(lat) - ORIGIN_Y;
}

/** Screen pixels per atlas unit at a zoom. */
export function atlasScale(zoom) {
  return 2 ** (zoom - BASE_ZOOM);
}

/** {lon, lat} in degrees of an atlas point. */
export function atlasToLonLat(x, y) {
  const lon = ((x + ORIGIN_X) / WORLD) * 360 - 180;
  const n = Math.PI - (2 * Math.PI * (y + ORIGIN_Y)) / WORLD;
  return { lon, lat: (180 / Math.PI) * Math.atan(Math.sinh(n)) };
}

/** Flat delta list in 1/1000 degree -> Float32Array [x0, y0, x1, y1, ...] in atlas units. */
export function decodeRun(deltas) {
  const points = new Float32Array(deltas.length);
  let lon = 0;
  let lat = 0;
  for (let i = 0; i < deltas.length; i += 2) {
    lon += deltas[i];
    lat += deltas[i + 1];
    points[i] = atlasX(lon / 1000);
    points[i + 1] = atlasY(lat / 1000);
  }
  return points;
}
