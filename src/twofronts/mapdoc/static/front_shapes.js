/** A day's lines as a few paths for one zoom, so that many short pieces cost no more than one long line. */

import { levelOfZoom } from "./fronts.js";
import { traceRun } from "./paths.js";
import { traceTeeth } from "./teeth.js";

/** Uncertainty from which a line gets its band, and the widths (km either side) that bands come in. */
const BANDS_KM = [12, 25, 40, 60];
const KM_PER_UNIT_AT_EQUATOR = 40075 / (256 * 2 ** 6);

/** {halo, strokes: [{side, dashed, path}], teeth: [{side, path}], bands: [{side, units, path}]} of lines. */
export function shapeLines(fronts, lines, zoom, k) {
  const shapes = { halo: new Path2D(), strokes: new Map(), teeth: new Map(), bands: new Map() };
  for (const line of lines) {
    const points = fronts.pointsAt(line, levelOfZoom(zoom));
    traceRun(shapes.halo, points, false);
    traceRun(group(shapes.strokes, { side: line.side, dashed: line.s === 1 }), points, false);
    traceTeeth(group(shapes.teeth, { side: line.side }), points, line.side, k);
    const km = bandKm(line.u);
    if (km) traceRun(group(shapes.bands, { side: line.side, units: unitsOf(km, line.points) }), points, false);
  }
  return { halo: shapes.halo, strokes: [...shapes.strokes.values()], teeth: [...shapes.teeth.values()], bands: [...shapes.bands.values()] };
}

function group(groups, head) {
  const key = Object.values(head).join();
  if (!groups.has(key)) groups.set(key, { ...head, path: new Path2D() });
  return groups.get(key).path;
}

function bandKm(km) {
  return BANDS_KM.findLast((width) => km >= width) ?? 0;
}

// A rounded latitude, so that pieces of one front fall into one group.
function unitsOf(km, points) {
  const lat = Math.round(50 - points[1] / 150);
  return km / (KM_PER_UNIT_AT_EQUATOR * Math.cos((Math.round(lat / 5) * 5 * Math.PI) / 180));
}
