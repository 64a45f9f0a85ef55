/** Has the scene painted: in a worker where there can be one, else on the page itself. */

import { requestIdle } from "./dom.js";
import { Studio } from "./studio.js";

/** Give the worker that start_worker.js has started the document's data, before the page reads it too. */
export function briefWorker(data) {
  window.sceneWorker?.postMessage({ data, faces: [...fontFaces()] });
}

/** Takes orders {frame, look} and calls deliver(picture, frame, day) for them, sooner or later; of waiting orders only the newest counts. */
export class Painter {
  constructor(data, deliver) {
    this._data = data;
    this._deliver = deliver;
    this._worker = window.sceneWorker;
    this._number = 0;
    this._waiting = null;
    this._inHand = null;
    this._isComplete = false;
    if (!this._worker) {
      this._takeOver();
      return;
    }
    this._worker.onmessage = ({ data: answer }) => this._receive(answer);
    this._worker.onerror = () => this._takeOver();
  }

  /** Whether all that was ordered is delivered, with relief and all. */
  get isDone() {
    return this._studio ? this._studio.isComplete : this._isComplete && this._inHand === null;
  }

  order(order) {
    if (this._studio) this._studio.order(order);
    else if (this._inHand) this._waiting = order;
    else this._send(order);
  }

  _send(order) {
    this._inHand = { ...order, number: ++this._number };
    this._worker.postMessage(this._inHand);
  }

  // The worker also paints anew by itself what it has delivered before.
  _receive({ picture, number, frame, day, isComplete }) {
    this._isComplete = isComplete;
    if (number === this._number) this._inHand = null;
    if (!this._inHand && this._waiting) {
      const next = this._waiting;
      this._waiting = null;
      this._send(next);
    }
    this._deliver(picture, frame, day);
  }

  // No worker, or one that failed, as where a page around the document forbids it.
  _takeOver() {
    this._worker?.terminate();
    this._studio = new Studio(this._data, (picture, { frame, look }) => this._deliver(picture, frame, look.day), requestIdle);
    const order = this._waiting ?? this._inHand;
    this._waiting = this._inHand = null;
    if (order) this._studio.order(order);
  }
}

function* fontFaces() {
  for (const rule of [...document.styleSheets].flatMap((sheet) => [...sheet.cssRules])) {
    if (!(rule instanceof CSSFontFaceRule)) continue;
    const [family, source, weight, style, unicodeRange] = ["font-family", "src", "font-weight", "font-style", "unicode-range"].map((name) =>
      rule.style.getPropertyValue(name),
    );
    yield { family: family.replaceAll('"', ""), source, weight, style, unicodeRange };
  }
}
