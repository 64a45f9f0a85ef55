/** Distances in kilometres between points {lat, lon} in degrees, on the plane between them: good to a percent within Europe. */

const KM_PER_DEGREE = 111.2;
const RADIANS = Math.PI / 180;

/** Distance of two points. */
export function kmBetween(a, b) {
  const shrink = Math.cos(((a.lat + b.lat) / 2) * RADIANS);
  return Math.hypot((a.lon - b.lon) * shrink, a.lat - b.lat) * KM_PER_DEGREE;
}

/** The compass bearing (0 to 360) from one point to another. */
export function bearingTo(a, b) {
  const shrink = Math.cos(((a.lat + b.lat) / 2) * RADIANS);
  return (Math.atan2((b.lon - a.lon) * shrink, b.lat - a.lat) / RADIANS + 360) % 360;
}

/** The point some (tens of) kilometres away in a direction, in degrees clockwise from north. */
export function pointAway({ lat, lon }, km, bearing) {
  const north = km * Math.cos(bearing * RADIANS);
  const east = km * Math.sin(bearing * RADIANS);
  return { lat: lat + north / KM_PER_DEGREE, lon: lon + east / (KM_PER_DEGREE * Math.cos(lat * RADIANS)) };
}

/** Distance from a point to a run [lon0, lat0, lon1, lat1, ...] in `units` per degree. */
export function kmToRun({ lat, lon }, points, units) {
  const perY = KM_PER_DEGREE / units;
  const perX = perY * Math.cos(lat * RADIANS);
  const [x0, y0] = [lon * units, lat * units];
  let nearest = Infinity;
  for (let i = 2; i < points.length; i += 2) {
    const [ax, ay] = [(points[i - 2] - x0) * perX, (points[i - 1] - y0) * perY];
    const [dx, dy] = [(points[i] - points[i - 2]) * perX, (points[i + 1] - points[i - 1]) * perY];
    const along = Math.max(0, Math.min(1, -(ax * dx + ay * dy) / (dx * dx + dy * dy || 1)));
    nearest = Math.min(nearest, Math.hypot(ax + along * dx, ay + along * dy));
  }
  return nearest;
}
