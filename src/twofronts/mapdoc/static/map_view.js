/** The Leaflet map and its stack of canvases, each redrawn only when what it shows has changed. */

import { paintAreas } from "./areas_layer.js";
import { Basemap } from "./basemap_layer.js";
import { CanvasLayer, atlasOf } from "./canvas_layer.js";
import { oncePerFrame } from "./dom.js";
import { phaseOf } from "./events.js";
import { FrontPainter, lineNear } from "./fronts_layer.js";
import { LabelPainter } from "./label_layer.js";
import { labelFeatures } from "./labels.js";
import { atlasX, atlasY } from "./projection.js";
import { loadRelief } from "./relief.js";
import { paintRoutes, pathOfRoute } from "./routes.js";

const STILL_PADDING = 0.3;
const MOVING_PADDING = 0.06;
const REACH_PX = 8;
const PANES = { areas: 200, plate: 210, fronts: 220, labels: 230, markers: 600 };
const AFTERGLOW_ALPHA = 0.35;

/** Canvases over one Leaflet map; state = {day, lang, colours, layers: Set, selected}. */
export class MapView {
  constructor(map, data, fronts, events, state) {
    this.map = map;
    this._fronts = fronts;
    this._state = state;
    this._pickedLine = null;
    this._basemap = new Basemap(data.basemap);
    this._frontPainter = new FrontPainter(fronts);
    this._labels = new LabelPainter(labelFeatures(data.basemap, data.places, fronts.pockets));
    this._routes = events.all
      .filter((event) => event.route && event.places.length > 1)
      .map((event) => ({ event, path: pathOfRoute(event.places.map((index) => data.places[index])) }));
    this._events = events;
    this._addCanvases();
    this._loadLater(data.basemap.relief);
    map.on("move", oncePerFrame(() => this._catchUp()));
  }

  /** Draw what a change of day changes. */
  drawDay() {
    this._areas.redraw();
    this._lines.redraw();
  }

  /** Draw everything, as after a change of theme, language or layers. */
  drawAll() {
    this._layers.forEach((layer) => layer.redraw());
  }

  /** Lift a line out (null: none). */
  pickLine(line) {
    if (line === this._pickedLine) return;
    this._pickedLine = line;
    this._lines.redraw();
  }

  /** The front line near a LatLng, or null. */
  lineAt(latLng) {
    if (!this._state.layers.has("lines")) return null;
    const { x, y } = atlasOf(latLng);
    return lineNear(this._fronts.lines(this._state.day), x, y, REACH_PX / this._lines._frame.k);
  }

  /** Index of the place whose name lies under a LatLng, or null. */
  placeAt(latLng) {
    if (!this._state.layers.has("labels")) return null;
    const frame = this._names._frame;
    const { x, y } = atlasOf(latLng);
    const label = this._labels.townAt(frame, this._state.lang, x * frame.k + frame.x, y * frame.k + frame.y);
    return label ? label.place : null;
  }

  _addCanvases() {
    const paint = {
      areas: (ctx) => paintAreas(ctx, this._fronts, this._state.day, this._state.colours, this._shown()),
      plate: (ctx, frame) => this._basemap.paint(ctx, frame, this._state.colours, this._state.layers.has("relief") ? this._relief : null),
      fronts: (ctx, frame) => this._paintFronts(ctx, frame),
      labels: (ctx, frame) => {
        if (this._state.layers.has("labels")) this._labels.paint(ctx, frame, this._state.lang, this._state.colours);
      },
    };
    const add = (name, options) => {
      this.map.createPane(name).style.zIndex = PANES[name];
      this.map.getPane(name).style.pointerEvents = "none";
      return new CanvasLayer(paint[name], { pane: name, ...options }).addTo(this.map);
    };
    this._areas = add("areas", { padding: MOVING_PADDING, opaque: true });
    this._plate = add("plate", { padding: STILL_PADDING });
    this._lines = add("fronts", { padding: MOVING_PADDING });
    this._names = add("labels", { padding: STILL_PADDING });
    this.map.createPane("markers").style.zIndex = PANES.markers;
    this._layers = [this._areas, this._plate, this._lines, this._names];
  }

  _paintFronts(ctx, frame) {
    const { day, lang, colours, layers } = this._state;
    if (layers.has("lines")) this._frontPainter.paint(ctx, frame, day, colours, this._pickedLine);
    if (layers.has("events")) paintRoutes(ctx, frame, this._activeRoutes(day), colours);
    if (layers.has("labels") && layers.has("lines")) this._labels.paintPockets(ctx, frame, lang, colours, day);
  }

  _activeRoutes(day) {
    return this._routes
      .filter(({ event }) => this._events.isShown(event) || event.id === this._state.selected)
      .map(({ event, path }) => ({ path, phase: phaseOf(event, day), chosen: event.id === this._state.selected }))
      .filter(({ phase, chosen }) => phase || chosen)
      .map(({ path, phase, chosen }) => ({ path, chosen, alpha: !chosen && phase.startsWith("glow") ? AFTERGLOW_ALPHA : 1 }));
  }

  _shown() {
    return { areas: this._state.layers.has("areas"), gains: this._state.layers.has("gains") };
  }

  // A drag that leaves the drawn margin is caught up with at once; a zoom stretches the old picture until it rests.
  _catchUp() {
    for (const layer of this._layers) if (layer.isOutrun()) layer.follow();
  }

  async _loadLater(relief) {
    const fonts = ["600 14px", "400 13px"].map((font) => document.fonts.load(`${font} "Atlas Sans"`));
    const serifs = ["600 14px", "italic 14px"].map((font) => document.fonts.load(`${font} "Atlas Serif"`));
    this._relief = await loadRelief(relief, (lon, lat) => ({ x: atlasX(lon), y: atlasY(lat) }));
    this._plate.redraw();
    await Promise.all([...fonts, ...serifs]);
    this._labels.reset();
    this._names.redraw();
    this._lines.redraw();
  }
}
