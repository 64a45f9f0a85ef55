/** The atlas as a whole: one state, the actions that change it, and the parts that show it. */

import { Asking } from "./asking.js";
import { dateWords } from "./card.js";
import { Clock } from "./clock.js";
import { Events } from "./events.js";
import { Fronts } from "./fronts.js";
import { Journeys } from "./journeys.js";
import { Marches } from "./marches.js";
import { Offensives } from "./offensives.js";
import { Hints } from "./hints.js";
import { Hub } from "./hub.js";
import { Words } from "./i18n.js";
import { MapView } from "./map_view.js";
import { MarkerLayer } from "./markers.js";
import { LAYERS } from "./panel.js";
import { Plates } from "./plates.js";
import { linkButton } from "./page_parts.js";
import { applyTheme, prefersStillness } from "./theme.js";
import { wordsOfDay } from "./time.js";
import { tonnageFigure } from "./tonnage.js";
import { TravellerLayer } from "./traveller_layer.js";
import { Troops } from "./troops.js";

/** How near the map goes to a formation. */
const CLOSE_ZOOM = 7;

/** Everything a reader, an embedding page or a test can do with the map. Emits day, settled, select, choose, asked, view, refit (to a new size), lang. */
export class Atlas extends Hub {
  constructor({ map, root, stage, data, day, lang, theme, copyLink, stand }) {
    super();
    this._data = data;
    this._stage = stage;
    this.words = new Words(data.words, lang);
    this.fronts = new Fronts(data.fronts);
    this.events = new Events(data.events);
    this._moves = { marches: new Marches(data.formations), offensives: new Offensives(data.offensives), journeys: new Journeys(data.journeys) };
    this._state = { day, lang, theme, colours: applyTheme(theme), layers: new Set(LAYERS), selected: null, chosen: null };
    const goToEvent = (direction) => this._goToEvent(direction);
    const { fronts, events, words } = this;
    this._clock = new Clock(root, { day, range: data.range, fronts, events, words, goToEvent, copyLink });
    this._clock.timeline.setColours(this._state.colours);
    // With the time line in place the map has its size; its first layer draws at once, so it must stand where it is to stay.
    const goHome = stand();
    this._goHome = () => goHome({ animate: !prefersStillness() });
    this._view = new MapView(map, data, fronts, events, this._moves, this._state);
    this._hints = new Hints(stage, this._view, data, words, this._state);
    this._plates = new Plates(stage, data, words, events, this._plateActs());
    this._markers = new MarkerLayer(events, data.places, this._markerHooks(), "markers").addTo(map);
    this._travellers = new TravellerLayer(this._moves.journeys, this._travellerHooks(), "travellers").addTo(map);
    const { marches, offensives } = this._moves;
    this._troops = new Troops({ map, view: this._view, data, words, state: this._state, card: this._plates.card, marches, offensives, events }, this._troopHooks());
    this._asking = new Asking({ map, view: this._view, data, words, card: this._plates.card, hooks: this._askingHooks(copyLink) });
    this._clock.on("day", (next) => this._onDay(next));
    this._clock.on("settled", (next) => this._onSettled(next));
    map.on("moveend", () => this.emit("view", this.view));
    document.addEventListener("keydown", (key) => this._onKey(key));
    this._write();
    this._clock.draw();
  }

  get day() {
    return this._clock.day;
  }

  get lang() {
    return this._state.lang;
  }

  get selected() {
    return this._state.selected;
  }

  /** The formation or offensive {kind, id} whose card is open, or null. */
  get chosen() {
    return this._state.chosen;
  }

  /** The spot {lat, lon} whose answer is open, or null. */
  get asked() {
    return this._asking.spot;
  }

  /** Whether the reader holds the slider. */
  get held() {
    return this._clock.held;
  }

  /** Whether the map shows all that was asked for; the picture of a new day may follow the day by a frame or two. */
  get isDrawn() {
    return this._view.isDrawn;
  }

  /** [lat, lon, zoom]. */
  get view() {
    return this._view.position;
  }

  /** Go to a day; days outside the range come to rest at its end. */
  setDay(day) {
    this._clock.setDay(day);
  }

  play() {
    this._clock.play();
  }

  pause() {
    this._clock.pause();
  }

