"""What geo/ promises to everyone who reads it: RFC 7946, sorted, sourced, and as the manifest says."""

from __future__ import annotations

import hashlib
import itertools
import json
import re
from functools import lru_cache
from pathlib import Path
from typing import Any

import geopandas
import pytest
import shapely

from twofronts.build.products import content as content_of
from twofronts.build.records import CERTAINTIES, KINDS, SIDES, THEATRES, KeyFrame, Tables
from twofronts.days import is_day, to_iso
from twofronts.scene import Scene

PRODUCTS = ["events", "places", "captures", "keyframes", "fronts", "control", "edges"]
LAYERS = ["borders", "far_states", "lakes", "land", "land_world", "rivers", "territories", "waters"]
FILES = [f"{name}.geojson{'.xz' if name == 'edges' else ''}" for name in PRODUCTS] + [f"basemap/{name}.geojson" for name in LAYERS]
_NUMBER = re.compile(r"-?\d+(?:\.(\d+))?(?:[eE][-+]?\d+)?")


def product(name: str) -> str:
    return next(file for file in FILES if file.startswith(f"{name}.geojson"))


@lru_cache(maxsize=len(FILES) + 1)
def read(geo: Path, name: str) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(text_of(geo, name))
    return content


def text_of(geo: Path, name: str) -> str:
    return content_of(geo / name).decode("utf-8")


@pytest.mark.parametrize("name", FILES)
def test_a_file_is_geojson_as_rfc_7946_has_it(geo: Path, name: str) -> None:
    content = read(geo, name)
    assert content["type"] == "FeatureCollection"
    assert "crs" not in content
    for item in content["features"]:
        assert item["type"] == "Feature"
        assert isinstance(item["properties"], dict)
        assert item["geometry"]["type"] != "GeometryCollection"
    shapes = shapely.from_geojson([json.dumps(item["geometry"]) for item in content["features"]])
    assert not shapely.is_empty(shapes).any()
    west, south, east, north = shapely.total_bounds(shapes)
    assert -180 <= west <= east <= 180 and -90 <= south <= north <= 90
    polygons = shapely.get_parts(shapes)
    polygons = polygons[shapely.get_type_id(polygons) == 3]
    for polygon in polygons:
        assert polygon.exterior.is_ccw
        assert not any(hole.is_ccw for hole in polygon.interiors)


@pytest.mark.parametrize("name", FILES)
def test_outlines_are_sound(geo: Path, name: str) -> None:
    shapes = shapely.get_parts(shapely.from_geojson([json.dumps(item["geometry"]) for item in read(geo, name)["features"]]))
    broken = shapely.is_valid_reason(shapes[~shapely.is_valid(shapes)])
    assert len(broken) == 0, f"{len(broken)} of {len(shapes)}: " + "; ".join(broken[:10])


@pytest.mark.parametrize("name", FILES)
def test_coordinates_have_four_decimals_at_most(geo: Path, name: str) -> None:
    for line in text_of(geo, name).splitlines():
        _, found, coordinates = line.partition('"coordinates":')
        if found:
            assert all(len(match[1] or "") <= 4 and "e" not in match[0].lower() for match in _NUMBER.finditer(coordinates)), line[:200]


@pytest.mark.parametrize("name", FILES)
def test_a_file_has_one_feature_a_line(geo: Path, name: str) -> None:
    text = text_of(geo, name)
    assert text.endswith("\n") and "\r" not in text
    lines = text.splitlines()
    assert len(lines) == len(json.loads(text)["features"]) + 2
    for line in lines[1:-1]:
        json.loads(line.removesuffix(","))


@pytest.mark.parametrize("name", [name for name in FILES if not name.endswith(".xz")])
def test_a_file_opens_in_geopandas_in_one_line(geo: Path, name: str) -> None:
    frame = geopandas.read_file(geo / name)
    assert len(frame) == len(read(geo, name)["features"])
    assert frame.crs.equals("OGC:CRS84") or frame.crs.to_epsg() == 4326


@pytest.mark.parametrize("name", ["events", "places", "captures", "keyframes", "fronts", "edges"])
def test_ids_are_unique(geo: Path, name: str) -> None:
    ids = [item["properties"]["id"] for item in read(geo, product(name))["features"]]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("name", ["events", "places", "captures", "keyframes"])
def test_features_are_sorted_by_id(geo: Path, name: str) -> None:
    ids = [item["properties"]["id"] for item in read(geo, f"{name}.geojson")["features"]]
    assert ids == sorted(ids)


@pytest.mark.parametrize("name", ["fronts", "control", "edges", "events", "captures"])
def test_start_and_end_are_days_in_order(geo: Path, name: str) -> None:
    for item in read(geo, product(name))["features"]:
        start, end = item["properties"]["start"], item["properties"]["end"]
        assert is_day(start) and is_day(end) and start <= end, item["properties"]


def test_the_manifest_has_every_file_and_its_hash(geo: Path) -> None:
    manifest = read(geo, "manifest.json")
    told = manifest["outputs"]
    there = {path.relative_to(geo).as_posix() for path in geo.rglob("*") if path.is_file()} - {"manifest.json"}
    assert set(told) == there
    assert {name: hashlib.sha256(content_of(geo / name)).hexdigest() for name in told} == told


