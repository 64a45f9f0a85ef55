"""From dated lines to a field whose zero is the front on any day.

Each key frame becomes a signed distance (positive on Allied ground). Between two frames the field is
their blend, whose zero passes a point at t1 + (t2 - t1) * d1 / (d1 + d2), the ratio of its distances to
both lines. Dated captures then bend time locally: the blend runs faster or slower near a town so that
the front passes it on its day, but meets both key frames exactly.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
import shapely
from PIL import Image, ImageDraw
from scipy.ndimage import distance_transform_edt, map_coordinates
from scipy.spatial import cKDTree
from shapely.geometry import Polygon

from twofronts.build.grid import Floats, Window, to_lonlat, to_metres

Field = npt.NDArray[np.float32]
"""Metres on a window of the grid; single precision keeps a war of key frames in memory."""

EXACT_WITHIN_M = 24_000.0
CAPTURE_REACH_M = 40_000.0
"""How far (one standard deviation) a capture bends its neighbourhood; fitted by leave-one-out, see README."""
SAME_TOWN_M = 1500.0
DOUBT = 0.15
"""What the blend of the key frames counts beside captures."""
BESIDE = 24.0
"""What captures count together within some 8 km of one."""
CREEP_M = 1500.0
SLOWEST_DAYS = 16
"""A front that creeps is redrawn when it has moved about `CREEP_M`, or after `SLOWEST_DAYS` days."""


def signed_distance(ground: Polygon, window: Window) -> Field:
    """Return metres to the edge of `ground` (lon, lat) for each cell of the window, positive inside.

    Exact within 24 km of the edge, to a cell beyond. An edge outside the window counts as far away.
    """
    ring = to_metres(_densify(np.array(ground.exterior.coords)))
    image = Image.new("1", (window.columns, window.rows))
    pixels = np.column_stack([(ring[:, 0] - window.left) / window.cell_m, (ring[:, 1] - window.bottom) / window.cell_m])
    draw = ImageDraw.Draw(image)
    draw.polygon([tuple(pixel) for pixel in np.clip(pixels, -1e5, 1e5)], fill=1, outline=0)
    inside = np.array(image, dtype=bool)
    edge = Image.new("1", image.size)
    ImageDraw.Draw(edge).line([tuple(pixel) for pixel in np.clip(pixels, -1e5, 1e5)], fill=1)
    on_edge = np.array(edge, dtype=bool)
    distance = distance_transform_edt(~on_edge) * window.cell_m if on_edge.any() else np.full(inside.shape, 1e7)
    near = distance < EXACT_WITHIN_M
    rows, columns = np.nonzero(near)
    points = np.column_stack([window.xs[columns], window.ys[rows]])
    shapely.prepare(ground)
    lonlat = to_lonlat(points)
    inside[near] = shapely.contains_xy(ground, lonlat[:, 0], lonlat[:, 1])
    distance[near] = _distance_to_line(points, ring)
    return np.asarray(np.where(inside, distance, -distance), dtype=np.float32)


def _distance_to_line(points: Floats, line: Floats, step_m: float = 400.0) -> Floats:
    """Return metres from points (n, 2) no farther than `EXACT_WITHIN_M` from a line (m, 2): exact to the nearest one's segment."""
    if not len(points):
        return np.zeros(0)
    starts, vectors = line[:-1], np.diff(line, axis=0)
    counts = np.maximum(1, np.ceil(np.hypot(*vectors.T) / step_m).astype(int))
    owner = np.repeat(np.arange(len(starts)), counts)
    share = (np.arange(len(owner)) - np.repeat(np.cumsum(counts) - counts, counts) + 0.5) / counts[owner]
    samples = starts[owner] + vectors[owner] * share[:, None]
    # the far side of the ground behind a front is long, and near none of them
    within = ((samples > points.min(axis=0) - 2 * EXACT_WITHIN_M) & (samples < points.max(axis=0) + 2 * EXACT_WITHIN_M)).all(axis=1)
    samples, owner = samples[within], owner[within]
    _, nearest = cKDTree(samples).query(points)
    start, vector = starts[owner[nearest]], vectors[owner[nearest]]
    length = np.maximum((vector**2).sum(axis=1), 1e-9)
    along = np.clip(((points - start) * vector).sum(axis=1) / length, 0, 1)
    return np.asarray(np.hypot(*(points - start - vector * along[:, None]).T), dtype=np.float64)


def _densify(lonlat: Floats, step_deg: float = 0.25) -> Floats:
    """Add vertices so that a straight line in degrees stays one in metres."""
    parts = []
    for start, end in pairwise(lonlat):
        count = max(1, int(np.ceil(np.abs(end - start).max() / step_deg)))
        parts.append(start + (end - start) * np.arange(count)[:, None] / count)
    return np.vstack([*parts, lonlat[-1:]])


@dataclass(frozen=True)
class Pull:
    """A capture as the field sees it: where (EPSG:3035 metres) and on which day the front passed."""

    x: float
    y: float
    day: float