  /** Open an event's card (null closes it), on a day on which it can be seen; sight {animate} says how the map goes there (null: it stays). */
  select(id, { takeFocus = true, sight = {} } = {}) {
    const event = id === null ? null : this.events.byId(id);
    if (id !== null && !event) {
      this.notify("map.notice.event");
      return;
    }
    this._forgetQuestion();
    this._forgetChosen();
    this._state.selected = event ? event.id : null;
    if (event && (this.day < event.start || this.day > event.end)) this.setDay(event.start);
    if (event && sight) this._view.bringIntoSight(event, sight);
    this._hints.hide();
    if (event) this._plates.showPanel(false);
    this._plates.card.show(event, takeFocus);
    this._stage.classList.toggle("has-card", event !== null);
    this._markers.setSelected(this._state.selected);
    this._clock.timeline.setChosen(event);
    this._clock.refresh();
    this.emit("select", this._state.selected);
  }

  /** Open the card of a formation or offensive; an offensive can be played at once. */
  choose(kind, id, { takeFocus = true, play = false, sight = true } = {}) {
    const item = this._troops.find(kind, id);
    if (!item) {
      this.notify(`map.notice.${kind}`);
      return;
    }
    this.select(null);
    this._state.chosen = { kind, id };
    const [first, last] = kind === "formation" ? [item.day[0], item.day.at(-1)] : [item.start, item.end];
    if (this.day < first || this.day > last) this.setDay(this.day < first || kind === "offensive" ? first : last);
    this._hints.hide();
    this._plates.showPanel(false);
    this._stage.classList.add("has-card");
    this._troops.show(this._state.chosen, this.day, takeFocus);
    if (sight) this._view.fit(this._troops.extent(this._state.chosen, this.day), undefined, kind === "formation" ? CLOSE_ZOOM : undefined);
    this._view.drawDay();
    this._troops.refresh();
    this.emit("choose", this._state.chosen);
    if (play) this._troops.play(item);
  }

  /** When the front passed a spot {lat, lon}: see `Almanac.ask`. */
  whenHere({ lat, lon }) {
    return this._asking.answer(lat, lon);
  }

  /** Open the answer for a spot {lat, lon} (null closes it); sight as for `select`. */
  ask(spot, { takeFocus = true, sight = {} } = {}) {
    if (this.selected !== null || this.chosen !== null || spot === null) this.select(null);
    if (spot === null) return;
    if (sight) this._view.bringSpotIntoSight(spot, sight);
    this._hints.hide();
    this._plates.showPanel(false);
    this._asking.show(spot, takeFocus);
    this._stage.classList.add("has-card");
    this.emit("asked", spot);
  }

  /** Go near a spot and open its answer. */
  visit(spot, { takeFocus = true, animate = !prefersStillness() } = {}) {
    this._view.closeIn(spot, { animate });
    this.ask(spot, { takeFocus, sight: null });
  }

  setLang(lang) {
    if (lang === this._state.lang) return;
    this._state.lang = this.words.lang = lang;
    this._write();
    this._view.drawAll();
    this._clock.draw();
    this.emit("lang", lang);
  }

  setTheme(theme) {
    this._state.theme = theme;
    this._state.colours = applyTheme(theme);
    this._clock.timeline.setColours(this._state.colours);
    this._view.drawAll();
  }

  /** Show only events of these kinds and theatres; null means all. */
  setFilter({ kinds = null, theatres = null }) {
    this._plates.panel.setFilter({ kinds, theatres });
    this._applyFilter({ kinds, theatres });
  }

  setView(view) {
    this._view.moveTo(view, !prefersStillness());
  }

  /** Bring a point into the middle and say what it is. */
  goTo(lat, lon, zoom, label) {
    this.setView([lat, lon, zoom]);
    if (label) this._plates.notify(label);
  }

  notify(key) {
    this._plates.notify(this.words.say(key));
  }

  _plateActs() {
    return {
      home: () => this._goHome(),
      zoom: (delta) => this._view.zoomBy(delta, !prefersStillness()),
      theme: () => this.setTheme(this._state.theme === "dark" ? "light" : "dark"),
      lang: () => this.setLang(this._state.lang === "de" ? "en" : "de"),
      select: (id) => this.select(id),
      pick: (kind, id) => (kind === "event" ? this.select(id) : this.choose(kind, id, { play: kind === "offensive" })),
      visit: (spot) => this.visit(spot),
      askMiddle: () => this._asking.askMiddle(),
      pickLines: (lines, node) => this._hints.lines(lines, node),
      layer: (layer, on) => this._setLayer(layer, on),
      filter: (filter) => this._applyFilter(filter),
      close: () => this._closeCard(),
      more: (event) => this._moreOf(event),
    };
  }

