/** The ground each side holds: Axis ink, Allied colours, and what changed hands glowing by age. */

import { levelOfZoom } from "./fronts.js";
import { EVERYWHERE } from "./paths.js";

const SIDES = ["soviet", "western", "partisan"];

/**
 * Paint a day's ground on a clear canvas; show = {areas, gains}.
 * Compositing modes stand in for clips, which cost a software-drawn canvas ten times as much: what changed is
 * painted "atop" the ground held today, and what was lost and what no Allied side holds comes "behind" it.
 */
export function paintAreas(ctx, frame, fronts, day, colours, show) {
  const areAreas = show.areas && fronts.has(day);
  if (areAreas) paintSides(ctx, frame, fronts, day, colours, show.gains);
  ctx.globalCompositeOperation = "destination-over";
  ctx.fillStyle = areAreas ? colours.axis : colours.land;
  ctx.fillRect(-EVERYWHERE, -EVERYWHERE, 2 * EVERYWHERE, 2 * EVERYWHERE);
  ctx.globalCompositeOperation = "source-over";
}

function paintSides(ctx, frame, fronts, day, colours, gains) {
  // The first days have no week behind them: nothing is called a gain that the data cannot show.
  const days = { today: day, yesterday: Math.max(fronts.first, day - 1), week: Math.max(fronts.first, day - 7) };
  const scene = { ctx, fronts, days, level: levelOfZoom(frame.zoom), colours, gains };
  paintArmies(scene, "soviet");
  paintArmies(scene, "western");
  paintPartisans(scene);
  if (gains) paintLosses(scene);
}

/** Build ahead of time what a day's ground and gains need at a zoom. */
export function prepareAreas(fronts, day, zoom) {
  const level = levelOfZoom(zoom);
  for (const side of SIDES) {
    fronts.area(side, day, level);
    for (const before of [day - 1, day - 7]) fronts.change(side, Math.max(fronts.first, before), day, level);
  }
}

function paintArmies({ ctx, fronts, days, level, colours, gains }, side) {
  fillPath(ctx, fronts.area(side, days.today, level), colours[side]);
  if (!gains) return;
  ctx.globalCompositeOperation = "source-atop";
  fillPath(ctx, fronts.change(side, days.week, days.today, level), colours[`${side}-week`]);
  fillPath(ctx, fronts.change(side, days.yesterday, days.today, level), colours[`${side}-day`]);
  ctx.globalCompositeOperation = "source-over";
}

// Partisans handed ground over to the armies: "atop" would tint the armies' ground, so here the small clip is right.
function paintPartisans({ ctx, fronts, days, level, colours, gains }) {
  const today = fronts.area("partisan", days.today, level);
  fillPath(ctx, today, colours.partisan);
  const change = gains && today ? fronts.change("partisan", days.week, days.today, level) : null;
  if (!change) return;
  ctx.save();
  ctx.clip(today, "evenodd");
  fillPath(ctx, change, colours["partisan-week"]);
  fillPath(ctx, fronts.change("partisan", days.yesterday, days.today, level), colours["partisan-day"]);
  ctx.restore();
}

function paintLosses({ ctx, fronts, days, level, colours }) {
  ctx.globalCompositeOperation = "destination-over";
  for (const side of SIDES) {
    fillPath(ctx, fronts.change(side, days.week, days.today, level), colours["axis-gain"]);
  }
}

function fillPath(ctx, path, colour) {
  if (!path) return;
  ctx.fillStyle = colour;
  ctx.fill(path, "evenodd");
}
