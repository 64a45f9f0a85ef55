/** Colours live in map.css as custom properties; the canvases read them here. */

const NAMES = [
  "sea", "sea-rim", "coast", "land", "axis", "axis-gain", "far-land", "neutral", "hatch", "river", "lake-rim", "border",
  "western", "western-week", "western-day", "western-line",
  "soviet", "soviet-week", "soviet-day", "soviet-line",
  "partisan", "partisan-week", "partisan-day", "partisan-line",
  "western-sign", "soviet-sign", "partisan-sign", "axis-sign", "western-paper", "soviet-paper", "partisan-paper", "axis-paper", "western-arrow", "soviet-arrow", "partisan-arrow", "axis-arrow",
  "contact-line", "halo", "relief-dark", "relief-light",
  "ink", "ink-soft", "label", "label-soft", "label-halo", "water-label", "accent", "rule", "paper",
];

/** "light" or "dark": what was asked for, else what the system prefers. */
export function resolveTheme(wanted) {
  if (wanted === "light" || wanted === "dark") return wanted;
  return matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
}

/** Put the theme on the document and return its colours by name. */
export function applyTheme(theme) {
  document.documentElement.dataset.theme = theme;
  const style = getComputedStyle(document.documentElement);
  return Object.fromEntries(NAMES.map((name) => [name, style.getPropertyValue(`--${name}`).trim()]));
}

/** Whether the reader asked for less motion. */
export function prefersStillness() {
  return matchMedia("(prefers-reduced-motion: reduce)").matches;
}
