/** Formations and offensives for the reader: their signs on the map, the chosen one's page in the card, an offensive played through. */

import { formationPage, whereaboutsOf } from "./formation_page.js";
import { dateWords } from "./card.js";
import { offensivePage } from "./offensive_page.js";
import { SignButtons } from "./sign_buttons.js";
import { SignSeats } from "./sign_seats.js";
import { spotOn } from "./marches.js";
import { prefersStillness } from "./theme.js";
import { wordsOfDay } from "./time.js";

/** An offensive is played at the speed that brings it nearest to so many seconds. */
const PLAY_SECONDS = 8;

/**
 * A chosen one is {kind: "formation" | "offensive", id}. parts = {map, view, data, words, state, card, marches, offensives, events};
 * hooks = {choose(kind, id), close(), event(id), goToDay(day), run(first, last, seconds), taken(k), hover(kind, item, node), leave()}.
 */
export class Troops {
  constructor(parts, hooks) {
    this._parts = parts;
    this._hooks = hooks;
    const { map, view, words, state, marches, offensives, events } = parts;
    const seats = new SignSeats(marches, offensives, words, state, {
      taken: (k) => hooks.taken(k),
      names: () => view.namesTaken(),
      isOfTheatre: (theatre) => events.isOfTheatre(theatre),
    });
    view.seatWith((zoom, box) => seats.seat(zoom, box));
    this.buttons = new SignButtons(words, this._signHooks(), "signs").addTo(map);
    map.on("moveend zoomend seated", () => this._layButtons());
  }

  /** The formation or offensive of a kind and id, or null. */
  find(kind, id) {
    const { marches, offensives } = this._parts;
    return kind === "formation" ? marches.byId(id) : kind === "offensive" ? offensives.byId(id) : null;
  }

  /** Show the page of a formation or offensive (null: forget the one chosen). */
  show(chosen, day, takeFocus) {
    this._today = null;
    if (chosen === null) return;
    const item = this.find(chosen.kind, chosen.id);
    this._day = day;
    this._parts.card.showPage(() => this._page(chosen.kind, item), takeFocus);
  }

  /** Play an offensive from its first day to its last, the view fitted; a reader who wants stillness sees its last day. */
  play(offensive) {
    const { fronts } = this._parts.data;
    const [first, last] = [Math.max(fronts.first, offensive.start), Math.min(fronts.last, offensive.end)];
    if (prefersStillness()) this._hooks.goToDay(last);
    else this._hooks.run(first, last, PLAY_SECONDS);
  }

  /** The points [lat, lon] that a view of the thing must hold. */
  extent(chosen, day) {
    const item = this.find(chosen.kind, chosen.id);
    if (chosen.kind === "formation") {
      const [lon, lat] = spotOn(item, Math.max(item.day[0], Math.min(item.day.at(-1), day)));
      return [[lat, lon]];
    }
    return item.axes.flatMap(({ way }) => [...way.lat].map((lat, i) => [lat, way.lon[i]]));
  }

  setDay(day) {
    this._day = day;
  }

  /** Write what the page says of the day that has come to rest. */
  settle(day) {
    this._day = day;
    this._today?.(day);
    this._layButtons();
  }

  /** Lay the buttons anew once the next picture is ordered. */
  refresh() {
    requestAnimationFrame(() => this._layButtons());
  }

  _layButtons() {
    this._parts.view.reseat();
    this.buttons.lay(this._parts.view.seated);
  }

  /** What the tooltip says of a sign. */
  hint(kind, item, day) {
    const { words } = this._parts;
    const lines = kind === "formation" ? [whereaboutsOf(item, day, this._parts), wordsOfDay(day, words.lang)] : [dateWords(item, words)];
    return { title: words.pick(item.name), lines };
  }

  _page(kind, item) {
    const hooks = { ...this._hooks, formation: (id) => this._hooks.choose("formation", id), offensive: (id) => this._hooks.choose("offensive", id), play: (offensive) => this.play(offensive) };
    const page = kind === "formation" ? formationPage(item, this._day, this._parts, hooks) : offensivePage(item, this._parts, hooks);
    this._today = page.today ?? null;
    return page;
  }

  _signHooks() {
    return {
      formation: (id) => this._hooks.choose("formation", id),
      offensive: (id) => this._hooks.choose("offensive", id),
      hover: (kind, item, node) => this._hooks.hover(kind, item, node),
      leave: () => this._hooks.leave(),
    };
  }
}
