"""What geo/ promises of formations, offensives and journeys: RFC 7946, lists along the vertices, sourced, and nothing left out."""

from __future__ import annotations

import csv
import itertools
import json
import re
from collections import Counter
from functools import lru_cache
from pathlib import Path
from typing import Any

import geopandas
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from twofronts.build.moves import products
from twofronts.build.moves.records import Journey, Spot, Station
from twofronts.build.records import CERTAINTIES, SIDES, Tables
from twofronts.days import is_day, to_iso
from twofronts.scene import Scene

NAMES = ["movements", "offensives", "journeys"]
KINDS = {"movements": "LineString", "offensives": "MultiLineString", "journeys": "MultiLineString"}
LISTS = ["when", "date_edtf", "places", "stands", "by", "under", "uncertainty_km", "certainty", "evidence"]
_NUMBER = re.compile(r"-?\d+(?:\.(\d+))?(?:[eE][-+]?\d+)?")


@lru_cache(maxsize=len(NAMES) + 3)
def read(geo: Path, name: str) -> Any:
    return json.loads((geo / name).read_text("utf-8"))


def features(geo: Path, name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = read(geo, f"{name}.geojson")["features"]
    return found


def lines(item: dict[str, Any]) -> list[tuple[list[list[float]], list[str | None], list[str | None]]]:
    """The lines of a feature, each with its days and places."""
    own, coordinates = item["properties"], item["geometry"]["coordinates"]
    if item["geometry"]["type"] == "LineString":
        return [(coordinates, own["when"], own["places"])]
    return list(zip(coordinates, own["when"], own["places"], strict=True))


@pytest.mark.parametrize("name", NAMES)
def test_a_file_is_geojson_as_rfc_7946_has_it(geo: Path, name: str) -> None:
    content = read(geo, f"{name}.geojson")
    assert content["type"] == "FeatureCollection" and "crs" not in content and content["features"]
    for item in content["features"]:
        assert item["type"] == "Feature" and item["geometry"]["type"] == KINDS[name]
        for line, _, _ in lines(item):
            assert len(line) >= 2
            assert all(len(spot) == 2 and -180 <= spot[0] <= 180 and -90 <= spot[1] <= 90 for spot in line), item["properties"]["id"]
            # a line that jumps over more than half the earth crosses 180 degrees uncut
            assert all(abs(one[0] - other[0]) <= 180 for one, other in itertools.pairwise(line)), item["properties"]["id"]


@pytest.mark.parametrize("name", NAMES)
def test_a_file_has_one_feature_a_line_and_coordinates_of_four_decimals(geo: Path, name: str) -> None:
    text = (geo / f"{name}.geojson").read_text("utf-8")
    first, *rows, last = text.splitlines()
    assert text.endswith("]}\n") and "\r" not in text
    assert (first, last, len(rows)) == ('{"type":"FeatureCollection","features":[', "]}", len(features(geo, name)))
    for row in rows:
        assert json.loads(row.removesuffix(","))["type"] == "Feature"
        coordinates = row.partition('"coordinates":')[2]
        assert all(len(match[1] or "") <= 4 and "e" not in match[0].lower() for match in _NUMBER.finditer(coordinates)), row[:200]


@pytest.mark.parametrize("name", NAMES)
def test_a_file_opens_in_geopandas_in_one_line(geo: Path, name: str) -> None:
    frame = geopandas.read_file(geo / f"{name}.geojson")
    assert list(frame["id"]) == [item["properties"]["id"] for item in features(geo, name)]
    assert frame.crs.equals("OGC:CRS84") or frame.crs.to_epsg() == 4326
    assert set(frame.geom_type) == {KINDS[name]}


def test_formations_are_sorted_by_id_offensives_and_journeys_by_their_first_day(geo: Path) -> None:
    for name in NAMES:
        keys = [("" if name == "movements" else item["properties"]["start"], item["properties"]["id"]) for item in features(geo, name)]
        assert keys == sorted(keys)
        assert len({key for _, key in keys}) == len(keys)


def test_every_list_of_a_formation_runs_along_its_vertices(geo: Path) -> None:
    for item in features(geo, "movements"):
        own = item["properties"]
        assert {len(own[name]) for name in LISTS} == {len(item["geometry"]["coordinates"])}, own["id"]
        for name in set(LISTS) - {"places", "under"}:
            assert [value is None for value in own[name]] == [day is None for day in own["when"]], (own["id"], name)
        for name in ("places", "under"):
            assert all(value is None or value for value in own[name]), (own["id"], name)


def test_a_formation_is_dated_at_both_ends_and_each_day_once(geo: Path) -> None:
    for item in features(geo, "movements"):
        own = item["properties"]
        days = [day for day in own["when"] if day]
        assert days == sorted(set(days)) and all(map(is_day, days)), own["id"]
        assert (own["when"][0], own["when"][-1]) == (own["start"], own["end"])
        assert own["life"][0] <= own["start"] < own["end"] <= own["life"][1]
        assert set(own["stands"]) <= {"hq", "spearhead", "sector", None}
        assert set(own["by"]) <= {"road", "rail", "sea", "air", None}


@pytest.mark.parametrize("name", ["offensives", "journeys"])
def test_the_days_of_a_way_are_alike_in_shape_and_rise(geo: Path, name: str) -> None:
    for item in features(geo, name):
        own = item["properties"]
        for line, when, places in lines(item):
            assert len(line) == len(when) == len(places), own["id"]
        dated = [[day for day in when if day] for _, when, _ in lines(item)]
        # the pieces of a journey are one way, the axes of an offensive are each its own
        for days in dated if name == "offensives" else [list(itertools.chain(*dated))]:
            assert days == sorted(days) and all(own["start"] <= day <= own["end"] for day in days), own["id"]
            assert own.get("kind") == "supply" or len(days) >= 2, own["id"]


@pytest.mark.parametrize("name", NAMES)
def test_a_vertex_that_names_a_place_lies_there(geo: Path, scene: Scene, name: str) -> None:
    for item in features(geo, name):
        for line, _, places in lines(item):
            for spot, place in zip(line, places, strict=True):
                assert place is None or scene.places[place]["geometry"]["coordinates"] == spot, (item["properties"]["id"], place)


def test_every_source_is_in_the_list_of_sources(geo: Path) -> None:
    works = set(read(geo, "sources.json"))
    for item in features(geo, "movements"):
        own = item["properties"]
        for cited in [own["sources"], *(command["sources"] for command in own["commanders"])]:
            assert cited and set(cited) <= works, own["id"]
    for item in features(geo, "offensives") + features(geo, "journeys"):
        own = item["properties"]
        assert own["sources"] and {source["id"] for source in own["sources"]} <= works, own["id"]
        for load in own.get("tonnage", []):
            assert load["sources"] and {source["id"] for source in load["sources"]} <= works, own["id"]


def test_everything_that_moves_says_how_sure_it_is(geo: Path) -> None:
    for item in features(geo, "movements"):
        told = [*item["properties"]["certainty"], *(command["certainty"] for command in item["properties"]["commanders"])]
        assert set(told) <= {*CERTAINTIES, None}, item["properties"]["id"]
    for item in features(geo, "offensives") + features(geo, "journeys"):
        assert item["properties"]["certainty"] in CERTAINTIES, item["properties"]["id"]


def test_what_moves_knows_the_rest_of_the_map(geo: Path, scene: Scene) -> None:
    formations = {item["properties"]["id"]: item["properties"] for item in features(geo, "movements")}
    for own in formations.values():
        assert own["side"] in SIDES
        assert {name for name in own["under"] if name} <= set(formations) - {own["id"]}, own["id"]
    for item in features(geo, "offensives"):
        own = item["properties"]
        assert own["formations"] and set(own["formations"]) <= set(formations), own["id"]
        assert own["side"] in {formations[name]["side"] for name in own["formations"]}, own["id"]
        assert own["event"] is None or own["event"] in scene.events_by_id, own["id"]
    for item in features(geo, "journeys"):
        assert item["properties"]["event"] in scene.events_by_id, item["properties"]["id"]


def test_only_supply_routes_deliver_tons(geo: Path) -> None:
    for item in features(geo, "journeys"):
        years = [load["year"] for load in item["properties"]["tonnage"]]
        assert years == sorted(set(years)), item["properties"]["id"]
        assert item["properties"]["kind"] == "supply" or not years, item["properties"]["id"]


@pytest.mark.parametrize("lang", ["de", "en"])
def test_names_and_figures_are_there_in_both_languages(geo: Path, lang: str) -> None:
    for name in NAMES:
        assert all(item["properties"]["name"][lang].strip() for item in features(geo, name))
    for item in features(geo, "movements"):
        assert 0 < len(item["properties"]["short"][lang]) <= 14
    for item in features(geo, "offensives"):
        own = item["properties"]
        assert 40 <= len(own["summary"][lang].split()) <= 90, own["id"]
        assert all(own[key] is None or own[key][lang].strip() for key in ("forces", "losses")), own["id"]


def test_there_is_enough_to_follow_the_war(scene: Scene) -> None:
    journeys = Counter(item["properties"]["kind"] for item in scene.journeys)
    assert len(scene.movements) >= 90
    assert sum(day is not None for item in scene.movements for day in item["properties"]["when"]) >= 1000
    assert sum(item["properties"]["start"] >= "1944-01-01" for item in scene.offensives) >= 45
    assert journeys["journey"] + journeys["letter"] >= 40 and journeys["letter"] >= 1
    assert journeys["supply"] >= 6
    assert {item["properties"]["side"] for item in scene.movements} == set(SIDES)


# what the tables say, read as any spreadsheet would


def rows_of(repo: Path, table: str) -> list[dict[str, str]]:
    found = []
    for path in sorted((repo / "data").glob(f"{table}*.csv")):
        with path.open(encoding="utf-8-sig", newline="") as file:
            found += list(csv.DictReader(file))
    return found


def spot_of(cell: str, places: dict[str, list[float]]) -> list[float]:
    """Where `place`, `lon lat` or either with `@date` lies."""
    where = cell.partition("@")[0].strip()
    return places[where] if where in places else [round(float(number), 4) for number in where.split()]


@pytest.fixture(scope="module")
def places(repo: Path) -> dict[str, list[float]]:
    return {row["id"]: [round(float(row["lon"]), 4), round(float(row["lat"]), 4)] for row in rows_of(repo, "places")}


def cited(cell: str) -> list[str]:
    return [item.partition("|")[0].strip() for item in cell.split(";")]


def test_every_way_point_and_every_commander_of_the_tables_arrives(repo: Path, tables: Tables) -> None:
    built = json.loads(products.movements(tables.moves))["features"]
    told = Counter(
        (own["id"], own["date_edtf"][index], own["stands"][index], own["by"][index], own["under"][index] or "",
         float(own["uncertainty_km"][index]), own["certainty"][index], *(own["sources"][work] for work in own["evidence"][index]))
        for own in (item["properties"] for item in built) for index, day in enumerate(own["when"]) if day
    )  # fmt: skip
    assert told == Counter(
        (row["formation"], row["date"], row["stands"], row["by"] or "road", row["under"], float(row["uncertainty_km"]), row["certainty"],
         *cited(row["sources"]))
        for row in rows_of(repo, "movements")
    )  # fmt: skip
    commands = Counter((item["properties"]["id"], command["name"]) for item in built for command in item["properties"]["commanders"])
    assert commands == Counter((row["formation"], row["name"]) for row in rows_of(repo, "commanders"))
    shown = {item["properties"]["id"]: (item["properties"]["name"]["de"], item["properties"]["short"]["en"]) for item in built}
    assert shown == {row["id"]: (row["name_de"], row["short_en"]) for row in rows_of(repo, "formations")}


def test_a_formation_goes_through_every_place_and_bend_of_the_tables_in_their_order(
    repo: Path, tables: Tables, places: dict[str, list[float]]
) -> None:
    expected: dict[str, list[list[float]]] = {}
    for row in sorted(rows_of(repo, "movements"), key=lambda row: row["date"][:10]):
        stops = [stop for stop in [*row["via"].split(";"), row["at"]] if stop.strip()]
        expected.setdefault(row["formation"], []).extend(spot_of(stop, places) for stop in stops)
    built = json.loads(products.movements(tables.moves))["features"]
    assert {item["properties"]["id"]: item["geometry"]["coordinates"] for item in built} == expected


def test_an_offensive_goes_through_every_station_of_the_tables_in_their_order(
    repo: Path, tables: Tables, places: dict[str, list[float]]
) -> None:
    built = json.loads(products.offensives(tables.moves.offensives, {item.id: None for item in tables.moves.offensives}))["features"]
    assert {item["properties"]["id"]: item["geometry"]["coordinates"] for item in built} == {
        row["id"]: [[spot_of(stop, places) for stop in axis.split(">")] for axis in row["axes"].split(";")]
        for row in rows_of(repo, "offensives")
    }


def test_every_offensive_of_the_tables_arrives_with_every_station(repo: Path, tables: Tables) -> None:
    built = json.loads(products.offensives(tables.moves.offensives, {item.id: None for item in tables.moves.offensives}))["features"]
    told = {
        item["properties"]["id"]: ([len(axis) for axis in item["geometry"]["coordinates"]], ";".join(item["properties"]["formations"]),
                                   item["properties"]["summary"]["de"], (item["properties"]["losses"] or {}).get("en", ""))
        for item in built
    }  # fmt: skip
    assert len(told) == len(built)
    assert told == {
        row["id"]: ([axis.count(">") + 1 for axis in row["axes"].split(";")], row["formations"].replace("; ", ";"),
                    row["summary_de"].strip(), row["losses_en"].strip())
        for row in rows_of(repo, "offensives")
    }  # fmt: skip


def test_every_journey_of_the_tables_arrives_with_what_it_carried(repo: Path, tables: Tables) -> None:
    built = json.loads(products.journeys(tables.moves.journeys, tables.moves.tonnages))["features"]
    dates = {
        item["properties"]["id"]: [date for piece in item["properties"]["date_edtf"] for date in piece if date] for item in built
    }
    assert dates == {row["id"]: re.findall(r"@([^>]+)", row["path"]) for row in rows_of(repo, "journeys")}
    loads = Counter(
        (item["properties"]["id"], load["year"], load["tons"]) for item in built for load in item["properties"]["tonnage"]
    )
    assert loads == Counter((row["journey"], int(row["year"]), round(float(row["tons"]))) for row in rows_of(repo, "tonnage"))


# across 180 degrees

wide = st.lists(st.tuples(st.floats(-179.9, 179.9), st.floats(-80, 80)), min_size=2, max_size=8)


def journey(spots: list[tuple[float, float]]) -> Journey:
    """A journey with a day at each station."""
    way = tuple(Station(Spot(lon, lat), day, day, to_iso(day)) for day, (lon, lat) in enumerate(spots, start=1000))
    return Journey("trip", "landing", "journey", way, "surface", 1000, 1100, {"de": "Fahrt", "en": "Trip"}, "certain", ())


def pieces(spots: list[tuple[float, float]]) -> tuple[list[list[list[float]]], list[list[str | None]]]:
    [item] = json.loads(products.journeys([journey(spots)], []))["features"]
    return item["geometry"]["coordinates"], item["properties"]["when"]


@pytest.mark.parametrize(("east", "west"), [(170.0, -170.0), (179.0, -160.0)])
def test_a_journey_across_180_degrees_is_cut_in_two(east: float, west: float) -> None:
    lat = 60 + 10 * (180 - east) / (360 + west - east)
    there, when = pieces([(160.0, 60.0), (east, 60.0), (west, 70.0)])
    assert there == [[[160.0, 60.0], [east, 60.0], [180.0, round(lat, 4)]], [[-180.0, round(lat, 4)], [west, 70.0]]]
    assert when == [["1943-09-28", "1943-09-29", None], [None, "1943-09-30"]]
    back, _ = pieces([(west, 70.0), (east, 60.0)])
    assert back == [[[west, 70.0], [-180.0, round(lat, 4)]], [[180.0, round(lat, 4)], [east, 60.0]]]


def test_a_journey_that_stays_on_one_side_is_left_whole() -> None:
    assert pieces([(-90.0, 10.0), (0.0, 20.0), (90.0, 30.0)])[0] == [[[-90.0, 10.0], [0.0, 20.0], [90.0, 30.0]]]


@given(wide)
def test_the_pieces_put_together_are_the_journey(spots: list[tuple[float, float]]) -> None:
    coordinates, when = pieces(spots)
    assert [[round(lon, 4), round(lat, 4)] for lon, lat in spots] == [
        spot for line, days in zip(coordinates, when, strict=True) for spot, day in zip(line, days, strict=True) if day
    ]
    assert [len(line) for line in coordinates] == [len(days) for days in when]
    for line in coordinates:
        assert all(abs(one[0] - other[0]) <= 180 for one, other in itertools.pairwise(line))
    for before, after in itertools.pairwise(coordinates):
        assert {before[-1][0], after[0][0]} == {180.0, -180.0} and before[-1][1] == after[0][1]


def test_the_routes_over_the_pacific_are_cut(geo: Path) -> None:
    cut = [item for item in features(geo, "journeys") if len(item["geometry"]["coordinates"]) > 1]
    assert {item["properties"]["kind"] for item in cut} == {"supply"} and len(cut) >= 2
    for item in cut:
        for before, after in itertools.pairwise(item["geometry"]["coordinates"]):
            assert {before[-1][0], after[0][0]} == {180.0, -180.0} and before[-1][1] == after[0][1]
            shapes = [shapely.LineString(before), shapely.LineString(after)]
            assert all(shape.length > 0 for shape in shapes)
