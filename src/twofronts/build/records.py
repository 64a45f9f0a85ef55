"""What the tables in `data/` say, as records. Days are day numbers, intervals closed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from twofronts.build.moves.records import Moves

SIDES = ("western", "soviet", "partisan", "axis")
THEATRES = ("west", "italy", "east", "balkans", "north", "coalition")
KINDS = (
    "diplomacy", "conference", "offensive", "battle", "landing", "air",
    "supply", "intelligence", "liberation", "politics", "surrender", "crime",
)  # fmt: skip
CERTAINTIES = ("certain", "probable", "approximate", "disputed")
SOURCE_KINDS = ("primary", "scholarly", "reference", "press", "web")


@dataclass(frozen=True)
class Source:
    """A work or page that backs a row."""

    id: str
    title: str
    author: str
    publisher: str
    year: str
    url: str
    kind: str
    note: str


@dataclass(frozen=True)
class Place:
    """A place under its names of 1944 (`de`, `en`, `local`) and of today; `rank` 1-6 orders labels."""

    id: str
    de: str
    en: str
    local: str
    today: str
    wikidata: str
    lon: float
    lat: float
    rank: int | None
    source: str


@dataclass(frozen=True)
class Citation:
    """A source and where in it to look."""

    source: str
    locator: str


@dataclass(frozen=True)
class Event:
    """Something that happened, with both languages and its evidence."""

    id: str
    date_edtf: str
    start: int
    end: int
    kind: str
    theatre: str
    sides: tuple[str, ...]
    places: tuple[str, ...]
    title: dict[str, str]
    summary: dict[str, str]
    note: dict[str, str] | None
    certainty: str
    sources: tuple[Citation, ...]
    statements: tuple[str, ...]
    paragraph: int | None


@dataclass(frozen=True)
class Capture:
    """The day (or short closed interval) a place passed to `side`."""

    id: str
    place: str
    start: int
    end: int
    side: str
    by: dict[str, str] | None
    certainty: str
    sources: tuple[Citation, ...]
    note: str


@dataclass(frozen=True)
class Holder:
    """Who holds a territory's ground from `start` to `end`.

    `ground` is "freed" (only what a front line has freed) or "rest" (what the Axis still held, after a capitulation).
    """

    territory: str
    side: str
    ground: str
    start: int
    end: int
    source: str


@dataclass(frozen=True)
class KeyFrame:
    """One dated front line (lon, lat; Axis ground on its left hand); a `leap` is a change of side, not a march."""

    id: str
    theatre: str
    day: int
    coordinates: tuple[tuple[float, float], ...]
    uncertainty_km: float
    certainty: str
    sources: tuple[Citation, ...]
    note: str
    leap: bool = False


@dataclass(frozen=True)
class PocketFrame:
    """One dated outline (lon, lat) of ground that `side` holds, cut off from the rest: most are the Axis's."""

    id: str
    pocket: str
    theatre: str
    name: dict[str, str]
    day: int
    end: int | None
    coordinates: tuple[tuple[float, float], ...]
    uncertainty_km: float
    certainty: str
    sources: tuple[Citation, ...]
    note: str
    side: str = "axis"


@dataclass(frozen=True)
class Tables:
    """Everything in `data/`, checked; keyed by id and sorted."""

    sources: dict[str, Source]
    places: dict[str, Place]
    events: tuple[Event, ...]
    captures: tuple[Capture, ...]
    holders: tuple[Holder, ...]
    keyframes: tuple[KeyFrame, ...]
    pockets: tuple[PocketFrame, ...]
    moves: Moves
