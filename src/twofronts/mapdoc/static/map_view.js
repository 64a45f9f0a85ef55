/** The Leaflet map and the two pictures on it: the scene, painted elsewhere for every day, and the names. */

import { oncePerFrame } from "./dom.js";
import { AFTERGLOW_DAYS, phaseOf } from "./events.js";
import { firmnessOf } from "./journeys.js";
import { Easel } from "./frame.js";
import { lineNear } from "./fronts_layer.js";
import { paintLabels } from "./label_brush.js";
import { LabelIndex } from "./label_index.js";
import { LabelLayouts } from "./label_layouts.js";
import { labelFeatures } from "./labels.js";
import { LEGEND_PX } from "./legend.js";
import { Painter } from "./painter.js";
import { PictureLayer, atlasOf, originOf } from "./picture_layer.js";
import { headKm, strengthOf } from "./offensives.js";
import { prefersStillness } from "./theme.js";
import { piece } from "./ways.js";

const SIGHT_EDGE_PX = 40;
const CARD_PX = 450;
/** Where less than this were left, a view is better fitted under the legend. */
const LEAST_CLEAR_PX = 320;
/** Width below which the card is a sheet at the foot of the map (as in card.css). */
const SHEET_PX = 680;
const NEAR_ZOOM = 8;
const NAMES_PADDING = 0.3;
const SCENE_PADDING = 0.06;
/** How near to a line the pointer counts as on it; a finger is not so exact. */
const REACH_PX = matchMedia("(pointer: coarse)").matches ? 16 : 8;
const FONTS = ['600 12px "Atlas Sans"', 'italic 600 14px "Atlas Serif"', '600 14px "Atlas Sans"', '13px "Atlas Sans"', '600 14px "Atlas Serif"', 'italic 13px "Atlas Serif"'];
const PANES = { scene: 200, names: 210, signs: 580, travellers: 590, markers: 600 };
/** Towns from this rank on give way to symbols. */
const LESSER_RANK = 4;
// The afterglow of an event leaves its route out: a journey that is over is not on the map.
const ROUTE_ALPHA = { fresh: 0.75, ongoing: 0.4 };

/** Pictures on one Leaflet map; state = {day, lang, theme, colours, layers: Set, selected, chosen: {kind, id} or null}; moves = {offensives, journeys}. */
export class MapView {
  constructor(map, data, fronts, events, moves, state) {
    this.map = map;
    this._fronts = fronts;
    this._state = state;
    this._picked = [];
    this._labels = new LabelLayouts(labelFeatures(data.basemap, data.places, fronts.pockets, pinsOf(events, data.places)));
    this._moves = moves;
    this._routes = events.all.filter((event) => event.route && event.places.length > 1 && moves.journeys.ofEvent(event.id).length === 0);
    this._seat = () => [];
    this._seated = [];
    this._covered = new Set();
    this._taken = new Map();
    this._painter = new Painter(data, (picture, frame, day) => this._showScene(picture, frame, day));
    this._events = events;
    this._places = data.places;
    this.keyframes = fronts.keyframes;
    this._hasFonts = false;
    this._addPictures();
    this._loadFonts();
    L.control.scale({ imperial: false, position: "bottomleft", maxWidth: 120 }).addTo(map);
    map.on("move", oncePerFrame(() => this._catchUp()));
  }

  /** Draw what a change of day changes. */
  drawDay() {
    this._scene.redraw();
  }

  /** Draw everything, as after a change of theme, language or layers. */
  drawAll() {
    this._scene.redraw();
    this._names.redraw();
  }

  /** Whether the pictures show all that was asked for. */
  get isDrawn() {
    return this._hasFonts && this._painter.isDone;
  }

  /** [lat, lon, zoom] of the map's middle. */
  get position() {
    const { lat, lng } = this.map.getCenter();
    return [lat, lng, this.map.getZoom()];
  }

  moveTo([lat, lon, zoom], animate) {
    this.map.setView([lat, lon], zoom, { animate });
  }

