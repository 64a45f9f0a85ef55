/** Where the symbols of formations and the names of offensives stand on the map: beside their spot, where they cover nothing. */

import { LabelIndex } from "./label_index.js";
import { isAfoot, spotOn } from "./marches.js";
import { headKm, isUnderWay } from "./offensives.js";
import { atlasScale, atlasX, atlasY } from "./projection.js";
import { NAME_GAP_PX, SIGN_PX, STAFF_PX, signFont, signScale, TAG_FONT } from "./signs.js";
import { spotAt } from "./ways.js";

/** Zoom from which the formations of an echelon are shown. */
const ECHELON_FROM = { group: 4, army: 6, corps: 7 };
/** Who takes a seat first. */
const RANK = { group: 0, army: 1, offensive: 2, corps: 3 };
const TAGS_FROM = 5.5;
const ROOM_PX = 2;
const TAG_HEIGHT = 24;
const TAG_SEATS = [[0, -18], [0, 18], [0, -34], [0, 34], [60, 0], [-60, 0], [60, -24], [-60, 24]];
/** Where a symbol may hang: corner by corner, first on a short staff, then on longer ones. */
const SEATS = ["short", "long", "longest"].flatMap((staff) => ["ne", "nw", "se", "sw"].map((corner) => ({ corner, staff })));

/** state = {day, chosen: {kind, id} or null, layers: Set}; hooks = {taken(k): boxes, names(): {all, firm} indexes of boxes, isOfTheatre(theatre)}. */
export class SignSeats {
  constructor(marches, offensives, words, state, hooks) {
    this._words = words;
    this._state = state;
    this._hooks = hooks;
    this._ruler = new OffscreenCanvas(1, 1).getContext("2d");
    this._widths = new Map();
    const signs = marches.all.map((item) => ({ kind: "formation", item, rank: RANK[item.echelon] }));
    const tags = offensives.all.map((item) => ({ kind: "offensive", item, rank: RANK.offensive, axis: longestAxis(item) }));
    this._entries = [...signs, ...tags].sort((a, b) => a.rank - b.rank || a.item.index - b.item.index);
  }

  /**
   * Seat everything that shows in a frame's view {x0, y0, x1, y1} (in atlas units times k): [{kind, item, x, y (of the spot), box, chosen,
   * corner, staff, bare}, ...]; offensives have `cx`, `cy`, the middle of their name, instead of a corner.
   */
  seat(zoom, view) {
    const k = atlasScale(zoom);
    const taken = new LabelIndex();
    taken.take(this._hooks.taken(k));
    const scene = { zoom, k, view, taken, names: this._hooks.names() };
    return this._entries.flatMap((entry) => {
      const seat = entry.kind === "formation" ? this._seatSign(entry, scene) : this._seatTag(entry, scene);
      return seat ? [{ kind: entry.kind, item: entry.item, ...seat }] : [];
    });
  }

  _isChosen({ kind, item }) {
    const { chosen } = this._state;
    return chosen !== null && chosen.kind === kind && chosen.id === item.id;
  }

  _seatTag(entry, { zoom, k, view, taken, names }) {
    const { item, axis } = entry;
    const { day, layers } = this._state;
    const chosen = this._isChosen(entry);
    const isWanted = layers.has("offensives") && zoom >= TAGS_FROM && isUnderWay(item, day) && this._hooks.isOfTheatre(item.theatre);
    if (!chosen && !isWanted) return null;
    const whole = axis.way.km.at(-1);
    const at = pixelsOf(spotAt(axis.way, Math.max(headKm(axis, day), whole * 0.2) * 0.5), k);
    if (!isWithin(view, at)) return null;
    const width = this._widthOf(item.name[this._words.lang], TAG_FONT) + 8;
    const seats = TAG_SEATS.map(([dx, dy]) => ({ cx: at.x + dx, cy: at.y + dy, box: this._today(boxAround(at.x + dx, at.y + dy, width, TAG_HEIGHT)) }));
    const isFree = ({ box }) => taken.isFree([box]);
    const found = seats.find((seat) => isFree(seat) && names.all.isFree([seat.box])) ?? (chosen ? (seats.find(isFree) ?? seats[0]) : null);
    if (found) taken.take([found.box]);
    return found && { ...at, ...found, chosen };
  }

  _seatSign(entry, { zoom, k, view, taken, names }) {
    const { item } = entry;
    const { day, layers } = this._state;
    const chosen = this._isChosen(entry);
    if (!isAfoot(item, day) || (!chosen && !(layers.has("formations") && zoom >= ECHELON_FROM[item.echelon]))) return null;
    const at = pixelsOf(spotOn(item, day), k);
    if (!isWithin(view, at)) return null;
    const scale = signScale(zoom);
    const nameWidth = NAME_GAP_PX + this._widthOf(item.short[this._words.lang], signFont(scale));
    const [named, bare] = [nameWidth, 0].map((width) => SEATS.map((seat) => ({ ...seat, bare: width === 0, box: this._today(signBox(at, seat, width, scale)) })));
    const isFree = ({ box }) => taken.isFree([box]);
    const isClear = (seat) => isFree(seat) && names.all.isFree([seat.box]);
    const isFirm = (seat) => isFree(seat) && names.firm.isFree([seat.box]);
    // An army without its number tells nothing; a group is known by its place.
    const nameless = item.echelon === "group" ? (bare.find(isClear) ?? bare.find(isFirm)) : null;
    const found = named.find(isClear) ?? named.find(isFirm) ?? nameless ?? (chosen ? (named.find(isFree) ?? named[0]) : null);
    if (found) taken.take([found.box]);
    return found && { ...at, ...found, chosen };
  }

  // The names of pockets are in the way on their own days only.
  _today(box) {
    return { ...box, first: this._state.day, last: this._state.day };
  }

  _widthOf(text, font) {
    const key = font + text;
    if (!this._widths.has(key)) {
      this._ruler.font = font;
      this._widths.set(key, Math.ceil(this._ruler.measureText(text).width));
    }
    return this._widths.get(key);
  }
}

// The axis that bears the offensive's name.
function longestAxis({ axes }) {
  return axes.reduce((best, axis) => (axis.way.km.at(-1) > best.way.km.at(-1) ? axis : best));
}

function pixelsOf([lon, lat], k) {
  return { x: atlasX(lon) * k, y: atlasY(lat) * k };
}

function isWithin({ x0, y0, x1, y1 }, { x, y }) {
  return x >= x0 && x <= x1 && y >= y0 && y <= y1;
}

function boxAround(x, y, width, height) {
  return { x0: x - width / 2, y0: y - height / 2, x1: x + width / 2, y1: y + height / 2 };
}

// The staff stands on the spot; the symbol hangs at its upper or lower end like a flag, its name beyond it.
function signBox({ x, y }, { corner, staff }, nameWidth, scale) {
  const [width, height] = [SIGN_PX.width * scale + nameWidth, SIGN_PX.height * scale];
  const x0 = corner.endsWith("e") ? x : x - width;
  const y0 = corner.startsWith("n") ? y - STAFF_PX[staff] - height : y + STAFF_PX[staff];
  return { x0: x0 - ROOM_PX, y0: y0 - ROOM_PX, x1: x0 + width + ROOM_PX, y1: y0 + height + ROOM_PX };
}
