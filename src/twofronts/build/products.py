"""Write the products in `geo/`: RFC 7946, one feature a line, sorted, the same bytes every time."""

from __future__ import annotations

import hashlib
import json
import lzma
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import shapely

from twofronts.build.control import Holding
from twofronts.build.edges import Edge
from twofronts.build.records import Capture, Citation, Event, KeyFrame, Place, PocketFrame, Source
from twofronts.build.standing import Standing
from twofronts.days import to_iso

DECIMALS = 4

Feature = dict[str, Any]


def feature(properties: Mapping[str, Any], geometry: shapely.Geometry | None) -> Feature:
    """Make a GeoJSON feature with coordinates in degrees, 4 decimals, rings wound as RFC 7946 asks."""
    return {"type": "Feature", "properties": dict(properties), "geometry": None if geometry is None else _geometry(geometry)}


def _geometry(geometry: shapely.Geometry) -> dict[str, Any]:
    kind = geometry.geom_type
    if kind == "Point":
        return {"type": kind, "coordinates": _numbers(shapely.get_coordinates(geometry))[0]}
    if kind == "LineString":
        return {"type": kind, "coordinates": _numbers(shapely.get_coordinates(geometry))}
    if kind == "Polygon":
        outer = shapely.orient_polygons(geometry)
        rings = [outer.exterior, *outer.interiors]
        return {"type": kind, "coordinates": [_numbers(shapely.get_coordinates(ring)) for ring in rings]}
    return {"type": kind, "coordinates": [_geometry(part)["coordinates"] for part in shapely.get_parts(geometry)]}


def _numbers(coordinates: Any) -> list[list[float]]:
    rounded: list[list[float]] = (np.round(coordinates, DECIMALS) + 0.0).tolist()
    return rounded


def collection(features: Iterable[Feature]) -> str:
    """Return a FeatureCollection as text, one feature a line."""
    lines = [json.dumps(item, ensure_ascii=False, separators=(",", ":")) for item in features]
    return '{"type":"FeatureCollection","features":[\n' + ",\n".join(lines) + "\n]}\n"


def _cited(sources: Iterable[Citation], works: Mapping[str, Source]) -> list[dict[str, str]]:
    found = []
    for item in sources:
        work = works[item.source]
        entry = {"id": work.id, "title": work.title, "author": work.author, "publisher": work.publisher, "year": work.year,
                 "url": work.url, "kind": work.kind, "locator": item.locator}  # fmt: skip
        found.append({name: value for name, value in entry.items() if value})
    return found


def events(records: Iterable[Event], places: Mapping[str, Place], works: Mapping[str, Source]) -> str:
    """Return `events.geojson`: a Point at the first place, or a MultiPoint along a route."""
    found = []
    for event in sorted(records, key=lambda record: record.id):
        spots = [shapely.Point(places[name].lon, places[name].lat) for name in event.places]
        found.append(
            feature(
                {
                    "id": event.id, "kind": event.kind, "theatre": event.theatre, "sides": list(event.sides),
                    "start": to_iso(event.start), "end": to_iso(event.end), "date_edtf": event.date_edtf,
                    "places": list(event.places), "title": event.title, "summary": event.summary, "note": event.note,
                    "certainty": event.certainty, "sources": _cited(event.sources, works),
                    "statements": list(event.statements), "paragraph": event.paragraph,
                },
                spots[0] if len(spots) == 1 else shapely.MultiPoint(spots),
            )
        )  # fmt: skip
    return collection(found)


def places(records: Mapping[str, Place]) -> str:
    """Return `places.geojson`."""
    return collection(
        feature(
            {"id": place.id, "name": {"de": place.de, "en": place.en, "local": place.local, "today": place.today},
             "wikidata": place.wikidata or None, "rank": place.rank, "source": place.source},
            shapely.Point(place.lon, place.lat),
        )
        for _, place in sorted(records.items())
    )  # fmt: skip


def sources(works: Mapping[str, Source]) -> str:
    """Return `sources.json`: every work by its id, as captures and key frames cite it."""
    rows = (
        f"{json.dumps(key)}:" + json.dumps({name: value for name, value in vars(work).items() if value and name not in ("id", "note")},
                                           ensure_ascii=False, separators=(",", ":"))
        for key, work in sorted(works.items())
    )  # fmt: skip
    return "{\n" + ",\n".join(rows) + "\n}\n"


