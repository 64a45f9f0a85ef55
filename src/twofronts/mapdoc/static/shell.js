/** The frame around the map: title plate, buttons on the map, notices, attribution. */

import { fill, make, safeHref, setAttribute, setName, setText } from "./dom.js";
import { icon } from "./icons.js";

const NOTICE_MS = 7000;

/** Furniture of the stage; actions = {zoom(delta), home(), panel(), theme(), lang()}. */
export class Shell {
  constructor(stage, words, attribution, actions, hosted) {
    this._words = words;
    this._attribution = attribution;
    this._title = make("h1");
    this._subtitle = make("p");
    this.cartouche = make("header", { class: "cartouche" }, this._title, this._subtitle);
    // the page around the map shows the title: here it is only for readers who do not see the map
    this.cartouche.classList.toggle("unseen", hosted);
    this._zoomIn = button("plus", () => actions.zoom(1));
    this._zoomOut = button("minus", () => actions.zoom(-1));
    this._home = button("home", () => actions.home());
    this._home.classList.add("home-button");
    this.panelButton = button("layers", () => actions.panel());
    setAttribute(this.panelButton, "aria-controls", "layer-panel");
    setAttribute(this.panelButton, "aria-expanded", "false");
    this._theme = button("theme", () => actions.theme());
    this._lang = make("button", { type: "button", class: "square-button", onclick: () => actions.lang() });
    this._lang.hidden = hosted;
    this._tools = make(
      "div",
      { class: "map-tools", role: "group" },
      make("div", { class: "tool-set" }, this._zoomIn, this._zoomOut, this._home),
      make("div", { class: "tool-set" }, this.panelButton, this._theme, this._lang),
    );
    this._credits = make("details", { class: "credits" }, make("summary"), make("ul", {}));
    this._notice = make("p", { class: "notice", role: "status" });
    this._live = make("p", { class: "unseen", "aria-live": "polite" });
    stage.prepend(this.cartouche);
    stage.append(this._tools, this._credits, this._notice, this._live);
    this.render();
  }

  /** Write everything in the language of the words. */
  render() {
    const say = (key) => this._words.say(key);
    document.documentElement.lang = this._words.lang;
    document.title = say("map.title");
    setText(this._title, say("map.title"));
    setText(this._subtitle, say("map.subtitle"));
    setAttribute(this._tools, "aria-label", say("map.tools"));
    setName(this._zoomIn, say("map.zoom.in"));
    setName(this._zoomOut, say("map.zoom.out"));
    setName(this._home, say("map.home"));
    setName(this.panelButton, say("map.panel"));
    setName(this._theme, say("map.theme"));
    const other = this._words.lang === "de" ? "en" : "de";
    setText(this._lang, other.toUpperCase());
    setName(this._lang, say("map.lang.other"));
    setAttribute(this._lang, "lang", other);
    setText(this._credits.querySelector("summary"), say("map.credits"));
    fill(this._credits.querySelector("ul"), ...this._attribution.map((item) => this._credit(item)));
  }

  /** Show a short notice for some seconds. */
  notify(text) {
    setText(this._notice, text);
    this._notice.classList.add("is-shown");
    clearTimeout(this._noticeTimer);
    this._noticeTimer = setTimeout(() => this._notice.classList.remove("is-shown"), NOTICE_MS);
  }

  /** Tell screen readers. */
  announce(text) {
    setText(this._live, text);
  }

  _credit(item) {
    const text = this._words.pick(item.text);
    const href = safeHref(item.url);
    return make("li", {}, href ? make("a", { href, target: "_blank", rel: "noopener noreferrer", text }) : make("span", { text }));
  }
}

function button(iconName, onclick) {
  return make("button", { type: "button", class: "square-button", onclick }, icon(iconName));
}
