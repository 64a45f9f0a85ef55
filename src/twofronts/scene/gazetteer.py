"""Names to places: our own places and the towns of GeoNames, under every name they are known by."""

from __future__ import annotations

import difflib
import json
import lzma
import re
from array import array
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import Any

from twofronts.names import fold, undouble
from twofronts.problems import DataError, Problem
from twofronts.scene.store import REPAIR, Feature
from twofronts.scene.towns import Town, alike, apart_km, best_alternates, merge, own_town, parse_town

TOWNS = "basemap/towns.csv.xz"
SAME_TOWN_KM = 5.0
ONE_PLACE_KM = 10.0
"""Matches this close are no choice for a reader: the front passed them together."""


class Gazetteer:
    """Finds places by name. Nothing is read before the first question.

    >>> gazetteer = Gazetteer(Path("geo"))                              # doctest: +SKIP
    >>> [town.name for town in gazetteer.exact("breslau")]              # doctest: +SKIP
    ['Wrocław']
    """

    def __init__(self, geo: Path) -> None:
        """`geo` is the folder of the products; questions raise `DataError` if one is missing or damaged."""
        self._geo = geo

    def find(self, name: str, limit: int = 20) -> list[Town]:
        """Return the towns of a name, ours first, then those whose names begin with it, the largest first."""
        wanted = _plain(name)
        if not wanted:
            return []
        found = self._exact(wanted)
        known = set(found)
        begin = [row for row in self._rows(f"|{wanted}") if row not in known]
        begin.sort(key=lambda row: (-self._people(row), row))
        # some fall together with others
        towns = [self._town(row, wanted) for row in [*found, *begin[: 2 * limit]]]
        return merge(towns, SAME_TOWN_KM)[:limit]

    def exact(self, name: str) -> list[Town]:
        """Return the places of a name, more than 10 km from each other: several are a choice, none is a name we do not know."""
        wanted = _plain(name)
        return merge([self._town(row, wanted) for row in self._exact(wanted)], ONE_PLACE_KM) if wanted else []

    def similar(self, name: str, count: int = 3) -> list[Town]:
        """Return the towns that may have been meant by a name nobody bears: those that begin with it, or are spelled like it."""
        wanted = _plain(name)
        towns = self.find(name, count) if len(wanted) > 2 else []
        for pattern in _near_patterns(wanted) if len(towns) < count and wanted else ():
            spelled = dict.fromkeys(re.findall(pattern, self._haystack))
            close = difflib.get_close_matches(wanted, spelled, n=2 * count, cutoff=0.72)
            towns += [self._town(row, word) for word in close for row in self._exact(word)[:1]]
            if len(towns) >= count:
                break
        return merge(towns, SAME_TOWN_KM)[:count]

    def towns_for_map(self, minimum: int = 5000) -> list[list[Any]]:
        """Return the towns of so many inhabitants that are none of our places: name, lon and lat in thousandths, alternates."""
        twins = set(self._twins.values())
        rows = [row for row in range(len(self._own), len(self._lines)) if self._people(row) >= minimum and row not in twins]
        rows.sort(key=lambda row: (-self._people(row), row))
        found = (parse_town(self._lines[row]) for row in rows)
        return [[town.name, round(town.lon * 1000), round(town.lat * 1000), "|".join(best_alternates(town))] for town in found]

    def place(self, place_id: str) -> Town | None:
        """Return one of our places by its id."""
        return self._places.get(place_id)

    @cached_property
    def _places(self) -> dict[str | None, Town]:
        return {town.id: town for town in self._own}

    @cached_property
    def _own(self) -> list[Town]:
        path = self._geo / "places.geojson"
        try:
            features: list[Feature] = json.loads(path.read_text("utf-8"))["features"]
            return [own_town(item) for item in features]
        except OSError as error:
            raise DataError([Problem("geo/places.geojson", 0, "", "is missing", REPAIR)]) from error
        except (ValueError, KeyError, TypeError) as error:
            raise DataError([Problem("geo/places.geojson", 0, "", "is damaged", REPAIR)]) from error

    @cached_property
    def _lines(self) -> list[str]:
        """Our places, by number, as empty lines, then the table of towns; a line is taken apart only when it is asked for."""
        problem = "is missing"
        try:
            packed = (self._geo / TOWNS).read_bytes()
            problem = "is damaged"
            header, *lines = lzma.decompress(packed).decode("utf-8").splitlines()
            if header != "name,alternates,country,lat,lon,population":
                raise ValueError("header")
        except (OSError, EOFError, ValueError, lzma.LZMAError) as error:
            remedy = "run `twofronts build --basemap`, or restore it from the repository"
            raise DataError([Problem(f"geo/{TOWNS}", 0, "", problem, remedy)]) from error
        return [""] * len(self._own) + lines

    @cached_property
    def _haystack(self) -> str:
        """All names folded, a line for each town: `|breslau|wroclaw|`. One text is searched faster, and lies smaller, than a table."""
        own = ["|".join(("", town.name, *town.alternates, "")) for town in self._own]
        cut = (line.split(",", 2) for line in self._lines[len(own) :])
        return fold("\n".join([*own, *(f"|{name}|{alternates}|" for name, alternates, _ in cut)])) + "\n"

    @cached_property
    def _starts(self) -> array[int]:
        return array("l", (0, *(match.end() for match in re.finditer("\n", self._haystack))))

    @cached_property
    def _twins(self) -> dict[int, int]:
        """Which of our places is which town of the table."""
        cells: dict[tuple[int, int], list[int]] = {}
        for number, town in enumerate(self._own):
            for lat in (-1, 0, 1):
                for lon in (-1, 0, 1):
                    cells.setdefault((int(town.lat * 10) + lat, int(town.lon * 10) + lon), []).append(number)
        found: dict[int, int] = {}
        for row in range(len(self._own), len(self._lines)):
            *_, lat_text, lon_text, _ = self._lines[row].rsplit(",", 3)
            for number in cells.get((int(float(lat_text) * 10), int(float(lon_text) * 10)), ()):
                town = parse_town(self._lines[row])
                near = apart_km(self._own[number], town) <= SAME_TOWN_KM and alike(self._own[number], town)
                if near and (number not in found or self._people(found[number]) < town.population):
                    found[number] = row
        return found

    def _exact(self, wanted: str) -> list[int]:
        """Return the rows of a folded name: ours, then the others, the largest first."""
        rows = self._rows(f"|{wanted}|") or self._rows(f"|{undouble(wanted)}|")
        return sorted(rows, key=lambda row: (row >= len(self._own), -self._people(row), row))

    def _rows(self, text: str) -> list[int]:
        return list(dict.fromkeys(self._hits(text)))

    def _hits(self, text: str) -> Iterator[int]:
        haystack, starts = self._haystack, self._starts
        at = haystack.find(text)
        while at >= 0:
            yield bisect_right(starts, at) - 1
            at = haystack.find(text, at + 1)

    def _people(self, row: int) -> int:
        if row < len(self._own):
            twin = self._twins.get(row)
            return 0 if twin is None else self._people(twin)
        return int(self._lines[row].rsplit(",", 1)[1])

    @cached_property
    def _ours(self) -> dict[int, int]:
        return {row: number for number, row in self._twins.items()}

    def _town(self, row: int, wanted: str) -> Town:
        """Return a town with the name that was asked for, as it is spelled."""
        row = self._ours.get(row, row)
        if row < len(self._own):
            town = self._own[row]
            if row in self._twins:
                twin = parse_town(self._lines[self._twins[row]])
                alternates = tuple(dict.fromkeys((*town.alternates, twin.name, *twin.alternates)))
                town = replace(town, alternates=alternates, country=twin.country, population=twin.population)
        else:
            town = parse_town(self._lines[row])
        names = [(fold(spelled), spelled) for spelled in (town.name, *town.alternates)]
        same = [spelled for key, spelled in names if key in (wanted, undouble(wanted))]
        begun = [spelled for key, spelled in names if key.startswith(wanted)]
        return replace(town, found_as=[*same, *begun, town.name][0])


def _plain(name: str) -> str:
    return fold(re.sub(r"[|\s]+", " ", name))


def _near_patterns(wanted: str) -> tuple[str, ...]:
    """Return patterns for names about as long that begin alike, or else end alike."""
    low, high = max(1, len(wanted) - 3), len(wanted) + 1
    return (
        rf"\|({re.escape(wanted[0])}[^|\n]{{{low},{high}}})(?=\|)",
        rf"\|([^|\n]{{{max(0, low - 2)},{high}}}{re.escape(wanted[-3:])})(?=\|)",
    )
