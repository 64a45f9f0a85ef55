"""When did the front pass here? The holders of a spot day by day, how sure the day is, and what it rests on."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

from twofronts.days import to_number
from twofronts.problems import DataError, Problem
from twofronts.scene.answer import Answer, Spell, Witness
from twofronts.scene.spells import OWN_DAYS, freed_days, joined, may_begin
from twofronts.scene.store import REPAIR, Feature

Floats = npt.NDArray[np.float64]

TOWN_KM = 2.5
"""A capture this near is the town's own."""
NEAR_DAYS = 30
NEAR_KM = 60.0
SLACK_DAYS = {"certain": 1, "probable": 2, "approximate": 4, "disputed": 4}
KM_PER_DEGREE = 111.2
HARBOUR_DEG, QUAY_DEG = 0.06, 0.0005
UPRIGHT = np.array([np.cos(np.radians(50)), 1.0])
"""What a degree of longitude and of latitude are worth in the middle of the map."""
COMPASS = np.arange(8) * np.pi / 4


class Passages:
    """Answers for any spot, from the products in `geo/`.

    >>> passages = Passages(Path("geo"))                                # doctest: +SKIP
    >>> to_iso(passages.answer(17.03, 51.11).date)                      # doctest: +SKIP
    '1945-05-07'
    """

    def __init__(self, geo: Path) -> None:
        """`geo` is the folder of the products. Raises `DataError` if one is missing or damaged."""
        manifest = _read(geo / "manifest.json")
        self.first, self.last = (to_number(manifest["fronts"][end]) for end in ("first", "last"))
        self.interval: dict[str, float] = manifest["interval"]
        self._geo = geo
        holders: list[tuple[str, int, int]] = []
        pieces: list[npt.NDArray[np.object_]] = []
        numbers: list[npt.NDArray[np.int64]] = []
        for item in _read(geo / "control.geojson")["features"]:
            own = item["properties"]
            parts = shapely.polygons([shapely.linearrings(rings[0]) for rings in item["geometry"]["coordinates"]])
            holes = [position for position, rings in enumerate(item["geometry"]["coordinates"]) if len(rings) > 1]
            for position in holes:
                shell, *inner = item["geometry"]["coordinates"][position]
                parts[position] = shapely.Polygon(shell, inner)
            pieces.append(parts)
            numbers.append(np.full(len(parts), len(holders)))
            holders.append((own["holder"], to_number(own["start"]), to_number(own["end"])))
        self._holders, self._owner = holders, np.concatenate(numbers)
        self._tree = shapely.STRtree(np.concatenate(pieces))

    def answer(self, lon: float, lat: float) -> Answer:
        """Return who held a spot (degrees) when."""
        return self.answers([(lon, lat)])[0]

    def answers(self, spots: Sequence[tuple[float, float]] | Floats) -> list[Answer]:
        """Return an answer for each spot (lon, lat in degrees); empty for none."""
        points = np.asarray(spots, dtype=np.float64).reshape(-1, 2)
        told = [self._told(point, spells) for point, spells in zip(points, self._spells(points), strict=True)]
        freed = [number for number, answer in enumerate(told) if answer.date is not None and answer.low is None]
        for number, bounds in zip(freed, self._bounds(points[freed], [told[number] for number in freed]), strict=True):
            told[number] = Answer(**{**vars(told[number]), "low": bounds[0], "high": bounds[1]})
        return told

    def _spells(self, points: Floats) -> list[tuple[Spell, ...]]:
        """Return the runs of one holder for each point, in order of days; neutral ground is one spell, the sea none."""
        runs: list[set[tuple[int, int, str]]] = [set() for _ in points]
        shapes = shapely.points(points)
        spots, found = self._tree.query(shapes, predicate="intersects")
        at_sea = np.setdiff1d(np.arange(len(points)), spots)
        if len(at_sea):
            # a port's own coordinates may lie in its harbour
            wet, coast = self._tree.query_nearest(shapes[at_sea], max_distance=HARBOUR_DEG, all_matches=False)
            quays = shapely.get_point(shapely.shortest_line(shapes[at_sea[wet]], self._tree.geometries[coast]), 1)
            near, beside = self._tree.query(quays, predicate="dwithin", distance=QUAY_DEG)
            spots, found = np.concatenate([spots, at_sea[wet[near]]]), np.concatenate([found, beside])
        for spot, piece in zip(spots.tolist(), self._owner[found].tolist(), strict=True):
            holder, start, end = self._holders[piece]
            runs[spot].add((start, end, holder))
        return [joined(sorted(run)) for run in runs]

    def _told(self, point: Floats, spells: tuple[Spell, ...]) -> Answer:
        lon, lat = (round(float(value), 5) for value in point)
        if not spells:
            return Answer(lon, lat, "sea")
        if spells[0].holder == "neutral":
            return Answer(lon, lat, "neutral")
        spells, slack = self._corrected(point, spells)
        last_axis = max((number for number, spell in enumerate(spells) if spell.holder == "axis"), default=-1)
        if last_axis in (-1, len(spells) - 1):
            return Answer(lon, lat, "free_before" if last_axis == -1 else "held_to_the_end", spells)
        freed = spells[last_axis + 1]
        low, high = slack.get(freed.start, (None, None))
        witnesses = self._witnesses(point, freed)
        return Answer(lon, lat, None, spells, freed.start, low, high, witnesses, self._front(point, freed.start))

    def _corrected(self, point: Floats, spells: tuple[Spell, ...]) -> tuple[tuple[Spell, ...], dict[int, tuple[int, int]]]:
        """Let the town's own captures decide the days; return the spells and, by day, low and high."""
        days = [spell.start for spell in spells]
        slack: dict[int, tuple[int, int]] = {}
        near, km = self._captures_near(point, TOWN_KM)
        for number in range(1, len(spells)):
            own = [
                (abs(middle - days[number]), distance, middle, properties)
                for properties, distance in zip((self._captures[index]["properties"] for index in near), km, strict=True)
                for middle in ((to_number(properties["start"]) + to_number(properties["end"])) // 2,)
                if abs(middle - days[number]) <= OWN_DAYS and may_begin(properties["side"], middle, spells[number], spells)
            ]
            if own:
                *_, middle, properties = min(own, key=lambda item: (round(item[1]), item[0], item[3]["id"]))
                if days[number - 1] < middle <= spells[number].end:
                    days[number] = middle
                    spare = SLACK_DAYS[properties["certainty"]]
                    slack[middle] = (to_number(properties["start"]) - spare, to_number(properties["end"]) + spare)
        ends = [day - 1 for day in days[1:]] + [spells[-1].end]
        return tuple(Spell(spell.holder, start, end) for spell, start, end in zip(spells, days, ends, strict=True)), slack

    def _bounds(self, points: Floats, answers: Sequence[Answer]) -> list[tuple[int, int]]:
        """Return low and high: when the front passed the spots around, out to a distance that grows with the lack of captures."""
        if not len(points):
            return []
        reach = [
            self.interval["r0_km"] + self.interval["r1"] * min(NEAR_KM, self._nearest(point, answer.date or 0))
            for point, answer in zip(points, answers, strict=True)
        ]
        north = np.array(reach)[:, None] * np.cos(COMPASS) / KM_PER_DEGREE
        east = np.array(reach)[:, None] * np.sin(COMPASS) / (KM_PER_DEGREE * np.cos(np.radians(points[:, 1]))[:, None])
        around = self._spells(np.stack([points[:, None, 0] + east, points[:, None, 1] + north], axis=2).reshape(-1, 2))
        spare = int(self.interval["a_days"])
        bounds = []
        for number, answer in enumerate(answers):
            own = answer.date or 0
            days = [own, *(
                day for spells in around[8 * number : 8 * number + 8] for day in freed_days(spells) if abs(day - own) <= NEAR_DAYS
            )]  # fmt: skip
            bounds.append((min(days) - spare, max(days) + spare))
        return bounds

    @cached_property
    def _captures(self) -> list[Feature]:
        features: list[Feature] = _read(self._geo / "captures.geojson")["features"]
        return features

    @cached_property
    def _capture_spots(self) -> tuple[Floats, Floats]:
        """Return where (n, 2) and on which day towns were taken."""
        spots = np.array([item["geometry"]["coordinates"] for item in self._captures], dtype=np.float64).reshape(-1, 2)
        days = [(to_number(item["properties"]["start"]) + to_number(item["properties"]["end"])) / 2 for item in self._captures]
        return spots, np.array(days)

    def _captures_near(self, point: Floats, limit_km: float) -> tuple[list[int], list[float]]:
        km = _apart_km(self._capture_spots[0], point)
        near = np.flatnonzero(km <= limit_km)
        near = near[np.argsort(km[near], kind="stable")]
        return near.tolist(), km[near].tolist()

    def _nearest(self, point: Floats, day: int) -> float:
        spots, days = self._capture_spots
        alike = np.abs(days - day) <= NEAR_DAYS
        return float(_apart_km(spots[alike], point).min()) if alike.any() else NEAR_KM

    def _witnesses(self, point: Floats, freed: Spell) -> tuple[Witness, ...]:
        found = []
        for index, km in zip(*self._captures_near(point, NEAR_KM), strict=True):
            alike = self._captures[index]["properties"]["side"] == freed.holder
            if alike and abs(self._capture_spots[1][index] - freed.start) <= NEAR_DAYS:
                found.append(Witness(self._captures[index], km))
        return tuple(found[:3])

    @cached_property
    def _fronts(self) -> dict[int, tuple[shapely.STRtree, list[Feature]]]:
        days: dict[int, list[Feature]] = defaultdict(list)
        for item in _read(self._geo / "fronts.geojson")["features"]:
            own = item["properties"]
            for day in range(to_number(own["start"]), to_number(own["end"]) + 1):
                days[day].append(item)
        shapes: dict[int, shapely.Geometry] = {}
        for items in days.values():
            for item in items:
                if id(item) not in shapes:
                    shapes[id(item)] = _upright(item["geometry"]["coordinates"])
        return {day: (shapely.STRtree([shapes[id(item)] for item in items]), items) for day, items in days.items()}

    def _front(self, point: Floats, day: int) -> Feature | None:
        """Return the stretch of front that was nearest on the evening before."""
        tree, items = self._fronts.get(day - 1, (None, []))
        return None if tree is None or not items else items[int(tree.nearest(shapely.Point(point * UPRIGHT)))]


def _upright(lines: list[list[list[float]]]) -> shapely.MultiLineString:
    """Return lines in degrees of latitude, roughly as far apart in both directions."""
    return shapely.MultiLineString([np.array(line) * UPRIGHT for line in lines])


def _apart_km(spots: Floats, point: Floats) -> Floats:
    """Return kilometres from spots (n, 2) to a point, good to a percent within Europe's width."""
    shrink = np.cos(np.radians((spots[:, 1] + point[1]) / 2))
    return np.asarray(np.hypot((spots[:, 0] - point[0]) * shrink, spots[:, 1] - point[1]) * KM_PER_DEGREE, dtype=np.float64)


def _read(path: Path) -> Any:
    try:
        return json.loads(path.read_text("utf-8"))
    except OSError as error:
        raise DataError([Problem(f"geo/{path.name}", 0, "", "is missing", REPAIR)]) from error
    except ValueError as error:
        raise DataError([Problem(f"geo/{path.name}", getattr(error, "lineno", 0), "", "is damaged", REPAIR)]) from error
