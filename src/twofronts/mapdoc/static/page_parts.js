/** What the pages of the card have in common. */

import { cite } from "./citation.js";
import { make } from "./dom.js";
import { icon } from "./icons.js";

/** The bar at the head: a drawing, what it is, in whose tone ("kind-west", "side-axis"), more about it, and the button that closes. */
export function pageBar({ drawing, kind, tone, about = null }, words, close) {
  return make(
    "div",
    { class: "card-bar" },
    make("span", { class: `card-kind card-${tone}` }, drawing, make("span", { text: kind })),
    about ? make("span", { class: "card-theatre", text: about }) : null,
    make("button", { type: "button", class: "bare-button", "aria-label": words.say("map.card.close"), onclick: () => close() }, icon("close")),
  );
}

/** A list of facts [[name, value (text or node)], ...]; empty values are left out. */
export function factList(facts) {
  const rows = facts.filter(([, value]) => value).flatMap(([name, value]) => [make("dt", { text: name }), make("dd", typeof value === "string" ? { text: value } : {}, typeof value === "string" ? null : value)]);
  return make("dl", { class: "card-facts" }, ...rows);
}

/** Sources [[source, locator], ...] under their heading. */
export function sourceList(cited, words) {
  const items = cited.map(([source, locator]) => make("li", {}, ...cite(source, locator)));
  return make("div", { class: "card-sources" }, make("h3", { text: words.say("map.card.sources") }), make("ul", {}, ...items));
}

/** A button of text that leads on. */
export function linkButton(text, go) {
  return make("button", { type: "button", class: "text-button card-link", text, onclick: () => go() });
}

/** A button at the foot of the card. */
export function stepButton(text, go, { before = null, after = null } = {}) {
  return make("button", { type: "button", class: "step-button", disabled: go === null, onclick: () => go && go() }, before && icon(before), make("span", { text }), after && icon(after));
}
