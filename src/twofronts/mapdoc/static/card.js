/** The card of the chosen event: what, when, where, how sure, from which sources. */

import { fill, make } from "./dom.js";
import { icon } from "./icons.js";
import { wordsOfEdtf } from "./edtf.js";
import { pageBar, sourceList, stepButton } from "./page_parts.js";
import { wordsOfDay } from "./time.js";

/** Card beside (or on phones: at the foot of) the map; hooks = {select(id), close(), more(event): nodes an event's page has beside its own}. */
export class Card {
  constructor(stage, data, events, words, hooks) {
    this._data = data;
    this._events = events;
    this._words = words;
    this._hooks = hooks;
    this.node = make("aside", { class: "card", onkeydown: (key) => this._onKey(key) });
    this.node.hidden = true;
    stage.append(this.node);
  }

  /** Show an event (null closes); takeFocus puts the reader's focus on its title. */
  show(event, takeFocus) {
    this.showPage(event && (() => this._page(event)), takeFocus);
  }

  /** Show what write() makes: {heading, parts}; it is called again after a change of language. */
  showPage(write, takeFocus) {
    this._write = write;
    this.node.hidden = write === null;
    if (write === null) return;
    const { heading, parts } = write();
    this.node.setAttribute("aria-labelledby", "card-title");
    fill(this.node, ...parts);
    this.node.scrollTop = 0;
    if (takeFocus) heading.focus({ preventScroll: true });
  }

  /** Write the open card again, as after a change of language. */
  render() {
    if (this._write) this.showPage(this._write, false);
  }

  _page(event) {
    const heading = make("h2", { text: this._words.pick(event.title), tabindex: "-1", id: "card-title" });
    return { heading, parts: [this._bar(event), this._body(event, heading), this._steps(event)] };
  }

  _bar(event) {
    const [kind, about] = [`map.kind.${event.kind}`, `map.theatre.${event.theatre}`].map((key) => this._words.say(key));
    return pageBar({ drawing: icon(event.kind), kind, about, tone: `kind-${event.theatre}` }, this._words, () => this._hooks.close());
  }

  _body(event, heading) {
    const { _words: words } = this;
    const note = words.pick(event.note);
    return make(
      "div",
      { class: "card-body", tabindex: "0", role: "group", "aria-labelledby": "card-title" },
      heading,
      make("p", { class: "card-date", text: dateWords(event, words) }),
      make("p", { class: "card-place", text: this._placeWords(event) }),
      make("p", { class: "card-summary", text: words.pick(event.summary) }),
      note ? make("div", { class: "card-note" }, make("h3", { text: words.say("map.card.note") }), make("p", { text: note })) : null,
      make("p", { class: "card-certainty", text: words.say(`map.certainty.${event.certainty}`) }),
      ...this._hooks.more(event),
      sourceList(event.sources.map(([index, locator]) => [this._data.sources[index], locator]), words),
      this._others(event),
    );
  }

  _placeWords(event) {
    const { lang } = this._words;
    const names = event.places.map((index) => this._data.places[index]);
    if (event.route) return names.map((place) => place[lang]).join(" → ");
    return names.map((place) => placeWords(place, this._words)).join("; ");
  }

  _others(event) {
    const others = this._events.atSamePlace(event);
    if (others.length === 0) return null;
    const items = others.map((other) =>
      make(
        "li",
        {},
        make(
          "button",
          { type: "button", class: "text-button", onclick: () => this._hooks.select(other.id) },
          make("span", { class: "card-other-date", text: wordsOfDay(other.start, this._words.lang, "short") }),
          make("span", { text: this._words.pick(other.title) }),
        ),
      ),
    );
    const title = this._words.say("map.card.others", { count: others.length });
    return make("details", { class: "card-others", open: others.length <= 4 }, make("summary", { text: title }), make("ul", {}, ...items));
  }

  _steps(event) {
    const step = (direction, key, drawing) => {
      const other = this._events.neighbour(event, direction);
      return stepButton(this._words.say(key), other && (() => this._hooks.select(other.id)), drawing);
    };
    return make("div", { class: "card-steps" }, step(-1, "map.card.previous", { before: "previous" }), step(1, "map.card.next", { after: "next" }));
  }

  _onKey(key) {
    if (key.key !== "Escape") return;
    key.stopPropagation();
    this._hooks.close();
  }
}

/** An event's date in words with its uncertainty. */
export function dateWords(event, words) {
  const known = wordsOfEdtf(event.date, words.lang, (key, values) => words.say(key, values));
  if (known) return known;
  const from = wordsOfDay(event.start, words.lang);
  return event.start === event.end ? from : words.say("map.date.from_to", { from, to: wordsOfDay(event.end, words.lang) });
}

/** A place under its name of the time, with today's where it differs. */
export function placeWords(place, words) {
  const name = place[words.lang];
  const others = [...new Set([place.local, place.today])].filter((other) => other && other !== name);
  if (others.length === 0) return name;
  if (place.today && place.today !== name) return words.say("map.place.today", { name, today: place.today });
  return `${name} (${place.local})`;
}
