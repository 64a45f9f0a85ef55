/** Unit symbols after APP-6: a frame by side, the branch within, the echelon above. */

import { makeSvg } from "./dom.js";

/** Width and height of a drawn symbol in CSS pixels. */
export const SIGN_PX = { width: 34, height: 31 };

// Allied frames are rectangles, the Axis' are diamonds, partisans' have round ends: shapes tell what colours tell.
const FRAMES = {
  western: { path: "M2 11h30v18H2z", inner: [2, 11, 32, 29] },
  soviet: { path: "M2 11h30v18H2z", inner: [2, 11, 32, 29] },
  partisan: { path: "M10 11h14a9 9 0 0 1 0 18H10a9 9 0 0 1 0-18z", inner: [5, 13, 29, 27] },
  axis: { path: "M17 8.6L32.6 20 17 31.4 1.4 20z", inner: [9.2, 14.3, 24.8, 25.7] },
};
const ECHELON_MARKS = { group: 5, army: 4, corps: 3 };

/** An SVG symbol {side, branch, echelon}. */
export function sign({ side, branch, echelon }) {
  const { path, inner } = FRAMES[side];
  return makeSvg(
    "svg",
    { viewBox: "0 0 34 34", class: "sign-drawing", "aria-hidden": "true", focusable: "false" },
    makeSvg("path", { d: echelonMarks(ECHELON_MARKS[echelon]), class: "sign-echelon-halo" }),
    makeSvg("path", { d: echelonMarks(ECHELON_MARKS[echelon]), class: "sign-echelon" }),
    makeSvg("path", { d: path, class: "sign-frame" }),
    branch ? makeSvg("path", { d: branchMarks(branch, inner), class: "sign-branch" }) : null,
  );
}

function echelonMarks(count) {
  const step = 5;
  const start = 17 - ((count - 1) * step) / 2;
  return Array.from({ length: count }, (_, i) => {
    const x = start + i * step;
    return `M${x - 1.7} 1.6l3.4 4.4M${x + 1.7} 1.6l-3.4 4.4`;
  }).join("");
}

function branchMarks(branch, [x0, y0, x1, y1]) {
  const [cx, cy] = [(x0 + x1) / 2, (y0 + y1) / 2];
  if (branch === "infantry") return `M${x0} ${y0}L${x1} ${y1}M${x1} ${y0}L${x0} ${y1}`;
  if (branch === "cavalry") return `M${x0} ${y1}L${x1} ${y0}`;
  if (branch === "armour") return `M${cx - 4} ${cy - 3.6}h8a3.6 3.6 0 0 1 0 7.2h-8a3.6 3.6 0 0 1 0-7.2z`;
  if (branch === "mountain") return `M${cx - 5} ${y1}l5-8 5 8z`;
  return `M${cx - 7} ${cy + 1}a3.5 3.5 0 0 1 7 0a3.5 3.5 0 0 1 7 0`;
}
