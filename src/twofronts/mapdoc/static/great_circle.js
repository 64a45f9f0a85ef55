/** The shortest way over the globe. */

const DEGREE = Math.PI / 180;

/** Points [[lon, lat], ...] in degrees along the great circle between two points in degrees. */
export function greatCircle(from, to, steps) {
  const a = toVector(from);
  const b = toVector(to);
  const angle = Math.acos(Math.max(-1, Math.min(1, a[0] * b[0] + a[1] * b[1] + a[2] * b[2])));
  if (angle < 1e-6) return [from, to];
  const points = [];
  for (let i = 0; i <= steps; i++) {
    const p = Math.sin(((steps - i) / steps) * angle) / Math.sin(angle);
    const q = Math.sin((i / steps) * angle) / Math.sin(angle);
    const [x, y, z] = [0, 1, 2].map((axis) => p * a[axis] + q * b[axis]);
    points.push([Math.atan2(y, x) / DEGREE, Math.atan2(z, Math.hypot(x, y)) / DEGREE]);
  }
  return points;
}

function toVector([lon, lat]) {
  return [Math.cos(lat * DEGREE) * Math.cos(lon * DEGREE), Math.cos(lat * DEGREE) * Math.sin(lon * DEGREE), Math.sin(lat * DEGREE)];
}