  _markerHooks() {
    return {
      select: (id) => this.select(id, { sight: { isHere: true } }),
      hover: (event, node) => this._hints.event(event, node),
      hoverStack: (events, node) => this._hints.stack(events, node),
      leave: () => this._hints.hide(),
    };
  }

  _travellerHooks() {
    return {
      select: (id) => this.select(id, { sight: { isHere: true } }),
      hover: (journey, node) => this._hints.tell({ title: this.words.pick(journey.name), lines: [wordsOfDay(this.day, this.lang)] }, node),
      leave: () => this._hints.hide(),
      isShown: (journey) => journey.event === this.selected || this.events.isShown(this.events.byId(journey.event)),
    };
  }

  _troopHooks() {
    return {
      choose: (kind, id) => this.choose(kind, id, { play: kind === "offensive" }),
      close: () => this._closeCard(),
      event: (id) => this.select(id),
      goToDay: (day) => this._goToDay(day),
      run: (first, last, seconds) => this._clock.run(first, last, seconds),
      taken: (k) => (this._state.layers.has("events") ? this._markers.boxes(k) : []),
      hover: (kind, item, node) => this._hints.tell(this._troops.hint(kind, item, this.day), node),
      leave: () => this._hints.hide(),
    };
  }

  // What an event's card has beside its own: what a supply route delivered, and the offensive that can be played.
  _moreOf(event) {
    const offensive = this._moves.offensives.ofEvent(event);
    return [
      tonnageFigure(this._moves.journeys.ofEvent(event.id), this._data, this.words),
      offensive && linkButton(this.words.say("map.offensive.play_this"), () => this.choose("offensive", offensive.id, { play: true })),
    ];
  }

  _askingHooks(copyLink) {
    return {
      ask: (spot) => this.ask(spot),
      close: () => this._closeCard(),
      goToDay: (day) => this._goToDay(day),
      copyLink,
      say: (text) => this._plates.announce(text),
      isFolding: () => this._markers.hasOpenStack(),
    };
  }

  _forgetQuestion() {
    if (this.asked === null) return;
    this._asking.show(null);
    this.emit("asked", null);
  }

  _goToDay(day) {
    this.pause();
    this.setDay(day);
  }

  _forgetChosen() {
    if (this._state.chosen === null) return;
    this._state.chosen = null;
    this._troops.show(null);
    this.emit("choose", null);
  }

  _goToEvent(direction) {
    const selected = this.selected ? this.events.byId(this.selected) : null;
    const event = selected ? this.events.neighbour(selected, direction) : this.events.nextFrom(this.day, direction);
    if (!event) return;
    this.pause();
    this.select(event.id, { takeFocus: false });
  }

  _setLayer(layer, on) {
    if (on) this._state.layers.add(layer);
    else this._state.layers.delete(layer);
    const { layers } = this._state;
    this._stage.classList.toggle("no-events", !layers.has("events"));
    this._travellers.setOn(layers.has("journeys"));
    this._view.drawAll();
    this._troops.refresh();
  }

  _applyFilter(filter) {
    this.events.setFilter(filter);
    this._markers.refilter();
    this._travellers.setDay(this.day);
    this._view.drawDay();
    this._troops.refresh();
    this._clock.timeline.repaint();
    this._clock.refresh();
  }

  _closeCard() {
    const id = this.selected;
    const { chosen } = this;
    const wasAsked = this.asked !== null;
    this.select(null);
    if (wasAsked) this._asking.restoreFocus();
    if (id) this._markers.focus(id);
    if (chosen) this._troops.buttons.focus(chosen);
  }

  // Escape folds an opened stack first, then closes the card, wherever the focus is.
  _onKey(key) {
    if (key.key === "Escape" && !this._markers.closeStack() && (this.selected || this.asked || this.chosen)) this._closeCard();
  }

  _onDay(day) {
    this._state.day = day;
    this._markers.setDay(day);
    this._travellers.setDay(day);
    this._troops.setDay(day);
    this._view.drawDay();
    this.emit("day", day);
  }

  _onSettled(day) {
    this._plates.legend.setLines(day, this.fronts.lines(day));
    this._plates.announce(wordsOfDay(day, this.lang, "long"));
    this._troops.settle(day);
    this._travellers.settle();
    this.emit("settled", day);
  }

  _write() {
    this._plates.render();
    this._clock.render();
    this._view.map.getContainer().setAttribute("aria-label", this.words.say("map.map"));
    this._markers.relabel(
      (event) => `${this.words.pick(event.title)}, ${dateWords(event, this.words)}`,
      (count, titles) => this.words.say("map.stack.label", { count, titles }),
    );
    this._troops.buttons.relabel();
  }
}
