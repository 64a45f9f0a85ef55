/** The Leaflet map and its stack of canvases, each redrawn only when what it shows has changed. */

import { groundColour, paintAreas, prepareAreas } from "./areas_layer.js";
import { BasemapPaths } from "./basemap.js";
import { paintPlate } from "./basemap_layer.js";
import { CanvasLayer, atlasOf } from "./canvas_layer.js";
import { oncePerFrame, requestIdle } from "./dom.js";
import { phaseOf } from "./events.js";
import { FrontPainter, lineNear } from "./fronts_layer.js";
import { LabelPainter } from "./label_layer.js";
import { labelFeatures } from "./labels.js";
import { atlasX, atlasY } from "./projection.js";
import { loadRelief } from "./relief.js";
import { prefersStillness } from "./theme.js";
import { Plate } from "./plate.js";
import { paintRoutes, pathOfRoute } from "./routes.js";

const SIGHT_EDGE_PX = 40;
const CARD_PX = 450;
/** Width below which the card is a sheet at the foot of the map (as in panels.css). */
const SHEET_PX = 680;
const NAMES_PADDING = 0.3;
const SCENE_PADDING = 0.06;
const REACH_PX = 8;
const FONTS = ['600 14px "Atlas Sans"', '13px "Atlas Sans"', '600 14px "Atlas Serif"', 'italic 13px "Atlas Serif"'];
const IDLE_MS = 5;
const PANES = { scene: 200, names: 210, markers: 600 };
// The afterglow of an event leaves its route out: a journey that is over is not on the map.
const ROUTE_ALPHA = { fresh: 0.75, ongoing: 0.4 };

/** Canvases over one Leaflet map; state = {day, lang, colours, layers: Set, selected}. */
export class MapView {
  constructor(map, data, fronts, events, state) {
    this.map = map;
    this._fronts = fronts;
    this._state = state;
    this._picked = [];
    this._basemap = new BasemapPaths(data.basemap);
    this._frontPainter = new FrontPainter(fronts);
    this._labels = new LabelPainter(labelFeatures(data.basemap, data.places, fronts.pockets));
    this._routes = events.all
      .filter((event) => event.route && event.places.length > 1)
      .map((event) => ({ event, path: pathOfRoute(event.places.map((index) => data.places[index])) }));
    this._events = events;
    this._places = data.places;
    this.keyframes = fronts.keyframes;
    this._addCanvases();
    this._hasFonts = false;
    this._loadFonts();
    this._loadRelief(data.basemap.relief);
    L.control.scale({ imperial: false, position: "bottomleft", maxWidth: 120 }).addTo(map);
    map.on("zoomend", () => this._prepareDays());
    map.on("move", oncePerFrame(() => this._catchUp()));
  }

  /** Draw what a change of day changes. */
  drawDay() {
    this._scene.redraw();
  }

