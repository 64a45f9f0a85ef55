/** Asking the map when the front passed a spot: by click, by key, by search or by link; the card answers, a pin marks the spot. */

import { answerPage } from "./answer_page.js";
import { makeSvg } from "./dom.js";
import { Almanac } from "./when.js";

/** A second click within this time is a double click, which zooms and asks nothing. */
const DOUBLE_CLICK_MS = 220;
const PIN_SIZE = [24, 32];
const PIN_POINT = [12, 31];
const PIN_PATH = "M12 30.5C12 30.5 21.5 18.8 21.5 11.5A9.5 9.5 0 0 0 2.5 11.5C2.5 18.8 12 30.5 12 30.5Z";
const IS_COARSE = matchMedia("(pointer: coarse)").matches;

/** The question open at the moment, if any; hooks = {ask(spot), close(), goToDay(day), copyLink(), say(text), isFolding()}. */
export class Asking {
  constructor({ map, view, data, words, card, hooks }) {
    this.spot = null;
    this._map = map;
    this._view = view;
    this._data = data;
    this._words = words;
    this._card = card;
    this._hooks = hooks;
    map.createPane("pin").style.zIndex = 590;
    map.getPane("pin").style.pointerEvents = "none";
    this._listen();
  }

  /** The almanac's answer for a spot in the reader's language. */
  answer(lat, lon) {
    this._almanac ??= new Almanac(this._data);
    return this._almanac.ask(lat, lon, this._words.lang);
  }

  /** Show the answer for a spot {lat, lon} in the card (null: forget the question). */
  show(spot, takeFocus) {
    if (this.spot === null) this._cameFrom = document.activeElement;
    this.spot = spot;
    this._pin?.remove();
    if (spot === null) return;
    this._pin = L.marker([spot.lat, spot.lon], { icon: pinIcon(), pane: "pin", interactive: false, keyboard: false }).addTo(this._map);
    this._card.showPage(() => this._page(spot), takeFocus);
    this._hooks.say(this._page(spot).said);
  }

  /** Give the focus back to where the question came from. */
  restoreFocus() {
    const node = this._cameFrom;
    const target = node?.isConnected && node !== document.body && node.checkVisibility() ? node : this._map.getContainer();
    target.focus({ preventScroll: true });
  }

  /** Ask about the middle of the map. */
  askMiddle() {
    const [lat, lon] = this._view.position;
    this._hooks.ask({ lat, lon });
  }

  _page(spot) {
    const answer = this.answer(spot.lat, spot.lon);
    return answerPage(answer, { data: this._data, words: this._words, span: this._almanac.span }, this._hooks);
  }

  _listen() {
    let timer = 0;
    let isFolding = false;
    // the same click folds an opened stack of events: then it asks nothing
    this._map.on("preclick", () => (isFolding = this._hooks.isFolding()));
    this._map.on("dblclick", () => clearTimeout(timer));
    this._map.on("click", ({ latlng, originalEvent }) => {
      clearTimeout(timer);
      if (isFolding || originalEvent.detail > 1) return;
      timer = setTimeout(() => this._onClick(latlng), DOUBLE_CLICK_MS);
    });
    document.addEventListener("keydown", (key) => {
      if (key.key !== "w" || key.defaultPrevented || key.altKey || key.ctrlKey || key.metaKey) return;
      if (key.target.closest?.("input, select, textarea")) return;
      key.preventDefault();
      this.askMiddle();
    });
  }

  // A finger has no other way to read a line than to touch it; a click on a town's name means the town.
  _onClick(latLng) {
    if (IS_COARSE && this._view.lineAt(latLng)) return;
    const number = this._view.placeAt(latLng);
    const place = number === null ? null : this._data.places[number];
    this._hooks.ask(place ? { lat: place.lat / 1000, lon: place.lon / 1000 } : { lat: latLng.lat, lon: latLng.lng });
  }
}

function pinIcon() {
  const html = makeSvg(
    "svg",
    { viewBox: "0 0 24 32", width: PIN_SIZE[0], height: PIN_SIZE[1], "aria-hidden": "true" },
    makeSvg("path", { d: PIN_PATH }),
    makeSvg("circle", { cx: 12, cy: 11.5, r: 3.4 }),
  );
  return L.divIcon({ className: "pin", html, iconSize: PIN_SIZE, iconAnchor: PIN_POINT });
}
