/** Formations as symbols and offensives as names on the map: a button each, seated beside its spot where it covers nothing. */

import { make, setAttribute, setText } from "./dom.js";
import { LabelIndex } from "./label_index.js";
import { isAfoot, spotOn } from "./marches.js";
import { headKm, isUnderWay } from "./offensives.js";
import { atlasScale, atlasToLonLat, atlasX, atlasY } from "./projection.js";
import { SIGN_PX, sign } from "./signs.js";
import { spotAt } from "./ways.js";

/** Zoom from which the formations of an echelon are shown. */
export const ECHELON_FROM = { group: 4, army: 6, corps: 7 };
/** Zoom from which armies may cover the names of lesser towns. */
const CROWDED_FROM = 7;
const ECHELON_ORDER = { group: 0, army: 1, corps: 2 };
const FULL_SIZE_FROM = 5.5;
const SMALL_SCALE = 0.8;
const TAGS_FROM = 5.5;
const STAFF_PX = { short: 7, long: 24 };
const NAME_GAP_PX = 3;
const ROOM_PX = 2;
const REACH_EDGE_PX = 60;
const FONT = '600 12px "Atlas Sans"';
const TAG_FONT = 'italic 600 14px "Atlas Serif"';
const TAG_HEIGHT = 24;
const TAG_SEATS = [[0, -18], [0, 18], [0, -34], [0, 34], [60, 0], [-60, 0], [60, -24], [-60, 24]];
/** Where a symbol may hang: corner by corner, first on a short staff, then on a long one. */
const SEATS = ["short", "long"].flatMap((staff) => ["ne", "nw", "se", "sw"].map((corner) => ({ corner, staff, name: `${corner} ${staff}` })));

