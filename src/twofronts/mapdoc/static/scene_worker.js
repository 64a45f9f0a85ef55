/** The studio in a thread of its own: hears {data, faces} once, then orders {number, frame, look}. */

import { Studio } from "./studio.js";

const FONTS = ['italic 13px "Atlas Serif"', '600 12px "Atlas Sans"', 'italic 600 14px "Atlas Serif"'];
let studio = null;

self.onmessage = ({ data: message }) => {
  if (studio) studio.order(message);
  else open(message);
};

function open({ data, faces }) {
  const deliver = (picture, { number, frame, look }) =>
    self.postMessage({ picture, number, frame, day: look.day, isComplete: studio.isComplete }, [picture]);
  studio = new Studio(JSON.parse(data), deliver, (step) => setTimeout(step, 0));
  studio.expect(loadFonts(faces));
}

// A browser without fonts in workers writes the few names of the scene in one of its own.
async function loadFonts(faces) {
  if (!self.fonts) return;
  for (const { family, source, ...kind } of faces) self.fonts.add(new FontFace(family, source, kind));
  await Promise.allSettled(FONTS.map((font) => self.fonts.load(font, "aą")));
}
