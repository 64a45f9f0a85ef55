/** Names on the plate: one collision pass over everything that can carry a name, once per zoom and language. */

import { atlasScale, atlasX, atlasY, decodeRun } from "./projection.js";
import { LabelIndex, boxesAlong } from "./label_index.js";
import { straightStretches } from "./river_names.js";

const SANS = '"Atlas Sans", system-ui, sans-serif';
const SERIF = '"Atlas Serif", Georgia, serif';
/** Zoom from which towns of rank 1..6 may appear, and their fonts. */
const TOWN_FROM = [0, 0, 4, 5, 5.75, 6.75, 7.75];
const TOWN_FONT = [null, `600 14px ${SANS}`, `600 13px ${SANS}`, `13px ${SANS}`, `12.5px ${SANS}`, `12px ${SANS}`, `11.5px ${SANS}`];
const TOWN_DOT = [0, 3.4, 3, 2.6, 2.3, 2, 1.8];
/** The same for countries of rank 1..4, their size at zoom 5, and where a name may move to. */
const COUNTRY_FROM = [0, 0, 3.5, 4.5, 6];
const COUNTRY_PX = [0, 16, 13, 11.5, 10.5];
const COUNTRY_SEATS = [[0, 0], [0, -1], [0, 1], [-1, 0], [1, 0], [-1, -1], [1, 1], [1, -1], [-1, 1], [0, -2], [0, 2], [-2, 0], [2, 0], [-2, -1], [2, 1]];
const POCKETS_FROM = 5;
/** The room a symbol of an event takes above its place, on the map for a finger. */
const PIN_PX = { half: 19, top: 44 };
const LINE_HEIGHT = 1.15;
const PAD = 2;
const SMALLEST_WATER_PX = 10;

/** The features that can carry a name, decoded once; pins = [{lon, lat, first, last}], the events with the days they are to be seen. */
export function labelFeatures(basemap, places, pockets, pins) {
  const at = (item) => ({ ax: atlasX(item.lon / 1000), ay: atlasY(item.lat / 1000) });
  return {
    countries: basemap.territories
      .map((state) => ({ names: state, ...at(state), rank: state.rank ?? 2 }))
      .sort((a, b) => a.rank - b.rank),
    waters: basemap.waters.map((water) => ({ names: water, ...at(water), angle: (-water.angle * Math.PI) / 180, size: water.size })),
    towns: places
      .map((place, index) => ({ names: place, ...at(place), rank: place.rank, index }))
      .filter((town) => town.rank)
      .sort((a, b) => a.rank - b.rank || a.index - b.index),
    pockets: mergePockets(pockets).map((pocket) => ({ names: pocket.name, ...at(pocket), first: pocket.first, last: pocket.last })),
    pins: pins.map((pin) => ({ ...at(pin), first: pin.first, last: pin.last })),
    rivers: basemap.rivers
      .filter((river) => river.de)
      .map((river) => ({ names: river, rank: river.r, points: decodeRun(river.c) }))
      .sort((a, b) => a.rank - b.rank || b.points.length - a.points.length),
  };
}

/** Everything that finds a free place at a zoom: [{kind, text, font, x, y (pixels = atlas * k), ...}]. */
export function layOutLabels(features, zoom, lang, measure) {
  const pass = { index: new LabelIndex(), k: atlasScale(zoom), zoom, lang, measure, placed: [], towns: features.towns };
  pass.pins = new LabelIndex();
  pass.pins.take(features.pins.map((pin) => pinBox(pin, pass.k)));
  const early = features.towns.filter((town) => town.rank <= 2);
  const late = features.towns.filter((town) => town.rank > 2);
  const great = features.countries.filter((state) => state.rank === 1);
  const lesser = features.countries.filter((state) => state.rank > 1);
  early.filter((town) => town.rank === 1).forEach((town) => placeTown(pass, town));
  great.forEach((state) => placeCountry(pass, state));
  early.filter((town) => town.rank === 2).forEach((town) => placeTown(pass, town));
  features.pockets.forEach((pocket) => placePocket(pass, pocket));
  lesser.forEach((state) => placeCountry(pass, state));
  features.waters.forEach((water) => placeWater(pass, water));
  late.forEach((town) => placeTown(pass, town));
  features.rivers.forEach((river) => placeRiver(pass, river));
  return pass.placed;
}

/** Pockets drawn anew as they shrank: one name for the whole time, where the longest-lived outline has it. */
function mergePockets(pockets) {
  const merged = [];
  for (const pocket of [...pockets].sort((a, b) => a.first - b.first)) {
    const days = pocket.last - pocket.first;
    const known = merged.find((other) => other.name.de === pocket.name.de && pocket.first <= other.last + 1);
    if (!known) merged.push({ ...pocket, days });
    else {
      if (days > known.days) Object.assign(known, { lon: pocket.lon, lat: pocket.lat, days });
      known.last = Math.max(known.last, pocket.last);
    }
  }
  return merged;
}

function placeTown(pass, town) {
  if (pass.zoom < TOWN_FROM[town.rank]) return;
  const text = town.names[pass.lang];
  const font = TOWN_FONT[town.rank];
  const { width, height } = sizeOf(pass, text, font);
  const x = town.ax * pass.k;
  const y = town.ay * pass.k;
  const r = TOWN_DOT[town.rank];
  const gap = r + 3;
  const seats = [
    { align: "left", dx: gap, dy: 0 },
    { align: "right", dx: -gap, dy: 0 },
    { align: "center", dx: 0, dy: -gap - height / 2 + 2 },
    { align: "center", dx: 0, dy: gap + height / 2 - 2 },
    { align: "left", dx: gap - 1, dy: -height / 2 - 1 },
    { align: "left", dx: gap - 1, dy: height / 2 + 1 },
  ];
  const dot = { x0: x - r - 1, y0: y - r - 1, x1: x + r + 1, y1: y + r + 1 };
  for (const seat of seats) {
    const box = boxOf(x + seat.dx, y + seat.dy, width, height, seat.align);
    if (!pass.index.isFree([box, dot])) continue;
    pass.index.take([box, dot]);
    pass.placed.push({ kind: "town", text, font, x, y, r, ...seat, rank: town.rank, place: town.index, box });
    return;
  }
}

