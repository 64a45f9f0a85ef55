/** Events that stand on the same spot of the plate: which share a stack, and where each stands when it opens. */

const FIRST_RING = 10;

/** Group number of each point: a point joins the first group whose first member is within `reach`. */
export function groupPoints(points, reach) {
  const leaders = [];
  return points.map((point) => {
    const known = leaders.findIndex((leader) => Math.hypot(leader.x - point.x, leader.y - point.y) < reach);
    if (known >= 0) return known;
    leaders.push(point);
    return leaders.length - 1;
  });
}

/** Offsets [{x, y}] of n markers of a size standing together around one place. */
export function fanSeats(n, size) {
  if (n === 1) return [{ x: 0, y: 0 }];
  const pitch = size + 4;
  const seats = [];
  for (let ring = 1; seats.length < n; ring++) {
    const radius = firstRadius(n, pitch) + pitch * (ring - 1);
    const room = ring === 1 ? FIRST_RING : Math.floor((2 * Math.PI * radius) / pitch);
    const count = Math.min(room, n - seats.length);
    for (let i = 0; i < count; i++) {
      // Two stand side by side; more start at the top.
      const angle = (n === 2 ? Math.PI : -Math.PI / 2) + (2 * Math.PI * i) / count;
      seats.push({ x: Math.round(radius * Math.cos(angle)), y: Math.round(radius * Math.sin(angle)) });
    }
  }
  return seats;
}

function firstRadius(n, pitch) {
  return pitch / (2 * Math.sin(Math.PI / Math.min(n, FIRST_RING)));
}
