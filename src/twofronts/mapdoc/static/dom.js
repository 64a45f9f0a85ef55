/** Making elements; text only ever reaches the page as text. */

const IDLE_SLICE_MS = 8;
const SVG_NS = "http://www.w3.org/2000/svg";

/** An element with properties (class, text, on*, attributes) and children. */
export function make(tag, props = {}, ...children) {
  return furnish(document.createElement(tag), props, children);
}

/** The same for SVG. */
export function makeSvg(tag, props = {}, ...children) {
  return furnish(document.createElementNS(SVG_NS, tag), props, children);
}

function furnish(node, props, children) {
  for (const [name, value] of Object.entries(props)) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "text") node.textContent = value;
    else if (name === "class") node.setAttribute("class", value);
    else if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

/** Replace everything inside an element. */
export function fill(node, ...children) {
  node.replaceChildren(...children.filter((child) => child !== null && child !== undefined));
}

/** Set an attribute only when it differs: writing an equal value would still cost a style pass. */
export function setAttribute(node, name, value) {
  if (node.getAttribute(name) !== value) node.setAttribute(name, value);
}

/** Set text only when it differs. */
export function setText(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

/** Say what a button without words does: to the ear, and as a hint under the pointer. */
export function setName(node, text) {
  setAttribute(node, "aria-label", text);
  setAttribute(node, "title", text);
}

/** The address if it is http or https, else null: data may not bring other schemes into a link. */
export function safeHref(url) {
  try {
    const { protocol, href } = new URL(url);
    return protocol === "https:" || protocol === "http:" ? href : null;
  } catch {
    return null;
  }
}

/** A function that runs once per frame at most, with the latest arguments. */
export function oncePerFrame(run) {
  let frame = 0;
  let latest;
  return (...args) => {
    latest = args;
    frame ||= requestAnimationFrame(() => {
      frame = 0;
      run(...latest);
    });
  };
}

/** Call work({timeRemaining()}) when the browser has nothing better to do; Safari has no such call and gets a timer. */
export function requestIdle(work) {
  if (window.requestIdleCallback) {
    window.requestIdleCallback(work);
    return;
  }
  setTimeout(() => {
    const end = performance.now() + IDLE_SLICE_MS;
    work({ timeRemaining: () => end - performance.now() });
  }, IDLE_SLICE_MS);
}

/** A function that runs when it was not called for `ms` milliseconds; `cancel()` drops a waiting call. */
export function debounce(run, ms) {
  let timer = 0;
  const debounced = (...args) => {
    clearTimeout(timer);
    timer = setTimeout(run, ms, ...args);
  };
  debounced.cancel = () => clearTimeout(timer);
  return debounced;
}