  zoomBy(delta, animate) {
    this.map.setZoom(this.map.getZoom() + delta, { animate });
  }

  /**
   * Move an event's place to where the card will not cover it, if it is out of sight, and fit the view to all its journeys; where the reader
   * has just pressed it (isHere), the view stays.
   */
  bringIntoSight(event, { animate = !prefersStillness(), isHere = false } = {}) {
    const ways = this._moves.journeys.ofEvent(event.id).flatMap((journey) => journey.ways.map(({ way }) => way));
    if (ways.length > 0 && !isHere) {
      this.fit(ways.flatMap(({ lat, lon }) => [...lat].map((degrees, i) => [degrees, lon[i]])), animate);
      return;
    }
    const stops = event.places.slice(0, event.route ? undefined : 1).map((index) => {
      const place = this._places[index];
      return L.latLng(place.lat / 1000, place.lon / 1000);
    });
    this._bringStops(stops, animate);
  }

  /** The same for a spot {lat, lon}. */
  bringSpotIntoSight({ lat, lon }, { animate = !prefersStillness() } = {}) {
    this._bringStops([L.latLng(lat, lon)], animate);
  }

  /** Show a spot {lat, lon} from near, in the middle of what the card leaves free. */
  closeIn({ lat, lon }, { animate = !prefersStillness() } = {}) {
    const zoom = Math.max(this.map.getZoom(), NEAR_ZOOM);
    const size = this.map.getSize();
    const aside = size.divideBy(2).subtract(clearOf(size).getCenter());
    this.map.setView(this.map.unproject(this.map.project([lat, lon], zoom).add(aside), zoom), zoom, { animate });
  }

  _bringStops(stops, animate) {
    const isClear = clearOf(this.map.getSize()).contains(this.map.latLngToContainerPoint(stops[0]));
    if (!isClear) this.fit(stops, animate, this.map.getZoom());
  }

  /** What is seated on the map now: see `SignSeats.seat`. */
  get seated() {
    return this._seated;
  }

  /** Seat what moves anew where something in its way has changed since the last picture was ordered. */
  reseat() {
    const { frame } = this._scene;
    if (!frame) return;
    const before = JSON.stringify(lookOfSeats(this._seated));
    this._seated = this._seatsFor(frame);
    if (JSON.stringify(lookOfSeats(this._seated)) !== before) this._scene.redraw();
    this._clearNames();
  }

  /** Have seats(zoom, view) seat what moves before each picture. */
  seatWith(seats) {
    this._seat = seats;
    this._scene.redraw();
  }

  /** What the names of the map's zoom and language cover, each on its days: indexes of `all` of them and of the `firm`, which never give way. */
  namesTaken() {
    const { lang, layers } = this._state;
    const key = layers.has("labels") ? `${lang}${this.map.getZoom()}` : "";
    if (!this._taken.has(key)) {
      const names = key ? this._labels.layout(this.map.getZoom(), lang) : [];
      this._taken.set(key, { all: indexOf(names), firm: indexOf(names.filter((label) => !givesWay(label))) });
    }
    return this._taken.get(key);
  }

  /** Move to a view that holds points [[lat, lon], ...] beside the card. */
  fit(points, animate = !prefersStillness(), maxZoom = NEAR_ZOOM) {
    const size = this.map.getSize();
    const clear = clearOf(size);
    this.map.fitBounds(L.latLngBounds(points), { animate, maxZoom, paddingTopLeft: clear.min, paddingBottomRight: size.subtract(clear.max) });
  }

  /** Lift pieces of line out (none: an empty list). */
  pickLines(lines) {
    if (lines.length === 0 && this._picked.length === 0) return;
    this._picked = lines;
    this._scene.redraw();
  }

  /** The front line near a LatLng, or null. */
  lineAt(latLng) {
    if (!this._state.layers.has("lines")) return null;
    const { x, y } = atlasOf(latLng);
    return lineNear(this._fronts.lines(this._state.day), x, y, REACH_PX / this._scene.frame.k);
  }

