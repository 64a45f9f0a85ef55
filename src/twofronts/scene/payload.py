"""The scene as one JSON object for the map document. Coordinates are whole thousandths of a degree."""

from __future__ import annotations

import json
from collections import defaultdict
from typing import Any

from twofronts.days import to_number
from twofronts.scene.arcs import Point, chain, delta, join, quantise
from twofronts.scene.basemap import pack_basemap
from twofronts.scene.moves import pack_moves
from twofronts.scene.numbered import Numbered
from twofronts.scene.store import Feature, Scene
from twofronts.words import map_words

PAYLOAD_SCHEMA = 1


def build_payload(scene: Scene, config: dict[str, Any]) -> dict[str, Any]:
    """Return what the map document draws; `config` carries the state to open with."""
    sources = Numbered(scene.sources)
    places = {key: number for number, key in enumerate(scene.places)}
    keyframes = {key: number for number, key in enumerate(scene.keyframes)}
    units = {item["properties"]["by"]["en"]: item["properties"]["by"] for item in scene.captures if item["properties"]["by"]}
    numbers = {name: number for number, name in enumerate(units)}
    return {
        "schema": PAYLOAD_SCHEMA,
        "range": {"first": scene.first, "last": scene.last},
        "fronts": {
            "first": scene.front_days[0],
            "last": scene.front_days[1],
            **_fronts(scene, keyframes),
            "keyframes": [_keyframe(item, sources) for item in scene.keyframes.values()],
            "pockets": _pockets(scene),
            "facts": [_facts(row) for row in scene.days],
        },
        "events": [_event(item, places, sources) for item in scene.events],
        "captures": [_capture(item, places, sources, numbers) for item in scene.captures],
        "units": list(units.values()),
        **pack_moves(scene, places, sources),
        "when": scene.manifest["interval"],
        "places": [_place(item) for item in scene.places.values()],
        "sources": sources.values,
        "basemap": pack_basemap(scene),
        "attribution": ATTRIBUTION,
        "config": config,
        "words": map_words(),
    }


ATTRIBUTION = [
    {"text": {"de": "Fronten, Ereignisse, Grenzen von 1937: Two Fronts, CC BY 4.0",
              "en": "Fronts, events, borders of 1937: Two Fronts, CC BY 4.0"},
     "url": "https://creativecommons.org/licenses/by/4.0/"},
    {"text": {"de": "Küsten, Flüsse, Seen: Natural Earth, gemeinfrei", "en": "Coasts, rivers, lakes: Natural Earth, public domain"},
     "url": "https://www.naturalearthdata.com/about/terms-of-use/"},
    {"text": {"de": "Relief: Natural Earth, gemeinfrei", "en": "Relief: Natural Earth, public domain"},
     "url": "https://www.naturalearthdata.com/downloads/10m-raster-data/10m-shaded-relief/"},
    {"text": {"de": "Orte: GeoNames, CC BY 4.0", "en": "Places: GeoNames, CC BY 4.0"}, "url": "https://www.geonames.org/"},
    {"text": {"de": "Karte: Leaflet, BSD-2-Clause", "en": "Map: Leaflet, BSD-2-Clause"}, "url": "https://leafletjs.com/"},
    {"text": {"de": "Schrift: Source Sans und Source Serif, SIL OFL 1.1", "en": "Type: Source Sans and Source Serif, SIL OFL 1.1"},
     "url": "https://openfontlicense.org/"},
]  # fmt: skip


def _fronts(scene: Scene, keyframes: dict[str, int]) -> dict[str, Any]:
    first, last = scene.front_days
    arcs: list[list[int]] = []
    days: list[dict[str, Any]] = [{"areas": {}, "lines": []} for _ in range(first, last + 1)]
    around: list[dict[str, list[tuple[int, Point, Point]]]] = [defaultdict(list) for _ in days]
    for item in scene.edges:
        for line in item["geometry"]["coordinates"]:
            points = quantise(line)
            if len(points) < 2:
                continue
            for day in _run(item, first):
                around[day][item["properties"]["left"]].append((len(arcs), points[0], points[-1]))
                around[day][item["properties"]["right"]].append((~len(arcs), points[-1], points[0]))
            arcs.append(delta(points))
    shared: dict[str, list[list[list[int]]]] = {}
    for drawn, pieces in zip(days, around, strict=True):
        for side in ("soviet", "partisan", "western"):
            if pieces[side]:
                rings = chain(pieces[side])
                drawn["areas"][side] = shared.setdefault(json.dumps(rings), [rings])
    standing: list[dict[str, list[tuple[int, Point, Point]]]] = [defaultdict(list) for _ in days]
    for item in scene.fronts:
        known = json.dumps(_known(item["properties"], keyframes))
        for line in item["geometry"]["coordinates"]:
            points = quantise(line)
            if len(points) < 2:
                continue
            for day in _run(item, first):
                standing[day][known].append((len(arcs), points[0], points[-1]))
            arcs.append(delta(points))
    for drawn, pieces_of in zip(days, standing, strict=True):
        drawn["lines"] = [{"a": refs, **json.loads(known)} for known, pieces in sorted(pieces_of.items()) for refs in join(pieces)]
    return {"arcs": arcs, "days": days}


