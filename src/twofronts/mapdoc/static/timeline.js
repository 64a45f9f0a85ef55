/** The time line: a native slider over two histograms, the date in words, and where the fronts stand. */

import { make, oncePerFrame, setAttribute, setText } from "./dom.js";
import { binDays, countBins, paintHistogram, ticks } from "./histogram.js";
import { wordsOfDay } from "./time.js";

const THUMB_PX = 20;
const TICK_PX = 20;
const POINTER_ENDS = ["pointerup", "pointercancel", "pointermove"];
// A finger's pointer is cancelled when the page begins to scroll under it; the finger is still down.
const FINGER_ENDS = ["pointerup", "touchend", "touchcancel"];

/** Time line over [range.first, range.last]; hooks = {input(day), grab(), release()}. */
export class Timeline {
  constructor(range, fronts, events, words, hooks) {
    this._range = range;
    this._fronts = fronts;
    this._events = events;
    this._words = words;
    this._chosen = null;
    this.whole = true;
    this.date = make("p", { class: "date" });
    this.facts = make("p", { class: "facts" });
    this.slider = make("input", { type: "range", class: "slider", step: "1", min: range.first, max: range.last });
    this._canvas = make("canvas", { class: "histogram", "aria-hidden": "true" });
    this.track = make("div", { class: "track" }, this._canvas, this.slider);
    this._listen(hooks);
    this.repaint = oncePerFrame(() => this._paint());
    new ResizeObserver(() => this.repaint()).observe(this.track);
  }

  /** First and last day the slider spans now. */
  get span() {
    return this.whole ? this._range : { first: this._fronts.first, last: this._fronts.last };
  }

  /** Whole war or only the days with fronts. */
  setWhole(whole) {
    this.whole = whole;
    this.slider.min = this.span.first;
    this.slider.max = this.span.last;
    this.repaint();
  }

  /** Show a day: slider, date and figures. */
  setDay(day) {
    if (this.slider.valueAsNumber !== day) this.slider.value = day;
    const { lang } = this._words;
    const text = wordsOfDay(day, lang, "long");
    setText(this.date, text);
    setAttribute(this.slider, "aria-valuetext", text);
    setText(this.facts, this._factsOf(day));
  }

  setChosen(event) {
    this._chosen = event;
    this.repaint();
  }

  setColours(colours) {
    this._colours = colours;
    this.repaint();
  }

  _listen(hooks) {
    this.slider.addEventListener("input", () => hooks.input(this.slider.valueAsNumber));
    this.slider.addEventListener("pointerdown", (press) => {
      if (press.button === 0) holdUntilRelease(press, hooks);
    });
  }

  _factsOf(day) {
    const words = this._words;
    if (!this._fronts.has(day)) {
      const key = day < this._fronts.first ? "map.fronts.from" : "map.fronts.until";
      const edge = day < this._fronts.first ? this._fronts.first : this._fronts.last;
      return words.say(key, { date: wordsOfDay(edge, words.lang) });
    }
    const facts = this._fronts.facts(day);
    if (!facts) return "";
    const phrases = [
      ["map.facts.gap", facts.gap_km],
      ["map.facts.berlin_west", facts.berlin_west_km],
      ["map.facts.berlin_east", facts.berlin_east_km],
    ];
    return phrases
      .filter(([, km]) => Number.isFinite(km))
      .map(([key, km]) => unbroken(words.say(key, { km: words.number(km) })))
      .join(" · ");
  }

  _paint() {
    const width = this.track.clientWidth;
    const height = this.track.clientHeight;
    if (!width || !height || !this._colours) return;
    const density = Math.min(devicePixelRatio || 1, 2);
    this._canvas.width = Math.round(width * density);
    this._canvas.height = Math.round(height * density);
    const ctx = this._canvas.getContext("2d");
    ctx.setTransform(density, 0, 0, density, 0, 0);
    const box = { width, height, inset: THUMB_PX / 2, tickHeight: TICK_PX };
    paintHistogram(ctx, box, this._model(width - THUMB_PX), this._colours);
  }

  _model(width) {
    const { first, last } = this.span;
    const days = binDays(first, last, width);
    return {
      first,
      last,
      days,
      counts: countBins(this._events.shown(), first, last, days),
      ticks: ticks(first, last, width, this._words.lang),
      fronts: this._fronts,
      chosen: this._chosen,
    };
  }
}

// Where the figures need two lines, one ends between two of them.
function unbroken(phrase) {
  return phrase.replaceAll(" ", "\u00a0").replaceAll("–", "–\u2060");
}

// Listens on the window: the pointer may be let go anywhere, even outside it, which the next move without a button tells.
function holdUntilRelease({ pointerId, pointerType }, { grab, release }) {
  const ends = new AbortController();
  const end = (event) => {
    if ((event.pointerId ?? pointerId) !== pointerId || event.touches?.length > 0) return;
    if (event.type === "pointermove" && event.buttons !== 0) return;
    ends.abort();
    release();
  };
  for (const type of pointerType === "touch" ? FINGER_ENDS : POINTER_ENDS) window.addEventListener(type, end, { signal: ends.signal });
  grab();
}
