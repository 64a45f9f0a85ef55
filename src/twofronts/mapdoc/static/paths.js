/** Paths in atlas units, built once and drawn at every zoom through the canvas transform. */

/** Half the side of a square, in atlas units, that holds any map. */
export const EVERYWHERE = 1e6;

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

/** Points with those left out that are nearer than `tolerance` to the last one kept; ends stay. */
export function thin(points, tolerance) {
  const last = points.length - 2;
  if (last < 4) return points;
  const kept = new Float32Array(points.length);
  kept[0] = points[0];
  kept[1] = points[1];
  let n = 2;
  for (let i = 2; i < last; i += 2) {
    if (Math.abs(points[i] - kept[n - 2]) + Math.abs(points[i + 1] - kept[n - 1]) < tolerance) continue;
    kept[n++] = points[i];
    kept[n++] = points[i + 1];
  }
  kept[n++] = points[last];
  kept[n++] = points[last + 1];
  return kept.slice(0, n);
}

/** Numbers of the points where arcs start and end: {start, end}, equal numbers for equal points. */
export function nodesOfArcs(arcs) {
  const numbers = new Map();
  const numberAt = (x, y) => {
    const key = `${x},${y}`;
    if (!numbers.has(key)) numbers.set(key, numbers.size);
    return numbers.get(key);
  };
  return {
    start: arcs.map((arc) => numberAt(arc[0], arc[1])),
    end: arcs.map((arc) => numberAt(arc[arc.length - 2], arc[arc.length - 1])),
  };
}

/**
 * Rings of arc references around what differs between two sets of rings: arcs in both cancel out,
 * the rest always joins to closed loops, since every ring was closed. Fill "evenodd".
 */
export function changedLoops(nodes, ringsBefore, ringsAfter) {
  const left = new Set();
  for (const rings of [ringsBefore, ringsAfter]) {
    for (const ring of rings) {
      for (const ref of ring) {
        const arc = ref < 0 ? ~ref : ref;
        if (!left.delete(arc)) left.add(arc);
      }
    }
  }
  return joinLoops(nodes, left);
}

function joinLoops(nodes, unused) {
  const startOf = (ref) => (ref < 0 ? nodes.end[~ref] : nodes.start[ref]);
  const leaving = new Map();
  for (const arc of unused) {
    for (const ref of [arc, ~arc]) {
      const node = startOf(ref);
      if (leaving.has(node)) leaving.get(node).push(ref);
      else leaving.set(node, [ref]);
    }
  }
  const loops = [];
  for (const first of unused) {
    unused.delete(first);
    const loop = [first];
    for (let at = startOf(~first); at !== startOf(first); ) {
      const next = leaving.get(at).find((ref) => unused.has(ref < 0 ? ~ref : ref));
      if (next === undefined) break;
      unused.delete(next < 0 ? ~next : next);
      loop.push(next);
      at = startOf(~next);
    }
    loops.push(loop);
  }
  return loops;
}
