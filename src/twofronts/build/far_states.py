"""The world beyond the fronts at the turn of 1944/45: who governed it, in coarse detail.

Only borders are drawn here. Out at sea each state reaches to the middle of the water, so that the coast stays one line:
that of `land` and `land_world`, which the map lays over this ground.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import shapely
from shapely.geometry import LineString, MultiPolygon, Polygon

from twofronts.build.linework import GRID_DEG, Points, arcs_between, faces_between, join_ends, single_lines, thin
from twofronts.build.overlay import as_polygons
from twofronts.build.territory import Seed, Territory, name_again, name_faces
from twofronts.problems import DataError

LICENCE = "Natural Earth (public domain); borders of 1944 by Two Fronts (CC BY 4.0)"
REACH_DEG = 0.35
CORNER_KM2 = 300.0
SPECK_DEG2 = 1e-5
# how close together the coast is asked whose the water before it is, and how closely the middle of the water is kept to
SHORE_STEP_DEG = 0.3
MIDWATER_DEG = 0.2

DRAWN = (
    # Karafuto, Japanese since the peace of Portsmouth: the 50th parallel
    ((141.5, 50.0), (144.5, 50.0)),
    # Manchukuo: the Great Wall, Jehol, the Greater Khingan; good to 50 km
    ((119.9, 39.8), (119.6, 40.1), (117.9, 40.4), (116.6, 40.9), (115.9, 41.9), (117.0, 43.1), (118.6, 44.5), (119.8, 46.7)),
)
"""Borders of the time that no line of today keeps, lon-lat."""

Row = Mapping[str, str]
Item = tuple[dict[str, Any], shapely.Geometry]


def draw_far_states(
    ground: shapely.Geometry,
    territories: Sequence[Territory],
    lines: Iterable[LineString],
    rows: Sequence[Row],
    plane: Polygon,
    window: Polygon,
) -> list[Item]:
    """Share out `plane` without `window` among the states of `far_states.csv`, as features; `ground` is all land, `lines` borders on it.

    Rows with the same names are one state. A seed inside the window adds the whole outline of the territory it lies in:
    ground that the plane of the fronts would give to the wrong side. Raises `DataError` as `name_faces` does.
    """
    seeds = [_seed(row) for row in rows]
    outside = shapely.difference(ground, window, grid_size=GRID_DEG)
    beyond = [seed for seed in seeds if not window.covers(shapely.Point(seed.spot))]
    try:
        ashore = name_faces(cut(outside, [*lines, *map(LineString, DRAWN)], window), beyond)
    except DataError as error:
        raise DataError(replace(problem, file="far_states.csv", row=0, column="lon") for problem in error.problems) from error
    states = _over_sea(ashore, shapely.difference(shapely.difference(plane, window), outside, grid_size=GRID_DEG))
    arcs = [thin(arc, _least_km2) for arc in arcs_between([state.area for state in states])]
    states = name_again(faces_between(arcs, GRID_DEG), states)
    outlines = [part for territory in territories for part in shapely.get_parts(territory.area)]
    tree = shapely.STRtree(outlines)
    added: dict[tuple[str, str], list[Polygon]] = defaultdict(list)
    for seed in seeds:
        if window.covers(shapely.Point(seed.spot)):
            added[seed.unit] += [outlines[index] for index in tree.query(shapely.Point(seed.spot), predicate="intersects")]
    ranks = {row["id"]: int(row["rank"]) for row in rows if row["rank"]}
    return [_item(state, added[state.seed.unit], ranks.get(state.seed.id)) for state in states]


def cut(land: shapely.Geometry, lines: Sequence[LineString], window: Polygon) -> list[Polygon]:
    """Return the pieces of `land` between borders, these lengthened to the coast and left out inside `window`."""
    shores = single_lines(shapely.boundary(shapely.get_parts(land)))
    abroad = single_lines(shapely.line_merge(shapely.difference(shapely.union_all(list(lines)), window)) for _ in (0,))
    shapely.prepare(land)
    faces = faces_between([*shores, *join_ends(abroad, shores, REACH_DEG)], GRID_DEG)
    return [face for face in faces if land.contains(face.representative_point()) and face.area > SPECK_DEG2]


def _seed(row: Row) -> Seed:
    spot = (float(row["lon"]), float(row["lat"]))
    return Seed(row["id"], row["de"], row["en"], spot if row["rank"] else None, spot, row["side"], "", row["source"])


def _least_km2(points: Points) -> Any:
    return np.full(len(points), CORNER_KM2)


def _over_sea(states: Sequence[Territory], sea: shapely.Geometry) -> list[Territory]:
    """Give every part of the sea to the state whose coast is nearest, in degrees."""
    shores = [
        np.unique(shapely.get_coordinates(shapely.segmentize(shapely.boundary(state.area), SHORE_STEP_DEG)), axis=0) for state in states
    ]
    spots, first, times = np.unique(np.concatenate(shores), axis=0, return_index=True, return_counts=True)
    owners = np.repeat(np.arange(len(states)), [len(shore) for shore in shores])[first]
    # a point that two states share lies on their border and decides nothing
    spots, owners = spots[times == 1], owners[times == 1]
    cells = shapely.get_parts(shapely.voronoi_polygons(shapely.multipoints(spots), extend_to=sea.envelope))
    inside, of = shapely.STRtree(shapely.points(spots)).query(cells, predicate="intersects")
    waters = np.array([shapely.union_all(cells[inside[owners[of] == number]]) for number in range(len(states))])
    coastal = ~shapely.is_empty(waters)
    waters[coastal] = shapely.coverage_simplify(waters[coastal], MIDWATER_DEG)
    # where two lines coincide on the grid, loose ones may be left over
    parts = [as_polygons(part) for part in shapely.intersection(waters, sea, grid_size=GRID_DEG)]
    grown = shapely.union([state.area for state in states], parts, grid_size=GRID_DEG)
    return [Territory(state.seed, as_polygons(area)) for state, area in zip(states, grown, strict=True)]


def _item(state: Territory, added: Sequence[Polygon], rank: int | None) -> Item:
    seed = state.seed
    area = shapely.union_all([state.area, *added], grid_size=GRID_DEG)
    properties = {
        "id": seed.id, "de": seed.de, "en": seed.en, "side": seed.status, "label": list(seed.label) if seed.label else None,
        "rank": rank, "source": seed.source, "licence": LICENCE,
    }  # fmt: skip
    return properties, MultiPolygon(sorted(shapely.get_parts(area), key=lambda part: (-part.area, part.bounds)))
