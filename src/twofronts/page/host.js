/**
 * Holds the map document in an iframe that is made once and never remounted.
 * Up: what the reader did, as one small value "moment". Down: whatever the remote sends.
 */

const PATIENCE_MS = 10000;
const TOGETHER_MS = 60;

export default function host({ parentElement, data, setStateValue }) {
  // the line between this component and the remote: neither knows which of them appears first
  const line = (globalThis.twofrontsLine ??= { waiting: [] });
  line.opened ??= new Promise((resolve) => { line.openWith = resolve; });
  const root = parentElement.querySelector(".twofronts");
  root.moment ??= {};
  root.tell = () => {
    const moment = JSON.stringify(root.moment);
    // every message runs the page's script: what the server knows is not worth one
    if (moment === root.told) return;
    root.told = moment;
    setStateValue("moment", root.moment);
  };
  if (root.frame) return undefined;

  const frame = document.createElement("iframe");
  frame.setAttribute("sandbox", "allow-scripts allow-popups allow-downloads");
  root.frame = frame;
  line.frame = frame;
  line.ready = false;
  let pending = 0;
  const change = (what) => {
    root.moment = { ...root.moment, ...what };
    clearTimeout(pending);
    // a settled day and the event chosen with it travel together
    pending = setTimeout(() => root.tell(), TOGETHER_MS);
  };

  const onMessage = (event) => {
    if (event.source !== frame.contentWindow || event.data?.twofronts !== 1) return;
    const { type, date, event: chosen, kind, id, view, lat, lon } = event.data;
    if (type === "ready") {
      line.ready = true;
      line.waiting.splice(0).forEach((message) => frame.contentWindow.postMessage(message, "*"));
      root.tell();
    } else if (type === "day") change({ date });
    else if (type === "select") change(date ? { event: chosen ?? null, date } : { event: chosen ?? null });
    else if (type === "choose") change(date ? { troop: kind === null ? null : [kind, id], date } : { troop: null });
    else if (type === "view") change({ view });
    else if (type === "asked") change({ asked: lat === null ? null : [lat, lon] });
    else if (type === "link") navigator.clipboard?.writeText(location.href);
  };
  window.addEventListener("message", onMessage);

  const scheme = matchMedia("(prefers-color-scheme: dark)");
  const tellTheme = () => line.send({ twofronts: 1, type: "theme", theme: themeOf(root) });
  line.send = (message) => {
    if (line.ready) frame.contentWindow.postMessage(message, "*");
    else line.waiting.push(message);
  };
  scheme.addEventListener("change", tellTheme);

  const opened = Promise.all([inflate(data), line.opened]).then(([html, start]) => {
    root.moment = { date: start.date, event: start.event, troop: start.troop, view: start.view };
    // window.name crosses into the sandbox before its first script runs: the map opens on the linked day at once
    frame.name = `twofronts:${JSON.stringify({ ...start, theme: themeOf(root), host: "streamlit" })}`;
    frame.title = start.title;
    frame.srcdoc = html;
    root.replaceChildren(frame);
  });
  // the page waits with the rest of itself until it is told; a map that does not open must not keep that back
  opened.catch((error) => {
    console.error(error);
    root.moment = {};
    root.tell();
  });
  const patience = setTimeout(() => root.tell(), PATIENCE_MS);

  return () => {
    clearTimeout(pending);
    clearTimeout(patience);
    window.removeEventListener("message", onMessage);
    scheme.removeEventListener("change", tellTheme);
    globalThis.twofrontsLine = undefined;
  };
}

async function inflate(bytes) {
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream).text();
}

/** Light or dark, as the page around the map is. */
function themeOf(element) {
  const colour = getComputedStyle(element).getPropertyValue("--st-background-color").trim();
  const channels = colour.startsWith("#")
    ? colour.slice(1).match(/../g)?.map((pair) => parseInt(pair, 16))
    : colour.match(/[\d.]+/g)?.map(Number);
  if (!channels || channels.length < 3) return null;
  const [red, green, blue] = channels;
  return 0.3 * red + 0.59 * green + 0.11 * blue < 128 ? "dark" : "light";
}
