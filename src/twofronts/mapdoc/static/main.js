/** Start: read the data and the address, build the atlas, open it to the page around it. */

import { Atlas } from "./atlas.js";
import { connect, isEmbedded, sendUp } from "./bridge.js";
import { chooseLanguage } from "./i18n.js";
import { LEGEND_PX, opensLegend } from "./legend.js";
import { isEventId, readLink, validView, writeHash } from "./link.js";
import { prefersStillness, resolveTheme } from "./theme.js";
import { dayFromIso, isoFromDay } from "./time.js";

const HOME = L.latLngBounds([42.8, -2], [57.5, 28]);
const NARROW_HOME = L.latLngBounds([44, 2.5], [56, 23]);
const NARROW_PX = 680;

const map = window[document.querySelector(".folium-map").id];
const data = JSON.parse(document.getElementById("twofronts-data").textContent);
const { range } = data;
const config = { ...data.config, ...startOfHost() };
const link = config.host === "streamlit" ? readLink("", "") : readLink(location.search, location.hash);

const atlas = openAtlas();
window.twofronts = publish(atlas);
connect(atlas);

// A host names the frame before the first script runs: so the map opens on the linked day at once.
function startOfHost() {
  if (!isEmbedded() || !window.name.startsWith("twofronts:")) return {};
  try {
    const { date, event, lang, view, theme } = JSON.parse(window.name.slice("twofronts:".length));
    return { date: dayFromIso(date), event: isEventId(event) ? event : null, lang, view, theme };
  } catch {
    return {};
  }
}

function openAtlas() {
  const view = link.view ?? validView(config.view);
  // The first layer added draws at once, so the map must stand where it is to stay.
  if (view) map.setView([view[0], view[1]], view[2], { animate: false });
  else showHome();
  if (prefersStillness()) {
    map.options.zoomAnimationThreshold = 0;
    map.options.inertia = false;
  }
  const wantedDay = link.day ?? config.date;
  const inRange = wantedDay !== null && wantedDay >= range.first && wantedDay <= range.last;
  if (link.day !== null && !inRange) link.bad.push("date");
  const opened = new Atlas({
    map,
    root: document.querySelector(".atlas"),
    stage: document.querySelector(".stage"),
    data,
    day: inRange ? wantedDay : Math.max(range.first, data.fronts.first),
    lang: chooseLanguage(link.lang ?? config.lang),
    theme: resolveTheme(config.theme),
    copyLink: () => copyLink(opened),
  });
  openEvent(opened, inRange);
  if (link.bad.length > 0) opened.notify("map.notice.link");
  opened.on("settled", () => keepAddress(opened));
  opened.on("select", () => keepAddress(opened));
  opened.on("view", () => keepAddress(opened));
  opened.on("lang", () => keepAddress(opened));
  return opened;
}

// What an open legend covers does not count as room for the map.
function showHome() {
  const stage = document.querySelector(".stage");
  const legend = opensLegend(stage) ? LEGEND_PX : 0;
  map.fitBounds(stage.clientWidth < NARROW_PX ? NARROW_HOME : HOME, { animate: false, paddingTopLeft: [legend, 0] });
}

function openEvent(opened, dayGiven) {
  const id = link.event ?? config.event;
  if (id === null) return;
  const { day } = opened;
  opened.select(id, { takeFocus: false });
  if (dayGiven) opened.setDay(day);
}

function addressOf(opened) {
  return writeHash({ day: opened.day, event: opened.selected, lang: opened.lang, view: opened.view });
}

function keepAddress(opened) {
  if (isEmbedded()) return;
  history.replaceState(null, "", addressOf(opened));
}

async function copyLink(opened) {
  if (config.host === "streamlit") {
    sendUp("link", { date: isoFromDay(opened.day) });
    return;
  }
  const address = location.href.replace(/[?#].*$/, "") + addressOf(opened);
  try {
    await navigator.clipboard.writeText(address);
    opened.notify("map.link.copied");
  } catch {
    keepAddress(opened);
    opened.notify("map.link.in_address");
  }
}

function publish(opened) {
  const named = { day: (day) => isoFromDay(day), settled: (day) => isoFromDay(day) };
  return {
    ready: Promise.resolve(),
    get date() {
      return isoFromDay(opened.day);
    },
    get view() {
      return opened.view;
    },
    set view(view) {
      if (validView(view)) opened.setView(view);
    },
    get lang() {
      return opened.lang;
    },
    get selected() {
      return opened.selected;
    },
    setDate(iso) {
      const day = dayFromIso(iso);
      if (day === null) throw new RangeError(`no day of the calendar: ${iso}`);
      opened.setDay(day);
    },
    play: () => opened.play(),
    pause: () => opened.pause(),
    select: (id) => opened.select(id, { takeFocus: false }),
    setLang: (lang) => opened.setLang(lang),
    setTheme: (theme) => opened.setTheme(resolveTheme(theme)),
    setFilter: (filter) => opened.setFilter(filter),
    whenHere: () => ({ date: null, reason: "not_available" }),
    on: (name, listener) => opened.on(name, (detail) => listener(named[name] ? named[name](detail) : detail)),
  };
}
