/** The picture of a day: ground, plate, lines, journeys and names of pockets, painted alike in a worker and on the page. */

import { paintAreas, prepareAreas } from "./areas_layer.js";
import { BasemapPaths } from "./basemap.js";
import { paintPlate } from "./basemap_layer.js";
import { Fronts } from "./fronts.js";
import { FrontPainter } from "./fronts_layer.js";
import { paintLabels } from "./label_brush.js";
import { Plate } from "./plate.js";
import { Journeys } from "./journeys.js";
import { Marches } from "./marches.js";
import { paintArrows, paintTrails } from "./moves_brush.js";
import { Offensives } from "./offensives.js";
import { loadRelief } from "./relief.js";
import { paintSigns, paintTags } from "./signs.js";
import { paintJourneys, paintRoutes, pathOfRoute } from "./routes.js";

/** Everything the payload says about the ground, ready to be painted for any frame and look. */
export class Scene {
  constructor(data) {
    this._data = data;
    this._fronts = new Fronts(data.fronts);
    this._basemap = new BasemapPaths(data.basemap);
    this._lines = new FrontPainter(this._fronts);
    this._plate = new Plate();
    this._relief = null;
    this._routes = new Map();
    this._marches = new Marches(data.formations);
    this._offensives = new Offensives(data.offensives);
    this._journeys = new Journeys(data.journeys);
  }

  /** Decode the relief; until then the plate is flat. */
  async loadRelief() {
    this._relief = await loadRelief(this._data.basemap.relief);
  }

  /**
   * Paint a frame on a clear canvas. The look, which must also cross into a worker, is {day, theme, colours, layers: Set,
   * picked: places of lines in the day's list, routes: [{event (its place in the data), chosen, alpha}], journeys: [{journey, chosen,
   * alpha}], arrows: [{offensive, chosen}], signs: [{formation, ...its seat}], tags: [{offensive, ...its seat}] (all by their places in the
   * data), lang, names: placed labels}.
   */
  paint(ctx, frame, { day, theme, colours, layers, picked, routes, journeys, arrows, signs, tags, lang, names }) {
    const relief = layers.has("relief") ? this._relief : null;
    paintAreas(ctx, frame, this._fronts, day, colours, { areas: layers.has("areas"), gains: layers.has("gains") });
    const hasSides = layers.has("areas") && this._fronts.has(day);
    this._plate.lay(ctx, frame, `${theme} ${relief !== null} ${hasSides}`, (plate, whole) => {
      paintPlate(plate, whole, this._basemap.at(whole.zoom), colours, relief, hasSides);
    });
    paintArrows(ctx, frame, arrows.map((arrow) => ({ ...arrow, offensive: this._offensives.all[arrow.offensive] })), day, colours);
    if (layers.has("lines")) this._lines.paint(ctx, frame, day, colours, picked);
    paintRoutes(ctx, frame, routes.map((route) => ({ ...route, path: this._routeOf(route.event) })), colours);
    paintJourneys(ctx, frame, journeys.map((journey) => ({ ...journey, journey: this._journeys.all[journey.journey] })), day, colours);
    const troops = signs.map((sign) => ({ ...sign, formation: this._marches.all[sign.formation] }));
    paintTrails(ctx, frame, troops.map(({ formation }) => formation), day, colours);
    paintLabels(ctx, frame, names, colours);
    paintSigns(ctx, frame, troops, colours, lang);
    paintTags(ctx, frame, tags.map((tag) => ({ ...tag, offensive: this._offensives.all[tag.offensive] })), colours, lang);
  }

  /** Build day by day what a first pass over the days at a frame's zoom would otherwise have to wait for. */
  *prepare(frame) {
    for (let day = this._fronts.first; day <= this._fronts.last; day++) {
      prepareAreas(this._fronts, day, frame.zoom);
      this._lines.prepare(day, frame);
      yield day;
    }
  }

  _routeOf(event) {
    const { events, places } = this._data;
    if (!this._routes.has(event)) this._routes.set(event, pathOfRoute(events[event].places.map((index) => places[index])));
    return this._routes.get(event);
  }
}
