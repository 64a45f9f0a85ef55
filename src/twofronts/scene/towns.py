"""A town that was looked for, and what tells it from another."""

from __future__ import annotations

import csv
import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from twofronts.names import fold, undouble
from twofronts.scene.store import Feature
from twofronts.words import page_words

KM_PER_DEGREE = 111.2
DOMINANT, DOMINANT_FORMERLY = 50, 2

_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?", re.ASCII)
_PAIR = re.compile(r"\s*([+-]?[\d.]+)(?:\s*[,;]\s*|\s+)([+-]?[\d.]+)\s*", re.ASCII)
_GERMAN = re.compile(r"[äöüß]|(?:au|bach|berg|brück|burg|dorf|feld|hafen|haus|heim|hof|itz|stadt|stein|walde?|werder)$", re.IGNORECASE)
_POLISH = re.compile(r"[ąćęłńóśźż]|(?:ów|owo|ice|sk|cz|szcz)\b|w[aeiouy]", re.IGNORECASE)
_RUSSIAN = re.compile(r"(?:grad|gorod|ka|oye?|ovo|evo|sk|vo|ts)$|(?:kh|zh|shch|ya|yu)", re.IGNORECASE)
_PLAIN = re.compile(r"[A-Za-zÄÖÜäöüßĄĆĘŁŃÓŚŹŻąćęłńóśźż '’-]+")


@dataclass(frozen=True)
class Town:
    """A place: one of ours if it has an `id`. `name` is today's, `found_as` the one that was asked for.

    `population` is today's, 0 if unknown; `titles` are our names for it: German, English, local.
    """

    name: str
    lon: float
    lat: float
    alternates: tuple[str, ...] = ()
    country: str = ""
    population: int = 0
    id: str | None = None
    titles: tuple[str, str, str] | None = None
    found_as: str = ""

    def label(self, lang: str) -> str:
        """Return the name of the time, or as it was asked for, and today's if it is another."""
        shown = self.titles[("de", "en").index(lang)] if self.titles else self.found_as or self.name
        if fold(self.name) in map(fold, (shown, *(self.titles or ()))):
            return shown
        return f"{shown} ({page_words(lang)['page.today'].format(name=self.name)})"

    def record(self) -> dict[str, Any]:
        """Return the town for programs."""
        return {
            "name": self.found_as or self.name, "today": self.name, "id": self.id, "country": self.country, "lat": self.lat,
            "lon": self.lon, "population": self.population,
        }  # fmt: skip

    def line(self, lang: str) -> str:
        """Return the town as a reader chooses it: name, country, position to ask for."""
        names = [self.label(lang), *(name for name in (self.found_as, self.name) if name)]
        names = [name for number, name in enumerate(names) if not any(fold(name) in fold(before) for before in names[:number])]
        country = f", {self.country}" if self.country else ""
        return f"{' · '.join(names)}{country}: {self.lat:.4f},{self.lon:.4f}"


def parse_town(line: str) -> Town:
    """Return the town of a line of `towns.csv.xz`."""
    [[name, alternates, country, lat, lon, people]] = csv.reader([line])
    return Town(name, float(lon), float(lat), tuple(alternates.split("|")) if alternates else (), country, int(people))


def own_town(item: Feature) -> Town:
    """Return one of our places."""
    names, (lon, lat) = item["properties"]["name"], item["geometry"]["coordinates"]
    others = dict.fromkeys(name for name in (names["local"], names["de"], names["en"]) if name != names["today"])
    return Town(names["today"], lon, lat, tuple(others), id=item["properties"]["id"], titles=(names["de"], names["en"], names["local"]))


def apart_km(one: Town, other: Town) -> float:
    """Return the distance of two towns, good to a percent within Europe's width."""
    shrink = math.cos(math.radians((one.lat + other.lat) / 2))
    return math.hypot((one.lon - other.lon) * shrink, one.lat - other.lat) * KM_PER_DEGREE


def alike(one: Town, other: Town) -> bool:
    """Tell whether two towns share a name."""
    mine, others = ({undouble(fold(name)) for name in (town.name, *town.alternates)} for town in (one, other))
    return not mine.isdisjoint(others)


def merge(towns: Iterable[Town], limit_km: float) -> list[Town]:
    """Return the towns without those of a like name so near to an earlier one."""
    kept: list[Town] = []
    for town in towns:
        if not any(apart_km(town, other) <= limit_km and (_asked_alike(town, other) or alike(town, other)) for other in kept):
            kept.append(town)
    return kept


def _asked_alike(one: Town, other: Town) -> bool:
    return fold(one.found_as) == fold(other.found_as)


def meant(towns: Sequence[Town]) -> Town | None:
    """Return the town a name means without more said: the only one, or a place of ours that outweighs all others of the name.

    It must be fifty times as large as those that are called so, twice as large as those that only have been.

    >>> meant([Town("Paris", 2.3, 48.9, population=2138551, id="paris"), Town("Paris", 30.1, 46.5, population=1797)]).id
    'paris'
    """
    if not towns:
        return None
    first, *others = towns
    heaviest = max((town.population * (DOMINANT if _bears(town) else DOMINANT_FORMERLY) for town in others), default=-1)
    return first if not others or (first.id and _bears(first) and first.population >= heaviest > 0) else None


def _bears(town: Town) -> bool:
    return fold(town.found_as or town.name) in map(fold, (town.name, *(town.titles or ())))


def best_alternates(town: Town, count: int = 3) -> list[str]:
    """Return the few Latin alternates a German, English, Polish or Russian source is likely to use.

    >>> best_alternates(Town("Wrocław", 17.03, 51.1, ("Boroszló", "Breslau", "Vratislavia", "Vroclavas", "Вроцлав")), 1)
    ['Breslau']
    """
    plain = [name for name in town.alternates if _PLAIN.fullmatch(name) and len(name) > 2 and not _inflected(name, town.name)]
    scored = [(-3 * bool(_GERMAN.search(name)) - 2 * bool(_POLISH.search(name)) - bool(_RUSSIAN.search(name)), name) for name in plain]
    return [name for _, name in sorted(scored)[:count]]


def _inflected(name: str, other: str) -> bool:
    """Tell whether a name is another with an ending more or less: whoever types one finds the other."""
    short, long = sorted((fold(name), fold(other)), key=len)
    return long.startswith(short) and len(long) - len(short) <= 2


def number(text: str) -> float | None:
    """Return a decimal number, or None if the text is none.

    >>> number("51.11"), number("nan"), number("51,11")
    (51.11, None, None)
    """
    if not _NUMBER.fullmatch(text):
        return None
    value = float(text)
    return value if math.isfinite(value) else None


def read_position(text: str) -> tuple[float, float] | None:
    """Return lon and lat of "latitude,longitude", or None if the text is no pair of numbers.

    Raises `ValueError` if the numbers are no position on the globe.

    >>> read_position("51.11,17.03"), read_position("Breslau")
    ((17.03, 51.11), None)
    """
    match = _PAIR.fullmatch(text)
    if not match:
        return None
    lat, lon = (number(part) for part in match.groups())
    if lat is None or lon is None:
        raise ValueError(f"'{text.strip()}' is no position; write latitude,longitude in degrees: 51.11,17.03")
    for name, value, limit in (("latitude", lat, 90), ("longitude", lon, 180)):
        if abs(value) > limit:
            raise ValueError(f"{name} {value:g} is not between -{limit} and {limit}; write latitude,longitude in degrees: 51.11,17.03")
    return lon, lat
