/** Where the map stands: on the view asked for or over the whole theatre, whatever becomes of the size of its frame. */

import { LEGEND_PX, opensLegend } from "./legend.js";

const HOME = L.latLngBounds([42.8, -2], [57.5, 28]);
const NARROW_HOME = L.latLngBounds([44, 2.5], [56, 23]);
const NARROW_PX = 680;

/**
 * Bring the map to a view (null: over the whole theatre) and keep it there; refitted() tells of a new fit to a new size.
 * Return the function that goes over the whole theatre again: goHome(options of Leaflet's fitBounds).
 */
export function takeStand(map, stage, view, refitted) {
  let home = "";
  const goHome = (options = { reset: true }) => {
    // What an open legend covers does not count as room for the map.
    const legend = opensLegend(stage) ? LEGEND_PX : 0;
    map.fitBounds(stage.clientWidth < NARROW_PX ? NARROW_HOME : HOME, { ...options, paddingTopLeft: [legend, 0] });
    if (!options.animate) home = spotOf(map);
    else map.once("moveend", () => (home = spotOf(map)));
  };
  map.invalidateSize({ pan: false, debounceMoveend: true });
  if (view) map.setView([view[0], view[1]], view[2], { reset: true });
  else goHome();
  // Leaflet by itself only hears of windows that change, and rounds the middle to pixels each time.
  new ResizeObserver(() => {
    const { clientWidth, clientHeight } = map.getContainer();
    if (map.getSize().equals([clientWidth, clientHeight])) return;
    const [middle, zoom, isHome] = [map.getCenter(), map.getZoom(), spotOf(map) === home];
    // The end of the move is told later: at once, the limits of the map would pull at its old middle.
    map.invalidateSize({ pan: false, debounceMoveend: true });
    if (!isHome) {
      map.setView(middle, zoom, { reset: true });
      return;
    }
    goHome();
    refitted();
  }).observe(map.getContainer());
  return goHome;
}

function spotOf(map) {
  return `${map.getCenter()} ${map.getZoom()}`;
}
