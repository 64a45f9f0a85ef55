/**
 * Holds the map document in an iframe that is made once and never remounted.
 * Up: what the reader did, as one small value "moment". Down: whatever the remote sends.
 */

export default function host({ parentElement, data, setStateValue }) {
  // the line between this component and the remote: neither knows which of them appears first
  const line = (globalThis.twofrontsLine ??= { waiting: [] });
  line.opened ??= new Promise((resolve) => { line.openWith = resolve; });
  const root = parentElement.querySelector(".twofronts");
  root.moment ??= {};
  root.setMoment = (change) => {
    root.moment = { ...root.moment, ...change };
    clearTimeout(root.pending);
    // a settled day and the event chosen with it travel together
    root.pending = setTimeout(() => setStateValue("moment", root.moment), 60);
  };
  if (root.frame) return undefined;

  const frame = document.createElement("iframe");
  frame.setAttribute("sandbox", "allow-scripts allow-popups allow-downloads");
  root.frame = frame;
  line.frame = frame;
  line.ready = false;

  const onMessage = (event) => {
    if (event.source !== frame.contentWindow || event.data?.twofronts !== 1) return;
    const { type, date, event: chosen, view } = event.data;
    if (type === "ready") {
      line.ready = true;
      line.waiting.splice(0).forEach((message) => frame.contentWindow.postMessage(message, "*"));
    } else if (type === "day") root.setMoment({ date });
    else if (type === "select") root.setMoment(date ? { event: chosen ?? null, date } : { event: chosen ?? null });
    else if (type === "view") root.setMoment({ view });
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

  Promise.all([inflate(data), line.opened]).then(([html, start]) => {
    // window.name crosses into the sandbox before its first script runs: the map opens on the linked day at once
    frame.name = `twofronts:${JSON.stringify({ ...start, theme: themeOf(root), host: "streamlit" })}`;
    frame.title = start.title;
    frame.srcdoc = html;
    root.replaceChildren(frame);
  });

  return () => {
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
