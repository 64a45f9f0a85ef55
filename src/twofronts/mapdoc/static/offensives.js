/** The offensives of the payload: which are under way, and how far along each axis they have come. */

import { decodeWay, kmOnDay } from "./ways.js";

/** Days an arrow stays on the map, fading, after its last day. */
const FADE_DAYS = 6;

/** All offensives in order of time, axes decoded once. */
export class Offensives {
  constructor(list) {
    this.all = list.map((offensive, index) => ({ ...offensive, index, axes: offensive.axes.map((axis) => ({ ...axis, way: decodeWay(axis.line) })) }));
    this._byId = new Map(this.all.map((offensive) => [offensive.id, offensive]));
  }

  /** The offensive of an id, or null. */
  byId(id) {
    return this._byId.get(id) ?? null;
  }

  /** The one before (-1) or after (+1) another, or null. */
  neighbour(offensive, direction) {
    return this.all[offensive.index + direction] ?? null;
  }

  /** Those a formation fights in on a day. */
  ofFormation(formation, day) {
    return this.all.filter((offensive) => isUnderWay(offensive, day) && offensive.formations.includes(formation.index));
  }

  /** The one that tells of the same thing as an event, or null. */
  ofEvent(event) {
    return this.all.find((offensive) => offensive.event === event.id) ?? null;
  }
}

export function isUnderWay({ start, end }, day) {
  return start <= day && day <= end;
}

/** How firmly an offensive's arrows stand on a day: 1 while it lasts, less in the days after, else 0. */
export function strengthOf({ start, end }, day) {
  if (day < start) return 0;
  return Math.max(0, Math.min(1, 1 - (day - end) / (FADE_DAYS + 1)));
}

/** Km from an axis' start to its head on a day. */
export function headKm({ way, day: days }, day) {
  return kmOnDay(way, days, day);
}
