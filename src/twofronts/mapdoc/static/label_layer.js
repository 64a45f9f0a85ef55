/** Draws the names that found a place. */

import { inPixels } from "./canvas_layer.js";
import { layOutLabels } from "./labels.js";

const NAME_HALO_PX = 3;

/** Lays out once per zoom and language, and paints what is in the frame. */
export class LabelPainter {
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

  /** Paint the names that do not depend on the day. */
  paint(ctx, frame, lang, colours) {
    const labels = this.layout(frame.zoom, lang).filter((label) => label.kind !== "pocket" && inFrame(label, frame));
    inPixels(ctx, frame, () => {
      for (const label of labels) paintLabel(ctx, frame, label, colours);
    });
  }

  /** Paint the names of the pockets of a day. */
  paintPockets(ctx, frame, lang, colours, day) {
    const labels = this.layout(frame.zoom, lang).filter(
      (label) => label.kind === "pocket" && label.first <= day && day <= label.last && inFrame(label, frame),
    );
    inPixels(ctx, frame, () => {
      for (const label of labels) paintLabel(ctx, frame, label, colours);
    });
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

function paintLabel(ctx, frame, label, colours) {
  ctx.save();
  // Half pixels blur text: names stand on whole ones, slanted names may float.
  const snap = label.angle ? (value) => value : Math.round;
  ctx.translate(snap(label.x + frame.x), snap(label.y + frame.y));
  if (label.angle) ctx.rotate(label.angle);
  ctx.font = label.font;
  ctx.letterSpacing = `${label.spacing ?? 0}px`;
  ctx.textAlign = label.align ?? "center";
  ctx.textBaseline = "middle";
  ctx.lineJoin = "round";
  if (label.kind === "town") paintDot(ctx, label, colours);
  const style = styleOf(label, colours);
  if (style.halo) {
    ctx.strokeStyle = style.halo;
    ctx.lineWidth = NAME_HALO_PX;
    ctx.strokeText(label.text, label.dx ?? 0, (label.dy ?? 0) + 1);
  }
  ctx.fillStyle = style.fill;
  ctx.fillText(label.text, label.dx ?? 0, (label.dy ?? 0) + 1);
  ctx.restore();
}

function paintDot(ctx, { r, rank }, colours) {
  ctx.beginPath();
  ctx.arc(0, 0, r, 0, 2 * Math.PI);
  ctx.fillStyle = rank <= 3 ? colours.label : colours.paper;
  ctx.strokeStyle = rank <= 3 ? colours["label-halo"] : colours.label;
  ctx.lineWidth = 1.2;
  ctx.fill();
  ctx.stroke();
}

function styleOf(label, colours) {
  if (label.kind === "water") return { fill: colours["water-label"], halo: null };
  if (label.kind === "river") return { fill: colours["water-label"], halo: colours["label-halo"] };
  if (label.kind === "country") return { fill: colours["label-soft"], halo: colours["label-halo"] };
  return { fill: colours.label, halo: colours["label-halo"] };
}
