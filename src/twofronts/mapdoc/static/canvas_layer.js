/** A Leaflet renderer that hands a painter a canvas and the transform from atlas units to its pixels. */

import { atlasScale, atlasToLonLat, atlasX, atlasY } from "./projection.js";

const MAX_DENSITY = 2;

/**
 * Layer calling paint(ctx, frame) after every move and on redraw().
 * frame = {k, x, y, width, height, zoom, density}: screen = atlas * k + (x, y), all in CSS pixels of the canvas.
 * A `still` layer is painted off stage and shown as a picture: a picture costs nothing while other layers change.
 */
export const CanvasLayer = L.Renderer.extend({
  options: { padding: 0.1, still: false },

  initialize(paint, options) {
    this._paint = paint;
    L.Renderer.prototype.initialize.call(this, options);
  },

  redraw() {
    if (!this.frame) return;
    if (this.options.still) {
      this._shown.transferFromImageBitmap(paintedPicture(this.frame, this._paint));
    } else {
      toAtlas(this._ctx, this.frame);
      this._paint(this._ctx, this.frame);
    }
  },

  /** Whether the drawn piece no longer covers the view. */
  isOutrun() {
    return this._bounds && !this._bounds.contains(viewBounds(this._map));
  },

  /** Draw again for where the map is now, unless a zoom animation is stretching the old picture. */
  follow() {
    if (!this._map._animatingZoom && this._map.getZoom() === this._zoom) this._update();
  },

  _initContainer() {
    this._container = document.createElement("canvas");
    this._container.setAttribute("aria-hidden", "true");
    if (this.options.still) this._shown = this._container.getContext("bitmaprenderer");
    else this._ctx = this._container.getContext("2d");
  },

  _destroyContainer() {
    this._container.remove();
    this.frame = null;
  },

  _update() {
    if (this._map._animatingZoom && this._bounds) return;
    L.Renderer.prototype._update.call(this);
    const size = this._bounds.getSize();
    const density = Math.min(window.devicePixelRatio || 1, MAX_DENSITY);
    this._fitCanvas(Math.round(size.x * density), Math.round(size.y * density));
    this._container.style.width = `${size.x}px`;
    this._container.style.height = `${size.y}px`;
    L.DomUtil.setPosition(this._container, this._bounds.min);
    const anchor = atlasToLonLat(0, 0);
    const { x, y } = this._map.latLngToLayerPoint([anchor.lat, anchor.lon]).subtract(this._bounds.min);
    this.frame = { k: atlasScale(this._zoom), x, y, width: size.x, height: size.y, zoom: this._zoom, density };
    this.redraw();
  },

  _fitCanvas(width, height) {
    // Assigning an equal size would still throw the backing store away.
    if (this._container.width !== width) this._container.width = width;
    if (this._container.height !== height) this._container.height = height;
  },

  _updatePaths() {},
});

/** An ImageBitmap of a frame, painted off stage. */
export function paintedPicture(frame, paint) {
  const canvas = new OffscreenCanvas(Math.round(frame.width * frame.density), Math.round(frame.height * frame.density));
  const ctx = canvas.getContext("2d");
  toAtlas(ctx, frame);
  paint(ctx, frame);
  return canvas.transferToImageBitmap();
}

/** Atlas coordinates of a Leaflet LatLng. */
export function atlasOf(latLng) {
  return { x: atlasX(latLng.lng), y: atlasY(latLng.lat) };
}

/** Run draw() in CSS pixels of the canvas instead of atlas units. */
export function inPixels(ctx, frame, draw) {
  ctx.save();
  ctx.setTransform(frame.density, 0, 0, frame.density, 0, 0);
  draw();
  ctx.restore();
}

function toAtlas(ctx, { k, x, y, density }) {
  ctx.setTransform(k * density, 0, 0, k * density, x * density, y * density);
}

function viewBounds(map) {
  const topLeft = map.containerPointToLayerPoint([0, 0]).round();
  return L.bounds(topLeft, topLeft.add(map.getSize()));
}
