/** The basemap as a picture somewhat larger than the frame it is laid into, painted anew only when outrun. */

import { Easel, inPixels } from "./frame.js";

const MARGIN = 0.2;

/** Keeps one picture. */
export class Plate {
  constructor() {
    this._picture = null;
  }

  /** Lay the picture into a frame; paint(ctx, frame) makes it, and another `edition` asks for a new one. */
  lay(ctx, frame, edition, paint) {
    if (!this._picture || edition !== this._edition || !covers(this._frame, frame)) this._make(frame, edition, paint);
    const left = frame.x - this._frame.x;
    const top = frame.y - this._frame.y;
    inPixels(ctx, frame, () => ctx.drawImage(this._picture, left, top, this._frame.width, this._frame.height));
  }

  _make(frame, edition, paint) {
    const wide = Math.round(frame.width * MARGIN);
    const high = Math.round(frame.height * MARGIN);
    this._picture?.close();
    this._edition = edition;
    this._frame = { ...frame, x: frame.x + wide, y: frame.y + high, width: frame.width + 2 * wide, height: frame.height + 2 * high };
    this._picture = new Easel().picture(this._frame, paint);
  }
}

function covers(plate, frame) {
  if (plate.zoom !== frame.zoom || plate.density !== frame.density) return false;
  const left = plate.x - frame.x;
  const top = plate.y - frame.y;
  return left >= 0 && top >= 0 && left <= plate.width - frame.width && top <= plate.height - frame.height;
}
