/** A formation as a page of the card: where it is on the day, who commands it, what it is doing, and how that is known. */

import { make } from "./dom.js";
import { commanderOn, evidenceOn, isAfoot, movedIn, standOf } from "./marches.js";
import { factList, linkButton, pageBar, sourceList } from "./page_parts.js";
import { sign } from "./sign_drawing.js";
import { numberWords, wordsOfSpot } from "./spot.js";
import { wordsOfDay } from "./time.js";

const LOOK_BACK_DAYS = 7;
const STANDING_KM = 5;
const CERTAINTIES = { c: "certain", p: "probable", a: "approximate", d: "disputed" };

/** {heading, parts, today(day)}; context = {data, words, marches, offensives}, hooks = {close, formation(id), offensive(id), goToDay(day)}. */
export function formationPage(formation, day, context, hooks) {
  const { words } = context;
  const heading = make("h2", { text: words.pick(formation.name), tabindex: "-1", id: "card-title" });
  const now = make("div", { class: "card-now" });
  const today = (on) => now.replaceChildren(...nowParts(formation, on, context, hooks));
  today(day);
  const body = make(
    "div",
    { class: "card-body", tabindex: "0", role: "group", "aria-labelledby": "card-title" },
    heading,
    now,
    positionList(formation, context, hooks),
    sourceList(sourcesOf(formation, context.data), words),
  );
  const bar = pageBar({ drawing: sign(formation), kind: words.say(`map.echelon.${formation.echelon}`), about: words.say(`map.legend.ground.${formation.side}`), tone: `side-${formation.side}` }, words, hooks.close);
  return { heading, parts: [bar, body], today };
}

function nowParts(formation, day, context, hooks) {
  const { words, marches, offensives } = context;
  const date = make("p", { class: "card-date", text: wordsOfDay(day, words.lang) });
  if (!isAfoot(formation, day)) {
    const [from, to] = [formation.day[0], formation.day.at(-1)].map((known) => wordsOfDay(known, words.lang));
    return [date, make("p", { class: "card-place", text: words.say("map.formation.away", { from, to }) })];
  }
  const { after } = evidenceOn(formation, day);
  const commander = commanderOn(formation, day);
  const above = marches.all[formation.under[after]];
  const fights = offensives.ofFormation(formation, day);
  return [
    date,
    make("p", { class: "card-place", text: whereaboutsOf(formation, day, context) }),
    factList([
      [words.say("map.formation.commander"), commander && commander[2]],
      [words.say("map.formation.under"), above && linkButton(words.pick(above.name), () => hooks.formation(above.id))],
      [words.say("map.formation.week"), movedWords(formation, day, words)],
      [words.say("map.formation.fights"), fights.length ? make("span", {}, ...fights.map((item) => linkButton(words.pick(item.name), () => hooks.offensive(item.id)))) : null],
    ]),
    make("p", { class: "card-certainty", text: doubtWords(formation, day, words) }),
  ];
}

/** Where a formation is on a day, in words. */
export function whereaboutsOf(formation, day, { data, words }) {
  const { before, after, stands } = evidenceOn(formation, day);
  const [from, to] = [before, after].map((number) => nameOf(formation, number, data, words));
  if (before === after || from === to) return words.say(`map.formation.at.${stands}`, { place: to });
  const [since, until] = [before, after].map((number) => wordsOfDay(formation.day[number], words.lang, "short"));
  return words.say("map.formation.between", { from, since, to, until });
}

function nameOf(formation, number, data, words) {
  const place = data.places[formation.place[number]];
  if (place) return place[words.lang];
  const vertex = formation.at[number];
  return wordsOfSpot({ lat: formation.way.lat[vertex], lon: formation.way.lon[vertex] }, words);
}

function movedWords(formation, day, words) {
  const { km, bearing } = movedIn(formation, day, LOOK_BACK_DAYS);
  if (km < STANDING_KM) return words.say("map.formation.standing");
  const way = words.say(`map.compass.${Math.round(bearing / 45) % 8}`);
  return words.say("map.formation.moved", { km: numberWords(km, words.lang), way });
}

function doubtWords(formation, day, words) {
  const { before, after } = evidenceOn(formation, day);
  const km = Math.max(formation.km[before], formation.km[after]);
  const kind = before === after ? "map.formation.documented" : "map.formation.worked_out";
  const certainty = CERTAINTIES[formation.certainty[after]];
  return [words.say(kind, { km }), certainty === "certain" ? "" : words.say(`map.certainty.${certainty}`)].filter(Boolean).join(" ");
}

function positionList(formation, { data, words }, hooks) {
  const items = formation.day.map((day, number) =>
    make(
      "li",
      {},
      make(
        "button",
        { type: "button", class: "text-button", onclick: () => hooks.goToDay(day) },
        make("span", { class: "card-other-date", text: wordsOfDay(day, words.lang, "short") }),
        make("span", { text: `${nameOf(formation, number, data, words)} (${words.say(`map.formation.stands.${standOf(formation.stands, number)}`)})` }),
      ),
    ),
  );
  const title = words.say("map.formation.positions", { count: formation.day.length });
  return make("details", { class: "card-others" }, make("summary", { text: title }), make("ul", {}, ...items));
}

function sourcesOf({ sources }, data) {
  return sources.map((number) => [data.sources[number], ""]);
}