  /** The offensive whose arrow lies under a LatLng, or null. */
  offensiveAt(latLng) {
    const { day } = this._state;
    const { x, y } = atlasOf(latLng);
    const axes = this._arrowsOn(day).flatMap(({ offensive }) => {
      const item = this._moves.offensives.all[offensive];
      return item.axes.map((axis) => ({ item, points: piece(axis.way, 0, headKm(axis, day)) }));
    });
    return lineNear(axes, x, y, REACH_PX / this._scene.frame.k)?.item ?? null;
  }

  /** Index of the place whose name lies under a LatLng, or null. */
  placeAt(latLng) {
    if (!this._state.layers.has("labels")) return null;
    const { frame } = this._names;
    const { x, y } = atlasOf(latLng);
    const label = this._labels.townAt(frame, this._state.lang, x * frame.k + frame.x, y * frame.k + frame.y);
    return label ? label.place : null;
  }

  _addPictures() {
    for (const [name, zIndex] of Object.entries(PANES)) this.map.createPane(name).style.zIndex = zIndex;
    for (const name of ["scene", "names"]) this.map.getPane(name).style.pointerEvents = "none";
    const easel = new Easel();
    const paintNames = (frame) => this._names.show(easel.picture(frame, (ctx) => this._paintNames(ctx, frame)), frame);
    const orderScene = (frame) => this._painter.order({ frame, look: this._lookOf(frame) });
    this._names = new PictureLayer(paintNames, { pane: "names", padding: NAMES_PADDING });
    this._scene = new PictureLayer(orderScene, { pane: "scene", padding: SCENE_PADDING, spare: SCENE_PADDING / 2, opaque: true });
    this._scene.addTo(this.map);
    this._names.addTo(this.map);
  }

  _lookOf(frame) {
    const { day, lang, theme, colours, layers } = this._state;
    // Once for each picture: what is painted and what is pressed stand in one place.
    this._seated = this._seatsFor(frame);
    const lines = this._picked.length > 0 ? this._fronts.lines(day) : [];
    const hasNames = layers.has("labels") && layers.has("lines") && this._hasFonts;
    return {
      day,
      theme,
      colours,
      layers,
      picked: this._picked.map((line) => lines.indexOf(line)).filter((index) => index >= 0),
      routes: layers.has("journeys") ? this._routesOn(day) : [],
      journeys: this._journeysOn(day),
      arrows: this._arrowsOn(day),
      ...lookOfSeats(this._seated),
      lang,
      names: hasNames ? this._labels.pockets(frame, lang, day) : [],
    };
  }

  // Symbols wait for the fonts of their names, as names do.
  _seatsFor(frame) {
    return this._hasFonts ? this._seat(frame.zoom, this._bounds()) : [];
  }

  // What the map shows, in atlas units times its scale.
  _bounds() {
    const { x, y } = originOf((latLng) => this.map.latLngToContainerPoint(latLng));
    const size = this.map.getSize();
    return { x0: -x, y0: -y, x1: size.x - x, y1: size.y - y };
  }

  _showScene(picture, frame, day) {
    this._scene.show(picture, frame);
    if (this._hasMarked || !this._fronts.has(day) || !this._state.layers.has("lines")) return;
    this._hasMarked = true;
    requestAnimationFrame(() => performance.mark("front"));
  }

  _paintNames(ctx, frame) {
    const { lang, colours, layers } = this._state;
    if (layers.has("labels") && this._hasFonts) paintLabels(ctx, frame, this._labels.lasting(frame, lang).filter((label) => !this._covered.has(label)), colours);
  }

  // At rest a lesser name gives way to a symbol on it; while the date moves nothing is painted twice.
  _clearNames() {
    const { lang } = this._state;
    const lesser = this._hasFonts ? this._labels.layout(this.map.getZoom(), lang).filter(givesWay) : [];
    const index = new LabelIndex();
    index.take(this._seated.map(({ box: { x0, y0, x1, y1 } }) => ({ x0, y0, x1, y1 })));
    const covered = new Set(lesser.filter(({ box }) => !index.isFree([box])));
    if (covered.size === this._covered.size && [...covered].every((label) => this._covered.has(label))) return;
    this._covered = covered;
    this._names.redraw();
  }

