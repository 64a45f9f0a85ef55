/** What lies on the map: title and buttons, search, legend, panel of layers, card; and what they ask of the atlas. */

import { Card } from "./card.js";
import { Legend } from "./legend.js";
import { Panel } from "./panel.js";
import { SearchIndex } from "./search.js";
import { SearchField } from "./search_field.js";
import { Shell } from "./shell.js";

/**
 * All plates of a stage; acts = {home(), zoom(delta), theme(), lang(), select(event id), pick(kind, id), visit(spot), askMiddle(), pickLines(lines, node),
 * layer(name, on), filter(filter), close() (the card), more(event): nodes for its card}.
 */
export class Plates {
  constructor(stage, data, words, events, acts) {
    const togglePanel = (open) => this.togglePanel(open);
    const { home, zoom, theme, lang } = acts;
    this._shell = new Shell(stage, words, data.attribution, { home, zoom, theme, lang, panel: () => togglePanel(this.panel.node.hidden) }, data.config.host === "streamlit");
    const index = new SearchIndex(data);
    this._search = new SearchField(stage, words, {
      find: (text) => index.find(text, words.lang),
      place: ({ lat, lon }) => acts.visit({ lat, lon }),
      pick: (kind, id) => acts.pick(kind, id),
      middle: () => acts.askMiddle(),
      say: (text) => this.announce(text),
    });
    this.legend = new Legend(stage, words, { pick: (lines, node) => acts.pickLines(lines, node) });
    this.panel = new Panel(stage, words, { layer: acts.layer, filter: acts.filter, close: () => togglePanel(false) });
    this.card = new Card(stage, data, events, words, { select: acts.select, close: acts.close, more: acts.more });
  }

  /** Write everything in the language of the words. */
  render() {
    for (const plate of [this._shell, this._search, this.legend, this.panel, this.card]) plate.render();
  }

  /** Show a short notice for some seconds. */
  notify(text) {
    this._shell.notify(text);
  }

  /** Tell screen readers. */
  announce(text) {
    this._shell.announce(text);
  }

  showPanel(open) {
    this.panel.toggle(open);
    this._shell.panelButton.setAttribute("aria-expanded", String(open));
  }

  /** The same by the reader's hand, which is led back to the button. */
  togglePanel(open) {
    this.showPanel(open);
    if (!open) this._shell.panelButton.focus({ preventScroll: true });
  }
}
