/** The atlas as a whole: one state, the actions that change it, and the parts that show it. */

import { Card, dateWords, placeWords } from "./card.js";
import { Controls } from "./controls.js";
import { debounce, oncePerFrame } from "./dom.js";
import { Events } from "./events.js";
import { Fronts } from "./fronts.js";
import { Words } from "./i18n.js";
import { Legend, lineStory } from "./legend.js";
import { MapView } from "./map_view.js";
import { MarkerLayer } from "./markers.js";
import { LAYERS, Panel } from "./panel.js";
import { Player } from "./player.js";
import { Shell } from "./shell.js";
import { Hub } from "./store.js";
import { applyTheme, prefersStillness } from "./theme.js";
import { wordsOfDay } from "./time.js";
import { Timeline } from "./timeline.js";
import { Tooltip } from "./tooltip.js";

const SETTLE_MS = 150;
const STACK_TITLES = 5;
const EDGE = 40;
const CARD_PX = 450;
/** Width below which the card is a sheet at the foot of the map (as in panels.css). */
const SHEET_PX = 680;

/** Everything a reader, an embedding page or a test can do with the map. Emits day, settled, select, view, lang. */
export class Atlas extends Hub {
  constructor({ map, root, stage, data, day, lang, theme, copyLink }) {
    super();
    this._map = map;
    this._data = data;
    this._stage = stage;
    this._dragging = false;
    this.words = new Words(data.words, lang);
    this.fronts = new Fronts(data.fronts);
    this.events = new Events(data.events);
    this._state = { day, lang, theme, colours: applyTheme(theme), layers: new Set(LAYERS), selected: null };
    this._view = new MapView(map, data, this.fronts, this.events, this._state);
    this._tooltip = new Tooltip(stage);
    this._settle = debounce(() => this._onSettled(), SETTLE_MS);
    this._draw = oncePerFrame(() => this._onDay());
    this._makeParts(root, stage, copyLink);
    this._listenToMap();
    this._write();
    this._onDay();
  }

  get day() {
    return this._state.day;
  }

  get lang() {
    return this._state.lang;
  }

  get theme() {
    return this._state.theme;
  }

  get selected() {
    return this._state.selected;
  }

  get view() {
    const { lat, lng } = this._map.getCenter();
    return [lat, lng, this._map.getZoom()];
  }

  /** Go to a day; days outside the range come to rest at its end. */
  setDay(day) {
    const { first, last } = this._data.range;
    const next = Math.max(first, Math.min(last, Math.round(day)));
    const { first: from, last: to } = this._timeline.span;
    if (next < from || next > to) this._setLens(true);
    if (next === this._state.day) return;
    this._state.day = next;
    this._draw();
  }

  play() {
    if (this._state.day >= this._timeline.span.last) this.setDay(this._timeline.span.first);
    this._player.play();
  }

  pause() {
    this._player.pause();
  }

  /** Open an event's card (null closes it), on a day on which it can be seen. */
  select(id, { takeFocus = true } = {}) {
    const event = id === null ? null : this.events.byId(id);
    if (id !== null && !event) {
      this._shell.notify(this.words.say("map.notice.event"));
      return;
    }
    this._state.selected = event ? event.id : null;
    if (event) this._bringIntoSight(event);
    this._tooltip.hide();
    this._card.show(event, takeFocus);
    this._stage.classList.toggle("has-card", event !== null);
    this._markers.setSelected(this._state.selected);
    this._timeline.setChosen(event);
    this._draw();
    this.emit("select", this._state.selected);
  }

  setLang(lang) {
    if (lang === this._state.lang) return;
    this._state.lang = this.words.lang = lang;
    this._write();
    this._view.drawAll();
    this._onDay();
    this.emit("lang", lang);
  }

  setTheme(theme) {
    this._state.theme = theme;
    this._state.colours = applyTheme(theme);
    this._timeline.setColours(this._state.colours);
    this._view.drawAll();
  }

  /** Show only events of these kinds and theatres; null means all. */
  setFilter({ kinds = null, theatres = null }) {
    this._panel.setFilter({ kinds, theatres });
    this._applyFilter({ kinds, theatres });
  }

  setView([lat, lon, zoom]) {
    this._map.setView([lat, lon], zoom, { animate: !prefersStillness() });
  }

