/** Paths in atlas units, built once and drawn at every zoom through the canvas transform. */

import { decodeRun } from "./projection.js";

/** Half the side of a square, in atlas units, that holds any map. */
export const EVERYWHERE = 1e6;

/** One Path2D of all rings (delta lists) of all polygons, to be filled "evenodd". */
export function pathOfPolygons(polygons) {
  const path = new Path2D();
  for (const rings of polygons) for (const ring of rings) traceRun(path, decodeRun(ring), true);
  return path;
}

/** Add a run of points to a path. */
export function traceRun(path, points, close) {
  if (points.length < 4) return;
  path.moveTo(points[0], points[1]);
  for (let i = 2; i < points.length; i += 2) path.lineTo(points[i], points[i + 1]);
  if (close) path.closePath();
}

/** Points of a chain of arcs, shared end points once; ~i means arc i backwards. */
export function chainArcs(arcs, refs) {
  let length = 0;
  for (const ref of refs) length += arcs[ref < 0 ? ~ref : ref].length;
  const points = new Float32Array(length);
  let n = 0;
  for (const ref of refs) {
    const arc = arcs[ref < 0 ? ~ref : ref];
    const count = arc.length / 2;
    for (let k = 0; k < count; k++) {
      const at = 2 * (ref < 0 ? count - 1 - k : k);
      if (k === 0 && n > 0 && points[n - 2] === arc[at] && points[n - 1] === arc[at + 1]) continue;
      points[n++] = arc[at];
      points[n++] = arc[at + 1];
    }
  }
  return points.subarray(0, n);
}

/** [minX, minY, maxX, maxY] of points, or null if there are none. */
export function boundsOfPoints(points) {
  if (points.length === 0) return null;
  const box = [points[0], points[1], points[0], points[1]];
  for (let i = 2; i < points.length; i += 2) {
    if (points[i] < box[0]) box[0] = points[i];
    else if (points[i] > box[2]) box[2] = points[i];
    if (points[i + 1] < box[1]) box[1] = points[i + 1];
    else if (points[i + 1] > box[3]) box[3] = points[i + 1];
  }
  return box;
}
