/** Finding places by any of their names and events by their titles. */

const MOST = 8;
/** So many of the suggestions are kept for events, if that many fit. */
const MOST_EVENTS = 3;
const NAME_UNITS = 1000;
/** Letters that do not come apart into a plain letter and a mark. */
const PLAIN = { ß: "ss", æ: "ae", œ: "oe", ø: "o", ł: "l", đ: "d", ð: "d", þ: "th", ı: "i" };
const UMLAUTS = { ä: "ae", ö: "oe", ü: "ue" };
const MISSED = 9;
const UNRANKED = 8;

/** A name as it is compared: small letters without marks, words parted by one space. */
export function foldName(text) {
  return String(text)
    .toLowerCase()
    .replace(/[ßæœøłđðþı]/g, (letter) => PLAIN[letter])
    .normalize("NFD")
    .replace(/\p{M}+/gu, "")
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}

/** Everything of the payload {places, towns, events, formations, offensives} that can be looked for; made ready when first asked. */
export class SearchIndex {
  constructor(data) {
    this._data = data;
  }

  /** At most eight entries {kind: "place" | "event" | "formation" | "offensive", ...} for what a reader has typed, places first, best first. */
  find(text, lang) {
    const wanted = foldName(text);
    if (wanted === "") return [];
    this._entries ??= entriesOf(this._data);
    const places = this._best(this._entries.places, wanted, lang);
    const events = this._best(this._entries.events, wanted, lang);
    const seats = Math.min(events.length, Math.max(MOST_EVENTS, MOST - places.length));
    return [...places.slice(0, MOST - seats), ...events.slice(0, seats)];
  }

  _best(entries, wanted, lang) {
    const found = [];
    for (const entry of entries) {
      const [score, name] = scoreOf(entry, wanted);
      if (score < MISSED) found.push({ entry, score, name });
    }
    found.sort((a, b) => a.score - b.score || a.entry.rank - b.entry.rank || a.name.length - b.name.length || a.entry.order - b.entry.order);
    return found.slice(0, MOST).map(({ entry, name }) => tellEntry(entry, name, lang));
  }
}

// 0: the whole name, 1: its beginning, 2: the beginning of one of its words, 3: somewhere within.
function scoreOf({ folded }, wanted) {
  let [best, name] = [MISSED, ""];
  for (const { text, as } of folded) {
    const at = text.indexOf(wanted);
    if (at < 0) continue;
    const score = at > 0 ? (text.includes(` ${wanted}`) ? 2 : 3) : text.length === wanted.length ? 0 : 1;
    if (score < best) [best, name] = [score, as];
  }
  return [best, name];
}

function entriesOf({ places, towns = [], events, formations, offensives }) {
  const known = places.map((place) => ({ id: place.id, names: place, all: [place.de, place.en, place.local, place.today], rank: place.rank ?? UNRANKED, ...degreesOf(place.lon, place.lat) }));
  const others = towns.map(([name, lon, lat, alternates]) => ({
    id: null,
    names: { de: name, en: name, local: name, today: name },
    all: [name, ...String(alternates ?? "").split("|")],
    rank: UNRANKED + 1,
    ...degreesOf(lon, lat),
  }));
  return {
    places: [...known, ...others].map((place, order) => ({ kind: "place", ...place, order, folded: foldAll(place.all) })),
    events: [
      ...events.map((event) => titled("event", event.id, event.title, event.start)),
      ...offensives.map(({ id, name, start }) => titled("offensive", id, name, start)),
      ...formations.map(({ id, name, day }) => titled("formation", id, name, day[0])),
    ].map((entry, order) => ({ ...entry, order })),
  };
}

function titled(kind, id, title, start) {
  return { kind, id, title, start, rank: 0, folded: foldAll([title.de, title.en]) };
}

function degreesOf(lon, lat) {
  return { lon: lon / NAME_UNITS, lat: lat / NAME_UNITS };
}

// "Koenigsberg" is asked for as often as "Konigsberg".
function foldAll(names) {
  const folded = new Map();
  for (const name of names) {
    if (!name) continue;
    const spelt = String(name).toLowerCase().replace(/[äöü]/g, (letter) => UMLAUTS[letter]);
    for (const text of [foldName(name), foldName(spelt)]) if (text !== "" && !folded.has(text)) folded.set(text, { text, as: name });
  }
  return [...folded.values()];
}

function tellEntry(entry, name, lang) {
  if (entry.kind !== "place") return { kind: entry.kind, id: entry.id, title: entry.title[lang], start: entry.start };
  const title = entry.names[lang];
  const others = [...new Set([entry.names.today, entry.names.local, name])].filter((other) => other && other !== title);
  return { kind: "place", id: entry.id, title, others, lat: entry.lat, lon: entry.lon };
}