  /** Bring a point into the middle and say what it is. */
  goTo(lat, lon, zoom, label) {
    this.setView([lat, lon, zoom]);
    if (label) this._shell.notify(label);
  }

  notify(key) {
    this._shell.notify(this.words.say(key));
  }

  _makeParts(root, stage, copyLink) {
    const hosted = this._data.config.host === "streamlit";
    this._player = new Player({
      day: () => this._state.day,
      last: () => this._timeline.span.last,
      go: (day) => this.setDay(day),
      changed: (playing) => this._onPlaying(playing),
    });
    this._timeline = new Timeline(this._data.range, this.fronts, this.events, this.words, {
      input: (day) => this.setDay(day),
      grab: () => this._setDragging(true),
      release: () => this._setDragging(false),
    });
    this._controls = new Controls(this.words, this._actions(copyLink));
    this._controls.setRange(this._data.range.first, this._data.range.last);
    const heading = L.DomUtil.create("div", "time-heading");
    heading.append(this._timeline.date, this._timeline.facts);
    this._time = L.DomUtil.create("section", "time", root);
    this._time.append(heading, this._controls.transport, this._controls.tools, this._timeline.track);
    this._shell = new Shell(stage, this.words, this._data.attribution, this._shellActions(), hosted);
    this._legend = new Legend(stage, this.words, { pick: (lines, node) => this._pickLines(lines, node) });
    this._panel = new Panel(stage, this.words, {
      layer: (layer, on) => this._setLayer(layer, on),
      filter: (filter) => this._applyFilter(filter),
      close: () => this._togglePanel(false),
    });
    this._card = new Card(stage, this._data, this.events, this.words, { select: (id) => this.select(id), close: () => this._closeCard() });
    this._markers = new MarkerLayer(this.events, this._data.places, this._markerHooks(), "markers").addTo(this._map);
    this._timeline.setColours(this._state.colours);
    L.control.scale({ imperial: false, position: "bottomleft", maxWidth: 120 }).addTo(this._map);
  }

  _actions(copyLink) {
    return {
      toggle: () => (this._player.playing ? this.pause() : this.play()),
      step: (days) => this._step(this._state.day + days),
      go: (day) => this._step(day),
      first: () => this._step(this._timeline.span.first),
      last: () => this._step(this._timeline.span.last),
      event: (direction) => this._goToEvent(direction),
      speed: (speed) => {
        this._player.speed = speed;
      },
      lens: () => this._setLens(!this._timeline.whole),
      copyLink,
    };
  }

  _shellActions() {
    return {
      zoom: (delta) => this._map.setZoom(this._map.getZoom() + delta, { animate: !prefersStillness() }),
      panel: () => this._togglePanel(this._panel.node.hidden),
      theme: () => this.setTheme(this._state.theme === "dark" ? "light" : "dark"),
      lang: () => this.setLang(this._state.lang === "de" ? "en" : "de"),
    };
  }

  _markerHooks() {
    const date = (event) => dateWords(event, this.words);
    return {
      select: (id) => this.select(id),
      hover: (event, node) => this._tooltip.showAt({ title: this.words.pick(event.title), lines: [date(event)] }, node),
      hoverStack: (events, node) => {
        const titles = events.slice(0, STACK_TITLES).map((event) => this.words.pick(event.title));
        const rest = events.length - titles.length;
        const more = rest > 0 ? this.words.say("map.stack.more", { count: rest }) : "";
        this._tooltip.showAt({ title: this.words.say("map.stack.title", { count: events.length }), lines: [...titles, more] }, node);
      },
      leave: () => this._tooltip.hide(),
    };
  }

  _listenToMap() {
    const hover = oncePerFrame((event) => this._hover(event));
    this._map.on("mousemove", hover);
    this._map.on("mouseout movestart", () => this._hover(null));
    this._map.on("click", (event) => this._hover(event));
    this._map.on("moveend", () => this.emit("view", this.view));
  }

  _hover(event) {
    const line = event ? this._view.lineAt(event.latlng) : null;
    const place = event && !line ? this._view.placeAt(event.latlng) : null;
    this._view.pickLines(line ? [line] : []);
    if (line) this._tooltip.show(this._storyOf([line]), event.containerPoint.x, event.containerPoint.y);
    else if (place !== null) this._showPlace(this._data.places[place], event.containerPoint);
    else this._tooltip.hide();
  }

