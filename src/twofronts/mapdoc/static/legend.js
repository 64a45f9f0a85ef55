/** The legend: what colours and lines mean, and the lines of the day with what is known of each. */

import { fill, make, makeSvg } from "./dom.js";
import { sign } from "./sign_drawing.js";
import { wordsOfDay } from "./time.js";

const LINE_MARKS = {
  western: "M5 8V3M14 8V3M23 8V3M32 8V3",
  soviet: "M4 8l3.2-6 3.2 6zM16.8 8l3.2-6 3.2 6zM29.6 8l3.2-6 3.2 6z",
  partisan: "M6 6h.01M15 6h.01M24 6h.01M33 6h.01",
  contact: "M8 4v8M20 4v8M32 4v8",
};
const WIDE_PX = 1200;
const TALL_PX = 600;
/** Room the open legend takes from the left edge of the stage. */
export const LEGEND_PX = 300;
const GROUND = ["western", "soviet", "partisan", "axis", "neutral", "far"];

/** Whether a stage has room for a legend that stands open from the start. */
export function opensLegend(stage) {
  return stage.clientWidth >= WIDE_PX && stage.clientHeight >= TALL_PX;
}

/** Collapsible legend; hooks = {pick(lines, node)} for the lines of the day, lines being empty when none is picked. */
export class Legend {
  constructor(stage, words, hooks) {
    this._words = words;
    this._hooks = hooks;
    this._summary = make("summary");
    this._ground = make("ul", { class: "legend-list" });
    this._lines = make("ul", { class: "legend-list" });
    this._moves = make("ul", { class: "legend-list" });
    this._title = make("h2");
    this._today = make("ul", { class: "legend-today" });
    this._body = make("div", { class: "legend-body", tabindex: "0", role: "group" }, this._ground, this._lines, this._moves, this._title, this._today);
    this.node = make("details", { class: "legend", open: opensLegend(stage) }, this._summary, this._body);
    stage.append(this.node);
    this.render();
  }

  /** Write the legend in the language of the words. */
  render() {
    const say = (key) => this._words.say(key);
    this._summary.textContent = say("map.legend");
    this._body.setAttribute("aria-label", say("map.legend"));
    fill(
      this._ground,
      ...GROUND.map((side) => entry(make("span", { class: `swatch swatch-${side}` }), say(`map.legend.ground.${side}`))),
      entry(make("span", { class: "swatch-pair" }, swatches("western"), swatches("soviet")), say("map.legend.gains")),
    );
    const sides = ["western", "soviet", "partisan", "contact"];
    fill(
      this._lines,
      ...sides.map((side) => entry(lineSample(side, false), say(`map.legend.line.${side}`))),
      entry(lineSample("western", true), say("map.legend.interpolated")),
      entry(make("span", { class: "swatch-band" }), say("map.legend.band")),
    );
    fill(
      this._moves,
      entry(make("span", { class: "sign-sample sign-western" }, sign({ side: "western", branch: "infantry", echelon: "army" })), say("map.legend.sign.allied")),
      entry(make("span", { class: "sign-sample sign-axis" }, sign({ side: "axis", branch: "infantry", echelon: "army" })), say("map.legend.sign.axis")),
      entry(sample("M1 6.2h25V2.5L39 8l-13 5.5V9.8H1z", "arrow-sample"), say("map.legend.arrow")),
      entry(sample("M1 11Q20 -1 39 11", "journey-sample"), say("map.legend.journey")),
    );
  }

  /** List the lines of a settled day, those of one front and kind together. */
  setLines(day, lines) {
    const { _words: words } = this;
    this._title.textContent = lines.length ? words.say("map.legend.today", { date: wordsOfDay(day, words.lang, "short") }) : "";
    fill(this._today, ...groupLines(lines).map((group) => make("li", {}, this._lineButton(group))));
  }

  _lineButton({ lines }) {
    const text = this._words.say(lines[0].s ? "map.line.short.interpolated" : "map.line.short.observed", {
      theatre: this._words.say(lineNameKey(lines[0])),
      km: spanOf(lines.map((line) => line.u)),
    });
    const node = make("button", { type: "button", class: "text-button", text });
    for (const name of ["focus", "mouseenter", "click"]) node.addEventListener(name, () => this._hooks.pick(lines, node));
    for (const name of ["blur", "mouseleave"]) node.addEventListener(name, () => this._hooks.pick([], node));
    return node;
  }
}

/** The key of a line's name. */
export function lineNameKey(line) {
  return line.side === "contact" ? "map.line.contact" : `map.line.${line.t}`;
}

/** {title, lines} telling what pieces of one front on a day rest on. */
export function lineStory(pieces, day, keyframes, words) {
  const title = words.say("map.line.on", { line: words.say(lineNameKey(pieces[0])), date: wordsOfDay(day, words.lang) });
  const days = pieces.flatMap((line) => (line.k ?? []).map((index) => keyframes[index]?.date)).filter(Number.isFinite);
  const [from, to] = [Math.min(...days), Math.max(...days)].map((date) => (Number.isFinite(date) ? wordsOfDay(date, words.lang, "short") : ""));
  const basis = !from ? "" : from === to ? words.say("map.line.drawn_one", { date: from }) : words.say("map.line.drawn_two", { from, to });
  return {
    title,
    lines: [
      basis,
      words.say(pieces[0].s ? "map.line.interpolated" : "map.line.observed"),
      words.say("map.line.about", { km: spanOf(pieces.map((line) => line.u)) }),
    ],
  };
}

function groupLines(lines) {
  const groups = new Map();
  for (const line of lines) {
    const key = `${lineNameKey(line)}/${line.s}`;
    if (!groups.has(key)) groups.set(key, { key, lines: [] });
    groups.get(key).lines.push(line);
  }
  return [...groups.values()].sort((a, b) => (a.key < b.key ? -1 : 1));
}

function spanOf(numbers) {
  const low = Math.min(...numbers);
  const high = Math.max(...numbers);
  return low === high ? String(low) : `${low}–${high}`;
}

function entry(sample, text) {
  return make("li", {}, sample, make("span", { text }));
}

function swatches(side) {
  const steps = [side, `${side}-week`, `${side}-day`].map((name) => make("i", { class: `swatch-${name}` }));
  return make("span", { class: "swatch-steps" }, ...steps);
}

function sample(d, name) {
  return makeSvg("svg", { viewBox: "0 0 40 16", class: `line-sample ${name}`, "aria-hidden": "true" }, makeSvg("path", { d }));
}

function lineSample(side, dashed) {
  return makeSvg(
    "svg",
    { viewBox: "0 0 40 16", class: `line-sample line-sample-${side}`, "aria-hidden": "true" },
    makeSvg("path", { d: LINE_MARKS[side], class: `marks marks-${side}` }),
    makeSvg("path", { d: "M1 8h38", class: dashed ? "stroke dashed" : "stroke" }),
  );
}