def cited_ids(cited: Iterable[Citation]) -> list[str]:
    """Return the ids of the works cited."""
    return [item.source for item in cited]


def captures(records: Iterable[Capture], places: Mapping[str, Place]) -> str:
    """Return `captures.geojson`: the dated evidence the fronts are bent to."""
    return collection(
        feature(
            {"id": record.id, "place": record.place, "start": to_iso(record.start), "end": to_iso(record.end), "side": record.side,
             "by": record.by, "certainty": record.certainty, "sources": cited_ids(record.sources), "note": record.note},
            shapely.Point(places[record.place].lon, places[record.place].lat),
        )
        for record in sorted(records, key=lambda record: record.id)
    )  # fmt: skip


def keyframes(lines: Iterable[KeyFrame], pockets: Iterable[PocketFrame]) -> str:
    """Return `keyframes.geojson`: the dated drawings everything between them is interpolated from."""
    found = []
    frames: list[KeyFrame | PocketFrame] = [*lines, *pockets]
    for frame in frames:
        pocket = isinstance(frame, PocketFrame)
        shape = shapely.Polygon(frame.coordinates) if pocket else shapely.LineString(frame.coordinates)
        properties: dict[str, Any] = {
            "id": frame.id, "kind": "pocket" if pocket else "line", "theatre": frame.theatre, "date": to_iso(frame.day),
            "uncertainty_km": frame.uncertainty_km, "certainty": frame.certainty, "sources": cited_ids(frame.sources),
            "note": frame.note,
        }  # fmt: skip
        if isinstance(frame, PocketFrame):
            properties |= {"pocket": frame.pocket, "name": frame.name, "end": None if frame.end is None else to_iso(frame.end)}
        found.append(feature(properties, shape))
    return collection(sorted(found, key=lambda item: str(item["properties"]["id"])))


def fronts(pieces: Iterable[Standing]) -> str:
    """Return `fronts.geojson`: a feature for all pieces of front alike in what is known of them and in the days they stood."""
    counts: dict[str, int] = {}
    found = []
    for piece in pieces:
        stretch, start, end = piece.known, piece.start, piece.end
        stem = f"{stretch.theatre}-{to_iso(start)}"
        counts[stem] = counts.get(stem, 0) + 1
        found.append(
            feature(
                {"id": f"{stem}-{counts[stem]:03d}", "theatre": stretch.theatre, "sides": list(stretch.sides), "start": to_iso(start),
                 "end": to_iso(end), "status": stretch.status, "from_keyframes": list(stretch.from_keyframes),
                 "uncertainty_km": stretch.uncertainty_km},
                piece.geometry,
            )
        )  # fmt: skip
    return collection(found)


def holdings(records: Iterable[Holding]) -> str:
    """Return `control.geojson`: who held a piece of land from `start` to `end`."""
    return collection(
        feature(
            {"holder": record.holder, "start": to_iso(record.start), "end": to_iso(record.end)},
            record.geometry,
        )
        for record in records
    )


def edges(records: Iterable[Edge]) -> str:
    """Return `edges.geojson.xz`, unpacked: the lines between the sides' ground, not cut to the coast, those of the same days together."""
    alike: dict[tuple[int, int, str, str], list[shapely.Geometry]] = defaultdict(list)
    for edge in records:
        alike[edge.start, edge.end, edge.left, edge.right].append(edge.geometry)
    return collection(
        feature({"id": number, "left": left, "right": right, "start": to_iso(start), "end": to_iso(end)},
                shapely.MultiLineString(sorted(lines, key=lambda line: line.wkb)))
        for number, ((start, end, left, right), lines) in enumerate(sorted(alike.items()))
    )  # fmt: skip


def pack(text: str) -> bytes:
    """Return text as xz: for products that only the map document reads."""
    return lzma.compress(text.encode("utf-8"), preset=9 | lzma.PRESET_EXTREME)


def content(path: Path) -> bytes:
    """Return what a file says: the bytes of its text if it is packed, since another machine may pack it otherwise."""
    return lzma.decompress(path.read_bytes()) if path.suffix == ".xz" else path.read_bytes()


def digest(path: Path) -> str:
    """Return the SHA-256 of a file's content as hex."""
    return hashlib.sha256(content(path)).hexdigest()