  /** Draw everything, as after a change of theme, language or layers. */
  drawAll() {
    this._plate.reset();
    this._scene.redraw();
    this._names.redraw();
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

  /** Move an event's place, or a journey's whole course, to where the card will not cover it, if it is out of sight. */
  bringIntoSight(event) {
    const stops = event.places.slice(0, event.route ? undefined : 1).map((index) => {
      const place = this._places[index];
      return L.latLng(place.lat / 1000, place.lon / 1000);
    });
    const size = this.map.getSize();
    const clear = L.bounds([SIGHT_EDGE_PX, SIGHT_EDGE_PX], size.x < SHEET_PX ? [size.x - SIGHT_EDGE_PX, size.y * 0.4] : [size.x - CARD_PX, size.y - SIGHT_EDGE_PX]);
    if (clear.contains(this.map.latLngToContainerPoint(stops[0]))) return;
    this.map.fitBounds(L.latLngBounds(stops), {
      animate: !prefersStillness(),
      maxZoom: this.map.getZoom(),
      paddingTopLeft: clear.min,
      paddingBottomRight: size.subtract(clear.max),
    });
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

  /** Index of the place whose name lies under a LatLng, or null. */
  placeAt(latLng) {
    if (!this._state.layers.has("labels")) return null;
    const { frame } = this._names;
    const { x, y } = atlasOf(latLng);
    const label = this._labels.townAt(frame, this._state.lang, x * frame.k + frame.x, y * frame.k + frame.y);
    return label ? label.place : null;
  }

  _addCanvases() {
    this._plate = new Plate((ctx, frame) => {
      const relief = this._state.layers.has("relief") ? this._relief : null;
      paintPlate(ctx, frame, this._basemap.at(frame.zoom), this._state.colours, relief);
    });
    const add = (name, paint, options) => {
      this.map.createPane(name).style.zIndex = PANES[name];
      this.map.getPane(name).style.pointerEvents = "none";
      return new CanvasLayer(paint, { pane: name, ...options }).addTo(this.map);
    };
    this._scene = add("scene", (ctx, frame) => this._paintScene(ctx, frame), { padding: SCENE_PADDING });
    this._names = add("names", (ctx, frame) => this._paintNames(ctx, frame), { padding: NAMES_PADDING, still: true });
    this.map.createPane("markers").style.zIndex = PANES.markers;
  }

  // One canvas for ground, plate and lines: every canvas that changes is copied whole to the compositor.
  _paintScene(ctx, frame) {
    const { day, lang, colours, layers } = this._state;
    const show = { areas: layers.has("areas"), gains: layers.has("gains") };
    this._setGround(groundColour(this._fronts, day, colours, show));
    paintAreas(ctx, frame, this._fronts, day, colours, show);
    this._plate.lay(ctx, frame);
    if (layers.has("lines")) this._frontPainter.paint(ctx, frame, day, colours, this._picked);
    if (layers.has("events")) paintRoutes(ctx, frame, this._activeRoutes(day), colours);
    if (layers.has("labels") && layers.has("lines") && this._hasFonts) this._labels.paintPockets(ctx, frame, lang, colours, day);
  }

  _setGround(colour) {
    if (colour === this._ground) return;
    this._ground = colour;
    this.map.getPane("scene").style.setProperty("--ground", colour);
  }

  _paintNames(ctx, frame) {
    const { lang, colours, layers } = this._state;
    if (layers.has("labels") && this._hasFonts) this._labels.paint(ctx, frame, lang, colours);
  }

  _activeRoutes(day) {
    return this._routes
      .filter(({ event }) => this._events.isShown(event) || event.id === this._state.selected)
      .map(({ event, path }) => ({ path, chosen: event.id === this._state.selected, alpha: ROUTE_ALPHA[phaseOf(event, day)] ?? 0 }))
      .map((route) => (route.chosen ? { ...route, alpha: 1 } : route))
      .filter(({ alpha }) => alpha > 0);
  }

  // A drag that leaves the drawn margin is caught up with at once; a zoom stretches the old picture until it rests.
  _catchUp() {
    for (const layer of [this._scene, this._names]) if (layer.isOutrun()) layer.follow();
  }

  // The first pass over the days would have to build their paths: idle moments do it beforehand.
  _prepareDays() {
    const { frame } = this._scene;
    let day = this._fronts.first;
    const work = (deadline) => {
      if (this._scene.frame.zoom !== frame.zoom) return;
      for (; day <= this._fronts.last && deadline.timeRemaining() > IDLE_MS; day++) {
        prepareAreas(this._fronts, day, frame.zoom);
        this._frontPainter.prepare(day, frame);
      }
      if (day <= this._fronts.last) requestIdle(work);
    };
    requestIdle(work);
  }

  // Names wait for their fonts: laid out with other widths they would all be placed twice.
  async _loadFonts() {
    await Promise.allSettled(FONTS.map((font) => document.fonts.load(font, "aą")));
    this._hasFonts = true;
    this._names.redraw();
    this._scene.redraw();
  }

  async _loadRelief(relief) {
    this._relief = await loadRelief(relief, (lon, lat) => ({ x: atlasX(lon), y: atlasY(lat) }));
    this._plate.reset();
    this._scene.redraw();
    this._prepareDays();
  }
}
