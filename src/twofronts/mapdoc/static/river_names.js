/** Places along a river where its name can stand straight. */

const REPEAT_PX = 900;
const STRAIGHT = 0.955;
const STEP_PX = 24;

/** [{x, y, angle}] in pixels for a text of `width` along points (atlas units times k), a hand's breadth apart. */
export function straightStretches(points, k, width, lift) {
  const line = measureLine(points, k);
  const found = [];
  for (let start = STEP_PX; start + width < line.total - STEP_PX; start += STEP_PX) {
    const a = pointAt(line, start);
    const b = pointAt(line, start + width);
    const chord = Math.hypot(b.x - a.x, b.y - a.y);
    if (chord < width * STRAIGHT) continue;
    found.push(seat(a, b, lift));
    start += REPEAT_PX;
  }
  return found;
}

function seat(a, b, lift) {
  let angle = Math.atan2(b.y - a.y, b.x - a.x);
  if (angle > Math.PI / 2) angle -= Math.PI;
  else if (angle < -Math.PI / 2) angle += Math.PI;
  const x = (a.x + b.x) / 2 + Math.sin(angle) * lift;
  const y = (a.y + b.y) / 2 - Math.cos(angle) * lift;
  return { x, y, angle };
}

function measureLine(points, k) {
  const lengths = new Float32Array(points.length / 2);
  for (let i = 1; i < lengths.length; i++) {
    const dx = points[2 * i] - points[2 * i - 2];
    const dy = points[2 * i + 1] - points[2 * i - 1];
    lengths[i] = lengths[i - 1] + Math.hypot(dx, dy) * k;
  }
  return { points, k, lengths, total: lengths[lengths.length - 1] };
}

function pointAt({ points, k, lengths }, distance) {
  let low = 0;
  let high = lengths.length - 1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (lengths[middle] <= distance) low = middle;
    else high = middle;
  }
  const span = lengths[high] - lengths[low];
  const t = span === 0 ? 0 : (distance - lengths[low]) / span;
  return {
    x: (points[2 * low] + t * (points[2 * high] - points[2 * low])) * k,
    y: (points[2 * low + 1] + t * (points[2 * high + 1] - points[2 * low + 1])) * k,
  };
}
