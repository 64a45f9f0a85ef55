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

import numpy as np
import shapely
from PIL import Image, ImageDraw
from scipy.ndimage import distance_transform_edt, map_coordinates
from scipy.spatial import cKDTree
from shapely.geometry import Polygon

from twofronts.build.grid import Floats, Window, to_lonlat, to_metres

EXACT_WITHIN_M = 24_000.0
CAPTURE_REACH_M = 40_000.0
"""How far (one standard deviation) a capture bends its neighbourhood; fitted by leave-one-out, see README."""


def signed_distance(ground: Polygon, window: Window) -> Floats:
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
    return np.asarray(np.where(inside, distance, -distance), dtype=np.float64)


def _distance_to_line(points: Floats, line: Floats, step_m: float = 400.0) -> Floats:
    """Return metres from points (n, 2) to a line (m, 2): exact to the segment with the nearest of its samples."""
    starts, vectors = line[:-1], np.diff(line, axis=0)
    counts = np.maximum(1, np.ceil(np.hypot(*vectors.T) / step_m).astype(int))
    owner = np.repeat(np.arange(len(starts)), counts)
    share = (np.arange(len(owner)) - np.repeat(np.cumsum(counts) - counts, counts) + 0.5) / counts[owner]
    _, nearest = cKDTree(starts[owner] + vectors[owner] * share[:, None]).query(points, workers=-1)
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

    def __init__(self, first: int, last: int, before: Floats, after: Floats, window: Window, pulls: Sequence[Pull] = ()) -> None:
        """`before` and `after` are signed distances on `first` and `last`; `pulls` lie in the band between the lines."""
        self.first, self.last, self.before, self.after, self.window = first, last, before, after, window
        self._bend = self._bent(pulls) if pulls and last > first else None

    @property
    def still(self) -> bool:
        """Tell whether nothing moves in this span."""
        return self.last == self.first or bool(np.array_equal(self.before, self.after))

    def on(self, day: float) -> Floats:
        """Return the field on a day of the span; zero is the front, positive ground Allied."""
        if self.still or day <= self.first:
            return self.before
        if day >= self.last:
            return self.after
        share: Floats | float = (day - self.first) / (self.last - self.first)
        if self._bend is not None:
            expected, observed = self._bend
            share = np.where(share < observed, share * expected / observed, expected + (share - observed) * (1 - expected) / (1 - observed))
        return (1 - share) * self.before + share * self.after

    def passage(self, metres: Floats) -> Floats:
        """Return the day on which the blend alone passes each point (n, 2); nan where it does not."""
        start, end = self.sample(self.before, metres), self.sample(self.after, metres)
        crossing = np.sign(start) != np.sign(end)
        share = np.divide(start, start - end, out=np.full(len(metres), np.nan), where=crossing)
        return np.asarray(self.first + share * (self.last - self.first), dtype=np.float64)

    def sample(self, values: Floats, metres: Floats) -> Floats:
        """Return a field's values at points (n, 2), bilinear."""
        return np.asarray(map_coordinates(values, self.window.indices(metres), order=1, mode="nearest"), dtype=np.float64)

    def _bent(self, pulls: Sequence[Pull]) -> tuple[Floats, Floats]:
        spots = np.array([[pull.x, pull.y] for pull in pulls])
        residual = (np.array([pull.day for pull in pulls]) - self.passage(spots)) / (self.last - self.first)
        weight = np.full(self.before.shape, 0.15)
        total = np.zeros(self.before.shape)
        xs, ys = self.window.xs, self.window.ys
        for (x, y), shift in zip(spots, residual, strict=True):
            columns = slice(*np.searchsorted(xs, [x - 3 * CAPTURE_REACH_M, x + 3 * CAPTURE_REACH_M]))
            rows = slice(*np.searchsorted(ys, [y - 3 * CAPTURE_REACH_M, y + 3 * CAPTURE_REACH_M]))
            near = np.exp(-((xs[columns] - x) ** 2 + (ys[rows, None] - y) ** 2) / (2 * CAPTURE_REACH_M**2))
            # a town should hold its own day: the nearer, the more it counts
            near = near**2 / (1.02 - near)
            weight[rows, columns] += near
            total[rows, columns] += near * shift
        difference = self.before - self.after
        ratio = np.divide(self.before, difference, out=np.full(self.before.shape, 0.5), where=difference != 0)
        expected = np.clip(ratio, 0.01, 0.99)
        return expected, np.clip(expected + total / weight, 0.01, 0.99)
