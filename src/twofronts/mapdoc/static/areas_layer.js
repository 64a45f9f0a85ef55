/** The ground each side holds: Axis ink, Allied colours, and what changed hands glowing by age. */

import { SIDES } from "./fronts.js";
import { EVERYWHERE } from "./paths.js";

/** Paint a day's ground on an opaque canvas; show = {areas, gains}. */
export function paintAreas(ctx, fronts, day, colours, show) {
  const known = show.areas && fronts.has(day);
  ctx.fillStyle = known ? colours.axis : colours.land;
  ctx.fillRect(-EVERYWHERE, -EVERYWHERE, 2 * EVERYWHERE, 2 * EVERYWHERE);
  if (!known) return;
  if (show.gains) paintLosses(ctx, fronts, day, colours);
  for (const side of SIDES) paintSide(ctx, fronts, side, day, colours, show.gains);
}

// What an Allied side held a week ago and no one of them holds today stays visible under today's ground.
function paintLosses(ctx, fronts, day, colours) {
  ctx.fillStyle = colours["axis-gain"];
  for (const side of SIDES) {
    const before = fronts.area(side, weekBefore(fronts, day));
    if (before) ctx.fill(before, "evenodd");
  }
}

function paintSide(ctx, fronts, side, day, colours, gains) {
  const today = fronts.area(side, day);
  if (!today) return;
  if (!gains) {
    ctx.fillStyle = colours[side];
    ctx.fill(today, "evenodd");
    return;
  }
  ctx.fillStyle = colours[`${side}-day`];
  ctx.fill(today, "evenodd");
  ctx.save();
  ctx.clip(today, "evenodd");
  fillIfAny(ctx, fronts.area(side, Math.max(fronts.first, day - 1)), colours[`${side}-week`]);
  fillIfAny(ctx, fronts.area(side, weekBefore(fronts, day)), colours[side]);
  ctx.restore();
}

function fillIfAny(ctx, path, colour) {
  if (!path) return;
  ctx.fillStyle = colour;
  ctx.fill(path, "evenodd");
}

// The first days have no week behind them: nothing is called a gain that the data cannot show.
function weekBefore(fronts, day) {
  return Math.max(fronts.first, day - 7);
}
