"""`twofronts check`: every problem in `data/`, and what deserves a second look."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Protocol

import numpy as np

from twofronts.build.course import Course, pocket_courses, pockets_by_name
from twofronts.build.grid import to_metres
from twofronts.build.moves.honesty import Holdings, find_gaps, find_trespasses
from twofronts.build.moves.records import spots_of
from twofronts.build.records import Citation, Place
from twofronts.build.run import front_courses, read_countries, read_features, read_tables
from twofronts.build.tables import words_of_basemap
from twofronts.build.theatres import read_theatres
from twofronts.days import to_iso
from twofronts.problems import Problem

LINE_KM = 8.0
"""How far off a line of front may be, before a formation is said to stand behind it."""


class _Cites(Protocol):
    @property
    def sources(self) -> tuple[Citation, ...]: ...


def examine(data: Path, geo: Path) -> tuple[list[Problem], list[str]]:
    """Return every problem, and remarks: captures the key frames contradict, sources and places nobody uses."""
    theatres = read_theatres(data)
    countries = read_countries(geo)
    tables, problems = read_tables(data, countries, theatres)
    if problems:
        return sorted(set(problems)), []
    captures = {capture.id: capture for capture in tables.captures}
    remarks = []
    _, contradicted = front_courses(tables, theatres, countries)
    pockets = pocket_courses(list(pockets_by_name(tables.pockets).values()))
    for capture_id in contradicted:
        capture = captures[capture_id]
        if _inside_a_pocket(tables.places[capture.place], pockets):
            # what falls within a pocket is told by the pocket's own outlines, not by a line that passes
            continue
        remarks.append(
            f"capture '{capture_id}': the {capture.side} side takes {capture.place} on {to_iso(capture.start)}, "
            "but no key frames around that day let the front pass it; mend the line or the date"
        )
    holdings = Holdings(read_features(geo, "control.geojson", "run `twofronts build`"))
    remarks += find_trespasses(tables.moves, holdings, LINE_KM) + find_gaps(tables.moves)
    moves = tables.moves
    records: list[Iterable[_Cites]] = [
        tables.events, tables.captures, tables.keyframes, tables.pockets, moves.formations.values(), moves.commands,
        *moves.marches.values(), moves.offensives, moves.journeys, moves.tonnages,
    ]  # fmt: skip
    cited = {item.source for table in records for item in _citations(table)}
    cited |= set(tables.sources) & words_of_basemap(data)
    cited |= {place.source for place in tables.places.values()} | {holder.source for holder in tables.holders}
    remarks += [f"source '{name}': nothing cites it" for name in sorted(set(tables.sources) - cited)]
    used = {name for event in tables.events for name in event.places} | {capture.place for capture in tables.captures}
    used |= {spot.place for spot in spots_of(moves)}
    remarks += [
        f"place '{name}': nothing uses it" for name, place in sorted(tables.places.items()) if name not in used and place.rank is None
    ]
    return [], remarks


def _citations(records: Iterable[_Cites]) -> Iterator[Citation]:
    return (item for record in records for item in record.sources)


def _inside_a_pocket(place: Place, pockets: list[Course], slack_m: float = 10_000.0) -> bool:
    spot = to_metres(np.array([[place.lon, place.lat]]))
    return any(span.sample(field, spot)[0] > -slack_m for course in pockets for span in course.spans for field in (span.before, span.after))
