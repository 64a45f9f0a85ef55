/** Buttons and fields of the time line, and the keys that stand for them. */

import { icon } from "./icons.js";
import { fill, make, setAttribute, setName } from "./dom.js";
import { SPEEDS } from "./player.js";
import { dayFromIso, isoFromDay } from "./time.js";

const WEEK = 7;
const MONTH = 30;

/** Transport controls; actions = {toggle, step(days), event(direction), go(day), first, last, speed(value), lens, copyLink}. */
export class Controls {
  constructor(words, actions) {
    this._words = words;
    this._actions = actions;
    this._labelled = [];
    this._play = this._button("play", "map.play", () => actions.toggle(), "round-button play-button");
    this._speed = make("button", { type: "button", class: "chip", onclick: () => this._nextSpeed() });
    this._lens = make("button", { type: "button", class: "chip", onclick: () => actions.lens() });
    this._date = make("input", { type: "date", class: "date-field", onchange: () => this._jump() });
    this._link = this._button("link", "map.link.copy", () => actions.copyLink(), "round-button link-button");
    this.transport = make(
      "div",
      { class: "transport", role: "group" },
      this._button("previousEvent", "map.event.previous", () => actions.event(-1)),
      this._button("previousWeek", "map.week.previous", () => actions.step(-WEEK)),
      this._button("previous", "map.day.previous", () => actions.step(-1)),
      this._play,
      this._button("next", "map.day.next", () => actions.step(1)),
      this._button("nextWeek", "map.week.next", () => actions.step(WEEK)),
      this._button("nextEvent", "map.event.next", () => actions.event(1)),
    );
    this.tools = make("div", { class: "time-tools" }, this._speed, this._lens, this._date, this._link);
    this.render();
    document.addEventListener("keydown", (key) => this._onKey(key));
  }

  /** Write every label in the language of the words. */
  render() {
    const words = this._words;
    for (const { node, key } of this._labelled) setName(node, words.say(key));
    setAttribute(this.transport, "aria-label", words.say("map.transport"));
    setAttribute(this._date, "aria-label", words.say("map.jump"));
    this._date.title = words.say("map.jump");
    this.setPlaying(this._playing ?? false);
    this.setSpeed(this._speedValue ?? SPEEDS[1]);
    this.setWhole(this._whole ?? true);
  }

  setPlaying(playing) {
    this._playing = playing;
    fill(this._play, icon(playing ? "pause" : "play"));
    setName(this._play, this._words.say(playing ? "map.pause" : "map.play"));
  }

  setSpeed(speed) {
    this._speedValue = speed;
    this._speed.textContent = this._words.say("map.speed", { days: speed });
    setName(this._speed, this._words.say("map.speed.label", { days: speed }));
  }

  setWhole(whole) {
    this._whole = whole;
    fill(this._lens, icon("lens"), make("span", { text: this._words.say(whole ? "map.lens.fronts" : "map.lens.whole") }));
  }

  setDay(day) {
    this._date.value = isoFromDay(day);
  }

  setRange(first, last) {
    this._date.min = isoFromDay(first);
    this._date.max = isoFromDay(last);
  }

  _button(iconName, key, onclick, className = "round-button") {
    const node = make("button", { type: "button", class: className, onclick }, icon(iconName));
    this._labelled.push({ node, key });
    return node;
  }

  _nextSpeed() {
    const speed = SPEEDS[(SPEEDS.indexOf(this._speedValue) + 1) % SPEEDS.length];
    this.setSpeed(speed);
    this._actions.speed(speed);
  }

  _jump() {
    const day = dayFromIso(this._date.value);
    if (day !== null) this._actions.go(day);
  }

  _onKey(key) {
    if (key.defaultPrevented || key.altKey || key.ctrlKey || key.metaKey) return;
    const run = this._shortcut(key);
    if (!run) return;
    key.preventDefault();
    run();
  }

  _shortcut(key) {
    const { target } = key;
    const onSlider = target.matches?.("input[type=range]");
    if (!onSlider && target.closest?.("input, select, textarea, .leaflet-container:focus, .card-body, details[open] summary")) return null;
    const actions = this._actions;
    const days = key.shiftKey ? WEEK : 1;
    switch (key.key) {
      case " ":
        return target.closest?.("button, a, summary") ? null : () => actions.toggle();
      case "ArrowRight":
        return () => actions.step(days);
      case "ArrowLeft":
        return () => actions.step(-days);
      case "PageUp":
        return onSlider ? () => actions.step(MONTH) : null;
      case "PageDown":
        return onSlider ? () => actions.step(-MONTH) : null;
      case "Home":
        return () => actions.first();
      case "End":
        return () => actions.last();
      default:
        return null;
    }
  }
}
