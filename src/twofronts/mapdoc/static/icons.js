/** Our own drawings, 16 by 16, one stroke each: event kinds and the buttons of the interface. */

import { makeSvg } from "./dom.js";

const STROKES = {
  diplomacy: ["M2.5 4.5h11v7.5h-11z", "M2.5 5l5.5 4.2L13.5 5"],
  conference: ["M8 5.2a2.8 2.8 0 1 0 .01 0z", "M8 1.6v1.2M8 13.2v1.2M1.6 8h1.2M13.2 8h1.2M3.5 3.5l.9.9M11.6 11.6l.9.9M12.5 3.5l-.9.9M4.4 11.6l-.9.9"],
  offensive: ["M2 6h6V3l6 5-6 5v-3H2z"],
  battle: ["M3 3l8.5 8.5M13 3L4.5 11.5", "M9.4 12.8l3.4-3.4M3.2 9.4l3.4 3.4"],
  landing: ["M8 2v7M5 6.2L8 9.2l3-3", "M2 12.5c1.5-1.2 2.5-1.2 4 0s2.5 1.2 4 0 2.5-1.2 4 0"],
  air: ["M8 1.8c.7 0 1 .8 1 1.6v2.8l5 3v1.4l-5-1.5v3l1.6 1.3v1L8 13.8l-2.6.6v-1L7 12.1v-3l-5 1.5V9.2l5-3V3.4c0-.8.3-1.6 1-1.6z"],
  supply: ["M2.5 5.2L8 2.5l5.5 2.7v5.8L8 13.7 2.5 11z", "M2.5 5.2L8 8l5.5-2.8M8 8v5.7"],
  intelligence: ["M1.8 8c1.7-2.8 3.8-4.2 6.2-4.2s4.5 1.4 6.2 4.2c-1.7 2.8-3.8 4.2-6.2 4.2S3.5 10.8 1.8 8z", "M8 6.2a1.8 1.8 0 1 0 .01 0z"],
  liberation: ["M1.8 12.5h12.4M4.3 12.5a3.7 3.7 0 0 1 7.4 0", "M8 3.2v2.6M2.9 5.6l1.7 1.8M13.1 5.6l-1.7 1.8"],
  politics: ["M2.2 5.6L8 2.2l5.8 3.4z", "M4 7.2v4M8 7.2v4M12 7.2v4M2.5 13.4h11"],
  surrender: ["M10.8 2.4l2.8 2.8-6.4 6.4-3.6.8.8-3.6z", "M2.5 14.2h11"],
  crime: ["M4.6 13.6V6.2a3.4 3.4 0 0 1 6.8 0v7.4", "M2.4 13.6h11.2", "M6.6 7.4h2.8M6.6 9.8h2.8"],
  play: ["M4.5 2.5l8.5 5.5-8.5 5.5z"],
  pause: ["M4.2 3h2.4v10H4.2zM9.4 3h2.4v10H9.4z"],
  previous: ["M10 3L5 8l5 5"],
  next: ["M6 3l5 5-5 5"],
  previousWeek: ["M8 3L3 8l5 5M13 3L8 8l5 5"],
  nextWeek: ["M3 3l5 5-5 5M8 3l5 5-5 5"],
  previousEvent: ["M4 3v10", "M12.5 8.5a2.6 2.6 0 1 0-.01 0z", "M4 8h2"],
  nextEvent: ["M12 3v10", "M6 5.4a2.6 2.6 0 1 0 .01 0z"],
  link: ["M6.6 9.4l2.8-2.8", "M7.4 4.8l1.5-1.5a2.7 2.7 0 0 1 3.8 3.8l-1.5 1.5", "M8.6 11.2l-1.5 1.5a2.7 2.7 0 0 1-3.8-3.8l1.5-1.5"],
  layers: ["M8 2.2l6 3.2-6 3.2-6-3.2z", "M2.5 8.3L8 11.2l5.5-2.9M2.5 11L8 13.9l5.5-2.9"],
  theme: ["M8 2.2a5.8 5.8 0 1 0 .01 0z", "M8 2.2v11.6a5.8 5.8 0 0 0 0-11.6z"],
  close: ["M3.5 3.5l9 9M12.5 3.5l-9 9"],
  plus: ["M8 3v10M3 8h10"],
  minus: ["M3 8h10"],
  search: ["M7 2.5a4.5 4.5 0 1 0 .01 0z", "M10.3 10.3l3.6 3.6"],
  when: ["M8 14.4s4.6-5.3 4.6-8.5a4.6 4.6 0 0 0-9.2 0c0 3.2 4.6 8.5 4.6 8.5z", "M8 4.6a1.5 1.5 0 1 0 .01 0z"],
  event: ["M8 2.6a5.4 5.4 0 1 0 .01 0z", "M8 6.4a1.6 1.6 0 1 0 .01 0z"],
  traveller: ["M8 5.4a2.6 2.6 0 1 0 .01 0z"],
  army: ["M2 5h12v8H2z", "M2 5l12 8M14 5L2 13", "M4 1.5l1.6 2M5.6 1.5L4 3.5M10.4 1.5l1.6 2M12 1.5l-1.6 2"],
  home: ["M2.2 8.2L8 3l5.8 5.2", "M4 7v6h8V7"],
  lens: ["M2 8h3.5M10.5 8H14", "M5.5 4.5v7M10.5 4.5v7"],
};
const SOLID = new Set(["offensive", "air", "play", "pause"]);

/** The kinds of event, in the order of the filter. */
export const KINDS = [
  "diplomacy", "conference", "politics", "intelligence", "supply", "air", "landing", "offensive", "battle", "liberation", "surrender", "crime",
];

/** An SVG drawing by name; unknown names give a plain dot. */
export function icon(name) {
  const strokes = STROKES[name] ?? ["M8 6a2 2 0 1 0 .01 0z"];
  return makeSvg(
    "svg",
    { viewBox: "0 0 16 16", class: SOLID.has(name) ? "icon icon-solid" : "icon", "aria-hidden": "true", focusable: "false" },
    ...strokes.map((d) => makeSvg("path", { d })),
  );
}
