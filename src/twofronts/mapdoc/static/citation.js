/** Works as they are cited. */

import { make, safeHref } from "./dom.js";

/** A source as a list entry's contents: author and title (linked if it can be), then where in it, publisher and year. */
export function cite(source, locator) {
  const href = safeHref(source.url);
  const text = [source.author, source.title].filter(Boolean).join(": ");
  const title = href ? make("a", { href, target: "_blank", rel: "noopener noreferrer", text }) : make("span", { text });
  const rest = [locator, source.publisher, source.year].filter(Boolean).join(", ");
  return rest ? [title, make("span", { text: ` (${rest})` })] : [title];
}
