/** The search field: a combobox over the map with at most eight suggestions. */

import { fill, make, setAttribute, setName } from "./dom.js";
import { icon } from "./icons.js";
import { wordsOfSpot } from "./spot.js";
import { wordsOfDay } from "./time.js";

const ICONS = { place: "when", event: "event", formation: "army", offensive: "offensive" };

/** Field in the corner of the stage; hooks = {find(text), place(entry), pick(kind, id), middle(), say(text)}. */
export class SearchField {
  constructor(stage, words, hooks) {
    this._words = words;
    this._hooks = hooks;
    this._found = [];
    this._active = -1;
    this._open = make("button", { type: "button", class: "square-button search-open", "aria-expanded": "false", onclick: () => this._toggle(true) }, icon("search"));
    this._input = make("input", {
      id: "search-input",
      class: "search-input",
      type: "text",
      role: "combobox",
      autocomplete: "off",
      autocapitalize: "off",
      spellcheck: "false",
      enterkeyhint: "search",
      "aria-autocomplete": "list",
      "aria-expanded": "false",
      "aria-controls": "search-list",
      oninput: () => this._look(),
      onfocus: () => this._look(),
      onkeydown: (key) => this._onKey(key),
    });
    this._list = make("ul", { id: "search-list", class: "search-list", role: "listbox", onpointerdown: (event) => event.preventDefault() });
    this._list.hidden = true;
    this._middle = make("button", { type: "button", class: "square-button when-button", onclick: () => hooks.middle() }, icon("when"));
    this._bar = make("div", { class: "search-bar" }, this._open, make("div", { class: "search-box" }, icon("search"), this._input), this._middle);
    this.node = make("div", { class: "search", role: "search", onfocusout: (event) => this._onLeave(event) }, this._bar, this._list);
    stage.querySelector(".cartouche").after(this.node, make("div", { class: "middle-mark", "aria-hidden": "true" }));
  }

  /** Write the labels in the language of the words. */
  render() {
    const say = (key) => this._words.say(key);
    setAttribute(this.node, "aria-label", say("map.search"));
    setName(this._open, say("map.search.open"));
    setName(this._middle, say("map.when.middle"));
    setAttribute(this._input, "aria-label", say("map.search"));
    setAttribute(this._input, "placeholder", say("map.search.hint"));
    setAttribute(this._list, "aria-label", say("map.search.found"));
    if (!this._list.hidden) this._look();
  }

  /** Put the focus into the field. */
  focus() {
    this._toggle(true);
  }

  _toggle(open) {
    this.node.classList.toggle("is-open", open);
    setAttribute(this._open, "aria-expanded", String(open));
    if (open) {
      this._input.focus({ preventScroll: true });
      this._input.select();
    } else this._shut();
  }

  _look() {
    const text = this._input.value;
    this._found = this._hooks.find(text);
    this._active = -1;
    this._drawList(text.trim() !== "");
    if (text.trim() === "") return;
    const count = this._found.length;
    this._hooks.say(this._words.say(count === 0 ? "map.search.none" : count === 1 ? "map.search.one" : "map.search.count", { count }));
  }

  _drawList(asked) {
    const items = this._found.map((entry, i) => this._option(entry, i));
    if (asked && items.length === 0) items.push(make("li", { class: "search-none", role: "option", "aria-disabled": "true", "aria-selected": "false", text: this._words.say("map.search.none") }));
    fill(this._list, ...items);
    this._list.hidden = items.length === 0;
    setAttribute(this._input, "aria-expanded", String(items.length > 0));
    this._mark(-1);
  }

  _option(entry, i) {
    const isPlace = entry.kind === "place";
    return make(
      "li",
      { id: `search-option-${i}`, class: "search-option", role: "option", "aria-selected": "false", onclick: () => this._choose(i), onpointermove: () => this._mark(i) },
      icon(ICONS[entry.kind]),
      make(
        "span",
        { class: "search-words" },
        make("span", { class: "search-title", text: entry.title }),
        make("span", { class: "search-detail", text: isPlace ? this._placeDetail(entry) : this._otherDetail(entry) }),
      ),
    );
  }

  _otherDetail({ kind, start }) {
    const date = wordsOfDay(start, this._words.lang, "short");
    return kind === "event" ? date : this._words.say(`map.search.${kind}`, { date });
  }

  // Places of one name are told apart by their other names, or else by where they lie.
  _placeDetail(entry) {
    const others = entry.others.join(", ");
    const twins = this._found.filter((other) => other.kind === "place" && other.title === entry.title && other.others.join(", ") === others);
    return [others, twins.length > 1 ? wordsOfSpot(entry, this._words) : ""].filter(Boolean).join(" · ");
  }

  _mark(i) {
    this._active = i;
    [...this._list.children].forEach((item, k) => setAttribute(item, "aria-selected", String(k === i)));
    if (i < 0) this._input.removeAttribute("aria-activedescendant");
    else {
      setAttribute(this._input, "aria-activedescendant", `search-option-${i}`);
      this._list.children[i].scrollIntoView({ block: "nearest" });
    }
  }

  _choose(i) {
    const entry = this._found[i];
    if (!entry) return;
    this._input.value = entry.title;
    this._toggle(false);
    if (entry.kind === "place") this._hooks.place(entry);
    else this._hooks.pick(entry.kind, entry.id);
  }

  _onKey(key) {
    const count = this._found.length;
    const shut = this._list.hidden;
    if ((key.key === "ArrowDown" || key.key === "ArrowUp") && count > 0) {
      if (shut) this._drawList(true);
      const step = key.key === "ArrowDown" ? 1 : -1;
      this._mark(this._active < 0 ? (step > 0 ? 0 : count - 1) : (this._active + step + count) % count);
    } else if (key.key === "Enter") this._choose(Math.max(0, this._active));
    else if (key.key === "Escape") this._escape(shut);
    else return;
    key.preventDefault();
    key.stopPropagation();
  }

  // First the suggestions go, then what is written, then (on small screens) the field.
  _escape(shut) {
    if (!shut) this._shut();
    else if (this._input.value !== "") this._input.value = "";
    else {
      this._toggle(false);
      if (this._open.checkVisibility()) this._open.focus({ preventScroll: true });
      else this._input.blur();
    }
  }

  _shut() {
    this._list.hidden = true;
    setAttribute(this._input, "aria-expanded", "false");
    this._mark(-1);
  }

  _onLeave({ relatedTarget }) {
    if (relatedTarget && this.node.contains(relatedTarget)) return;
    this._toggle(false);
  }
}
