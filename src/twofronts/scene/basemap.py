"""The basemap for the map document: rings and lines as runs of whole numbers, names and where they stand."""

from __future__ import annotations

import base64
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from twofronts.scene.arcs import Line, delta, quantise
from twofronts.scene.store import Feature, Scene


def pack_basemap(scene: Scene) -> dict[str, Any]:
    """Return every layer of the basemap as the map document takes it."""
    layers = scene.basemap
    neutral = {item["properties"]["id"] for item in layers["territories"] if item["properties"]["status"] == "neutral"}
    named = {item["properties"]["id"] for item in layers["far_states"] if item["properties"]["label"]}
    image = base64.b64encode(layers["relief_image"]).decode("ascii")
    return {
        "land": [polygon for item in layers["land"] for polygon in _polygons(item)],
        "land_world": [polygon for item in layers["land_world"] for polygon in _polygons(item)],
        "lakes": [polygon for item in layers["lakes"] for polygon in _polygons(item)],
        "rivers": [
            {"c": line, "r": item["properties"]["scalerank"], "de": item["properties"]["de"], "en": item["properties"]["en"]}
            for item in layers["rivers"] for line in _lines(item)
        ],
        "borders": [{"c": line} for item in layers["borders"] for line in _lines(item)],
        "far_states": [_far_state(item, neutral) for item in layers["far_states"]],
        "far_borders": [{"c": delta(line)} for line in shared([_rings(item) for item in layers["far_states"]])],
        "territories": [
            *(_territory(item, named) for item in layers["territories"]),
            *(_far_label(item) for item in layers["far_states"] if item["properties"]["label"]),
        ],
        "waters": [_water(item) for item in layers["waters"]],
        "relief": {"url": f"data:image/webp;base64,{image}", "bounds": layers["relief"]["bounds"]},
    }  # fmt: skip


def _polygons(item: Feature) -> list[list[list[int]]]:
    geometry = item["geometry"]
    polygons = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    return [rings for polygon in polygons if (rings := [delta(points) for ring in polygon if len(points := quantise(ring)) > 3])]


def _lines(item: Feature) -> list[list[int]]:
    geometry = item["geometry"]
    lines = geometry["coordinates"] if geometry["type"] == "MultiLineString" else [geometry["coordinates"]]
    return [delta(points) for line in lines if len(points := quantise(line)) > 1]


def _far_state(item: Feature, neutral: set[str]) -> dict[str, Any]:
    properties = item["properties"]
    # what continues a neutral state of the basemap is hatched like it
    side = "neutral" if properties["id"] in neutral else properties["side"]
    return {"side": side, "rings": [ring for polygon in _polygons(item) for ring in polygon]}


def _far_label(item: Feature) -> dict[str, Any]:
    properties = item["properties"]
    [(lon, lat)] = quantise([properties["label"]])
    return {"de": properties["de"], "en": properties["en"], "status": "far", "rank": properties["rank"], "lon": lon, "lat": lat}


def _rings(item: Feature) -> list[Line]:
    return [quantise(ring) for polygon in item["geometry"]["coordinates"] for ring in polygon]


def shared(states: Sequence[Sequence[Line]]) -> list[Line]:
    """Return the stretches that outlines of two states have in common, each once.

    >>> shared([[[(0, 0), (4, 0), (4, 4), (0, 0)]], [[(4, 4), (4, 0), (9, 0), (4, 4)]]])
    [[(4, 0), (4, 4)]]
    """
    users = Counter(frozenset(step) for rings in states for ring in rings for step in pairwise(ring))
    lines: list[Line] = []
    for ring in (ring for rings in states for ring in rings):
        line: Line = []
        for start, end in pairwise(ring):
            if users.pop(frozenset((start, end)), 0) < 2:
                line = []
            elif line:
                line.append(end)
            else:
                line = [start, end]
                lines.append(line)
    return lines


def _territory(item: Feature, elsewhere: set[str]) -> dict[str, Any]:
    properties = item["properties"]
    found = {"de": properties["de"], "en": properties["en"], "status": properties["status"], "rank": _size_rank(item["geometry"])}
    if properties.get("label") and properties["id"] not in elsewhere:
        [(found["lon"], found["lat"])] = quantise([properties["label"]])
    if properties["status"] in ("neutral", "outside"):
        found["rings"] = [ring for polygon in _polygons(item) for ring in polygon]
    return found


def _size_rank(geometry: dict[str, Any]) -> int:
    """Return 1 (great power) to 4 (micro-state) from the area of a territory's largest outline, in rough square degrees."""
    polygons = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    largest = max(abs(sum(x0 * y1 - x1 * y0 for (x0, y0), (x1, y1) in pairwise(polygon[0]))) / 2 for polygon in polygons)
    return next((rank for rank, limit in ((1, 28), (2, 8), (3, 1.5)) if largest > limit), 4)


def _water(item: Feature) -> dict[str, Any]:
    properties = item["properties"]
    [(lon, lat)] = quantise([item["geometry"]["coordinates"]])
    return {
        "de": properties["de"],
        "en": properties["en"],
        "lon": lon,
        "lat": lat,
        "angle": properties["angle"],
        "size": properties["size"],
    }
