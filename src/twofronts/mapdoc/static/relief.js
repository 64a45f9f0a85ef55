/** Turns a grey hillshade into shadow and light that can lie over any colour. */

import { atlasX, atlasY } from "./projection.js";

const FLAT_SAMPLE_STEP = 97;
const FADE_SHARE = 0.04;
// Finer shading than this would not be seen under the names and lines.
const MAX_WIDTH = 1600;

/** Load the relief; resolves to {dark, light, x, y, width, height in atlas units} (two alpha masks), or null if there is none. */
export async function loadRelief(relief) {
  if (!relief || !relief.url) return null;
  const [[south, west], [north, east]] = relief.bounds;
  const [x, y] = [atlasX(west), atlasY(north)];
  try {
    const image = await createImageBitmap(blobOf(relief.url));
    return { ...splitShade(image), x, y, width: atlasX(east) - x, height: atlasY(south) - y };
  } catch {
    return null;
  }
}

// A worker has no image elements, and the document's policy lets nobody fetch.
function blobOf(dataUrl) {
  const [head, body] = dataUrl.split(",");
  return new Blob([Uint8Array.from(atob(body), (letter) => letter.charCodeAt(0))], { type: /data:([^;]*)/.exec(head)[1] });
}

function splitShade(image) {
  const scale = Math.min(1, MAX_WIDTH / image.width);
  const width = Math.round(image.width * scale);
  const height = Math.round(image.height * scale);
  const source = canvasOf(width, height);
  source.ctx.drawImage(image, 0, 0, width, height);
  const grey = source.ctx.getImageData(0, 0, width, height);
  const flat = commonGrey(grey.data);
  const dark = new ImageData(width, height);
  const light = new ImageData(width, height);
  light.data.fill(255);
  for (let y = 0, i = 0; y < height; y++) {
    const fadeY = fade(y, height);
    for (let x = 0; x < width; x++, i += 4) {
      const value = grey.data[i];
      const weight = 255 * fadeY * fade(x, width);
      dark.data[i + 3] = value < flat ? ((flat - value) / flat) * weight : 0;
      light.data[i + 3] = value > flat ? ((value - flat) / (256 - flat)) * weight : 0;
    }
  }
  return { dark: painted(dark), light: painted(light) };
}

/** 0 at the edge of the picture, 1 a little way in, so that the relief does not end in a line. */
function fade(at, length) {
  return Math.min(1, Math.min(at, length - 1 - at) / (length * FADE_SHARE));
}

/** The grey that level ground has: the most frequent value away from the extremes. */
function commonGrey(data) {
  const counts = new Uint32Array(256);
  for (let i = 0; i < data.length; i += 4 * FLAT_SAMPLE_STEP) counts[data[i]]++;
  let best = 128;
  for (let value = 64; value < 250; value++) if (counts[value] > counts[best]) best = value;
  return best;
}

function canvasOf(width, height) {
  const canvas = new OffscreenCanvas(width, height);
  return { canvas, ctx: canvas.getContext("2d", { willReadFrequently: true }) };
}

function painted(pixels) {
  const { canvas, ctx } = canvasOf(pixels.width, pixels.height);
  ctx.putImageData(pixels, 0, 0);
  return canvas.transferToImageBitmap();
}