/** Leaflet layer; hooks = {formation(id), offensive(id), hover(kind, item, node), leave(), taken(zoom): boxes, names(): index}. */
export const SignLayer = L.Layer.extend({
  initialize(marches, offensives, words, hooks, pane) {
    this._hooks = hooks;
    this._words = words;
    this._paneName = pane;
    this._chosen = null;
    this._shows = { formations: true, offensives: true };
    this._ruler = document.createElement("canvas").getContext("2d");
    this._widths = new Map();
    this._signs = [...marches.all]
      .sort((a, b) => ECHELON_ORDER[a.echelon] - ECHELON_ORDER[b.echelon] || a.index - b.index)
      .map((formation) => ({ kind: "formation", item: formation, node: null, seat: null, spot: null }));
    this._tags = offensives.all.map((offensive) => ({ kind: "offensive", item: offensive, node: null, seat: null, spot: null, ...middleAxis(offensive) }));
  },

  onAdd(map) {
    this._root = make("div", { class: "signs" });
    map.getPane(this._paneName).append(this._root);
  },

  onRemove() {
    this._root.remove();
  },

  getEvents() {
    const events = { viewreset: this.refresh, zoomend: this.refresh, zoom: this._place, moveend: this.refresh };
    if (this._zoomAnimated) events.zoomanim = this._animate;
    return events;
  },

  setDay(day) {
    this._day = day;
    this.refresh();
  },

  /** Mark the chosen formation or offensive ({kind, id}, or null). */
  setChosen(chosen) {
    this._chosen = chosen;
    this.refresh();
  },

  /** Which of {formations, offensives} are shown, and of which theatres offensives are (null: all). */
  setShows(shows) {
    this._shows = { ...this._shows, ...shows };
    this.refresh();
  },

  /** Write every name again, as after a change of language. */
  relabel() {
    this._widths.clear();
    for (const entry of [...this._signs, ...this._tags]) if (entry.node) this._write(entry);
    this.refresh();
  },

  /** Numbers of the formations that are on the map as symbols. */
  shown() {
    return this._signs.filter(({ seat }) => seat !== null).map(({ item }) => item.index);
  },

  focus({ kind, id }) {
    const entry = [...this._signs, ...this._tags].find((candidate) => candidate.kind === kind && candidate.item.id === id);
    if (entry?.seat) entry.node.focus({ preventScroll: true });
  },

  /** Seat everything anew. */
  refresh() {
    if (!this._map || this._day === undefined) return;
    const zoom = this._map.getZoom();
    const k = atlasScale(zoom);
    const view = this._viewBox(k);
    const taken = new LabelIndex();
    taken.take(this._hooks.taken(k));
    const names = this._hooks.names();
    this._root.classList.toggle("is-small", scaleOf(zoom) < 1);
    for (const tag of this._tags) this._seatTag(tag, { zoom, k, view, taken, names });
    for (const entry of this._signs) this._seatSign(entry, { zoom, k, view, taken, names });
    this._place();
  },

  _isChosen({ kind, item }) {
    return this._chosen !== null && this._chosen.kind === kind && this._chosen.id === item.id;
  },

  _seatTag(tag, { zoom, k, view, taken, names }) {
    const { item } = tag;
    const chosen = this._isChosen(tag);
    const theatres = this._shows.theatres ?? null;
    const wanted = chosen || (this._shows.offensives && zoom >= TAGS_FROM && isUnderWay(item, this._day) && (!theatres || theatres.includes(item.theatre)));
    const head = wanted ? headKm(tag.axis, this._day) : 0;
    const spot = wanted ? spotAt(tag.axis.way, Math.max(head, tag.axis.way.km.at(-1) * 0.2) * 0.5) : null;
    const at = spot && { x: atlasX(spot[0]) * k, y: atlasY(spot[1]) * k };
    if (!at || !isWithin(view, at)) {
      this._seat(tag, null);
      return;
    }
    const width = this._widthOf(item.name[this._words.lang], TAG_FONT) + 8;
    const boxes = TAG_SEATS.map(([dx, dy]) => ({ dx, dy, box: this._today(boxAround(at.x + dx, at.y + dy, width, TAG_HEIGHT)) }));
    const isFree = ({ box }) => taken.isFree([box]);
    const found = boxes.find((seat) => isFree(seat) && names.isFree([seat.box])) ?? boxes.find((seat) => isFree(seat) && names.large.isFree([seat.box])) ?? (chosen ? boxes[0] : null);
    this._seat(tag, found && { ...at, dx: found.dx, dy: found.dy, name: "tag" }, chosen);
    if (found) taken.take([found.box]);
  },

  _seatSign(entry, { zoom, k, view, taken, names }) {
    const { item } = entry;
    const chosen = this._isChosen(entry);
    const wanted = isAfoot(item, this._day) && (chosen || (this._shows.formations && zoom >= ECHELON_FROM[item.echelon]));
    if (!wanted) {
      this._seat(entry, null);
      return;
    }
    const [lon, lat] = spotOn(item, this._day);
    const at = { x: atlasX(lon) * k, y: atlasY(lat) * k };
    if (!isWithin(view, at)) {
      this._seat(entry, null);
      return;
    }
    const nameWidth = NAME_GAP_PX + this._widthOf(item.short[this._words.lang], FONT);
    const kept = entry.seat && SEATS.find(({ name }) => name === entry.seat.name);
    const order = kept ? [kept, ...SEATS.filter((seat) => seat !== kept)] : SEATS;
    const [named, bare] = [nameWidth, 0].map((width) => order.map((seat) => ({ ...seat, bare: width === 0, box: this._today(signBox(at, seat, width, scaleOf(zoom))) })));
    const isFree = ({ box }) => taken.isFree([box]);
    const isClear = (seat) => isFree(seat) && names.isFree([seat.box]);
    const sparesLarge = (seat) => isFree(seat) && names.large.isFree([seat.box]);
    const isGroup = item.echelon === "group";
    const tight = isGroup || zoom >= CROWDED_FROM ? bare.find(sparesLarge) : null;
    const found = named.find(isClear) ?? bare.find(isClear) ?? tight ?? (isGroup ? bare.find(isFree) : null) ?? (chosen ? named[0] : null);
    this._seat(entry, found && { ...at, dx: 0, dy: 0, name: found.name, bare: found.bare }, chosen);
    if (found) taken.take([found.box]);
  },

  // The names of pockets are in the way on their own days only.
  _today(box) {
    return { ...box, first: this._day, last: this._day };
  },

  _seat(entry, seat, chosen = false) {
    entry.seat = seat;
    if (!seat) {
      if (entry.node) entry.node.hidden = true;
      return;
    }
    entry.node ??= this._make(entry);
    entry.node.hidden = false;
    setAttribute(entry.node, "data-seat", seat.name);
    if (entry.kind === "formation") entry.node.lastChild.hidden = seat.bare;
    setAttribute(entry.node, "aria-pressed", String(chosen));
  },

  _make(entry) {
    const { kind, item } = entry;
    const node = make("button", {
      type: "button",
      class: `${kind === "formation" ? "sign" : "tag"} sign-${item.side} leaflet-zoom-animated`,
      [`data-${kind}`]: item.id,
      onclick: () => this._hooks[kind](item.id),
      onmouseenter: () => this._hooks.hover(kind, item, node),
      onmouseleave: () => this._hooks.leave(),
      onfocus: () => {
        this._keepInView(entry);
        this._hooks.hover(kind, item, node);
      },
      onblur: () => this._hooks.leave(),
    });
    if (kind === "formation") node.append(sign(item), make("span", { class: "sign-name" }));
    entry.node = node;
    this._write(entry);
    L.DomEvent.disableClickPropagation(node);
    this._root.append(node);
    return node;
  },

  _write({ kind, item, node }) {
    const { lang } = this._words;
    const name = item.name[lang];
    if (kind === "formation") {
      setText(node.lastChild, item.short[lang]);
      setAttribute(node, "aria-label", this._words.say(`map.formation.label.${item.side}`, { name }));
    } else setText(node, name);
  },

  // The keyboard reaches symbols at the edge too: the map follows.
  _keepInView({ node, seat }) {
    if (!seat || !node.matches(":focus-visible")) return;
    const { lat, lon } = atlasToLonLat(seat.x / atlasScale(this._map.getZoom()), seat.y / atlasScale(this._map.getZoom()));
    this._map.panInside([lat, lon], { padding: [REACH_EDGE_PX, REACH_EDGE_PX], animate: false });
  },

  _place() {
    const origin = originOf((latLng) => this._map.latLngToLayerPoint(latLng));
    const scale = this._map.getZoom();
    this._eachSeated((node, seat, k) => L.DomUtil.setPosition(node, origin.add([seat.x * (atlasScale(scale) / k) + seat.dx, seat.y * (atlasScale(scale) / k) + seat.dy]).round()));
  },

  _animate({ zoom, center }) {
    const origin = originOf((latLng) => this._map._latLngToNewLayerPoint(latLng, zoom, center));
    this._eachSeated((node, seat, k) => L.DomUtil.setPosition(node, origin.add([seat.x * (atlasScale(zoom) / k) + seat.dx, seat.y * (atlasScale(zoom) / k) + seat.dy]).round()));
  },

  _eachSeated(visit) {
    for (const { node, seat } of this._tags) if (seat) visit(node, seat, this._k);
    for (const { node, seat } of this._signs) if (seat) visit(node, seat, this._k);
  },

  _viewBox(k) {
    this._k = k;
    const size = this._map.getSize();
    const { x, y } = originOf((latLng) => this._map.latLngToContainerPoint(latLng));
    return { x0: -x, y0: -y, x1: size.x - x, y1: size.y - y };
  },

  _widthOf(text, font) {
    const key = font + text;
    if (!this._widths.has(key)) {
      this._ruler.font = font;
      this._widths.set(key, Math.ceil(this._ruler.measureText(text).width));
    }
    return this._widths.get(key);
  },
});

