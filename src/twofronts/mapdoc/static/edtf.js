/** Uncertain dates (EDTF level 0 and 1, as far as the data uses it) in words. */

import { dayFromIso, dayFromParts, wordsOfDay } from "./time.js";

const PART = /^(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?([~?%])?$/;

/** An EDTF string in words, or null if it is not one this reader knows; say(key, values) gives the phrases. */
export function wordsOfEdtf(text, lang, say) {
  const parts = String(text).split("/").map((part) => wordsOfPart(part, lang, say));
  if (parts.length > 2 || parts.includes(null)) return null;
  if (parts.length === 1) return parts[0].text;
  const key = parts.some((part) => part.isRough) ? "map.date.roughly_from_to" : "map.date.from_to";
  return say(key, { from: parts[0].bare, to: parts[1].bare });
}

function wordsOfPart(text, lang, say) {
  const match = PART.exec(text);
  if (!match) return null;
  const [, year, month, dayOfMonth, mark] = match;
  const bare = bareWords(text, year, month, dayOfMonth, lang);
  if (bare === null) return null;
  const approximate = mark === "~" || mark === "%";
  const about = dayOfMonth ? "map.date.about" : "map.date.about_month";
  const key = approximate ? about : mark === "?" ? "map.date.perhaps" : null;
  return { bare, isRough: mark !== undefined, text: key ? say(key, { date: bare }) : bare };
}

function bareWords(text, year, month, dayOfMonth, lang) {
  if (!month) return year;
  if (dayOfMonth) {
    const day = dayFromIso(text.slice(0, 10));
    return day === null ? null : wordsOfDay(day, lang, "day");
  }
  if (month < "01" || month > "12") return null;
  return wordsOfDay(dayFromParts(Number(year), Number(month)), lang, "month");
}
