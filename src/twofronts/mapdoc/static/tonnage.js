/** What a supply route delivered, year by year: a table whose bars are its cells. */

import { cite } from "./citation.js";
import { make, makeSvg } from "./dom.js";

/** A figure for journeys that have a tonnage, or null if none has. */
export function tonnageFigure(journeys, data, words) {
  const routes = journeys.filter(({ tonnage }) => tonnage.length > 0);
  if (routes.length === 0) return null;
  const top = Math.max(...routes.flatMap(({ tonnage }) => tonnage.map(([, tons]) => tons)));
  return make("figure", { class: "tonnage" }, make("figcaption", { text: words.say("map.tonnage") }), ...routes.map((route) => routeTable(route, top, routes.length > 1, words)), tonnageSources(routes, data, words));
}

function routeTable({ name, tonnage }, top, isNamed, words) {
  const rows = tonnage.map(([year, tons]) =>
    make("tr", {}, make("th", { scope: "row", text: String(year) }), make("td", { class: "tonnage-bar" }, shareBar(tons / top)), make("td", { class: "tonnage-tons", text: words.number(tons) })),
  );
  const total = tonnage.reduce((sum, [, tons]) => sum + tons, 0);
  const foot = make("tr", {}, make("th", { scope: "row", text: words.say("map.tonnage.total") }), make("td"), make("td", { class: "tonnage-tons", text: words.number(total) }));
  return make("table", {}, make("caption", isNamed ? { text: words.pick(name) } : { class: "unseen", text: words.pick(name) }), make("tbody", {}, ...rows), make("tfoot", {}, foot));
}

function shareBar(share) {
  const width = Math.max(0.6, 100 * share);
  return makeSvg("svg", { viewBox: "0 0 100 10", preserveAspectRatio: "none", "aria-hidden": "true" }, makeSvg("rect", { width, height: 10 }));
}

function tonnageSources(routes, data, words) {
  const cited = new Map(routes.flatMap(({ tonnage }) => tonnage.flatMap(([, , found]) => found)).map((source) => [String(source), source]));
  const parts = [...cited.values()].flatMap(([number, locator], i) => [i ? "; " : "", ...cite(data.sources[number], locator)]);
  return make("p", { class: "tonnage-source" }, `${words.say("map.card.sources")}: `, ...parts);
}
