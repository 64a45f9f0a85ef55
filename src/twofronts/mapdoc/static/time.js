/** Civil days as whole numbers: day 0 is 1 January 1941. No Date parsing, so no time zone can shift a day. */

const MS_PER_DAY = 86400000;
const EPOCH_DAYS = Date.UTC(1941, 0, 1) / MS_PER_DAY;
const ISO_DAY = /^(\d{4})-(\d{2})-(\d{2})$/;
const formats = new Map();

/** Day number of "YYYY-MM-DD", or null if that is no day of the calendar. */
export function dayFromIso(iso) {
  const match = ISO_DAY.exec(typeof iso === "string" ? iso : "");
  if (!match) return null;
  const day = dayFromParts(Number(match[1]), Number(match[2]), Number(match[3]));
  return isoFromDay(day) === iso ? day : null;
}

/** "YYYY-MM-DD" of a day number. */
export function isoFromDay(day) {
  return utc(day).toISOString().slice(0, 10);
}

/** Day number of a year, month (1-12) and day of the month. */
export function dayFromParts(year, month, dayOfMonth = 1) {
  return Date.UTC(year, month - 1, dayOfMonth) / MS_PER_DAY - EPOCH_DAYS;
}

/** {year, month, dayOfMonth} of a day number. */
export function partsOfDay(day) {
  const date = utc(day);
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, dayOfMonth: date.getUTCDate() };
}

/** A day in words; style is "long" (with weekday), "day", "dayMonth", "dayOnly", "short", "month", "monthShort". */
export function wordsOfDay(day, lang, style = "day") {
  return formatter(lang, style).format(utc(day));
}

/** First days of the months (or of every `step` months) within [first, last]. */
export function monthStarts(first, last, step = 1) {
  const starts = [];
  const { year } = partsOfDay(first);
  for (let index = 0; ; index += step) {
    const day = dayFromParts(year, 1 + index);
    if (day > last) return starts;
    if (day >= first) starts.push(day);
  }
}

function utc(day) {
  return new Date((day + EPOCH_DAYS) * MS_PER_DAY);
}

const DATE_STYLES = {
  long: { weekday: "long", day: "numeric", month: "long", year: "numeric" },
  day: { day: "numeric", month: "long", year: "numeric" },
  dayMonth: { day: "numeric", month: "long" },
  dayOnly: { day: "numeric" },
  short: { day: "numeric", month: "short", year: "numeric" },
  month: { month: "long", year: "numeric" },
  monthShort: { month: "short" },
};

function formatter(lang, style) {
  const key = lang + style;
  if (!formats.has(key)) {
    const locale = lang === "de" ? "de-DE" : "en-GB";
    formats.set(key, new Intl.DateTimeFormat(locale, { ...DATE_STYLES[style], timeZone: "UTC" }));
  }
  return formats.get(key);
}
