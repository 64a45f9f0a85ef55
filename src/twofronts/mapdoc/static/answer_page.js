/** The answer to "when did the front pass here?" as a page of the card: in words, with what it rests on. */

import { cite } from "./citation.js";
import { make } from "./dom.js";
import { icon } from "./icons.js";
import { stepButton } from "./page_parts.js";
import { lineStory } from "./legend.js";
import { numberWords, wordsOfSpot } from "./spot.js";
import { dayFromIso, partsOfDay, wordsOfDay } from "./time.js";

/**
 * {heading, parts, said} for an answer of the almanac; context = {data, words, span: {first, last}}, hooks = {close, goToDay(day), copyLink}.
 * `said` is the answer in one breath.
 */
export function answerPage(answer, context, hooks) {
  const { words } = context;
  const sentences = sentencesOf(answer, context);
  const title = answer.place?.name ?? wordsOfSpot(answer, words);
  const heading = make("h2", { text: title, tabindex: "-1", id: "card-title" });
  return { heading, parts: [answerBar(words, hooks), answerBody(answer, heading, sentences, context), answerSteps(answer, words, hooks)], said: `${title}: ${sentences.join(" ")}` };
}

function answerBar(words, hooks) {
  return make(
    "div",
    { class: "card-bar" },
    make("span", { class: "card-kind" }, icon("when"), make("span", { text: words.say("map.when.title") })),
    make("button", { type: "button", class: "bare-button", "aria-label": words.say("map.when.close"), onclick: () => hooks.close() }, icon("close")),
  );
}

function answerBody(answer, heading, [main, ...rest], context) {
  const { words } = context;
  return make(
    "div",
    { class: "card-body answer", tabindex: "0", role: "group", "aria-labelledby": "card-title" },
    heading,
    answer.place ? make("p", { class: "card-place", text: whereWords(answer, context) }) : null,
    make("p", { class: "answer-main", text: main }),
    ...rest.map((text) => make("p", { class: "answer-held", text })),
    answer.spells.length > 2 ? holdersList(answer.spells, words) : null,
    answer.date ? answerBasis(answer, context) : null,
  );
}

function whereWords(answer, { data, words }) {
  const place = data.places.find(({ id }) => id === answer.place.id);
  const today = place && place.today !== answer.place.name ? place.today : null;
  return [today && words.say("map.when.today", { today }), wordsOfSpot(answer, words)].filter(Boolean).join("; ");
}

/** The answer in sentences, the first of them alone worth reading. */
function sentencesOf(answer, { words, span }) {
  const { reason, spells, side } = answer;
  const dayWords = (day) => wordsOfDay(day, words.lang);
  if (reason === "free_before") {
    const text = words.say("map.when.free_before", { from: dayWords(span.first), to: dayWords(span.last) });
    return spells.length === 1 ? [text, words.say("map.when.throughout", { holder: holderWords("by", spells[0].holder, words) })] : [text];
  }
  if (reason === "held_to_the_end") return [words.say("map.when.held_to_the_end", { last: dayWords(span.last) })];
  if (reason) return [words.say(`map.when.${reason}`)];
  const day = dayFromIso(answer.date);
  const [low, high] = [dayFromIso(answer.low), dayFromIso(answer.high)];
  return [
    words.say("map.when.passed", { date: dayWords(day), low: shortOf(low, high, words.lang), high: dayWords(high) }),
    words.say("map.when.held", { before: holderWords("by", "axis", words), after: holderWords("by", side, words) }),
  ];
}

// "between 16 and 18 January 1945", not "between 16 January 1945 and 18 January 1945"
function shortOf(low, high, lang) {
  const [a, b] = [partsOfDay(low), partsOfDay(high)];
  if (a.year !== b.year) return wordsOfDay(low, lang);
  return wordsOfDay(low, lang, a.month === b.month ? "dayOnly" : "dayMonth") + (lang === "de" && a.month === b.month ? "." : "");
}

function holderWords(form, holder, words) {
  return words.say(`map.when.${form}.${holder}`);
}

function holdersList(spells, words) {
  const items = spells.map(({ holder, start, end }, i) => {
    const [from, to] = [start, end].map((iso) => wordsOfDay(dayFromIso(iso), words.lang, "short"));
    const days = i === 0 ? words.say("map.when.until", { to }) : i === spells.length - 1 ? words.say("map.when.from", { from }) : spanWords(from, to, words);
    return make("li", {}, make("span", { class: `swatch swatch-${holder}` }), make("span", { class: "answer-days", text: days }), make("span", { text: holderWords("side", holder, words) }));
  });
  return make("div", { class: "answer-history" }, make("h3", { text: words.say("map.when.history") }), make("ol", {}, ...items));
}

function spanWords(from, to, words) {
  return from === to ? from : words.say("map.date.from_to", { from, to });
}

function answerBasis(answer, context) {
  const { words } = context;
  const { captures, theatre } = answer.evidence;
  const items = captures.map((capture) => captureItem(capture, words));
  if (theatre) items.push(make("li", { text: lineWords(answer, context) }));
  if (items.length === 0) return null;
  return make("div", { class: "card-sources answer-basis" }, make("h3", { text: words.say("map.when.basis") }), make("ul", {}, ...items));
}

function captureItem(capture, words) {
  const [start, end] = [capture.date_start, capture.date_end].map(dayFromIso);
  const to = wordsOfDay(end, words.lang);
  const date = start === end ? to : spanWords(shortOf(start, end, words.lang), to, words);
  const values = { place: capture.name, km: numberWords(capture.km, words.lang), date };
  const text = words.say(capture.km < 1 ? "map.when.capture_here" : "map.when.capture", values);
  const doubt = capture.certainty === "certain" ? "" : ` ${words.say(`map.certainty.${capture.certainty}`)}`;
  const sources = capture.sources.map((source) => make("li", {}, ...cite(source, "")));
  return make("li", {}, make("span", { text: `${[text, capture.by].filter(Boolean).join("; ")}.${doubt}` }), make("ul", {}, ...sources));
}

function lineWords({ date, evidence, side }, { data, words }) {
  const { keyframes } = data.fronts;
  const numbers = evidence.keyframes.map((id) => keyframes.findIndex((keyframe) => keyframe.id === id));
  const line = { t: evidence.theatre, s: evidence.status === "interpolated" ? 1 : 0, u: evidence.uncertainty_km, k: numbers, side };
  const { title, lines } = lineStory([line], dayFromIso(date) - 1, keyframes, words);
  return `${title}: ${lines.filter(Boolean).join("; ")}.`;
}

function answerSteps(answer, words, hooks) {
  const day = answer.date ? dayFromIso(answer.date) : null;
  const step = (key, before, go) => stepButton(words.say(key), go, { before });
  return make(
    "div",
    { class: "card-steps" },
    day === null ? null : step("map.when.go", "next", () => hooks.goToDay(day)),
    step("map.when.link", "link", () => hooks.copyLink()),
  );
}
