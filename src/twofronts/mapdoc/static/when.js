/** When the front passed a point: who held it, the day it last left Axis hands, how sure that is, and what it rests on. */

import { kmBetween, kmToRun, pointAway } from "./earth.js";
import { HeldGround } from "./held.js";
import { isoFromDay } from "./time.js";

/** A capture (or a known place) this near stands for the point itself. */
const SAME_PLACE_KM = 2.5;
/** A capture speaks of a drawn passage if they are at most this far apart. */
const CAPTURE_DAYS = 15;
const NEARBY_KM = 60;
const NEARBY_DAYS = 30;
const CAPTURES_TOLD = 3;
const NEIGHBOURS = 8;
/** Days of doubt either side of a capture, by its certainty. */
const SLACK_DAYS = { certain: 1, probable: 2, approximate: 4, disputed: 4 };
const CERTAINTY_OF = { c: "certain", p: "probable", a: "approximate", d: "disputed" };
const SIDE_OF = { w: "western", s: "soviet", p: "partisan", a: "axis" };
/** How far around a point the drawn fronts are compared, and days added: for data without measured values. */
const USUAL_INTERVAL = { r0_km: 6, r1: 0.15, a_days: 1 };
const PER_DEGREE = 1000;

/** Answers for any point, from the payload. */
export class Almanac {
  constructor(data) {
    this._data = data;
    this._ground = new HeldGround(data);
    this._interval = { ...USUAL_INTERVAL, ...data.when };
    this._captures = data.captures.map((row) => unpackCapture(row, data.places, data.units));
    this._places = [...data.places, ...(data.towns ?? []).map(([name, lon, lat]) => ({ id: null, de: name, en: name, lon, lat }))];
  }

  /** First and last day number the answers speak of. */
  get span() {
    return { first: this._ground.first, last: this._ground.last };
  }

  /**
   * {lat, lon, place, reason, spells, date, low, high, side, evidence}; days are ISO, `end` is the last day of a spell.
   * `reason` says why there is no date: "sea", "neutral", "outside", "free_before", "held_to_the_end"; names come in `lang`.
   */
  ask(lat, lon, lang) {
    const here = { lat, lon };
    const place = this._placeAt(here);
    const answer = emptyAnswer(here, place && { id: place.id, name: place[lang] });
    const ground = this._ground.landAt(here);
    if (ground.kind !== "land") return { ...answer, reason: ground.kind };
    const around = this._captures.map((capture) => ({ capture, km: kmBetween(here, capture) })).sort((a, b) => a.km - b.km);
    const spells = settleSpells(this._ground.spells(ground), around);
    answer.spells = spells.map(({ holder, start, end }) => ({ holder, start: isoFromDay(start), end: isoFromDay(end) }));
    const lastAxis = spells.findLastIndex(({ holder }) => holder === "axis");
    if (lastAxis === -1) return { ...answer, reason: "free_before" };
    if (lastAxis === spells.length - 1) return { ...answer, reason: "held_to_the_end" };
    const freed = spells[lastAxis + 1];
    const [low, high] = freed.bounds ?? this._boundsAround(here, freed.start, around);
    return {
      ...answer,
      date: isoFromDay(freed.start),
      low: isoFromDay(low),
      high: isoFromDay(high),
      side: freed.holder,
      evidence: this._evidence(here, freed, around, lang),
    };
  }

  _placeAt(here) {
    let [nearest, best] = [null, SAME_PLACE_KM];
    for (const place of this._places) {
      const km = kmBetween(here, { lat: place.lat / PER_DEGREE, lon: place.lon / PER_DEGREE });
      if (km <= best) [nearest, best] = [place, km];
    }
    return nearest;
  }

  // Where fronts close by passed on other days than here, the day is as unsure as they differ.
  _boundsAround(here, day, around) {
    const nearest = around.find(({ capture }) => Math.abs(capture.middle - day) <= NEARBY_DAYS);
    const { r0_km, r1, a_days } = this._interval;
    const reach = r0_km + r1 * Math.min(NEARBY_KM, nearest?.km ?? NEARBY_KM);
    const days = [day];
    for (const spot of compass(here, reach)) {
      const ground = this._ground.landAt(spot);
      if (ground.kind !== "land") continue;
      days.push(...freedDays(this._ground.spells(ground)).filter((other) => Math.abs(other - day) <= NEARBY_DAYS));
    }
    return [Math.min(...days) - a_days, Math.max(...days) + a_days];
  }

