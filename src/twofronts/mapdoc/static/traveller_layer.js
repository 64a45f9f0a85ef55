/** Travellers and letters on their way: a small disc each, at their spot of the day; a letter crosses its arc once when its day has come to rest. */

import { make } from "./dom.js";
import { icon } from "./icons.js";
import { isTravelling, samplesOf, travellerOn } from "./journeys.js";
import { prefersStillness } from "./theme.js";

const FLIGHT_MS = 1600;
const FLIGHT_STEPS = 24;

/** Leaflet layer; hooks = {select(event id), hover(journey, node), leave(), isShown(journey): boolean}. */
export const TravellerLayer = L.Layer.extend({
  initialize(journeys, hooks, pane) {
    this._journeys = journeys.all.filter(({ kind }) => kind !== "supply").map((journey) => ({ journey, node: null, latLng: null }));
    this._hooks = hooks;
    this._paneName = pane;
    this._isOn = true;
  },

  onAdd(map) {
    this._root = make("div", { class: "travellers" });
    map.getPane(this._paneName).append(this._root);
  },

  onRemove() {
    this._root.remove();
  },

  getEvents() {
    const events = { viewreset: this._place, zoomend: this._place, zoom: this._place };
    if (this._zoomAnimated) events.zoomanim = this._animate;
    return events;
  },

  setOn(on) {
    this._isOn = on;
    this.setDay(this._day);
  },

  setDay(day) {
    this._day = day;
    if (day === undefined || !this._map) return;
    for (const entry of this._journeys) {
      const isThere = this._isOn && isTravelling(entry.journey, day) && this._hooks.isShown(entry.journey);
      if (isThere) {
        const [lon, lat] = travellerOn(entry.journey, day);
        entry.latLng = L.latLng(lat, lon);
        entry.node ??= this._make(entry.journey);
      } else entry.latLng = null;
      if (entry.node) entry.node.hidden = !isThere;
    }
    this._place();
  },

  /** Send the letters of a day that has come to rest on their way. */
  settle() {
    if (prefersStillness()) return;
    for (const { journey, node, latLng } of this._journeys) {
      if (!latLng || journey.kind !== "letter" || journey.end - journey.start > 1) continue;
      const frames = samplesOf(journey, FLIGHT_STEPS).map(([lon, lat]) => {
        const { x, y } = this._map.latLngToLayerPoint([lat, lon]);
        return { transform: `translate3d(${x}px, ${y}px, 0)` };
      });
      node.animate(frames, { duration: FLIGHT_MS, easing: "ease-in-out" });
    }
  },

  // The keyboard and the ear reach a journey at its event's button: this one is for the pointer.
  _make(journey) {
    const name = journey.kind === "letter" ? "diplomacy" : journey.by === "air" ? "air" : "traveller";
    const node = make(
      "button",
      {
        type: "button",
        class: "traveller leaflet-zoom-animated",
        tabindex: "-1",
        "aria-hidden": "true",
        "data-journey": journey.id,
        onclick: () => this._hooks.select(journey.event),
        onmouseenter: () => this._hooks.hover(journey, node),
        onmouseleave: () => this._hooks.leave(),
      },
      make("span", { class: "traveller-disc" }, icon(name)),
    );
    L.DomEvent.disableClickPropagation(node);
    this._root.append(node);
    return node;
  },

  _place() {
    for (const { node, latLng } of this._journeys) if (latLng) L.DomUtil.setPosition(node, this._map.latLngToLayerPoint(latLng));
  },

  _animate({ zoom, center }) {
    for (const { node, latLng } of this._journeys) {
      if (latLng) L.DomUtil.setPosition(node, this._map._latLngToNewLayerPoint(latLng, zoom, center).round());
    }
  },
});
