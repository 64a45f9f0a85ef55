/** What moves, as it is painted: the fading trails of formations and the arrows of offensives. */

import { traceRun } from "./paths.js";
import { headKm, strengthOf } from "./offensives.js";
import { trailOf } from "./marches.js";
import { piece } from "./ways.js";

/** A trail's days, from the last back to the first, each share fainter than the one before. */
const TRAIL_DAYS = [3, 7, 14];
const TRAIL_ALPHA = [0.6, 0.32, 0.15];
const TRAIL_PX = 2.2;
const SHAFT_PX = [7, 15];
const SMOOTHED = 3;
const SHORTEST_PX = 6;
const FIRM = 0.82;

/** Draw the trails of formations as lines in their side's colour. */
export function paintTrails(ctx, frame, formations, day, colours) {
  ctx.lineCap = "butt";
  ctx.lineJoin = "round";
  ctx.lineWidth = TRAIL_PX / frame.k;
  for (const formation of formations) {
    ctx.strokeStyle = colours[`${formation.side}-sign`];
    TRAIL_DAYS.forEach((days, i) => {
      const path = new Path2D();
      const until = i === 0 ? day : day - TRAIL_DAYS[i - 1];
      if (until < formation.day[0]) return;
      traceRun(path, trailOf(formation, until, days - (day - until)), false);
      ctx.globalAlpha = TRAIL_ALPHA[i];
      ctx.stroke(path);
    });
  }
  ctx.globalAlpha = 1;
}

/** Draw the arrows of offensives [{offensive, chosen}] as far as they have come on a day. */
export function paintArrows(ctx, frame, offensives, day, colours) {
  ctx.lineJoin = "round";
  for (const { offensive, chosen } of offensives) {
    const strength = chosen ? Math.max(0.55, strengthOf(offensive, day)) : strengthOf(offensive, day);
    for (const axis of offensive.axes) {
      const outline = arrowOutline(smooth(piece(axis.way, 0, headKm(axis, day))), frame.k, frame.zoom);
      if (!outline) continue;
      ctx.globalAlpha = strength * (chosen ? 1 : FIRM);
      ctx.fillStyle = colours[`${offensive.side}-arrow`];
      ctx.strokeStyle = chosen ? colours.ink : colours.halo;
      ctx.lineWidth = (chosen ? 1.6 : 1.3) / frame.k;
      ctx.stroke(outline);
      ctx.fill(outline);
    }
  }
  ctx.globalAlpha = 1;
}

/** A tapered arrow along flat atlas points as a Path2D, or null if it is too short to be seen. */
export function arrowOutline(points, k, zoom) {
  const length = lengthOf(points) * k;
  if (length < SHORTEST_PX) return null;
  const [thin, thick] = SHAFT_PX;
  const full = Math.min(thick, thin + Math.max(0, zoom - 4.5) * 2.2);
  const width = Math.min(full, length / 2.4);
  const headLength = width * 1.5;
  const shaft = cutEnd(points, headLength / k);
  const [tipX, tipY] = points.slice(-2);
  const sides = offsetBoth(shaft, (share) => ((0.35 + 0.65 * share) * width) / 2 / k);
  const path = new Path2D();
  const [endX, endY] = shaft.slice(-2);
  const span = Math.hypot(tipX - endX, tipY - endY) || 1;
  const [nx, ny] = [-(tipY - endY) / span, (tipX - endX) / span];
  const wing = (width * 1.05) / k;
  path.moveTo(...sides.left[0]);
  for (const point of sides.left.slice(1)) path.lineTo(...point);
  path.lineTo(endX + nx * wing, endY + ny * wing);
  path.lineTo(tipX, tipY);
  path.lineTo(endX - nx * wing, endY - ny * wing);
  for (const point of sides.right.reverse()) path.lineTo(...point);
  path.closePath();
  return path;
}

// Chaikin's corner cutting; the ends stay.
function smooth(points) {
  let line = points;
  for (let round = 0; round < SMOOTHED && line.length > 4; round++) {
    const next = line.slice(0, 2);
    for (let i = 0; i + 3 < line.length; i += 2) {
      const [ax, ay, bx, by] = line.slice(i, i + 4);
      next.push(0.75 * ax + 0.25 * bx, 0.75 * ay + 0.25 * by, 0.25 * ax + 0.75 * bx, 0.25 * ay + 0.75 * by);
    }
    next.push(...line.slice(-2));
    line = next;
  }
  return line;
}

function lengthOf(points) {
  let length = 0;
  for (let i = 2; i < points.length; i += 2) length += Math.hypot(points[i] - points[i - 2], points[i + 1] - points[i - 1]);
  return length;
}

function cutEnd(points, length) {
  const kept = [...points];
  let left = length;
  while (kept.length > 2) {
    const [ax, ay, bx, by] = kept.slice(-4);
    const step = Math.hypot(bx - ax, by - ay);
    if (step > left) {
      const share = 1 - left / step;
      kept.splice(-2, 2, ax + (bx - ax) * share, ay + (by - ay) * share);
      return kept;
    }
    left -= step;
    kept.splice(-2, 2);
  }
  return [...points.slice(0, 2), ...kept];
}

function offsetBoth(points, halfAt) {
  const [left, right] = [[], []];
  const whole = lengthOf(points) || 1;
  let along = 0;
  for (let i = 0; i < points.length; i += 2) {
    const from = Math.max(0, i - 2);
    const to = Math.min(points.length - 2, i + 2);
    const [dx, dy] = [points[to] - points[from], points[to + 1] - points[from + 1]];
    const span = Math.hypot(dx, dy) || 1;
    if (i > 0) along += Math.hypot(points[i] - points[i - 2], points[i + 1] - points[i - 1]);
    const half = halfAt(along / whole);
    left.push([points[i] - (dy / span) * half, points[i + 1] + (dx / span) * half]);
    right.push([points[i] + (dy / span) * half, points[i + 1] - (dx / span) * half]);
  }
  return { left, right };
}
