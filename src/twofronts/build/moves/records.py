"""What the tables of moves say, as records. Days are day numbers, intervals closed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from twofronts.build.records import Citation

ECHELONS = ("group", "army", "corps")
BRANCHES = ("infantry", "armour", "airborne", "mountain", "cavalry", "")
STANDS = ("hq", "spearhead", "sector")
MEANS = ("", "road", "rail", "sea", "air")
JOURNEYS = ("journey", "letter", "supply")
JOURNEY_MEANS = ("air", "surface")


@dataclass(frozen=True)
class Spot:
    """A point (lon, lat in degrees), with the id of its place where it has one."""

    lon: float
    lat: float
    place: str = ""


@dataclass(frozen=True)
class Station:
    """A point of a way: dated (`start`..`end`, `date_edtf`), or a mere bend (all None, empty)."""

    spot: Spot
    start: int | None = None
    end: int | None = None
    date_edtf: str = ""


Way = tuple[Station, ...]


@dataclass(frozen=True)
class Formation:
    """An army group, army or corps under one name; `start` and `end` bound its life under it."""

    id: str
    name: dict[str, str]
    short: dict[str, str]
    side: str
    branch: str
    echelon: str
    start: int
    end: int
    sources: tuple[Citation, ...]


@dataclass(frozen=True)
class Command:
    """Who commanded a formation from `start` to `end`."""

    formation: str
    start: int
    end: int
    name: str
    certainty: str
    sources: tuple[Citation, ...]


@dataclass(frozen=True)
class WayPoint:
    """Where a formation stood on the evening of a day, how it came there since the one before, and how far off that may be."""

    formation: str
    day: int
    date_edtf: str
    at: Spot
    stands: str
    via: tuple[Spot, ...]
    by: str
    under: str
    uncertainty_km: float
    certainty: str
    sources: tuple[Citation, ...]
    file: str
    row: int


@dataclass(frozen=True)
class Offensive:
    """An operation: who attacked whom from `start` to `end`, along which dated axes."""

    id: str
    name: dict[str, str]
    theatre: str
    side: str
    start: int
    end: int
    date_edtf: str
    formations: tuple[str, ...]
    axes: tuple[Way, ...]
    forces: dict[str, str] | None
    losses: dict[str, str] | None
    summary: dict[str, str]
    event: str
    certainty: str
    sources: tuple[Citation, ...]


@dataclass(frozen=True)
class Journey:
    """A journey, a letter or a supply route that belongs to an event."""

    id: str
    event: str
    kind: str
    way: Way
    by: str
    start: int
    end: int
    name: dict[str, str]
    certainty: str
    sources: tuple[Citation, ...]


@dataclass(frozen=True)
class Tonnage:
    """What a supply route delivered in a year."""

    journey: str
    year: int
    tons: int
    sources: tuple[Citation, ...]


@dataclass(frozen=True)
class Moves:
    """Everything in the tables of moves, checked and sorted; way-points by formation in order of days."""

    formations: dict[str, Formation]
    commands: tuple[Command, ...]
    marches: dict[str, tuple[WayPoint, ...]]
    offensives: tuple[Offensive, ...]
    journeys: tuple[Journey, ...]
    tonnages: tuple[Tonnage, ...]


def spots_of(moves: Moves) -> Iterator[Spot]:
    """Yield every spot that the tables of moves name."""
    for march in moves.marches.values():
        for point in march:
            yield from (point.at, *point.via)
    ways = [axis for offensive in moves.offensives for axis in offensive.axes] + [journey.way for journey in moves.journeys]
    yield from (station.spot for way in ways for station in way)
