"""The world beyond the fronts: whose side every land was on at the turn of 1944/45."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import shapely

from twofronts.build.basemap import OUTER
from twofronts.scene import Scene
from twofronts.scene.basemap import pack_basemap

LARGEST_BYTES = 150_000
SPOTS = [
    ("Vladivostok", 131.9, 43.15, "soviet"), ("Anadyr", 177.0, 64.8, "soviet"), ("Okha, northern Sakhalin", 142.9, 53.5, "soviet"),
    ("Fairbanks", -147.7, 64.8, "western"), ("Washington", -77.0, 38.9, "western"), ("Ottawa", -75.7, 45.4, "western"),
    ("Cape Town", 18.5, -33.9, "western"), ("Delhi", 77.2, 28.7, "western"), ("Sydney", 150.9, -33.8, "western"),
    ("Longyearbyen", 15.6, 78.2, "western"), ("Tehran", 51.4, 35.7, "none"), ("Bandar Abbas", 56.3, 27.3, "none"),
    ("Tokyo", 139.6, 35.7, "none"), ("Chungking", 106.5, 29.5, "none"), ("Toyohara, Karafuto", 142.7, 47.0, "none"),
    ("Lourenço Marques", 32.4, -25.8, "none"), ("Riyadh", 46.7, 24.7, "none"),
]  # fmt: skip


def read(geo: Path, name: str) -> list[dict[str, Any]]:
    features: list[dict[str, Any]] = json.loads((geo / "basemap" / f"{name}.geojson").read_text("utf-8"))["features"]
    return features


def shapes(features: list[dict[str, Any]]) -> Any:
    return shapely.from_geojson([json.dumps(item["geometry"]) for item in features])


@pytest.mark.parametrize(("place", "lon", "lat", "side"), SPOTS)
def test_a_place_is_on_the_side_that_governed_it(geo: Path, place: str, lon: float, lat: float, side: str) -> None:
    states = read(geo, "far_states")
    hits = shapely.intersects_xy(shapes(states), lon, lat)
    assert [item["properties"]["side"] for item, hit in zip(states, hits, strict=True) if hit] == [side], place


def test_all_land_beyond_the_window_is_covered_once(geo: Path) -> None:
    states = shapes(read(geo, "far_states"))
    land = shapely.difference(shapely.union_all(shapes([*read(geo, "land"), *read(geo, "land_world")])), shapely.box(*OUTER))
    shares = shapely.area(shapely.intersection(states, land))
    assert shapely.difference(land, shapely.union_all(states)).area < 1e-3
    assert np.sum(shares) == pytest.approx(land.area, abs=1e-3)
    assert land.bounds[1] < -50


def test_every_row_lies_in_its_state(repo: Path, geo: Path) -> None:
    states = read(geo, "far_states")
    areas = {item["properties"]["en"]: area for item, area in zip(states, shapes(states), strict=True)}
    with (repo / "data" / "far_states.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {row["side"] for row in rows} == {"soviet", "western", "none"}
    assert [row["id"] for row in rows if not shapely.intersects_xy(areas[row["en"]], float(row["lon"]), float(row["lat"]))] == []


def test_the_layer_is_small(geo: Path) -> None:
    assert (geo / "basemap" / "far_states.geojson").stat().st_size < LARGEST_BYTES


def test_each_name_is_drawn_once_and_what_continues_a_neutral_state_is_hatched(scene: Scene) -> None:
    packed = pack_basemap(scene)
    named = [state["en"] for state in packed["territories"] if "lon" in state]
    assert sorted(name for name in set(named) if named.count(name) > 1) == ["Soviet Union"]
    assert sum(state["side"] == "neutral" for state in packed["far_states"]) == 2
