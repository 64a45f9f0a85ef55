/**
 * A frame is the piece of the plate that one picture shows, in plain numbers that also cross into a worker:
 * {k, x, y, width, height, zoom, density, ...}, where pixel = atlas * k + (x, y) in CSS pixels of the picture.
 */

/** Paints one picture after the other on one canvas. */
export class Easel {
  constructor() {
    this._canvas = new OffscreenCanvas(1, 1);
    this._ctx = this._canvas.getContext("2d");
  }

  /** An ImageBitmap of a frame; paint(ctx, frame) draws it in atlas units. */
  picture(frame, paint) {
    const { _canvas: canvas, _ctx: ctx } = this;
    const width = Math.round(frame.width * frame.density);
    const height = Math.round(frame.height * frame.density);
    // Assigning an equal size would still throw the backing store away.
    if (canvas.width !== width) canvas.width = width;
    if (canvas.height !== height) canvas.height = height;
    const { k, x, y, density } = frame;
    ctx.save();
    ctx.setTransform(k * density, 0, 0, k * density, x * density, y * density);
    paint(ctx, frame);
    ctx.restore();
    return canvas.transferToImageBitmap();
  }
}

/** Run draw() in CSS pixels of the picture instead of atlas units. */
export function inPixels(ctx, frame, draw) {
  ctx.save();
  ctx.setTransform(frame.density, 0, 0, frame.density, 0, 0);
  draw();
  ctx.restore();
}
