/** Events on the map: one button each, made once; a new day touches only those whose state changed. */

import { icon } from "./icons.js";
import { make, setAttribute, setText } from "./dom.js";
import { phaseOf } from "./events.js";
import { atlasOf } from "./picture_layer.js";
import { fanSeats, groupPoints } from "./stacks.js";

const FINE_SIZE = 28;
const COARSE_SIZE = 38;
const GROUP_REACH = 0.82;
const OPEN_FAN = 3;
const LIFT = 6;
const FOCUS_EDGE_PX = 60;

/** Leaflet layer of event buttons; hooks = {select(id), hover(event, node) , leave()}. */
export const MarkerLayer = L.Layer.extend({
  initialize(events, places, hooks, pane) {
    this._events = events;
    this._places = places;
    this._hooks = hooks;
    this._paneName = pane;
    this._size = matchMedia("(pointer: coarse)").matches ? COARSE_SIZE : FINE_SIZE;
    this._items = events.all.map((event) => this._makeItem(event));
    this._stacks = new Map();
    this._openStack = null;
  },

  onAdd(map) {
    this._root = make("div", { class: "markers" });
    this._root.append(...this._items.map((item) => item.node));
    map.getPane(this._paneName).append(this._root);
    this._regroup();
  },

  onRemove() {
    this._root.remove();
  },

  getEvents() {
    const events = { viewreset: this._settleIn, zoomend: this._settleIn, zoom: this._place, click: this.closeStack };
    if (this._zoomAnimated) events.zoomanim = this._animate;
    return events;
  },

  /** Show the events of a day. */
  setDay(day) {
    if (day !== this._day) this._openStack = null;
    this._day = day;
    this._refresh();
  },

  /** Mark one event as the chosen one (or none). */
  setSelected(id) {
    this._selected = id;
    this._refresh();
  },

  /** Write titles and dates again, in the words of label(event). */
  relabel(label, sayMore) {
    this._label = label;
    this._sayMore = sayMore;
    for (const item of this._items) setAttribute(item.node, "aria-label", label(item.event));
    this._refresh();
  },

  /** Show only what the filter lets through. */
  refilter() {
    this._refresh();
  },

  /** The boxes {x0, y0, x1, y1} that the shown buttons take, in atlas units times k. */
  boxes(k) {
    const found = [];
    this._eachVisible((node, latLng, seat) => {
      const [dx, dy] = this._lifted(seat);
      const { x, y } = atlasOf(latLng);
      const half = this._size / 2;
      found.push({ x0: x * k + dx - half, y0: y * k + dy - half, x1: x * k + dx + half, y1: y * k + dy + half });
    });
    return found;
  },

  hasOpenStack() {
    return this._openStack !== null;
  },

  /** Fold an opened stack; true if there was one. */
  closeStack() {
    if (this._openStack === null) return false;
    const stack = this._stacks.get(this._openStack);
    const hadFocus = this._root.contains(document.activeElement);
    this._openStack = null;
    this._refresh();
    if (hadFocus && stack && !stack.node.hidden) stack.node.focus();
    return true;
  },

  /** Put the focus on an event's button, or on the stack it is folded into. */
  focus(id) {
    const item = this._items.find((candidate) => candidate.event.id === id);
    if (!item) return;
    const target = item.node.hidden ? this._stacks.get(item.group)?.node : item.node;
    if (target && !target.hidden) target.focus({ preventScroll: true });
  },

  _makeItem(event) {
    const node = make(
      "button",
      {
        type: "button",
        class: `marker marker-${event.theatre} leaflet-zoom-animated`,
        "data-event": event.id,
        onclick: () => this._hooks.select(event.id),
        onmouseenter: () => this._hooks.hover(event, node),
        onmouseleave: () => this._hooks.leave(),
        onfocus: () => {
          this._keepInView(node);
          this._hooks.hover(event, node);
        },
        onblur: () => this._hooks.leave(),
      },
      make("span", { class: "marker-disc" }, icon(event.kind)),
    );
    node.hidden = true;
    L.DomEvent.disableClickPropagation(node);
    const place = this._places[event.places[0]];
    return { event, node, latLng: L.latLng(place.lat / 1000, place.lon / 1000), group: 0, phase: "", seat: null };
  },

  // A far jump resets the map too: what stands together, and an open stack, only changes with the scale.
  _settleIn() {
    if (this._map.getZoom() === this._zoom) this._place();
    else this._regroup();
  },

  _regroup() {
    const zoom = this._map.getZoom();
    this._zoom = zoom;
    const points = this._items.map((item) => this._map.project(item.latLng, zoom));
    const groups = groupPoints(points, this._size * GROUP_REACH);
    this._items.forEach((item, i) => {
      item.group = groups[i];
    });
    for (const stack of this._stacks.values()) stack.node.remove();
    this._stacks.clear();
    this._openStack = null;
    this._refresh();
  },

  _refresh() {
    if (!this._map || this._day === undefined) return;
    const groups = this._activeByGroup();
    for (const stack of this._stacks.values()) stack.wanted = false;
    for (const [group, items] of groups) this._arrange(group, items);
    for (const stack of this._stacks.values()) stack.node.hidden = !stack.wanted;
    this._place();
  },

  _activeByGroup() {
    const groups = new Map();
    for (const item of this._items) {
      const selected = item.event.id === this._selected;
      const phase = this._events.isShown(item.event) || selected ? phaseOf(item.event, this._day) || (selected ? "fresh" : "") : "";
      if (phase) {
        if (!groups.has(item.group)) groups.set(item.group, []);
        groups.get(item.group).push(item);
      }
      this._setPhase(item, phase, selected);
    }
    return groups;
  },

  // The keyboard reaches events beyond the edge of the map too: the map follows.
  _keepInView(node) {
    if (!node.matches(":focus-visible")) return;
    const { anchor } = [...this._items, ...this._stacks.values()].find((candidate) => candidate.node === node);
    this._map.panInside(anchor, { padding: [FOCUS_EDGE_PX, FOCUS_EDGE_PX], animate: false });
  },

  _setPhase(item, phase, selected) {
    const key = selected ? `${phase} selected` : phase;
    if (item.phase === key) return;
    item.phase = key;
    setAttribute(item.node, "data-phase", phase);
    setAttribute(item.node, "aria-pressed", String(selected));
    if (!phase) item.node.hidden = true;
  },

  _arrange(group, items) {
    const folded = items.length > OPEN_FAN && this._openStack !== group;
    const anchor = items[0].latLng;
    const shown = folded ? items.filter((item) => item.event.id === this._selected) : items;
    if (folded) this._showStack(group, items, anchor);
    const seats = folded ? [{ x: this._size, y: 0 }] : fanSeats(items.length, this._size);
    const visible = new Set(shown);
    for (const item of items) item.node.hidden = !visible.has(item);
    shown.forEach((item, i) => {
      item.anchor = anchor;
      item.seat = seats[i];
    });
  },

  _showStack(group, items, anchor) {
    if (!this._stacks.has(group)) this._stacks.set(group, this._makeStack(group));
    const stack = this._stacks.get(group);
    stack.wanted = true;
    stack.anchor = anchor;
    stack.members = items;
    const count = String(items.length);
    setText(stack.count, count);
    const titles = items.map((item) => this._label(item.event)).join("; ");
    setAttribute(stack.node, "aria-label", this._sayMore(items.length, titles));
  },

  _makeStack(group) {
    const count = make("span", { class: "marker-disc" });
    const node = make(
      "button",
      {
        type: "button",
        class: "marker marker-stack leaflet-zoom-animated",
        "aria-expanded": "false",
        onclick: () => this._open(group),
        onmouseenter: () => this._hooks.hoverStack(this._stacks.get(group).members.map((item) => item.event), node),
        onmouseleave: () => this._hooks.leave(),
        onfocus: () => {
          this._keepInView(node);
          this._hooks.hoverStack(this._stacks.get(group).members.map((item) => item.event), node);
        },
        onblur: () => this._hooks.leave(),
      },
      count,
    );
    L.DomEvent.disableClickPropagation(node);
    this._root.append(node);
    return { node, count, wanted: true, anchor: null, members: [] };
  },

  _open(group) {
    const { node, members } = this._stacks.get(group);
    this._openStack = group;
    // The keyboard goes through the opened stack before it goes on.
    node.after(...members.map((item) => item.node));
    this._refresh();
    members[0].node.focus({ preventScroll: true });
  },

  _place() {
    this._eachVisible((node, latLng, seat) => {
      L.DomUtil.setPosition(node, this._map.latLngToLayerPoint(latLng).add(this._lifted(seat)));
    });
  },

  // Above the place, so that its dot and name stay to be read.
  _lifted({ x, y }) {
    return [x, y - this._size / 2 - LIFT];
  },

  _animate({ zoom, center }) {
    this._eachVisible((node, latLng, seat) => {
      L.DomUtil.setPosition(node, this._map._latLngToNewLayerPoint(latLng, zoom, center).round().add(this._lifted(seat)));
    });
  },

  _eachVisible(visit) {
    for (const item of this._items) if (!item.node.hidden) visit(item.node, item.anchor, item.seat);
    for (const stack of this._stacks.values()) if (!stack.node.hidden) visit(stack.node, stack.anchor, { x: 0, y: 0 });
  },
});
