"""The equal-area grid on which the fronts are computed (EPSG:3035, metres)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt
from pyproj import Transformer

Floats = npt.NDArray[np.float64]

CELL_M = 4000.0


@lru_cache(maxsize=2)
def _transformer(inverse: bool) -> Transformer:
    pair = ("EPSG:3035", "OGC:CRS84") if inverse else ("OGC:CRS84", "EPSG:3035")
    return Transformer.from_crs(*pair, always_xy=True)


def to_metres(lonlat: Floats) -> Floats:
    """Project an (n, 2) array of lon, lat in degrees to EPSG:3035 metres.

    >>> to_metres(np.array([[10.0, 52.0]])).round().tolist()
    [[4321000.0, 3210000.0]]
    """
    return np.asarray(np.column_stack(_transformer(False).transform(lonlat[:, 0], lonlat[:, 1])), dtype=np.float64)


def to_lonlat(metres: Floats) -> Floats:
    """Project an (n, 2) array of EPSG:3035 metres to lon, lat in degrees; the inverse of `to_metres`."""
    return np.asarray(np.column_stack(_transformer(True).transform(metres[:, 0], metres[:, 1])), dtype=np.float64)


@dataclass(frozen=True)
class Window:
    """A block of the grid: `columns` x `rows` cell centres, the first at `left`, `bottom` (EPSG:3035 metres)."""

    left: float
    bottom: float
    columns: int
    rows: int
    cell_m: float = CELL_M

    @classmethod
    def around(cls, metres: Floats, margin_m: float, cell_m: float = CELL_M) -> Window:
        """Return the window that holds all points with a margin, aligned to tiles so that neighbours share borders."""
        tile = cell_m * TILE_CELLS
        low = np.floor((metres.min(axis=0) - margin_m) / tile) * tile
        high = np.ceil((metres.max(axis=0) + margin_m) / tile) * tile
        columns, rows = np.rint((high - low) / cell_m).astype(int) + 1
        return cls(float(low[0]), float(low[1]), int(columns), int(rows), cell_m)

    @property
    def xs(self) -> Floats:
        """Return the x of each column's cell centres in metres."""
        return self.left + self.cell_m * np.arange(self.columns, dtype=np.float64)

    @property
    def ys(self) -> Floats:
        """Return the y of each row's cell centres in metres."""
        return self.bottom + self.cell_m * np.arange(self.rows, dtype=np.float64)

    def meets(self, metres: Floats) -> bool:
        """Tell whether the box around points (n, 2) meets the window."""
        (low_x, low_y), (high_x, high_y) = metres.min(axis=0), metres.max(axis=0)
        right, top = self.left + self.cell_m * (self.columns - 1), self.bottom + self.cell_m * (self.rows - 1)
        return bool(low_x <= right and high_x >= self.left and low_y <= top and high_y >= self.bottom)

    def holds(self, metres: Floats) -> npt.NDArray[np.bool_]:
        """Tell which points (n, 2) lie in the window."""
        rows, columns = self.indices(metres)
        return np.asarray((rows >= 0) & (columns >= 0) & (rows <= self.rows - 1) & (columns <= self.columns - 1))

    def indices(self, metres: Floats) -> Floats:
        """Return fractional (row, column) indices of points, shape (2, n), as `scipy.ndimage` wants them."""
        return np.stack([(metres[:, 1] - self.bottom) / self.cell_m, (metres[:, 0] - self.left) / self.cell_m])


TILE_CELLS = 4
"""Cells along the edge of a tile; lines are thinned tile by tile, so that what stands still keeps its vertices."""
