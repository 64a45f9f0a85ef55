/** Start: read the data and the address, build the atlas, open it to the page around it. */

import { Atlas } from "./atlas.js";
import { connect, isEmbedded, sendUp } from "./bridge.js";
import { chooseLanguage } from "./i18n.js";
import { isEventId, readLink, validSpot, validView, writeHash } from "./link.js";
import { briefWorker } from "./painter.js";
import { takeStand } from "./standing.js";
import { prefersStillness, resolveTheme } from "./theme.js";
import { dayFromIso, isoFromDay } from "./time.js";

const map = window[document.querySelector(".folium-map").id];
const text = document.getElementById("twofronts-data").textContent;
briefWorker(text);
const data = JSON.parse(text);
const { range } = data;
const config = { ...data.config, ...startOfHost() };
const link = config.host === "streamlit" ? readLink("", "") : readLink(location.search, location.hash);

await roomToStand();
const atlas = openAtlas();
window.twofronts = publish(atlas);
connect(atlas);

// A frame that runs in a process of its own begins without a size while the page around it is busy, and nothing fits into none.
async function roomToStand() {
  while (innerWidth === 0 || innerHeight === 0) await new Promise(requestAnimationFrame);
}

// A host names the frame before the first script runs: so the map opens on the linked day at once.
function startOfHost() {
  if (!isEmbedded() || !window.name.startsWith("twofronts:")) return {};
  try {
    const { date, event, army, offensive, when, lang, view, theme } = JSON.parse(window.name.slice("twofronts:".length));
    return { date: dayFromIso(date), event: isEventId(event) ? event : null, ...idsOf({ army, offensive }), when: validSpot(when), lang, view, theme };
  } catch {
    return {};
  }
}

function openAtlas() {
  if (prefersStillness()) {
    map.options.zoomAnimationThreshold = 0;
    map.options.inertia = false;
  }
  if (link.day !== null && !isInRange(link.day)) link.bad.push("date");
  const wantedDay = [link.day, config.date].find(isInRange);
  const stage = document.querySelector(".stage");
  const opened = new Atlas({
    map,
    root: document.querySelector(".atlas"),
    stage,
    data,
    day: wantedDay ?? Math.max(range.first, data.fronts.first),
    lang: chooseLanguage(link.lang ?? config.lang),
    theme: resolveTheme(config.theme),
    copyLink: () => copyLink(opened),
    stand: () => takeStand(map, stage, link.view ?? validView(config.view), () => opened.emit("refit")),
  });
  // who follows a link to an event without a date wants the day of the event, not the one this map else opens on
  const isLinked = [link.event, link.army, link.offensive].some((id) => id !== null);
  const givenDay = isLinked && !isInRange(link.day) ? undefined : wantedDay;
  openEvent(opened, givenDay !== undefined);
  openTroops(opened, givenDay);
  openAnswer(opened);
  if (link.bad.length > 0) opened.notify("map.notice.link");
  opened.on("settled", () => keepAddress(opened));
  opened.on("select", () => keepAddress(opened));
  opened.on("choose", () => keepAddress(opened));
  opened.on("asked", () => keepAddress(opened));
  opened.on("view", () => keepAddress(opened));
  opened.on("lang", () => keepAddress(opened));
  return opened;
}

function isInRange(day) {
  return day !== null && day >= range.first && day <= range.last;
}

function openEvent(opened, dayGiven) {
  const id = link.event ?? config.event;
  if (id === null) return;
  const { day } = opened;
  // a link's own view stays as it is; otherwise the map begins where the event is
  opened.select(id, { takeFocus: false, sight: link.view ?? validView(config.view) ? null : { animate: false } });
  if (dayGiven) opened.setDay(day);
}

function idsOf({ army, offensive }) {
  return { army: isEventId(army) ? army : null, offensive: isEventId(offensive) ? offensive : null };
}

function openTroops(opened, day) {
  if (opened.selected !== null) return;
  const sight = !(link.view ?? validView(config.view));
  const [army, offensive] = [link.army ?? config.army ?? null, link.offensive ?? config.offensive ?? null];
  if (army) opened.choose("formation", army, { takeFocus: false, sight });
  else if (offensive) opened.choose("offensive", offensive, { takeFocus: false, sight });
  if ((army || offensive) && day !== undefined) opened.setDay(day);
}

function openAnswer(opened) {
  const spot = link.when ?? config.when ?? null;
  if (spot === null || opened.selected !== null || opened.chosen !== null) return;
  if (link.view ?? validView(config.view)) opened.ask(spot, { takeFocus: false, sight: null });
  else opened.visit(spot, { takeFocus: false, animate: false });
}

function addressOf(opened) {
  return writeHash({ day: opened.day, event: opened.selected, chosen: opened.chosen, when: opened.asked, lang: opened.lang, view: opened.view });
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
    get drawn() {
      return opened.isDrawn;
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
    get chosen() {
      return opened.chosen;
    },
    choose: (kind, id) => opened.choose(kind, id, { takeFocus: false, play: kind === "offensive" }),
    setLang: (lang) => opened.setLang(lang),
    setTheme: (theme) => opened.setTheme(resolveTheme(theme)),
    setFilter: (filter) => opened.setFilter(filter),
    get asked() {
      return opened.asked;
    },
    ask: (lat, lon) => opened.ask(lat === null ? null : spotOrThrow(lat, lon), { takeFocus: false }),
    whenHere: async (lat, lon) => opened.whenHere(spotOrThrow(lat, lon)),
    on: (name, listener) => opened.on(name, (detail) => listener(named[name] ? named[name](detail) : detail)),
  };
}

function spotOrThrow(lat, lon) {
  const spot = validSpot({ lat, lon });
  if (spot === null) throw new RangeError(`no point on the globe: ${lat}, ${lon}`);
  return spot;
}