  _routesOn(day) {
    return this._routes
      .filter((event) => this._events.isShown(event) || event.id === this._state.selected)
      .map((event) => {
        const chosen = event.id === this._state.selected;
        return { event: event.index, chosen, alpha: chosen ? 1 : (ROUTE_ALPHA[phaseOf(event, day)] ?? 0) };
      })
      .filter(({ alpha }) => alpha > 0);
  }

  _journeysOn(day) {
    const { layers, selected } = this._state;
    return this._moves.journeys.all
      .map((journey) => {
        const chosen = journey.event === selected;
        const isShown = chosen || (layers.has("journeys") && this._events.isShown(this._events.byId(journey.event)));
        return { journey: journey.index, chosen, alpha: chosen ? 1 : isShown ? firmnessOf(journey, day) : 0 };
      })
      .filter(({ alpha }) => alpha > 0);
  }

  _arrowsOn(day) {
    const { layers, chosen } = this._state;
    return this._moves.offensives.all
      .map((offensive) => ({ offensive, chosen: chosen?.kind === "offensive" && chosen.id === offensive.id }))
      .filter(({ offensive, chosen: isChosen }) => isChosen || (layers.has("offensives") && this._events.isOfTheatre(offensive.theatre) && strengthOf(offensive, day) > 0))
      .map(({ offensive, chosen: isChosen }) => ({ offensive: offensive.index, chosen: isChosen }));
  }

  // A drag that leaves the drawn margin is caught up with at once; a zoom stretches the old picture until it rests.
  _catchUp() {
    for (const layer of [this._scene, this._names]) layer.follow();
  }

  // Names wait for their fonts: laid out with other widths they would all be placed twice.
  async _loadFonts() {
    await Promise.allSettled(FONTS.map((font) => document.fonts.load(font, "aą")));
    this._hasFonts = true;
    this._names.redraw();
    this._scene.redraw();
    this.map.fire("seated");
  }
}

// What the worker needs to know of what is seated.
function lookOfSeats(seated) {
  const of = (kind) => seated.filter((entry) => entry.kind === kind);
  return {
    signs: of("formation").map(({ item, x, y, corner, staff, bare, chosen }) => ({ formation: item.index, x, y, corner, staff, bare, chosen })),
    tags: of("offensive").map(({ item, cx, cy, chosen }) => ({ offensive: item.index, cx, cy, chosen })),
  };
}

// Where and on which days the symbols of events stand.
function pinsOf(events, places) {
  return events.all.map(({ places: [first], start, end }) => ({ lon: places[first].lon, lat: places[first].lat, first: start, last: end + AFTERGLOW_DAYS }));
}

function givesWay({ kind, rank }) {
  return kind === "river" || kind === "water" || (kind === "town" && rank >= LESSER_RANK);
}

function indexOf(labels) {
  const index = new LabelIndex();
  index.take(labels.map(({ box }) => box));
  return index;
}

/** The part of the map that neither the card nor the open legend covers. */
function clearOf(size) {
  if (size.x < SHEET_PX) return L.bounds([SIGHT_EDGE_PX, SIGHT_EDGE_PX], [size.x - SIGHT_EDGE_PX, size.y * 0.4]);
  const besideLegend = LEGEND_PX + SIGHT_EDGE_PX;
  const isLegendInTheWay = document.querySelector(".legend[open]") !== null && size.x - CARD_PX - besideLegend > LEAST_CLEAR_PX;
  return L.bounds([isLegendInTheWay ? besideLegend : SIGHT_EDGE_PX, SIGHT_EDGE_PX], [size.x - CARD_PX, size.y - SIGHT_EDGE_PX]);
}
