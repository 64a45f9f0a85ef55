/** An offensive as a page of the card: what it was, who fought, what it cost, and the ground it gained. */

import { dateWords } from "./card.js";
import { make } from "./dom.js";
import { icon } from "./icons.js";
import { factList, linkButton, pageBar, sourceList, stepButton } from "./page_parts.js";

/** {heading, parts}; context = {data, words, marches, offensives, events}, hooks = {close, formation(id), offensive(id), event(id), play(offensive)}. */
export function offensivePage(offensive, context, hooks) {
  const { data, words, events } = context;
  const heading = make("h2", { text: words.pick(offensive.name), tabindex: "-1", id: "card-title" });
  const event = offensive.event ? events.byId(offensive.event) : null;
  const body = make(
    "div",
    { class: "card-body", tabindex: "0", role: "group", "aria-labelledby": "card-title" },
    heading,
    make("p", { class: "card-date", text: dateWords(offensive, words) }),
    make("p", { class: "card-place", text: words.say(`map.offensive.by.${offensive.side}`) }),
    make("p", { class: "card-summary", text: words.pick(offensive.summary) }),
    factList([
      [words.say("map.offensive.gained"), gainedWords(offensive, words)],
      [words.say("map.offensive.forces"), words.pick(offensive.forces)],
      [words.say("map.offensive.losses"), words.pick(offensive.losses)],
      [words.say("map.offensive.event"), event && linkButton(words.pick(event.title), () => hooks.event(event.id))],
    ]),
    formationList(offensive, context, hooks),
    make("p", { class: "card-certainty", text: words.say(`map.certainty.${offensive.certainty}`) }),
    sourceList(offensive.sources.map(([index, locator]) => [data.sources[index], locator]), words),
  );
  const about = words.say(`map.theatre.${offensive.theatre}`);
  const bar = pageBar({ drawing: icon("offensive"), kind: words.say("map.kind.offensive"), about, tone: `side-${offensive.side}` }, words, hooks.close);
  return { heading, parts: [bar, body, steps(offensive, context, hooks)] };
}

function gainedWords({ gained }, words) {
  if (gained === null) return null;
  if (gained < 50) return words.say("map.offensive.gained_none");
  const rounded = Number(gained.toPrecision(2));
  return words.say("map.offensive.gained_km2", { km2: words.number(rounded) });
}

function formationList({ formations }, { words, marches }, hooks) {
  if (formations.length === 0) return null;
  const items = formations
    .map((index) => marches.all[index])
    .map((formation) => make("li", {}, make("span", { class: `swatch swatch-${formation.side}` }), linkButton(words.pick(formation.name), () => hooks.formation(formation.id))));
  return make("div", { class: "card-formations" }, make("h3", { text: words.say("map.offensive.formations") }), make("ul", {}, ...items));
}

function steps(offensive, { words, offensives }, hooks) {
  const [before, after] = [-1, 1].map((direction) => offensives.neighbour(offensive, direction));
  return make(
    "div",
    { class: "card-steps" },
    stepButton(words.say("map.card.previous"), before && (() => hooks.offensive(before.id)), { before: "previous" }),
    stepButton(words.say("map.offensive.play"), () => hooks.play(offensive), { before: "play" }),
    stepButton(words.say("map.card.next"), after && (() => hooks.offensive(after.id)), { after: "next" }),
  );
}
