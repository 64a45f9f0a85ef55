/** The formations of the payload and where each stands on a day. */

import { bearingTo, kmBetween } from "./earth.js";
import { decodeWay, piece, spotAt, vertexBefore } from "./ways.js";

const WORDS = { hq: "hq", sp: "spearhead", se: "sector" };

/** All formations, ways decoded once. */
export class Marches {
  constructor(list) {
    this.all = list.map((formation, index) => ({ ...formation, index, way: decodeWay(formation.line) }));
    this._byId = new Map(this.all.map((formation) => [formation.id, formation]));
  }

  /** The formation of an id, or null. */
  byId(id) {
    return this._byId.get(id) ?? null;
  }
}

/** Whether a formation is on the map on a day: from its first way-point to its last. */
export function isAfoot({ day }, on) {
  return on >= day[0] && on <= day[day.length - 1];
}

/** [lon, lat] of a formation on a day on which it is on the map. */
export function spotOn(formation, on) {
  return spotAt(formation.way, kmOn(formation, on));
}

/** Flat atlas points of the way a formation came in the days before a day. */
export function trailOf(formation, on, days) {
  return piece(formation.way, kmOn(formation, Math.max(formation.day[0], on - days)), kmOn(formation, on));
}

/** What the way-points say of a day: {before, after (numbers of way-points; equal on the day of one), stands}. */
export function evidenceOn({ day, stands }, on) {
  const before = vertexBefore(day, on);
  const after = day[before] === on ? before : Math.min(before + 1, day.length - 1);
  return { before, after, stands: standOf(stands, after) };
}

/** "hq", "spearhead" or "sector": what stood at a way-point. */
export function standOf(stands, number) {
  return WORDS[stands.slice(2 * number, 2 * number + 2)];
}

/** {km, bearing} from where a formation stood some days ago (or when it came) to where it stands. */
export function movedIn(formation, on, days) {
  const [from, to] = [Math.max(formation.day[0], on - days), on].map((day) => spotOn(formation, day)).map(([lon, lat]) => ({ lon, lat }));
  return { km: kmBetween(from, to), bearing: bearingTo(from, to) };
}

/** The commander's row [first, last, name, certainty, sources] on a day, or null. */
export function commanderOn({ commanders }, on) {
  return commanders.find(([first, last]) => first <= on && on <= last) ?? null;
}

function kmOn({ way, at, day }, on) {
  const before = vertexBefore(day, on);
  if (day[before] >= on || before === day.length - 1) return way.km[at[before]];
  const share = (on - day[before]) / (day[before + 1] - day[before]);
  return way.km[at[before]] + share * (way.km[at[before + 1]] - way.km[at[before]]);
}
