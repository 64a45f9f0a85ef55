/** The events of the payload: order, search by id, and what is to be seen of them on a day. */

/** Days an event stays on the map, fading, after its last day. */
export const AFTERGLOW_DAYS = 5;
const FRESH_DAYS = 7;

/** Chronological events behind the reader's filter. */
export class Events {
  constructor(list) {
    this.all = list.map((event, index) => ({ ...event, index }));
    this._byId = new Map(this.all.map((event) => [event.id, event]));
    this._order = [...this.all].sort((a, b) => a.start - b.start || a.end - b.end || a.index - b.index);
    this._position = new Map(this._order.map((event, position) => [event.id, position]));
    this.setFilter({});
  }

  /** The event of an id, or null. */
  byId(id) {
    return this._byId.get(id) ?? null;
  }

  /** kinds and theatres to show; null or missing means all. */
  setFilter({ kinds = null, theatres = null }) {
    this.kinds = kinds && new Set(kinds);
    this.theatres = theatres && new Set(theatres);
  }

  /** Whether the filter lets an event through. */
  isShown(event) {
    return (!this.kinds || this.kinds.has(event.kind)) && this.isOfTheatre(event.theatre);
  }

  /** Whether the filter lets things of a theatre through. */
  isOfTheatre(theatre) {
    return !this.theatres || this.theatres.has(theatre);
  }

  /** Events the filter lets through, oldest first. */
  shown() {
    return this._order.filter((event) => this.isShown(event));
  }

  /** The event before (-1) or after (+1) another in time, or null. */
  neighbour(event, direction) {
    for (let i = this._position.get(event.id) + direction; i >= 0 && i < this._order.length; i += direction) {
      if (this.isShown(this._order[i])) return this._order[i];
    }
    return null;
  }

  /** The first event that starts after a day (+1) or the last that starts before it (-1), or null. */
  nextFrom(day, direction) {
    const shown = this.shown();
    if (direction > 0) return shown.find((event) => event.start > day) ?? null;
    return shown.findLast((event) => event.start < day) ?? null;
  }

  /** Other events at the same place, oldest first. */
  atSamePlace(event) {
    return this._order.filter((other) => other !== event && other.places[0] === event.places[0]);
  }
}

/** "" (not to be seen), "fresh", "ongoing", or "glow1".."glow5" in the days after its end. */
export function phaseOf(event, day) {
  if (day < event.start || day > event.end + AFTERGLOW_DAYS) return "";
  if (day > event.end) return `glow${day - event.end}`;
  return day - event.start < FRESH_DAYS ? "fresh" : "ongoing";
}
