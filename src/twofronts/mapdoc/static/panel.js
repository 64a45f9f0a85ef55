/** The panel of layer switches and event filters. */

import { fill, make } from "./dom.js";
import { KINDS, icon } from "./icons.js";

/** The layers a reader can switch, in the order of the panel. */
export const LAYERS = ["areas", "gains", "lines", "events", "formations", "offensives", "journeys", "labels", "relief"];
/** The theatres, in the order of the filter. */
export const THEATRES = ["west", "italy", "east", "balkans", "north", "coalition"];

/** Panel over the map; hooks = {layer(name, on), filter({kinds, theatres}), close()}. */
export class Panel {
  constructor(stage, words, hooks) {
    this._words = words;
    this._hooks = hooks;
    this._stage = stage;
    this._layers = new Set(LAYERS);
    this._kinds = new Set(KINDS);
    this._theatres = new Set(THEATRES);
    this.node = make("section", { class: "panel", id: "layer-panel" });
    this.node.hidden = true;
    this.node.addEventListener("keydown", (key) => {
      if (key.key !== "Escape") return;
      key.stopPropagation();
      hooks.close();
    });
    stage.append(this.node);
    this.render();
  }

  /** Take over a filter set from outside; null means all. */
  setFilter({ kinds, theatres }) {
    this._kinds = new Set(kinds ?? KINDS);
    this._theatres = new Set(theatres ?? THEATRES);
    this.render();
  }

  /** Write the panel in the language of the words. */
  render() {
    const say = (key) => this._words.say(key);
    this.node.setAttribute("aria-label", say("map.panel"));
    fill(
      this.node,
      make(
        "div",
        { class: "panel-bar" },
        make("h2", { text: say("map.panel") }),
        make("button", { type: "button", class: "bare-button", "aria-label": say("map.panel.close"), onclick: () => this._hooks.close() }, icon("close")),
      ),
      this._group("map.panel.layers", LAYERS, this._layers, (name) => say(`map.layer.${name}`), (name, on) => this._hooks.layer(name, on)),
      this._group("map.panel.theatres", THEATRES, this._theatres, (name) => say(`map.theatre.${name}`), () => this._filter()),
      this._group("map.panel.kinds", KINDS, this._kinds, (name) => say(`map.kind.${name}`), () => this._filter(), icon),
    );
  }

  /** Open or shut; opening moves the focus into the panel. */
  toggle(open) {
    this.node.hidden = !open;
    this._stage.classList.toggle("has-panel", open);
    if (open) this.node.querySelector("input").focus({ preventScroll: true });
  }

  _group(legend, names, chosen, label, changed, drawing = null) {
    const boxes = names.map((name) => {
      const input = make("input", { type: "checkbox", checked: chosen.has(name) });
      input.addEventListener("change", () => {
        if (input.checked) chosen.add(name);
        else chosen.delete(name);
        changed(name, input.checked);
      });
      return make("label", { class: "check" }, input, drawing ? drawing(name) : null, make("span", { text: label(name) }));
    });
    return make("fieldset", {}, make("legend", { text: this._words.say(legend) }), ...boxes);
  }

  _filter() {
    const some = (chosen, all) => (chosen.size === all.length ? null : [...chosen]);
    this._hooks.filter({ kinds: some(this._kinds, KINDS), theatres: some(this._theatres, THEATRES) });
  }
}
