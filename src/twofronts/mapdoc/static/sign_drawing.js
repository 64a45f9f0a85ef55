/** A unit symbol as a drawing of the page. */

import { makeSvg } from "./dom.js";
import { signPaths } from "./signs.js";

/** An SVG symbol of {side, branch, echelon}. */
export function sign(formation) {
  const { frame, branch, echelon } = signPaths(formation);
  return makeSvg(
    "svg",
    { viewBox: "0 0 34 34", class: "sign-drawing", "aria-hidden": "true", focusable: "false" },
    makeSvg("path", { d: echelon, class: "sign-echelon" }),
    makeSvg("path", { d: frame, class: "sign-frame" }),
    branch ? makeSvg("path", { d: branch, class: "sign-branch" }) : null,
  );
}
