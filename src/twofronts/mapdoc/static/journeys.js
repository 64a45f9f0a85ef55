/** Journeys, letters and supply routes of the payload: their lines over the globe and where a traveller is on a day. */

import { greatCircle } from "./great_circle.js";
import { decodeWay, kmOnDay, spotAt, wayOf } from "./ways.js";

/** Days a journey or letter stays on the map, fading, after its last day. */
const MEMORY_DAYS = 3;
/** Sections of the great circle between two stations by air. */
const ARC_STEPS = 40;

/** All journeys, lines decoded once. */
export class Journeys {
  constructor(list) {
    this.all = list.map((journey, index) => ({ ...journey, index, ways: journey.ways.map((way) => layOut(way, journey.by)) }));
    this._byEvent = new Map();
    for (const journey of this.all) {
      if (!this._byEvent.has(journey.event)) this._byEvent.set(journey.event, []);
      this._byEvent.get(journey.event).push(journey);
    }
  }

  /** The journeys that belong to an event. */
  ofEvent(id) {
    return this._byEvent.get(id) ?? [];
  }
}

/** Whether somebody or something is on its way on a day; nobody travels a supply route for the whole of it. */
export function isTravelling({ kind, start, end }, day) {
  return kind !== "supply" && start <= day && day <= end;
}

/** How firmly a journey stands on the map on a day, 0 to 1. */
export function firmnessOf({ kind, start, end }, day) {
  if (day < start || day > end + MEMORY_DAYS) return 0;
  if (kind === "supply") return day > end ? 0 : 0.45;
  return day <= end ? 0.72 : 0.5 * (1 - (day - end) / (MEMORY_DAYS + 1));
}

/** [lon, lat] of a traveller on a day. */
export function travellerOn({ ways }, day) {
  const under = ways.findLast(({ day: days }) => days.some((known) => known >= 0 && known <= day)) ?? ways[0];
  return spotAt(under.way, kmOnDay(under.way, under.day, day));
}

/** Points [lon, lat] along a whole journey, so many of them. */
export function samplesOf({ ways }, count) {
  const [{ way }] = ways;
  return Array.from({ length: count }, (_, i) => spotAt(way, (way.km.at(-1) * i) / (count - 1)));
}

function layOut({ line, day, place }, by) {
  const plain = decodeWay(line);
  if (by !== "air") return { way: plain, day, place };
  const points = [[plain.lon[0], plain.lat[0]]];
  const days = [day[0]];
  for (let i = 1; i < plain.lon.length; i++) {
    const arc = greatCircle([plain.lon[i - 1], plain.lat[i - 1]], [plain.lon[i], plain.lat[i]], ARC_STEPS).slice(1);
    points.push(...arc);
    days.push(...arc.map((_, step) => (step === arc.length - 1 ? day[i] : -1)));
  }
  return { way: wayOf(points), day: days, place };
}
