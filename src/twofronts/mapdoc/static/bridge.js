/** Messages between the document and the page that holds it in an iframe. */

import { debounce } from "./dom.js";
import { isEventId, roundView, validSpot, validView } from "./link.js";
import { dayFromIso, isoFromDay } from "./time.js";

const VIEW_REST_MS = 300;
const LABEL_LENGTH = 80;

/** Whether the document sits in another page. */
export function isEmbedded() {
  return window.parent !== window;
}

/** Send a small message to the page around the document. */
export function sendUp(type, detail = {}) {
  if (isEmbedded()) window.parent.postMessage({ twofronts: 1, type, ...detail }, "*");
}

/** Tell the page what the reader does, and do what the page asks of `atlas`. */
export function connect(atlas) {
  if (!isEmbedded()) return;
  const isoNow = () => isoFromDay(atlas.day);
  let told = null;
  let toldView = String(roundView(atlas.view));
  const tellView = debounce(() => {
    const view = roundView(atlas.view);
    if (String(view) === toldView) return;
    // nothing may keep the page busy while the slider is held
    if (atlas.held) {
      tellView();
      return;
    }
    toldView = String(view);
    sendUp("view", { view });
  }, VIEW_REST_MS);
  atlas.on("settled", () => {
    if (isoNow() === told) return;
    told = isoNow();
    sendUp("day", { date: told });
  });
  atlas.on("select", (event) => sendUp("select", { event, date: isoNow() }));
  atlas.on("choose", (chosen) => sendUp("choose", { kind: chosen?.kind ?? null, id: chosen?.id ?? null, date: isoNow() }));
  atlas.on("asked", (spot) => sendUp("asked", { lat: spot?.lat ?? null, lon: spot?.lon ?? null }));
  atlas.on("lang", (lang) => sendUp("lang", { lang }));
  atlas.on("view", tellView);
  // not the reader's doing
  atlas.on("refit", () => (toldView = String(roundView(atlas.view))));
  window.addEventListener("message", (message) => {
    if (message.source !== window.parent) return;
    const { data } = message;
    if (data === null || typeof data !== "object" || data.twofronts !== 1) return;
    const handle = Object.hasOwn(HANDLERS, data.type) ? HANDLERS[data.type] : null;
    if (handle) handle(atlas, data);
  });
  sendUp("ready", { date: isoNow(), lang: atlas.lang });
}

const HANDLERS = {
  setDate(atlas, { date }) {
    const day = dayFromIso(date);
    if (day !== null) atlas.setDay(day);
  },
  select(atlas, { event, date }) {
    const day = dayFromIso(date);
    if (day !== null) atlas.setDay(day);
    if (event === null || isEventId(event)) atlas.select(event, { takeFocus: false });
  },
  choose(atlas, { kind, id, date }) {
    const day = dayFromIso(date);
    if (day !== null) atlas.setDay(day);
    if ((kind === "formation" || kind === "offensive") && isEventId(id)) atlas.choose(kind, id, { takeFocus: false, play: kind === "offensive" });
  },
  ask(atlas, { lat, lon }) {
    const spot = validSpot({ lat, lon });
    if (spot) atlas.visit(spot, { takeFocus: false });
  },
  lang(atlas, { lang }) {
    if (lang === "de" || lang === "en") atlas.setLang(lang);
  },
  theme(atlas, { theme }) {
    if (theme === "light" || theme === "dark") atlas.setTheme(theme);
  },
  filter(atlas, { kinds, theatres }) {
    if (isListOrNull(kinds) && isListOrNull(theatres)) atlas.setFilter({ kinds, theatres });
  },
  view(atlas, { view }) {
    if (validView(view)) atlas.setView(view);
  },
  goto(atlas, { lat, lon, zoom, label }) {
    if (validView([lat, lon, zoom])) atlas.goTo(lat, lon, zoom, typeof label === "string" ? label.slice(0, LABEL_LENGTH) : "");
  },
};

function isListOrNull(value) {
  return value === null || value === undefined || (Array.isArray(value) && value.every((item) => typeof item === "string"));
}
