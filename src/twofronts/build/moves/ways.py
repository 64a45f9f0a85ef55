"""Cells that say where: `place-id` or `lon lat`, and dated ways `berlin@1945-04-16>14.5 52.4>seelow@1945-04-19`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from twofronts.build import cells
from twofronts.build.moves.records import Spot, Station, Way
from twofronts.build.records import Place

_POSITION = re.compile(r"(-?\d{1,3}(?:\.\d+)?) (-?\d{1,2}(?:\.\d+)?)")


@dataclass(frozen=True)
class Where:
    """A cell's word for a spot, before the places are known: an id, or a position."""

    place: str
    lon: float = 0.0
    lat: float = 0.0

    def found(self, places: Mapping[str, Place]) -> Spot | None:
        """Return the spot, or None if there is no such place."""
        if not self.place:
            return Spot(self.lon, self.lat)
        place = places.get(self.place)
        return Spot(place.lon, place.lat, place.id) if place else None


@dataclass(frozen=True)
class Stop:
    """A station as its cell says it: where, and when if it is dated."""

    where: Where
    start: int | None = None
    end: int | None = None
    date_edtf: str = ""


def where(text: str) -> Where:
    """Read a place id or `lon lat` in degrees."""
    text = text.strip()
    position = _POSITION.fullmatch(text)
    if not position:
        return Where(cells.identifier(text))
    return Where("", cells.number(-180, 180)(position[1]), cells.number(-85, 85)(position[2]))


def bends(text: str) -> tuple[Where, ...]:
    """Read the bends of a way, `;` between; empty for none."""
    return tuple(map(where, cells.items(text)))


def way(text: str) -> tuple[Stop, ...]:
    """Read stations, `>` between, dated ones as `spot@date`; days must not run backwards."""
    stops = tuple(map(_stop, text.split(">")))
    if len(stops) < 2:
        raise cells.CellError(f"'{text}' has one station", "write at least two, > between")
    days = [stop.start for stop in stops if stop.start is not None]
    if days != sorted(days):
        raise cells.CellError(f"'{text}' runs backwards in time", "put the stations in the order of their days")
    return stops


def dated_ways(text: str) -> tuple[tuple[Stop, ...], ...]:
    """Read at least one way whose first and last stations are dated, `;` between."""
    found = tuple(map(way, cells.items(text)))
    if not found:
        raise cells.CellError("is empty", "write place@date>place@date")
    for stops in found:
        if stops[0].start is None or stops[-1].start is None:
            raise cells.CellError("begins or ends without a date", "write place@YYYY-MM-DD at both ends")
    return found


def located(stops: tuple[Stop, ...], places: Mapping[str, Place]) -> Way | None:
    """Return the way on the ground, or None if a place is not known."""
    found = []
    for stop in stops:
        spot = stop.where.found(places)
        if spot is None:
            return None
        found.append(Station(spot, stop.start, stop.end, stop.date_edtf))
    return tuple(found)


def _stop(text: str) -> Stop:
    spot, at, date = text.strip().partition("@")
    if not at:
        return Stop(where(spot))
    start, end = cells.interval(date)
    return Stop(where(spot), start, end, date)
