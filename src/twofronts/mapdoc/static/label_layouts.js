/** The names that found a place, and which of them a frame shows. */

import { layOutLabels } from "./labels.js";

/** Lays out once per zoom and language. */
export class LabelLayouts {
  constructor(features) {
    this._features = features;
    this._layouts = new Map();
    this._widths = new Map();
    this._ruler = document.createElement("canvas").getContext("2d");
  }

  /** Labels at a zoom in a language. */
  layout(zoom, lang) {
    const key = `${lang}${zoom}`;
    if (!this._layouts.has(key)) {
      this._layouts.set(key, layOutLabels(this._features, zoom, lang, (text, font) => this._measure(text, font)));
    }
    return this._layouts.get(key);
  }

  /** Labels in a frame that do not depend on the day. */
  lasting(frame, lang) {
    return this.layout(frame.zoom, lang).filter((label) => label.kind !== "pocket" && inFrame(label, frame));
  }

  /** Labels in a frame of the pockets of a day. */
  pockets(frame, lang, day) {
    const isThere = (label) => label.kind === "pocket" && label.first <= day && day <= label.last;
    return this.layout(frame.zoom, lang).filter((label) => isThere(label) && inFrame(label, frame));
  }

  /** The town whose name or dot lies under a pixel of the frame, or null. */
  townAt(frame, lang, px, py) {
    const x = px - frame.x;
    const y = py - frame.y;
    return this.layout(frame.zoom, lang).find((label) => label.kind === "town" && holds(label, x, y)) ?? null;
  }

  _measure(text, font) {
    const key = font + text;
    if (!this._widths.has(key)) {
      this._ruler.font = font;
      this._widths.set(key, this._ruler.measureText(text).width);
    }
    return this._widths.get(key);
  }
}

function holds({ box, x: dotX, y: dotY }, x, y) {
  return (x >= box.x0 && x <= box.x1 && y >= box.y0 && y <= box.y1) || Math.hypot(x - dotX, y - dotY) < 7;
}

function inFrame({ box, x, y }, frame) {
  const left = -frame.x;
  const top = -frame.y;
  return (
    Math.max(box.x1, x) > left && Math.min(box.x0, x) < left + frame.width && Math.max(box.y1, y) > top && Math.min(box.y0, y) < top + frame.height
  );
}