class Span:
    """The days between two neighbouring key frames of one theatre, both included."""

    def __init__(self, first: int, last: int, before: Field, after: Field, window: Window, pulls: Sequence[Pull] = ()) -> None:
        """`before` and `after` are signed distances on `first` and `last`; `pulls` lie in the band between the lines.

        One array given twice says that nothing moved.
        """
        self.first, self.last, self.before, self.after, self.window, self.pulls = first, last, before, after, window, tuple(pulls)
        self.still = first == last or before is after or np.array_equal(before, after)
        self._paces: Paces | None = None

    def on(self, day: float) -> Field:
        """Return the field on a day of the span; zero is the front, positive ground Allied."""
        if self.still or day <= self.first:
            return self.before
        if day >= self.last:
            return self.after
        if self._paces is None:
            self._paces = self._timed()
        step, expected, observed = self._paces
        elapsed = np.float32(day - self.first)
        share = np.where(step > 1, np.floor(elapsed / step + 0.5) * step, elapsed) / np.float32(self.last - self.first)
        share = np.minimum(share, 1)
        if expected is not None and observed is not None:
            share = np.where(share < observed, share * expected / observed, expected + (share - observed) * (1 - expected) / (1 - observed))
        return np.asarray((1 - share) * self.before + share * self.after, dtype=np.float32)

    def forget(self) -> None:
        """Free what `on` keeps between days."""
        self._paces = None

    def passage(self, metres: Floats, bent: bool = False, left_out: Floats | None = None) -> Floats:
        """Return the day on which the front passes each point (n, 2); nan where it does not.

        By the blend alone, or `bent` to the captures, but for each point not to those at the spot `left_out` (n, 2).
        """
        start, end = self.sample(self.before, metres), self.sample(self.after, metres)
        crossing = np.sign(start) != np.sign(end)
        share = np.divide(start, start - end, out=np.full(len(metres), np.nan), where=crossing)
        if bent and self.pulls and not self.still:
            spots, shifts = self._shifts()
            apart = ((metres[:, None, :] - spots[None]) ** 2).sum(axis=2)
            near = _influence(apart)
            if left_out is not None:
                near = np.where(((left_out[:, None, :] - spots[None]) ** 2).sum(axis=2) < SAME_TOWN_M**2, 0, near)
            share = _moved(share, (near * shifts).sum(axis=1) / (DOUBT + near.sum(axis=1)))
        return np.asarray(self.first + share * (self.last - self.first), dtype=np.float64)

    def sample(self, values: Field, metres: Floats) -> Floats:
        """Return a field's values at points (n, 2), bilinear."""
        found = map_coordinates(values, self.window.indices(metres), order=1, mode="nearest", output=np.float64)
        return np.asarray(found, dtype=np.float64)

    def _shifts(self) -> tuple[Floats, Floats]:
        """Return where the captures are (n, 2) and by what share of the span each differs from the blend."""
        spots = np.array([[pull.x, pull.y] for pull in self.pulls])
        return spots, (np.array([pull.day for pull in self.pulls]) - self.passage(spots)) / (self.last - self.first)

    def _timed(self) -> Paces:
        """Return the days between two redrawings for each cell, and the share at which the front passes it by blend and by capture."""
        speed = np.abs(self.before - self.after) / np.float32(self.last - self.first)
        step = np.exp2(np.ceil(np.log2(np.clip(CREEP_M / np.maximum(speed, 1), 1, SLOWEST_DAYS))))
        if not self.pulls:
            return np.asarray(step, dtype=np.float32), None, None
        weight, total = np.full(self.before.shape, DOUBT), np.zeros(self.before.shape)
        xs, ys = self.window.xs, self.window.ys
        for (x, y), shift in zip(*self._shifts(), strict=True):
            columns = slice(*np.searchsorted(xs, [x - 3 * CAPTURE_REACH_M, x + 3 * CAPTURE_REACH_M]))
            rows = slice(*np.searchsorted(ys, [y - 3 * CAPTURE_REACH_M, y + 3 * CAPTURE_REACH_M]))
            near = _influence((xs[columns] - x) ** 2 + (ys[rows, None] - y) ** 2)
            weight[rows, columns] += near
            total[rows, columns] += near * shift
        # near a capture the front must pass on its very day
        step = np.where(weight > BESIDE, 1, step)
        difference = self.before - self.after
        ratio = np.divide(self.before, difference, out=np.full(self.before.shape, 0.5, dtype=np.float32), where=difference != 0)
        expected = np.clip(ratio, 0.01, 0.99)
        observed = _moved(expected, total / weight)
        return np.asarray(step, dtype=np.float32), expected, np.asarray(observed, dtype=np.float32)


Paces: TypeAlias = tuple[Field, Field | None, Field | None]


def _influence(apart: Floats) -> Floats:
    """Return how much a capture counts at a squared distance (m2): a town should hold its own day, so the nearer the more."""
    near = np.exp(-apart / (2 * CAPTURE_REACH_M**2))
    return np.asarray(near**2 / (1.02 - near), dtype=np.float64)


def _moved(share: Floats | Field, shift: Floats) -> Floats:
    return np.asarray(np.clip(share + shift, 0.01, 0.99), dtype=np.float64)
