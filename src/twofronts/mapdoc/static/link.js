/** A view as an address: ?date=&event=&army=&offensive=&when=&lang=&view=, in search or hash. */

import { dayFromIso, isoFromDay } from "./time.js";

const MAX_ZOOM = 10;
const MIN_ZOOM = 3;
const EVENT_ID = /^[a-z0-9-]{1,80}$/;

/** Whether a value can be the id of an event, a formation or an offensive. */
export function isEventId(value) {
  return typeof value === "string" && EVENT_ID.test(value);
}

/** Read {day, event, army, offensive, when, lang, view, bad: [names of unusable values]} from an address's search and hash. */
export function readLink(search, hash) {
  const params = new URLSearchParams(search);
  for (const [name, value] of new URLSearchParams(hash.replace(/^#/, ""))) params.set(name, value);
  const read = { day: null, event: null, army: null, offensive: null, when: null, lang: null, view: null, bad: [] };
  take(params, "date", read, (text) => (read.day = dayFromIso(text)));
  take(params, "event", read, (text) => (read.event = isEventId(text) ? text : null));
  take(params, "army", read, (text) => (read.army = isEventId(text) ? text : null));
  take(params, "offensive", read, (text) => (read.offensive = isEventId(text) ? text : null));
  take(params, "when", read, (text) => (read.when = parseSpot(text)));
  take(params, "lang", read, (text) => (read.lang = text === "de" || text === "en" ? text : null));
  take(params, "view", read, (text) => (read.view = parseView(text)));
  return read;
}

function take(params, name, read, parse) {
  const text = params.get(name);
  if (text !== null && text !== "" && parse(text) === null) read.bad.push(name);
}

/** [lat, lon, zoom] of "52.5,13.4,6", or null. */
export function parseView(text) {
  return validView(numbersOf(text));
}

/** {lat, lon} of "52.5,13.4", or null. */
export function parseSpot(text) {
  const numbers = numbersOf(text);
  return numbers.length === 2 ? validSpot({ lat: numbers[0], lon: numbers[1] }) : null;
}

/** {lat, lon} of something that has both as usable numbers, else null. */
export function validSpot(spot) {
  if (spot === null || typeof spot !== "object") return null;
  const { lat, lon } = spot;
  return Number.isFinite(lat) && Number.isFinite(lon) && Math.abs(lat) <= 85 && Math.abs(lon) <= 180 ? { lat, lon } : null;
}

function numbersOf(text) {
  return String(text).split(",").map((part) => (part.trim() === "" ? NaN : Number(part)));
}

/** The view if it is three usable numbers, else null. */
export function validView(view) {
  if (!Array.isArray(view) || view.length !== 3 || !view.every((number) => typeof number === "number" && Number.isFinite(number))) return null;
  const [lat, lon, zoom] = view;
  if (Math.abs(lat) > 85 || Math.abs(lon) > 180 || zoom < MIN_ZOOM || zoom > MAX_ZOOM) return null;
  return view;
}

/** A view with 4, 4 and 2 decimals. */
export function roundView([lat, lon, zoom]) {
  return [Number(lat.toFixed(4)), Number(lon.toFixed(4)), Number(zoom.toFixed(2))];
}

/** The hash that leads to a state {day, event, chosen: {kind, id} or null, when: {lat, lon}, lang, view}. */
export function writeHash({ day, event, chosen, when, lang, view }) {
  const parts = [`date=${isoFromDay(day)}`];
  if (event) parts.push(`event=${encodeURIComponent(event)}`);
  if (chosen) parts.push(`${chosen.kind === "formation" ? "army" : "offensive"}=${encodeURIComponent(chosen.id)}`);
  if (when) parts.push(`when=${Number(when.lat.toFixed(4))},${Number(when.lon.toFixed(4))}`);
  parts.push(`lang=${lang}`, `view=${roundView(view).join(",")}`);
  return `#${parts.join("&")}`;
}
