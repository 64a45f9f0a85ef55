/** The legend: what colours and lines mean, and the lines of the day with what is known of each. */

import { fill, make, makeSvg } from "./dom.js";
import { wordsOfDay } from "./time.js";

const LINE_MARKS = {
  western: "M5 8v5M14 8v5M23 8v5M32 8v5",
  soviet: "M4 8l3.2 6 3.2-6zM16.8 8l3.2 6 3.2-6zM29.6 8l3.2 6 3.2-6z",
  partisan: "M6 8h.01M16 8h.01M26 8h.01M34 8h.01",
  contact: "M8 4v8M20 4v8M32 4v8",
};
const GROUND = ["western", "soviet", "partisan", "axis", "neutral"];

/** Collapsible legend; hooks = {pick(line | null, node)} for the lines of the day. */
export class Legend {
  constructor(stage, words, hooks, open) {
    this._words = words;
    this._hooks = hooks;
    this._summary = make("summary");
    this._ground = make("ul", { class: "legend-list" });
    this._lines = make("ul", { class: "legend-list" });
    this._title = make("h3");
    this._today = make("ul", { class: "legend-today" });
    this.node = make(
      "details",
      { class: "legend", open },
      this._summary,
      make("div", { class: "legend-body", tabindex: "0", role: "group" }, this._ground, this._lines, this._title, this._today),
    );
    stage.append(this.node);
    this.render();
  }

  /** Write the legend in the language of the words. */
  render() {
    const say = (key) => this._words.say(key);
    this._summary.textContent = say("map.legend");
    this.node.querySelector(".legend-body").setAttribute("aria-label", say("map.legend"));
    fill(
      this._ground,
      ...GROUND.map((side) => entry(make("span", { class: `swatch swatch-${side}` }), say(`map.legend.ground.${side}`))),
      entry(make("span", { class: "swatch-pair" }, swatches("western"), swatches("soviet")), say("map.legend.gains")),
    );
    const sides = ["western", "soviet", "contact"];
    fill(
      this._lines,
      ...sides.map((side) => entry(lineSample(side, false), say(`map.legend.line.${side}`))),
      entry(lineSample("western", true), say("map.legend.interpolated")),
    );
  }

  /** List the lines of a settled day. */
  setLines(day, lines) {
    const { _words: words } = this;
    this._title.textContent = lines.length ? words.say("map.legend.today", { date: wordsOfDay(day, words.lang, "short") }) : "";
    fill(
      this._today,
      ...lines.map((line) => {
        const text = words.say(line.s ? "map.line.short.interpolated" : "map.line.short.observed", {
          theatre: words.say(lineNameKey(line)),
          km: line.u,
        });
        const node = make("button", { type: "button", class: "text-button", text });
        node.addEventListener("focus", () => this._hooks.pick(line, node));
        node.addEventListener("mouseenter", () => this._hooks.pick(line, node));
        node.addEventListener("click", () => this._hooks.pick(line, node));
        node.addEventListener("blur", () => this._hooks.pick(null, node));
        node.addEventListener("mouseleave", () => this._hooks.pick(null, node));
        return make("li", {}, node);
      }),
    );
  }
}

/** The key of a line's name. */
export function lineNameKey(line) {
  return line.w ? "map.line.contact" : `map.line.${line.t}`;
}

/** {title, lines} telling what a front line on a day rests on. */
export function lineStory(line, day, keyframes, words) {
  const title = words.say("map.line.on", { line: words.say(lineNameKey(line)), date: wordsOfDay(day, words.lang) });
  const days = (line.k ?? []).map((index) => keyframes[index]).filter(Boolean).map((frame) => wordsOfDay(frame.date, words.lang, "short"));
  const [from, to] = [days[0], days[days.length - 1]];
  const basis = !from ? "" : from === to ? words.say("map.line.drawn_one", { date: from }) : words.say("map.line.drawn_two", { from, to });
  return { title, lines: [basis, words.say(line.s ? "map.line.interpolated" : "map.line.observed"), words.say("map.line.about", { km: line.u })] };
}

function entry(sample, text) {
  return make("li", {}, sample, make("span", { text }));
}

function swatches(side) {
  return make("span", { class: "swatch-steps" }, make("i", { class: `swatch-${side}` }), make("i", { class: `swatch-${side}-week` }), make("i", { class: `swatch-${side}-day` }));
}

function lineSample(side, dashed) {
  return makeSvg(
    "svg",
    { viewBox: "0 0 40 16", class: `line-sample line-sample-${side}`, "aria-hidden": "true" },
    makeSvg("path", { d: LINE_MARKS[side], class: side === "soviet" ? "marks-solid" : "marks" }),
    makeSvg("path", { d: "M1 8h38", class: dashed ? "stroke dashed" : "stroke" }),
  );
}
