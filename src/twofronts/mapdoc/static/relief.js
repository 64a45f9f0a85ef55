/** Turns a grey hillshade into shadow and light that can lie over any colour. */

const FLAT_SAMPLE_STEP = 97;

/** Load the relief; resolves to {dark, light, bounds in atlas units} (two alpha masks), or null if there is none. */
export async function loadRelief(relief, toAtlas) {
  if (!relief || !relief.url) return null;
  const image = new Image();
  image.src = relief.url;
  try {
    await image.decode();
  } catch {
    return null;
  }
  const [[south, west], [north, east]] = relief.bounds;
  const a = toAtlas(west, north);
  const b = toAtlas(east, south);
  return { ...splitShade(image), x: a.x, y: a.y, width: b.x - a.x, height: b.y - a.y };
}

function splitShade(image) {
  const { naturalWidth: width, naturalHeight: height } = image;
  const source = canvasOf(width, height);
  source.ctx.drawImage(image, 0, 0);
  const grey = source.ctx.getImageData(0, 0, width, height);
  const flat = commonGrey(grey.data);
  const dark = new ImageData(width, height);
  const light = new ImageData(width, height);
  for (let i = 0; i < grey.data.length; i += 4) {
    const value = grey.data[i];
    if (value < flat) dark.data[i + 3] = ((flat - value) / flat) * 255;
    else if (value > flat) {
      light.data[i] = light.data[i + 1] = light.data[i + 2] = 255;
      light.data[i + 3] = ((value - flat) / (256 - flat)) * 255;
    }
  }
  return { dark: painted(dark), light: painted(light) };
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
  const canvas = document.createElement("canvas");
  canvas.width = width;
  canvas.height = height;
  return { canvas, ctx: canvas.getContext("2d", { willReadFrequently: true }) };
}

function painted(pixels) {
  const { canvas, ctx } = canvasOf(pixels.width, pixels.height);
  ctx.putImageData(pixels, 0, 0);
  return canvas;
}