function placePocket(pass, pocket) {
  if (pass.zoom < POCKETS_FROM) return;
  const text = pocket.names[pass.lang];
  // A pocket around a town that is already named needs no second name.
  if (pass.placed.some((label) => label.kind === "town" && label.text === text)) return;
  if (pass.towns.some((town) => town.names[pass.lang] === text && pass.zoom >= TOWN_FROM[town.rank])) return;
  const font = `italic 13px ${SERIF}`;
  const { width, height } = sizeOf(pass, text, font);
  const x = pocket.ax * pass.k;
  const y = pocket.ay * pass.k;
  const { first, last } = pocket;
  const seats = [[0, 0], [0, -16], [0, 18], [0, -30], [0, 32], [width / 2 + 14, 0], [-width / 2 - 14, 0], [0, 46], [0, -46]]
    .map(([dx, dy]) => ({ x: x + dx, y: y + dy, box: { ...boxOf(x + dx, y + dy, width, height, "center"), first, last } }))
    .filter(({ box }) => pass.index.isFree([box]));
  // Better beside the symbol of an event than under it.
  const seat = seats.find(({ box }) => pass.pins.isFree([box])) ?? seats[0];
  if (!seat) return;
  pass.index.take([seat.box]);
  pass.placed.push({ kind: "pocket", text, font, first, last, ...seat });
}

function pinBox({ ax, ay, first, last }, k) {
  const [x, y] = [ax * k, ay * k];
  return { x0: x - PIN_PX.half, y0: y - PIN_PX.top, x1: x + PIN_PX.half, y1: y, first, last };
}

function placeCountry(pass, state) {
  if (pass.zoom < COUNTRY_FROM[state.rank] || pass.zoom > 8) return;
  const text = state.names[pass.lang].toLocaleUpperCase(pass.lang);
  const size = Math.min(24, COUNTRY_PX[state.rank] * 1.16 ** (pass.zoom - 5));
  const font = `600 ${size}px ${SERIF}`;
  const spacing = size * 0.24;
  const plain = sizeOf(pass, text, font);
  const width = plain.width + spacing * text.length;
  const x = state.ax * pass.k;
  const y = state.ay * pass.k;
  const reach = (state.rank === 1 ? 10 : 6) * 2 ** Math.max(0, pass.zoom - 4);
  for (const [across, down] of COUNTRY_SEATS) {
    const dx = across * reach;
    const dy = down * reach;
    const box = boxOf(x + dx, y + dy, width, plain.height, "center");
    if (!pass.index.isFree([box])) continue;
    pass.index.take([box]);
    pass.placed.push({ kind: "country", text, font, spacing, x: x + dx, y: y + dy, box });
    return;
  }
}

function placeWater(pass, water) {
  const size = Math.min(26, water.size * 1.17 ** (pass.zoom - 5));
  if (size < SMALLEST_WATER_PX) return;
  const text = water.names[pass.lang];
  const font = `italic ${size}px ${SERIF}`;
  const spacing = size * 0.12;
  const plain = sizeOf(pass, text, font);
  const width = plain.width + spacing * text.length;
  const x = water.ax * pass.k;
  const y = water.ay * pass.k;
  const boxes = boxesAlong(x, y, water.angle, width, plain.height);
  if (!pass.index.isFree(boxes)) return;
  pass.index.take(boxes);
  pass.placed.push({ kind: "water", text, font, spacing, x, y, angle: water.angle, box: surround(boxes) });
}

function placeRiver(pass, river) {
  if (pass.zoom < 5 || pass.zoom * 1.1 - river.rank < 0.9) return;
  const text = river.names[pass.lang];
  const font = `italic ${river.rank <= 3 ? 12.5 : 11.5}px ${SERIF}`;
  const { width, height } = sizeOf(pass, text, font);
  for (const spot of straightStretches(river.points, pass.k, width + text.length * 0.4, height * 0.52)) {
    const boxes = boxesAlong(spot.x, spot.y, spot.angle, width, height);
    if (!pass.index.isFree(boxes)) continue;
    pass.index.take(boxes);
    pass.placed.push({ kind: "river", text, font, ...spot, spacing: 0.4, box: surround(boxes) });
  }
}

function sizeOf(pass, text, font) {
  const size = Number(/([\d.]+)px/.exec(font)[1]);
  return { width: pass.measure(text, font), height: size * LINE_HEIGHT };
}

function boxOf(x, y, width, height, align) {
  const left = align === "left" ? x : align === "right" ? x - width : x - width / 2;
  return { x0: left - PAD, y0: y - height / 2 - PAD / 2, x1: left + width + PAD, y1: y + height / 2 + PAD / 2 };
}

function surround(boxes) {
  return {
    x0: Math.min(...boxes.map((box) => box.x0)),
    y0: Math.min(...boxes.map((box) => box.y0)),
    x1: Math.max(...boxes.map((box) => box.x1)),
    y1: Math.max(...boxes.map((box) => box.y1)),
  };
}
