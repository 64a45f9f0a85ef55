"""The world beyond the fronts at the turn of 1944/45: who governed it, in coarse detail."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import shapely
from shapely.geometry import LineString, MultiPolygon, Polygon

from twofronts.build.linework import GRID_DEG, faces_between, join_ends, single_lines, thin
from twofronts.build.territory import Seed, Territory, name_faces

SIDES = ("soviet", "western", "none")
LICENCE = "Natural Earth (public domain); borders of 1944 by Two Fronts (CC BY 4.0)"
REACH_DEG = 0.35
CORNER_KM2 = 250.0
SPECK_DEG2 = 1e-5

DRAWN = (
    # Karafuto, Japanese since the peace of Portsmouth: the 50th parallel
    ((141.5, 50.0), (144.5, 50.0)),
    # Manchukuo: the Great Wall, Jehol, the Greater Khingan; good to 50 km
    ((119.9, 39.8), (119.6, 40.1), (117.9, 40.4), (116.6, 40.9), (115.9, 41.9), (117.0, 43.1), (118.6, 44.5), (119.8, 46.7)),
)
"""Borders of the time that no line of today keeps, lon-lat."""

Row = Mapping[str, str]
Item = tuple[dict[str, Any], shapely.Geometry]


def _seed(row: Row) -> Seed:
    spot = (float(row["lon"]), float(row["lat"]))
    return Seed(row["id"], row["de"], row["en"], spot if row["rank"] else None, spot, row["side"], "", row["source"])


def cut(ground: shapely.Geometry, lines: Sequence[LineString], window: Polygon) -> list[Polygon]:
    """Cut the land outside `window` along borders, thinned and lengthened to the coast.

    Coasts are taken as they are, so that they are the same lines in every layer.
    """
    outside = shapely.difference(ground, window, grid_size=GRID_DEG)
    shores = single_lines(shapely.boundary(shapely.get_parts(outside)))
    abroad = single_lines(shapely.line_merge(shapely.difference(shapely.union_all(list(lines)), window)) for _ in (0,))
    rough = [thin(line, lambda points: np.full(len(points), CORNER_KM2)) for line in abroad]
    shapely.prepare(outside)
    faces = faces_between([*shores, *join_ends(rough, shores, REACH_DEG)], GRID_DEG)
    return [face for face in faces if outside.contains(face.representative_point()) and face.area > SPECK_DEG2]


def draw_far_states(
    ground: shapely.Geometry, territories: Sequence[Territory], lines: Iterable[LineString], rows: Sequence[Row], window: Polygon
) -> list[Item]:
    """Return the states of `far_states.csv` with their land outside `window`, as features.

    Rows with the same names are one state. A seed inside the window adds the whole outline of the territory it lies in:
    ground that the plane of the fronts would give to the wrong side. Raises `DataError` as `name_faces` does.
    """
    seeds = [_seed(row) for row in rows]
    beyond = [seed for seed in seeds if not window.covers(shapely.Point(seed.spot))]
    states = name_faces(cut(ground, [*lines, *map(LineString, DRAWN)], window), beyond)
    outlines = [part for territory in territories for part in shapely.get_parts(territory.area)]
    tree = shapely.STRtree(outlines)
    added: dict[tuple[str, str], list[Polygon]] = defaultdict(list)
    for seed in seeds:
        if window.covers(shapely.Point(seed.spot)):
            added[seed.unit] += [outlines[index] for index in tree.query(shapely.Point(seed.spot), predicate="intersects")]
    ranks = {row["id"]: int(row["rank"]) for row in rows if row["rank"]}
    return [_item(state, added[state.seed.unit], ranks.get(state.seed.id)) for state in states]


def _item(state: Territory, added: Sequence[Polygon], rank: int | None) -> Item:
    seed = state.seed
    area = shapely.union_all([state.area, *added], grid_size=GRID_DEG)
    properties = {
        "id": seed.id, "de": seed.de, "en": seed.en, "side": seed.status, "label": list(seed.label) if seed.label else None,
        "rank": rank, "source": seed.source, "licence": LICENCE,
    }  # fmt: skip
    return properties, MultiPolygon(sorted(shapely.get_parts(area), key=lambda part: (-part.area, part.bounds)))