def test_the_manifest_knows_the_tables_it_was_built_from(geo: Path, repo: Path) -> None:
    told = read(geo, "manifest.json")["inputs"]
    data = repo / "data"
    assert {name: hashlib.sha256((data / name).read_bytes()).hexdigest() for name in told} == told


def test_the_manifest_counts_what_is_there(geo: Path, scene: Scene) -> None:
    manifest = read(geo, "manifest.json")
    kinds = [frame["properties"]["kind"] for frame in scene.keyframes.values()]
    found = {
        "events": len(scene.events),
        "places": len(scene.places),
        "keyframes": kinds.count("line"),
        "pocket_outlines": kinds.count("pocket"),
    }
    assert {name: manifest["counts"][name] for name in found} == found
    assert manifest["range"]["first"] <= "1941-06-22" and manifest["range"]["last"] == "1945-05-09"
    assert manifest["fronts"] == {"first": "1944-01-01", "last": "1945-05-09"}


def test_nothing_tells_when_it_was_built(geo: Path) -> None:
    for name in ("manifest.json", "days.json"):
        assert not re.search(r"20[2-9]\d-\d\d-\d\d", (geo / name).read_text("utf-8")), name


@pytest.mark.parametrize("name", ["events", "captures", "keyframes"])
def test_everything_drawn_has_a_source_and_a_certainty(geo: Path, name: str) -> None:
    works = read(geo, "sources.json")
    for item in read(geo, f"{name}.geojson")["features"]:
        told = item["properties"]
        assert told["certainty"] in CERTAINTIES, told["id"]
        assert told["sources"], told["id"]
        # events tell their sources in full, captures and key frames by the id of a work
        for source in (works[cited] if isinstance(cited, str) else cited for cited in told["sources"]):
            assert source["title"]
            assert source.get("url", "").startswith(("http://", "https://")) or (source.get("publisher") and source.get("year")), source


def test_every_place_names_a_source_that_is_there(scene: Scene, tables: Tables) -> None:
    assert {place["properties"]["source"] for place in scene.places.values()} <= set(tables.sources)
    for place in scene.places.values():
        assert all(place["properties"]["name"][key] for key in ("de", "en", "local", "today")), place["properties"]["id"]


def test_there_are_a_hundred_events_in_both_theatres(scene: Scene) -> None:
    theatres = [event["properties"]["theatre"] for event in scene.events]
    assert len(theatres) >= 100
    west, east = (sum(theatre in names for theatre in theatres) for names in (("west", "italy"), ("east", "balkans", "north")))
    assert 0.5 < west / east < 2


def test_events_use_the_vocabularies(scene: Scene) -> None:
    for event in scene.events:
        told = event["properties"]
        assert told["kind"] in KINDS and told["theatre"] in THEATRES and set(told["sides"]) <= set(SIDES) and told["sides"], told["id"]
        assert told["places"] and set(told["places"]) <= set(scene.places), told["id"]
        assert "1941-01-01" <= told["start"] <= "1945-05-09", told["id"]


@pytest.mark.parametrize("lang", ["de", "en"])
def test_an_event_is_told_shortly_in_both_languages(scene: Scene, lang: str) -> None:
    for event in scene.events:
        told = event["properties"]
        assert 0 < len(told["title"][lang]) < 60 and not told["title"][lang].endswith("."), told["id"]
        assert 40 <= len(told["summary"][lang].split()) <= 90, told["id"]
        assert told["note"] is None or told["note"][lang], told["id"]


def test_the_two_languages_are_not_the_same_text(scene: Scene) -> None:
    for event in scene.events:
        assert event["properties"]["summary"]["de"] != event["properties"]["summary"]["en"], event["properties"]["id"]


def test_every_statement_of_the_article_is_covered_by_an_event(scene: Scene) -> None:
    covered = {statement for event in scene.events for statement in event["properties"]["statements"]}
    assert covered == {f"S{number:02d}" for number in range(1, 37)}


def test_the_titles_of_events_tell_them_apart(scene: Scene) -> None:
    for lang in ("de", "en"):
        titles = [(event["properties"]["title"][lang], event["properties"]["start"]) for event in scene.events]
        assert len(titles) == len(set(titles))


@pytest.mark.parametrize("theatre", ["west", "italy", "east"])
@pytest.mark.parametrize(("first", "last", "longest"), [("1944-01-01", "1944-12-01", 16), ("1944-12-01", "1945-05-09", 10)])
def test_a_front_is_drawn_anew_twice_a_month_or_oftener_unless_it_stood_still(
    tables: Tables, theatre: str, first: str, last: str, longest: int
) -> None:
    frames: list[KeyFrame] = [frame for frame in tables.keyframes if frame.theatre == theatre and first <= to_iso(frame.day) <= last]
    slow = [
        f"{to_iso(before.day)} to {to_iso(after.day)}"
        for before, after in itertools.pairwise(frames)
        if after.day - before.day > longest and before.coordinates != after.coordinates
    ]
    assert slow == []


@pytest.mark.parametrize(
    ("theatre", "days"),
    [("west", ["1944-12-16", "1944-12-24"]), ("east", [f"1945-01-{day}" for day in range(12, 19)])],
)  # fmt: skip
def test_the_turning_points_are_drawn_on_their_day(tables: Tables, theatre: str, days: list[str]) -> None:
    drawn = {to_iso(frame.day) for frame in tables.keyframes if frame.theatre == theatre}
    assert set(days) <= drawn
