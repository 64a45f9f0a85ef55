/** Counting and drawing the two histograms on the time line. */

import { partsOfDay, monthStarts, wordsOfDay } from "./time.js";

const BIN_DAYS = [1, 2, 7, 14, 28];
const MIN_BAR_PX = 4;
const WEST = new Set(["west", "italy"]);
const MIN_TICK_PX = 34;
const MONTH_STEPS = [1, 2, 3, 6, 12];

/** Days per bar so that a bar is wide enough to be seen. */
export function binDays(first, last, width) {
  const perDay = width / (last - first + 1);
  return BIN_DAYS.find((days) => days * perDay >= MIN_BAR_PX) ?? BIN_DAYS[BIN_DAYS.length - 1];
}

/** Starts per bin: {west, east, coalition} arrays of counts. */
export function countBins(events, first, last, days) {
  const bins = Math.ceil((last - first + 1) / days);
  const counts = { west: new Uint16Array(bins), east: new Uint16Array(bins), coalition: new Uint16Array(bins) };
  for (const event of events) {
    if (event.start < first || event.start > last) continue;
    counts[bandOf(event.theatre)][Math.floor((event.start - first) / days)]++;
  }
  return counts;
}

function bandOf(theatre) {
  if (theatre === "coalition") return "coalition";
  return WEST.has(theatre) ? "west" : "east";
}

/** Month ticks that do not overlap: [{day, text, year}]; year is true where a year begins. */
export function ticks(first, last, width, lang) {
  const perDay = width / (last - first);
  const step = MONTH_STEPS.find((months) => months * 30.4 * perDay >= MIN_TICK_PX) ?? 12;
  const months = monthStarts(first, last, 1).filter((day) => (partsOfDay(day).month - 1) % step === 0);
  return months.map((day) => {
    const { year, month } = partsOfDay(day);
    return month === 1 ? { day, text: String(year), year: true } : { day, text: wordsOfDay(day, lang, "monthShort"), year: false };
  });
}

/** Paint bars, diamonds, the span of the chosen event and the ticks; box = {width, height, inset, tickHeight}. */
export function paintHistogram(ctx, box, model, colours) {
  const { width, height, inset, tickHeight } = box;
  const plot = height - tickHeight;
  const middle = Math.round(plot / 2);
  const band = 8;
  const x = (day) => inset + ((day - model.first) / (model.last - model.first)) * (width - 2 * inset);
  ctx.clearRect(0, 0, width, height);
  paintTicks(ctx, box, model, colours, x, plot);
  paintFrontSpan(ctx, model, colours, x, middle, band);
  const top = Math.max(1, ...model.counts.west, ...model.counts.east);
  // Square roots keep a single event visible beside a crowded week.
  const rise = (count) => (middle - band - 3) * Math.sqrt(count / top);
  const wide = Math.max(2, (x(model.first + model.days) - x(model.first)) - 1);
  model.counts.west.forEach((count, i) => bar(ctx, x(model.first + i * model.days), middle - band, wide, -rise(count), colours["western-line"]));
  model.counts.east.forEach((count, i) => bar(ctx, x(model.first + i * model.days), middle + band, wide, rise(count), colours["soviet-line"]));
  model.counts.coalition.forEach((count, i) => {
    if (count) diamond(ctx, x(model.first + i * model.days) + wide / 2, middle, Math.min(band - 2, 2.4 + count * 0.7), colours.ink);
  });
  paintChosen(ctx, model, colours, x, middle);
}

function bar(ctx, x, y, width, height, colour) {
  if (height === 0) return;
  ctx.fillStyle = colour;
  ctx.fillRect(Math.round(x * 2) / 2, y, width, height);
}

function diamond(ctx, x, y, r, colour) {
  ctx.beginPath();
  ctx.moveTo(x, y - r);
  ctx.lineTo(x + r, y);
  ctx.lineTo(x, y + r);
  ctx.lineTo(x - r, y);
  ctx.closePath();
  ctx.fillStyle = colour;
  ctx.fill();
}

function paintTicks(ctx, { width, inset, height, tickHeight }, model, colours, x, plot) {
  ctx.font = `11px "Atlas Sans", system-ui, sans-serif`;
  ctx.textBaseline = "middle";
  ctx.textAlign = "left";
  ctx.lineWidth = 1;
  let free = -Infinity;
  for (const tick of model.ticks) {
    const at = Math.round(x(tick.day)) + 0.5;
    ctx.strokeStyle = colours.rule;
    ctx.beginPath();
    ctx.moveTo(at, tick.year ? 0 : plot - 5);
    ctx.lineTo(at, tick.year ? height : plot + 4);
    ctx.stroke();
    ctx.font = `${tick.year ? "600 12" : "11"}px "Atlas Sans", system-ui, sans-serif`;
    const textWidth = ctx.measureText(tick.text).width;
    const left = at + 4;
    if (left < free || left + textWidth > width - inset / 2) continue;
    ctx.fillStyle = tick.year ? colours.ink : colours["ink-soft"];
    ctx.fillText(tick.text, left, plot + tickHeight / 2 + 1);
    free = left + textWidth + 6;
  }
}

function paintFrontSpan(ctx, model, colours, x, middle, band) {
  ctx.fillStyle = colours.rule;
  ctx.fillRect(x(model.first), middle - 0.5, x(model.last) - x(model.first), 1);
  const from = x(Math.max(model.first, model.fronts.first));
  const to = x(Math.min(model.last, model.fronts.last));
  ctx.globalAlpha = 0.55;
  ctx.fillRect(from, middle - band + 1, to - from, 2 * band - 2);
  ctx.globalAlpha = 1;
}

function paintChosen(ctx, model, colours, x, middle) {
  if (!model.chosen) return;
  const from = x(Math.max(model.first, model.chosen.start));
  const to = x(Math.min(model.last, model.chosen.end));
  if (to < from) return;
  ctx.fillStyle = colours.accent;
  ctx.fillRect(from - 2, middle - 2, Math.max(4, to - from + 4), 4);
}
