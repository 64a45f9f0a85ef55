/** The buttons of formations and offensives: clear boxes over what the scene paints, put in place when the map and the date rest. */

import { make, setAttribute } from "./dom.js";
import { originOf } from "./picture_layer.js";
import { atlasScale, atlasToLonLat } from "./projection.js";

const PAN_EDGE_PX = 60;

/** Leaflet layer; hooks = {formation(id), offensive(id), hover(kind, item, node), leave()}. */
export const SignButtons = L.Layer.extend({
  initialize(words, hooks, pane) {
    this._words = words;
    this._hooks = hooks;
    this._paneName = pane;
    this._nodes = new Map();
    this._seated = [];
  },

  onAdd(map) {
    this._root = make("div", { class: "signs" });
    map.getPane(this._paneName).append(this._root);
  },

  onRemove() {
    this._root.remove();
  },

  getEvents() {
    return { zoomstart: this._hide };
  },

  /** Lay the buttons over what is seated (as `SignSeats.seat` returns it) at the map's zoom. */
  lay(seated) {
    this._seated = seated;
    const origin = originOf((latLng) => this._map.latLngToLayerPoint(latLng));
    const shown = new Set();
    for (const entry of seated) {
      const node = this._nodeOf(entry);
      shown.add(node);
      node.hidden = false;
      const { x0, y0, x1, y1 } = entry.box;
      L.DomUtil.setPosition(node, origin.add([x0, y0]).round());
      node.style.width = `${Math.round(x1 - x0)}px`;
      node.style.height = `${Math.round(y1 - y0)}px`;
      setAttribute(node, "aria-pressed", String(entry.chosen));
    }
    for (const node of this._nodes.values()) if (!shown.has(node)) node.hidden = true;
    this._root.hidden = false;
  },

  /** Write every name again, as after a change of language. */
  relabel() {
    for (const { node, kind, item } of [...this._nodes.values()].map((node) => node.entry)) this._name(node, kind, item);
  },

  focus({ kind, id }) {
    const node = this._nodes.get(`${kind} ${id}`);
    if (node && !node.hidden) node.focus({ preventScroll: true });
  },

  // While the map is being scaled nothing stands where it stood.
  _hide() {
    if (!this._root.contains(document.activeElement)) this._root.hidden = true;
  },

  _nodeOf({ kind, item }) {
    const key = `${kind} ${item.id}`;
    if (!this._nodes.has(key)) this._nodes.set(key, this._make(kind, item));
    return this._nodes.get(key);
  },

  _make(kind, item) {
    const node = make("button", {
      type: "button",
      class: `${kind === "formation" ? "sign" : "tag"} sign-${item.side}`,
      [`data-${kind}`]: item.id,
      onclick: () => this._hooks[kind](item.id),
      onmouseenter: () => this._hooks.hover(kind, item, node),
      onmouseleave: () => this._hooks.leave(),
      onfocus: () => {
        this._keepInView(node);
        this._hooks.hover(kind, item, node);
      },
      onblur: () => this._hooks.leave(),
    });
    node.entry = { node, kind, item };
    this._name(node, kind, item);
    L.DomEvent.disableClickPropagation(node);
    this._root.append(node);
    return node;
  },

  _name(node, kind, item) {
    const name = item.name[this._words.lang];
    setAttribute(node, "aria-label", kind === "formation" ? this._words.say(`map.formation.label.${item.side}`, { name }) : name);
  },

  // The keyboard reaches symbols at the edge too: the map follows.
  _keepInView(node) {
    const seat = this._seated.find(({ kind, item }) => kind === node.entry.kind && item === node.entry.item);
    if (!seat || !node.matches(":focus-visible")) return;
    const k = atlasScale(this._map.getZoom());
    const { lat, lon } = atlasToLonLat(seat.x / k, seat.y / k);
    this._map.panInside([lat, lon], { padding: [PAN_EDGE_PX, PAN_EDGE_PX], animate: false });
  },
});
