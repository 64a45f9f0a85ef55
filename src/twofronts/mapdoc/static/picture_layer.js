/** A Leaflet layer that shows the newest picture painted for it, wherever the map has moved in the meantime. */

import { atlasScale, atlasToLonLat, atlasX, atlasY } from "./projection.js";

const MAX_DENSITY = 2;
const PLACE = ["left", "top", "width", "height", "zoom"];

/**
 * Layer calling order(frame) for every picture it needs; whoever paints it hands it to show(picture, frame), at once or later.
 * Picture and position change together, so a late picture never stands in the wrong place. Options: padding, the share of the
 * view that a picture adds on each side; spare, how much of it may be left when the next is ordered; opaque.
 * Beside what frame.js tells, a frame has `left`, `top` (pixels of the world at its zoom), `lat` and `lon` (its middle).
 */
export const PictureLayer = L.Renderer.extend({
  options: { padding: 0.1, spare: 0, opaque: false },

  initialize(order, options) {
    this._order = order;
    L.Renderer.prototype.initialize.call(this, options);
  },

  /** Order the picture again, as after a change of what it shows. */
  redraw() {
    if (this.frame) this._order(this.frame);
  },

  /** Put a picture on show. */
  show(picture, frame) {
    const { _map: map, _shown: shown } = this;
    const isElsewhere = !shown || PLACE.some((name) => shown[name] !== frame[name]);
    // The picture on show is being stretched by a zoom; the next one is ordered when it ends.
    if (!map || (isElsewhere && map._animatingZoom)) {
      picture.close();
      return;
    }
    this._shown = frame;
    for (const side of ["width", "height"]) if (this._container[side] !== picture[side]) this._container[side] = picture[side];
    this._context.transferFromImageBitmap(picture);
    if (!isElsewhere) return;
    this._container.style.width = `${frame.width}px`;
    this._container.style.height = `${frame.height}px`;
    this._center = L.latLng(frame.lat, frame.lon);
    this._zoom = frame.zoom;
    this._settle();
  },

  /** Order a new piece if the view has less than the spare share of itself left around it; a zoom animation stretches the old one until it rests. */
  follow() {
    if (!this._bounds || this._map._animatingZoom || this._map.getZoom() !== this._zoom) return;
    const view = viewBounds(this._map);
    const spare = view.getSize().multiplyBy(this.options.spare);
    if (!this._bounds.contains(L.bounds(view.min.subtract(spare), view.max.add(spare)))) this._update();
  },

  _initContainer() {
    this._container = document.createElement("canvas");
    this._container.setAttribute("aria-hidden", "true");
    this._context = this._container.getContext("bitmaprenderer", { alpha: !this.options.opaque });
  },

  _destroyContainer() {
    this._container.remove();
    this.frame = this._shown = null;
  },

  _update() {
    if (this._map._animatingZoom && this._shown) return;
    const { x: width, y: height } = this._map.getSize();
    // A frame without room yet has nothing to show; the map is set anew when it gets some.
    if (width === 0 || height === 0) return;
    this.frame = measure(this._map, this.options.padding);
    this._order(this.frame);
  },

  _reset() {
    this._settle();
    this._update();
  },

  // Leaflet counts from an origin of its own, which moves.
  _settle() {
    if (!this._shown) return;
    const { left, top, width, height, zoom } = this._shown;
    if (zoom !== this._map.getZoom()) {
      this._updateTransform(this._map.getCenter(), this._map.getZoom());
      return;
    }
    const corner = L.point(left, top).subtract(this._map.getPixelOrigin());
    this._bounds = L.bounds(corner, corner.add([width, height]));
    L.DomUtil.setPosition(this._container, corner);
  },

  _updateTransform(center, zoom) {
    if (this._shown) L.Renderer.prototype._updateTransform.call(this, center, zoom);
  },

  _updatePaths() {},
});

/** Atlas coordinates of a Leaflet LatLng. */
export function atlasOf(latLng) {
  return { x: atlasX(latLng.lng), y: atlasY(latLng.lat) };
}

/** Where a projection of the map puts the origin of atlas units. */
export function originOf(project) {
  const { lat, lon } = atlasToLonLat(0, 0);
  return project(L.latLng(lat, lon));
}

function measure(map, padding) {
  const size = map.getSize();
  const corner = map.containerPointToLayerPoint(size.multiplyBy(-padding)).round();
  const { x: width, y: height } = size.multiplyBy(1 + 2 * padding).round();
  const { x: left, y: top } = corner.add(map.getPixelOrigin());
  const zoom = map.getZoom();
  const { x, y } = originOf((latLng) => map.latLngToLayerPoint(latLng)).subtract(corner);
  const { lat, lng: lon } = map.getCenter();
  const density = Math.min(window.devicePixelRatio || 1, MAX_DENSITY);
  return { k: atlasScale(zoom), x, y, width, height, zoom, density, left, top, lat, lon };
}

function viewBounds(map) {
  const topLeft = map.containerPointToLayerPoint([0, 0]).round();
  return L.bounds(topLeft, topLeft.add(map.getSize()));
}
