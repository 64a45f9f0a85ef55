"""Write what moves into `geo/`: lines whose vertices bear their days in `when` (null for a mere bend)."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import shapely

from twofronts.build.moves.records import Command, Formation, Journey, Moves, Offensive, Spot, Station, Tonnage, Way, WayPoint
from twofronts.build.products import cited_ids, collection, feature
from twofronts.build.records import Citation
from twofronts.days import to_iso


def movements(moves: Moves) -> str:
    """Return `movements.geojson`: a formation a feature, its way-points and bends a LineString; lists run along its vertices.

    `sources` are all works behind the feature; `evidence` tells by their places in that list which of them back a way-point.
    """
    commands: dict[str, list[Command]] = defaultdict(list)
    for command in moves.commands:
        commands[command.formation].append(command)
    found = []
    for name, march in moves.marches.items():
        formation = moves.formations[name]
        works = _works(formation, march, commands[name])
        vertices = list(_vertices(march))
        dated = [point for _, point in vertices]
        found.append(
            feature(
                {
                    "id": name, "name": formation.name, "short": formation.short, "side": formation.side, "branch": formation.branch,
                    "echelon": formation.echelon, "start": to_iso(march[0].day), "end": to_iso(march[-1].day),
                    "life": [to_iso(formation.start), to_iso(formation.end)], "sources": works,
                    "when": [point and to_iso(point.day) for point in dated],
                    "date_edtf": [point and point.date_edtf for point in dated],
                    "places": [spot.place or None for spot, _ in vertices],
                    "stands": [point and point.stands for point in dated], "by": [point and (point.by or "road") for point in dated],
                    "under": [(point and point.under) or None for point in dated],
                    "uncertainty_km": [point and point.uncertainty_km for point in dated],
                    "certainty": [point and point.certainty for point in dated],
                    "evidence": [point and [works.index(source.source) for source in point.sources] for point in dated],
                    "commanders": [
                        {"start": to_iso(command.start), "end": to_iso(command.end), "name": command.name,
                         "certainty": command.certainty, "sources": cited_ids(command.sources)}
                        for command in commands[name]
                    ],
                },
                shapely.LineString([(spot.lon, spot.lat) for spot, _ in vertices]),
            )
        )  # fmt: skip
    return collection(found)


def _works(formation: Formation, march: Sequence[WayPoint], commands: Sequence[Command]) -> list[str]:
    cited = [formation.sources, *(point.sources for point in march), *(command.sources for command in commands)]
    return list(dict.fromkeys(name for sources in cited for name in cited_ids(sources)))


def _vertices(march: Sequence[WayPoint]) -> Iterable[tuple[Spot, WayPoint | None]]:
    for point in march:
        yield from ((spot, None) for spot in point.via)
        yield point.at, point


def offensives(records: Iterable[Offensive], gained: Mapping[str, int | None]) -> str:
    """Return `offensives.geojson`: an offensive a feature, its axes a MultiLineString with `when` alike in shape."""
    return collection(
        feature(
            {
                "id": item.id, "name": item.name, "theatre": item.theatre, "side": item.side, "start": to_iso(item.start),
                "end": to_iso(item.end), "date_edtf": item.date_edtf, "formations": list(item.formations), "summary": item.summary,
                "forces": item.forces, "losses": item.losses, "gained_km2": gained[item.id], "event": item.event or None,
                "certainty": item.certainty, "sources": _located(item.sources),
                "when": [[_when(station) for station in axis] for axis in item.axes],
                "places": [[station.spot.place or None for station in axis] for axis in item.axes],
            },
            shapely.MultiLineString([[(station.spot.lon, station.spot.lat) for station in axis] for axis in item.axes]),
        )
        for item in records
    )  # fmt: skip


def journeys(records: Iterable[Journey], tonnages: Iterable[Tonnage]) -> str:
    """Return `journeys.geojson`: a MultiLineString each, cut at 180 degrees as RFC 7946 asks, with `when` alike in shape."""
    delivered: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for load in tonnages:
        delivered[load.journey].append({"year": load.year, "tons": load.tons, "sources": _located(load.sources)})
    found = []
    for item in records:
        pieces = list(_cut(item.way))
        found.append(
            feature(
                {
                    "id": item.id, "event": item.event, "kind": item.kind, "by": item.by, "name": item.name, "start": to_iso(item.start),
                    "end": to_iso(item.end), "certainty": item.certainty,
                    "sources": _located(item.sources),
                    "when": [[_when(station) for station in piece] for piece in pieces],
                    "date_edtf": [[station.date_edtf or None for station in piece] for piece in pieces],
                    "places": [[station.spot.place or None for station in piece] for piece in pieces],
                    "tonnage": delivered[item.id],
                },
                shapely.MultiLineString([[(station.spot.lon, station.spot.lat) for station in piece] for piece in pieces]),
            )
        )  # fmt: skip
    return collection(found)


def _located(sources: Iterable[Citation]) -> list[dict[str, str]]:
    return [{"id": source.source, "locator": source.locator} for source in sources]


def _when(station: Station) -> str | None:
    return None if station.start is None else to_iso(station.start)


def _cut(way: Way) -> Iterable[list[Station]]:
    """Yield the pieces of a way on either side of 180 degrees, which end at the meridian itself."""
    piece = [way[0]]
    for before, station in itertools.pairwise(way):
        across = station.spot.lon - before.spot.lon
        if abs(across) > 180:
            east = before.spot.lon > 0
            start = before.spot.lon if east else before.spot.lon + 360
            finish = station.spot.lon + 360 if east else station.spot.lon
            share = (180 - start) / (finish - start) if finish != start else 0.5
            lat = before.spot.lat + (station.spot.lat - before.spot.lat) * share
            yield [*piece, Station(Spot(180.0 if east else -180.0, lat))]
            piece = [Station(Spot(-180.0 if east else 180.0, lat))]
        piece.append(station)
    yield piece