// The axis that bears the offensive's name: the longest.
function middleAxis({ axes }) {
  return { axis: axes.reduce((best, axis) => (axis.way.km.at(-1) > best.way.km.at(-1) ? axis : best)) };
}

function originOf(project) {
  const { lat, lon } = atlasToLonLat(0, 0);
  return project(L.latLng(lat, lon));
}

function isWithin({ x0, y0, x1, y1 }, { x, y }) {
  return x >= x0 && x <= x1 && y >= y0 && y <= y1;
}

function boxAround(x, y, width, height) {
  return { x0: x - width / 2, y0: y - height / 2, x1: x + width / 2, y1: y + height / 2 };
}

// The staff stands on the spot; the symbol hangs at its upper or lower end like a flag, its name beyond it.
function signBox({ x, y }, { corner, staff }, nameWidth, scale) {
  const [width, height] = [(SIGN_PX.width * scale) + nameWidth, SIGN_PX.height * scale];
  const x0 = corner.endsWith("e") ? x : x - width;
  const y0 = corner.startsWith("n") ? y - STAFF_PX[staff] - height : y + STAFF_PX[staff];
  return { x0: x0 - ROOM_PX, y0: y0 - ROOM_PX, x1: x0 + width + ROOM_PX, y1: y0 + height + ROOM_PX };
}

// Small symbols while the map shows half a continent (as in map.css).
function scaleOf(zoom) {
  return zoom < FULL_SIZE_FROM ? SMALL_SCALE : 1;
}
