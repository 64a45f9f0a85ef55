/** What the pointer or the focus is on, told in the tooltip: lines, towns, events and stacks of events. */

import { dateWords, placeWords } from "./card.js";
import { oncePerFrame } from "./dom.js";
import { lineStory } from "./legend.js";
import { Tooltip } from "./tooltip.js";

const STACK_TITLES = 5;

/** Hints over one map view; state = {day}. */
export class Hints {
  constructor(stage, view, data, words, state) {
    this._tooltip = new Tooltip(stage);
    this._view = view;
    this._data = data;
    this._words = words;
    this._state = state;
    const follow = oncePerFrame((event) => this._follow(event));
    view.map.on("mousemove click", follow);
    view.map.on("mouseout", () => follow(null));
    // At once: a marker that gets the focus moves the map first and tells its title then.
    view.map.on("movestart", () => this._follow(null));
  }

  hide() {
    this._tooltip.hide();
  }

  /** Lift out pieces of front (none: an empty list) and tell about them beside a node. */
  lines(lines, node) {
    this._view.pickLines(lines);
    if (lines.length > 0) this._tooltip.showAt(this._storyOf(lines), node);
    else this.hide();
  }

  /** Tell an event's title and date at its marker. */
  event(event, node) {
    this._tooltip.showAt({ title: this._words.pick(event.title), lines: [dateWords(event, this._words)] }, node);
  }

  /** Tell {title, lines} at a node. */
  tell(content, node) {
    this._tooltip.showAt(content, node);
  }

  /** Tell what is folded into a stack. */
  stack(events, node) {
    const titles = events.slice(0, STACK_TITLES).map((event) => this._words.pick(event.title));
    const rest = events.length - titles.length;
    const more = rest > 0 ? this._words.say("map.stack.more", { count: rest }) : "";
    this._tooltip.showAt({ title: this._words.say("map.stack.title", { count: events.length }), lines: [...titles, more] }, node);
  }

  _follow(event) {
    // Markers lie over lines and names, and tell about themselves.
    if (event?.originalEvent.target.closest?.(".marker, .sign, .tag, .traveller")) {
      this._view.pickLines([]);
      return;
    }
    const line = event ? this._view.lineAt(event.latlng) : null;
    const place = event && !line ? this._view.placeAt(event.latlng) : null;
    this._view.pickLines(line ? [line] : []);
    const offensive = event && !line && place === null ? this._view.offensiveAt(event.latlng) : null;
    if (line) this._tooltip.show(this._storyOf([line]), event.containerPoint.x, event.containerPoint.y);
    else if (offensive) this._tooltip.show({ title: this._words.pick(offensive.name), lines: [dateWords(offensive, this._words)] }, event.containerPoint.x, event.containerPoint.y);
    else if (place !== null) this._place(this._data.places[place], event.containerPoint);
    else this.hide();
  }

  // A town whose name is the same today needs no hint.
  _place(place, point) {
    const title = placeWords(place, this._words);
    if (title === place[this._words.lang]) this.hide();
    else this._tooltip.show({ title }, point.x, point.y);
  }

  _storyOf(lines) {
    return lineStory(lines, this._state.day, this._view.keyframes, this._words);
  }
}
