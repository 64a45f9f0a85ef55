/** One small plate beside the pointer or the focused thing; it only ever holds text. */

import { fill, make } from "./dom.js";

const GAP_PX = 12;
const EDGE_PX = 8;

/** Shows lines of text inside a stage element. */
export class Tooltip {
  constructor(stage) {
    this._stage = stage;
    this._node = make("div", { class: "tooltip", role: "tooltip" });
    this._node.hidden = true;
    stage.append(this._node);
  }

  /** Show {title, lines} above a point of the stage, or below it where there is no room. */
  show({ title, lines = [] }, x, y, gap = GAP_PX) {
    fill(this._node, make("strong", { text: title }), ...lines.filter(Boolean).map((text) => make("span", { text })));
    this._node.hidden = false;
    const width = this._node.offsetWidth;
    const height = this._node.offsetHeight;
    const left = Math.max(EDGE_PX, Math.min(this._stage.clientWidth - width - EDGE_PX, x - width / 2));
    const above = y - gap - height;
    const top = above >= EDGE_PX ? above : y + gap;
    this._node.style.transform = `translate(${Math.round(left)}px, ${Math.round(top)}px)`;
  }

  /** Show it at an element of the stage. */
  showAt(content, node) {
    const box = node.getBoundingClientRect();
    const stage = this._stage.getBoundingClientRect();
    this.show(content, box.left + box.width / 2 - stage.left, box.top + box.height / 2 - stage.top, box.height / 2 + 6);
  }

  hide() {
    this._node.hidden = true;
  }
}