  _showPlace(place, point) {
    const title = placeWords(place, this.words);
    if (title === place[this.words.lang]) this._tooltip.hide();
    else this._tooltip.show({ title }, point.x, point.y);
  }

  _pickLines(lines, node) {
    this._view.pickLines(lines);
    if (lines.length > 0) this._tooltip.showAt(this._storyOf(lines), node);
    else this._tooltip.hide();
  }

  _storyOf(lines) {
    return lineStory(lines, this._state.day, this.fronts.keyframes, this.words);
  }

  _step(day) {
    this.pause();
    this.setDay(day);
  }

  _goToEvent(direction) {
    const selected = this._state.selected ? this.events.byId(this._state.selected) : null;
    const event = selected ? this.events.neighbour(selected, direction) : this.events.nextFrom(this._state.day, direction);
    if (!event) return;
    this.pause();
    this.select(event.id, { takeFocus: false });
  }

  _bringIntoSight(event) {
    if (this._state.day < event.start || this._state.day > event.end) this.setDay(event.start);
    const stops = event.places.slice(0, event.route ? undefined : 1).map((index) => {
      const place = this._data.places[index];
      return L.latLng(place.lat / 1000, place.lon / 1000);
    });
    const clear = this._clearView();
    if (clear.contains(this._map.latLngToContainerPoint(stops[0]))) return;
    const { x, y } = this._map.getSize();
    this._map.fitBounds(L.latLngBounds(stops), {
      animate: !prefersStillness(),
      maxZoom: this._map.getZoom(),
      paddingTopLeft: clear.min,
      paddingBottomRight: L.point(x, y).subtract(clear.max),
    });
  }

  /** The part of the stage that the card will not cover. */
  _clearView() {
    const { x, y } = this._map.getSize();
    return L.bounds([EDGE, EDGE], x < SHEET_PX ? [x - EDGE, y * 0.4] : [x - CARD_PX, y - EDGE]);
  }

  _setLens(whole) {
    if (whole === this._timeline.whole) return;
    this._timeline.setWhole(whole);
    this._controls.setWhole(whole);
    const { first, last } = this._timeline.span;
    this._state.day = Math.max(first, Math.min(last, this._state.day));
    this._draw();
  }

  _setLayer(layer, on) {
    if (on) this._state.layers.add(layer);
    else this._state.layers.delete(layer);
    this._stage.classList.toggle("no-events", !this._state.layers.has("events"));
    this._view.drawAll();
  }

  _applyFilter(filter) {
    this.events.setFilter(filter);
    this._markers.refilter();
    this._timeline.repaint();
    this._draw();
  }

  _togglePanel(open) {
    this._panel.toggle(open);
    this._shell.panelButton.setAttribute("aria-expanded", String(open));
    if (!open) this._shell.panelButton.focus({ preventScroll: true });
  }

  _closeCard() {
    const id = this._state.selected;
    this.select(null);
    if (id) this._markers.focus(id);
  }

  _setDragging(dragging) {
    this._dragging = dragging;
    if (dragging) this.pause();
    this._settle();
  }

  _onPlaying(playing) {
    this._controls.setPlaying(playing);
    if (!playing) this._settle();
  }

  _onDay() {
    const { day } = this._state;
    this._view.drawDay();
    this._markers.setDay(day);
    this._timeline.setDay(day);
    this.emit("day", day);
    this._settle();
  }

  _onSettled() {
    if (this._dragging || this._player.playing) return;
    const { day, lang } = this._state;
    this._controls.setDay(day);
    this._legend.setLines(day, this.fronts.lines(day));
    this._shell.announce(wordsOfDay(day, lang, "long"));
    this.emit("settled", day);
  }

  _write() {
    const say = (key) => this.words.say(key);
    this._shell.render();
    this._legend.render();
    this._panel.render();
    this._controls.relabel();
    this._timeline.slider.setAttribute("aria-label", say("map.slider"));
    this._time.setAttribute("aria-label", say("map.time"));
    this._map.getContainer().setAttribute("aria-label", say("map.map"));
    this._card.refresh();
    this._markers.relabel(
      (event) => `${this.words.pick(event.title)}, ${dateWords(event, this.words)}`,
      (count, titles) => this.words.say("map.stack.label", { count, titles }),
    );
    this._timeline.repaint();
  }
}
