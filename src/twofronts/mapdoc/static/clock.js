/** The day on show: who may change it, when it is drawn, and when it has come to rest. */

import { Controls } from "./controls.js";
import { debounce, make, oncePerFrame } from "./dom.js";
import { Hub } from "./hub.js";
import { Player } from "./player.js";
import { Timeline } from "./timeline.js";

const REST_MS = 150;

/** The time line and its controls around one day number. Emits day (in the frame that draws it) and settled. */
export class Clock extends Hub {
  constructor(root, { day, range, fronts, events, words, goToEvent, copyLink }) {
    super();
    this.day = day;
    this._range = range;
    this._pointers = 0;
    this._settle = debounce(() => this._rest(), REST_MS);
    /** Draw the day in the next frame. */
    this.refresh = oncePerFrame(() => this.draw());
    this._player = new Player({
      day: () => this.day,
      last: () => this.timeline.span.last,
      go: (next) => this.setDay(next),
      changed: (playing) => this._onPlaying(playing),
    });
    this.timeline = new Timeline(range, fronts, events, words, {
      input: (next) => this.setDay(next),
      grab: () => this._hold(1),
      release: () => this._hold(-1),
    });
    this.controls = new Controls(words, {
      toggle: () => (this._player.playing ? this.pause() : this.play()),
      step: (days) => this._goTo(this.day + days),
      go: (next) => this._goTo(next),
      first: () => this._goTo(this.timeline.span.first),
      last: () => this._goTo(this.timeline.span.last),
      event: goToEvent,
      speed: (speed) => this._player.setSpeed(speed),
      lens: () => this._setLens(!this.timeline.whole),
      copyLink,
    });
    this.controls.setRange(range.first, range.last);
    this._words = words;
    this._node = this._build(root);
  }

  /** Whether a pointer holds the slider, moving or still: the day cannot settle before it is let go. */
  get held() {
    return this._pointers > 0;
  }

  /** Go to a day; days outside the range come to rest at its end. */
  setDay(day) {
    const next = Math.max(this._range.first, Math.min(this._range.last, Math.round(day)));
    if (next < this.timeline.span.first || next > this.timeline.span.last) this._setLens(true);
    if (next === this.day) return;
    this.day = next;
    this.refresh();
  }

  /** Play on, from the start again if the end is reached. */
  play() {
    if (this.day >= this.timeline.span.last) this.setDay(this.timeline.span.first);
    this._player.play();
  }

  pause() {
    this._player.pause();
  }

  /** Play from one day to another in about so many seconds. */
  run(first, last, seconds) {
    this._player.pause();
    this.setDay(first);
    this._player.run(last, Math.max(1, (last - first) / seconds));
  }

  /** Draw the day now. */
  draw() {
    this.timeline.setDay(this.day);
    this.emit("day", this.day);
    this._settle();
  }

  /** Write the labels in the language of the words. */
  render() {
    this.controls.render();
    this.timeline.slider.setAttribute("aria-label", this._words.say("map.slider"));
    this._node.setAttribute("aria-label", this._words.say("map.time"));
    this.timeline.repaint();
  }

  _build(root) {
    const { date, facts, track } = this.timeline;
    const heading = make("div", { class: "time-heading" }, date, facts);
    const node = make("section", { class: "time" }, heading, this.controls.transport, this.controls.tools, track);
    root.append(node);
    return node;
  }

  _goTo(day) {
    this.pause();
    this.setDay(day);
  }

  _setLens(whole) {
    if (whole === this.timeline.whole) return;
    this.timeline.setWhole(whole);
    this.controls.setWhole(whole);
    const { first, last } = this.timeline.span;
    this.day = Math.max(first, Math.min(last, this.day));
    this.refresh();
  }

  _hold(pointers) {
    this._pointers += pointers;
    if (this.held) this.pause();
    else this._settle();
  }

  _onPlaying(playing) {
    this.controls.setPlaying(playing);
    if (!playing) this._settle();
  }

  _rest() {
    if (this.held || this._player.playing) return;
    this.controls.setDay(this.day);
    this.emit("settled", this.day);
  }
}