  _evidence(here, { start, holder }, around, lang) {
    const captures = around
      .filter(({ capture, km }) => km <= NEARBY_KM && capture.side === holder && Math.abs(capture.middle - start) <= NEARBY_DAYS)
      .slice(0, CAPTURES_TOLD)
      .map(({ capture, km }) => tellCapture(capture, km, this._data.sources, lang));
    const line = this._stretchNear(here, start - 1);
    return {
      captures,
      keyframes: line ? line.k.map((number) => this._data.fronts.keyframes[number].id) : [],
      theatre: line?.t ?? null,
      status: line ? (line.s ? "interpolated" : "observed") : null,
      uncertainty_km: line?.u ?? null,
    };
  }

  _stretchNear(here, day) {
    const { days, first } = this._data.fronts;
    let [nearest, best] = [null, Infinity];
    for (const line of days[day - first]?.lines ?? []) {
      for (const ref of line.a) {
        const km = kmToRun(here, this._ground.outline(ref < 0 ? ~ref : ref).points, PER_DEGREE);
        if (km < best) [nearest, best] = [line, km];
      }
    }
    return nearest;
  }
}

function emptyAnswer({ lat, lon }, place) {
  const evidence = { captures: [], keyframes: [], theatre: null, status: null, uncertainty_km: null };
  return { lat, lon, place, reason: null, spells: [], date: null, low: null, high: null, side: null, evidence };
}

function compass(here, km) {
  return Array.from({ length: NEIGHBOURS }, (_, i) => pointAway(here, km, (360 / NEIGHBOURS) * i));
}

/** Move drawn changes of holder to the day of a capture on the spot; a spell so begun gets `bounds`, the days it may have begun. */
function settleSpells(drawnSpells, around) {
  const here = around.filter(({ km }) => km <= SAME_PLACE_KM);
  const spells = drawnSpells.map((spell) => ({ ...spell, bounds: null }));
  for (let i = 1; i < spells.length; i++) {
    const [before, spell] = [spells[i - 1], spells[i]];
    const found = captureOf(spell, spells, here);
    if (!found) continue;
    const day = Math.floor(found.middle);
    if (day <= before.start || day > spell.end) continue;
    const slack = SLACK_DAYS[found.certainty];
    before.end = day - 1;
    Object.assign(spell, { start: day, bounds: [found.start - slack, found.end + slack] });
  }
  return spells;
}

function captureOf(spell, spells, here) {
  const apart = (capture) => daysApart(capture, spell);
  const fitting = here.filter(({ capture }) => apart(capture) <= CAPTURE_DAYS && mayBegin(capture, spell, spells));
  fitting.sort((a, b) => Math.round(a.km) - Math.round(b.km) || apart(a.capture) - apart(b.capture));
  return fitting[0]?.capture ?? null;
}

// The Allies' sides can stand for one another, unless that very side came in a spell of its own about then,
// as the Red Army came to Bucharest a week after Romania had changed sides.
function mayBegin(capture, { holder }, spells) {
  if (capture.side === holder || capture.side === "axis" || holder === "axis") return capture.side === holder;
  return !spells.some((other) => other.holder === capture.side && daysApart(capture, other) <= CAPTURE_DAYS);
}

function daysApart({ middle }, { start }) {
  return Math.abs(Math.floor(middle) - start);
}

function freedDays(spells) {
  return spells.filter((spell, i) => i > 0 && spells[i - 1].holder === "axis").map(({ start }) => start);
}

function unpackCapture([number, start, end, letter, certainty, sources, unit], places, units) {
  const place = places[number];
  return {
    place,
    lon: place.lon / PER_DEGREE,
    lat: place.lat / PER_DEGREE,
    start,
    end,
    middle: (start + end) / 2,
    side: SIDE_OF[letter],
    certainty: CERTAINTY_OF[certainty],
    sources,
    by: unit === null ? null : units[unit],
  };
}

function tellCapture({ place, start, end, side, certainty, sources, by }, km, known, lang) {
  return {
    place: place.id,
    name: place[lang],
    km: Math.round(km * 10) / 10,
    date_start: isoFromDay(start),
    date_end: isoFromDay(end),
    side,
    certainty,
    by: by && by[lang],
    sources: sources.map((number) => known[number]),
  };
}
