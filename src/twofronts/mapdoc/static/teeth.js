/** Marks along a front that tell the sides apart without colour. */

const TOOTH_STYLES = {
  western: { every: 9, length: 5, shape: "tick" },
  soviet: { every: 13, length: 6, shape: "saw" },
  partisan: { every: 9, length: 2, shape: "bead" },
  contact: { every: 11, length: 4, shape: "cross" },
};

/** Whether the marks of a side are filled shapes, not strokes. */
export function hasSolidTeeth(side) {
  return TOOTH_STYLES[side].shape === "saw" || TOOTH_STYLES[side].shape === "bead";
}

/** Add the marks of a line at a scale to a path; they stand on the left hand, where Allied ground lies. */
export function traceTeeth(path, points, side, k) {
  const style = TOOTH_STYLES[side];
  walk(points, style.every / k, (x, y, dx, dy) => mark(path, style, 1 / k, x, y, dx, dy));
}

/** Call visit(x, y, dx, dy) every `step` units along points, (dx, dy) being the unit direction. */
export function walk(points, step, visit) {
  let wait = step / 2;
  for (let i = 2; i < points.length; i += 2) {
    const x = points[i - 2];
    const y = points[i - 1];
    const dx = points[i] - x;
    const dy = points[i + 1] - y;
    const length = Math.hypot(dx, dy);
    if (length === 0) continue;
    let at = wait;
    for (; at <= length; at += step) visit(x + (dx * at) / length, y + (dy * at) / length, dx / length, dy / length);
    wait = at - length;
  }
}

function mark(path, { length, shape }, px, x, y, dx, dy) {
  // y grows southward: (dy, -dx) is the left hand of the direction of travel.
  const nx = dy * length * px;
  const ny = -dx * length * px;
  if (shape === "tick") {
    path.moveTo(x, y);
    path.lineTo(x + nx, y + ny);
  } else if (shape === "saw") {
    const hx = dx * 3.2 * px;
    const hy = dy * 3.2 * px;
    path.moveTo(x - hx, y - hy);
    path.lineTo(x + nx, y + ny);
    path.lineTo(x + hx, y + hy);
    path.closePath();
  } else if (shape === "bead") {
    path.moveTo(x + 2 * px, y);
    path.arc(x, y, 2 * px, 0, 2 * Math.PI);
  } else {
    path.moveTo(x - nx, y - ny);
    path.lineTo(x + nx, y + ny);
  }
}