def _known(properties: dict[str, Any], keyframes: dict[str, int]) -> dict[str, Any]:
    """Return what is known of a stretch of front: interpolated or not, theatre, key frames, uncertainty in km, whose line it is."""
    return {
        "s": int(properties["status"] == "interpolated"),
        "t": properties["theatre"],
        "k": [keyframes[name] for name in properties["from_keyframes"]],
        "u": properties["uncertainty_km"],
        "side": _side(properties["sides"]),
    }


def _side(sides: list[str]) -> str:
    """Return whose line a stretch between two sides is, or "contact" where the Allies met."""
    return next(side for side in sides if side != "axis") if "axis" in sides else "contact"


def _run(item: Feature, first: int) -> range:
    properties = item["properties"]
    return range(to_number(properties["start"]) - first, to_number(properties["end"]) - first + 1)


def _keyframe(item: Feature, sources: Numbered) -> dict[str, Any]:
    properties = item["properties"]
    return {
        "id": properties["id"], "date": to_number(properties["date"]), "theatre": properties["theatre"],
        "certainty": properties["certainty"], "sources": sources.numbers(properties["sources"]),
        "note": properties["note"],
    }  # fmt: skip


def _pockets(scene: Scene) -> list[dict[str, Any]]:
    territories = {item["properties"]["en"] for item in scene.basemap["territories"] if item["properties"].get("label")}
    outlines: dict[str, list[Feature]] = {}
    for item in scene.keyframes.values():
        if item["properties"]["kind"] == "pocket":
            outlines.setdefault(item["properties"]["pocket"], []).append(item)
    found = []
    for frames in outlines.values():
        frames.sort(key=lambda item: str(item["properties"]["date"]))
        starts = [to_number(item["properties"]["date"]) for item in frames]
        final = frames[-1]["properties"]["end"]
        stops = [start - 1 for start in starts[1:]] + [to_number(final) if final else starts[-1]]
        for item, start, stop in zip(frames, starts, stops, strict=True):
            ring = quantise(item["geometry"]["coordinates"][0])
            lon, lat = (round(sum(axis) / len(axis)) for axis in zip(*ring[:-1], strict=True))
            # a pocket that bears its territory's name needs no second label
            if item["properties"]["name"]["en"] not in territories:
                found.append({"name": item["properties"]["name"], "first": start, "last": stop, "lon": lon, "lat": lat})
    return found


def _facts(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "gap_km": row["gap_km"], "berlin_west_km": row["berlin_km"]["western"], "berlin_east_km": row["berlin_km"]["soviet"],
        "gained_km2": row["gained_km2"],
    }  # fmt: skip


def _event(item: Feature, places: dict[str, int], sources: Numbered) -> dict[str, Any]:
    properties = item["properties"]
    return {
        "id": properties["id"], "kind": properties["kind"], "theatre": properties["theatre"], "sides": properties["sides"],
        "start": to_number(properties["start"]), "end": to_number(properties["end"]), "date": properties["date_edtf"],
        "places": [places[name] for name in properties["places"]], "title": properties["title"], "summary": properties["summary"],
        "note": properties["note"], "certainty": properties["certainty"], "sources": sources.cited(properties["sources"]),
        "paragraph": properties["paragraph"], "route": is_route(properties),
    }  # fmt: skip


def _capture(item: Feature, places: dict[str, int], sources: Numbered, units: dict[str, int]) -> list[Any]:
    """Return place, first and last day, initials of side and certainty, sources, number of the unit or None."""
    own = item["properties"]
    unit = units[own["by"]["en"]] if own["by"] else None
    cited = sources.numbers(own["sources"])
    return [places[own["place"]], to_number(own["start"]), to_number(own["end"]), own["side"][0], own["certainty"][0], cited, unit]


def is_route(properties: dict[str, Any]) -> bool:
    """Tell whether an event's places are stations of a letter, a journey or a supply line, not scenes of one action."""
    return (
        len(properties["places"]) > 1
        and properties["theatre"] == "coalition"
        and properties["kind"] in ("diplomacy", "supply", "intelligence")
    )


def _place(item: Feature) -> dict[str, Any]:
    properties = item["properties"]
    [(lon, lat)] = quantise([item["geometry"]["coordinates"]])
    return {
        "id": properties["id"],
        **properties["name"],
        "lon": lon,
        "lat": lat,
        "wikidata": properties["wikidata"],
        "rank": properties["rank"],
    }
