"""What of the front stood unchanged, for as long as it stood: a line that rested a month is stored once, not thirty times."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry import MultiLineString

from twofronts.build.lines import Stretch

Ints = npt.NDArray[np.int64]

UNITS = 10_000
"""Units of a degree: the products carry four decimals."""


@dataclass(frozen=True)
class Standing:
    """Pieces of the front (lon, lat, Axis ground on the right hand) alike in all that is known of them, from `start` to `end`."""

    known: Stretch
    start: int
    end: int
    geometry: MultiLineString


def standing(days: Iterable[tuple[int, Sequence[Stretch]]]) -> list[Standing]:
    """Return the stretches of all days, cut where their histories part; on every day they add up to the stretches of that day."""
    alike: dict[tuple[object, ...], int] = {}
    examples: list[Stretch] = []
    found: list[Ints] = []
    for day, stretches in days:
        for stretch in stretches:
            number = alike.setdefault(_known(stretch), len(alike))
            if number == len(examples):
                examples.append(stretch)
            points = np.rint(shapely.get_coordinates(stretch.geometry) * UNITS).astype(np.int64)
            found.append(np.column_stack([points[:-1], points[1:], np.tile([number, day], (len(points) - 1, 1))]))
    if not found:
        return []
    rows = np.unique(np.vstack(found), axis=0)
    goes_on = (rows[1:, :5] == rows[:-1, :5]).all(axis=1) & (rows[1:, 5] == rows[:-1, 5] + 1)
    first = np.flatnonzero(np.concatenate([[True], ~goes_on]))
    last = np.append(first[1:], len(rows)) - 1
    groups: dict[tuple[int, int, int], list[int]] = defaultdict(list)
    for row, (number, start), end in zip(first.tolist(), rows[first, 4:].tolist(), rows[last, 5].tolist(), strict=True):
        groups[start, end, number].append(row)
    return sorted(
        (Standing(examples[number], start, end, _merged(rows[members, :4])) for (start, end, number), members in groups.items()),
        key=lambda item: (item.start, item.end, item.known.theatre, item.known.status, item.geometry.wkb),
    )


def _known(stretch: Stretch) -> tuple[object, ...]:
    return stretch.theatre, stretch.sides, stretch.status, stretch.from_keyframes, stretch.uncertainty_km


def _merged(segments: Ints) -> MultiLineString:
    ends = segments.reshape(-1, 2, 2) / UNITS
    lines = shapely.get_parts(shapely.line_merge(shapely.multilinestrings(shapely.linestrings(ends)), directed=True))
    return MultiLineString(sorted(lines, key=lambda line: line.wkb))
