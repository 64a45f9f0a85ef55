"""Towns by name: what is in the table, how a name is compared, what is found and in which order."""

from __future__ import annotations

import json
import lzma
import re
import shutil
from pathlib import Path

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from twofronts.build import gazetteer as build
from twofronts.names import fold, undouble
from twofronts.problems import DataError
from twofronts.scene.gazetteer import ONE_PLACE_KM, Gazetteer
from twofronts.scene.towns import Town, apart_km, best_alternates, meant, parse_town, read_position


@pytest.fixture(scope="module")
def gazetteer(geo: Path) -> Gazetteer:
    return Gazetteer(geo)


@pytest.fixture(scope="module")
def table(geo: Path) -> list[str]:
    return lzma.decompress((geo / "basemap" / "towns.csv.xz").read_bytes()).decode("utf-8").splitlines()


def labels(towns: list[Town]) -> list[str]:
    return [town.label("en") for town in towns]


# comparing


@pytest.mark.parametrize(
    ("typed", "meant_name"),
    [("Łódź", "lodz"), ("LODZ", "lodz"), ("Straßburg", "strassburg"), ("STRASSBURG", "strassburg"), ("STRAẞBURG", "strassburg"),
     ("Preußisch-Eylau", "preussisch eylau"), ("  Frankfurt (Oder) ", "frankfurt oder"), ("L’viv", "lviv"), ("L'viv", "lviv"),
     ("'s-Hertogenbosch", "s hertogenbosch"), ("Tromsø", "tromso"), ("Đakovo", "dakovo"), ("İzmir", "izmir"), ("Ярославль", "ярославль"),
     ("Йошкар", "йошкар"), ("Орёл", "орёл"), ("И\u0306ошкар", "йошкар")],
)  # fmt: skip
def test_names_are_compared_without_case_accents_and_hyphens(typed: str, meant_name: str) -> None:
    assert fold(typed) == meant_name


@given(st.text())
def test_a_folded_name_stays_as_it_is(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(alphabet=st.characters(min_codepoint=32, max_codepoint=0x24F)))
def test_folding_knows_no_case(text: str) -> None:
    assert fold(text.lower()) == fold(text)


@given(st.lists(st.lists(st.text(), min_size=1), min_size=1))
def test_many_names_folded_at_once_are_each_folded(lines: list[list[str]]) -> None:
    clean = [[re.sub(r"[|\n\r]", "", name) for name in line] for line in lines]
    at_once = fold("\n".join("|" + "|".join(line) + "|" for line in clean))
    assert at_once.split("\n") == ["|" + "|".join(fold(name) for name in line) + "|" for line in clean]


def test_umlauts_may_be_written_as_two_letters() -> None:
    assert undouble(fold("Muenster")) == fold("Münster")
    assert undouble(fold("Aarhus")) == fold("Århus")


# the table


def test_the_table_is_small_sorted_and_sound(geo: Path, table: list[str]) -> None:
    assert (geo / "basemap" / "towns.csv.xz").stat().st_size < 1.5e6
    assert table[0].split(",") == list(build.COLUMNS)
    towns = [parse_town(line) for line in table[1:]]
    assert len(towns) > 70_000
    keys = [(town.country, town.lat, town.lon) for town in towns]
    assert keys == sorted(keys)
    for town in towns:
        assert town.name and re.fullmatch(r"[A-Z]{2}", town.country) and town.population >= 500
        assert -6 <= town.lon <= 42 and 34 <= town.lat <= 71.5
        names = [undouble(fold(name)) for name in (town.name, *town.alternates)]
        assert len(set(names)) == len(names), town
        assert all(len(name) <= 40 and "/" not in name for name in town.alternates), town


def test_the_table_has_contested_ground_and_no_neutral(table: list[str]) -> None:
    names = {line.split(",")[0] for line in table}
    assert {"Wrocław", "Kaliningrad", "Bastogne", "Torgau", "Cassino", "Vardø", "Capri"} <= names
    assert not {"Zürich", "Stockholm", "Madrid", "London", "Istanbul"} & names


def test_towns_are_chosen_by_the_ground_they_stand_on_or_lie_off() -> None:
    ground = [("contested", shapely.box(10, 50, 11, 51)), ("neutral", shapely.box(11, 50, 12, 51))]
    towns = [build.Town(name, (), "XX", lon, 50.5, 900) for name, lon in (("in", 10.5), ("island", 9.9), ("far", 9.0), ("neutral", 11.5))]
    assert [town.name for town in build.on_contested_ground(towns, ground)] == ["in", "island"]


def city(**changes: object) -> dict[str, object]:
    return {"name": "Breslau", "latitude": 51.1, "longitude": 17.0, "countrycode": "PL", "population": 500, "alternatenames": [], **changes}


@pytest.mark.parametrize("changes", [{"population": 499}, {"longitude": -6.1}, {"longitude": 42.1}, {"latitude": 33.9}, {"latitude": 71.6}])
def test_hamlets_and_what_lies_beyond_the_fronts_are_left_out(changes: dict[str, object]) -> None:
    assert len(build.read_towns([city()])) == 1
    assert build.read_towns([city(**changes)]) == []


@pytest.mark.parametrize(
    "junk", ["WRO", "fu luo ci wa fu", "https://en.wikipedia.org/wiki/Breslau", "弗罗茨瓦夫", "x" * 41, "BRESLAU", "", ".", "Gmina Breslau"]
)
def test_codes_links_and_romanised_scripts_are_no_names(junk: str) -> None:
    assert build.pick_alternates("Wrocław", [junk, "Breslau"], "PL", 600_000) == ("Breslau",)


def test_cyrillic_is_kept_where_it_is_read() -> None:
    assert build.pick_alternates("Lviv", ["Львів"], "UA", 900) == ("Львів",)
    assert build.pick_alternates("Puteaux", ["Пюто"], "FR", 900) == ()
    assert build.pick_alternates("Rotterdam", ["Роттердам"], "NL", 868_135) == ("Роттердам",)


@given(st.lists(st.sampled_from(["Breslau", "Vratislav", "Вроцлав", "WRO", "Wroclaw"])), st.randoms(use_true_random=False))
def test_the_order_of_alternates_changes_nothing(names: list[str], chance: object) -> None:
    shuffled = sorted(names, key=lambda _: chance.random())  # type: ignore[attr-defined]
    assert build.pick_alternates("Wrocław", names, "PL", 1) == build.pick_alternates("Wrocław", shuffled, "PL", 1)


def test_the_same_towns_in_any_order_give_the_same_bytes() -> None:
    towns = [build.Town("A", (), "XX", 1.0, 50.0, 500), build.Town("B", ("C",), "XX", 1.0, 49.0, 500)]
    assert build.pack(towns) == build.pack(towns[::-1])
    assert lzma.decompress(build.pack(towns)).decode().splitlines()[1] == "B,C,XX,49.0000,1.0000,500"


# finding


@pytest.mark.parametrize(
    ("typed", "place"),
    [("Breslau", "breslau"), ("breslau", "breslau"), ("Wroclaw", "breslau"), ("Вроцлав", "breslau"), ("Koenigsberg", "koenigsberg"),
     ("Kaliningrad", "koenigsberg"), ("Lemberg", "lemberg"), ("lwow", "lemberg"), ("Moskau", "moscow"), ("Torgau", "torgau")],
)  # fmt: skip
def test_our_own_places_come_first_under_each_of_their_names(gazetteer: Gazetteer, typed: str, place: str) -> None:
    assert gazetteer.find(typed)[0].id == place
    found = meant(gazetteer.exact(typed))
    assert found and found.id == place


def test_a_town_that_is_none_of_our_places_is_found_by_the_name_it_had(gazetteer: Gazetteer) -> None:
    [town] = gazetteer.exact("Deutsch Krone")
    assert town.country == "PL"
    assert "Wałcz" in town.line("en")


def test_one_town_is_told_once(gazetteer: Gazetteer) -> None:
    found = gazetteer.find("Breslau")
    assert [town.id for town in found if apart_km(town, found[0]) < 5] == ["breslau"]
    assert found[0].population > 500_000 and found[0].country == "PL"


def test_a_name_of_many_is_a_choice_of_places_apart(gazetteer: Gazetteer) -> None:
    towns = gazetteer.exact("Neustadt")
    assert len(towns) > 5 and meant(towns) is None
    assert all(apart_km(one, other) > ONE_PLACE_KM for number, one in enumerate(towns) for other in towns[:number])


def test_a_city_is_meant_where_villages_share_its_name(gazetteer: Gazetteer) -> None:
    towns = gazetteer.exact("Königsberg")
    found = meant(towns)
    assert len(towns) > 1 and found and found.id == "koenigsberg"
    assert meant([]) is None


def test_exact_matches_come_before_longer_names_and_those_by_size(gazetteer: Gazetteer) -> None:
    found = gazetteer.find("Brest", 12)
    exact = len(gazetteer.exact("Brest"))
    assert all(fold(town.found_as) == "brest" for town in found[:exact])
    rest = found[exact:]
    assert rest and all(fold(town.found_as).startswith("brest") for town in rest)
    assert [town.population for town in rest] == sorted((town.population for town in rest), reverse=True)


@pytest.mark.parametrize("typed", ["", "   ", "-", "|", "\n", "''"])
def test_nothing_is_called_nothing(gazetteer: Gazetteer, typed: str) -> None:
    assert gazetteer.find(typed) == gazetteer.exact(typed) == gazetteer.similar(typed) == []


@pytest.mark.parametrize(
    ("typed", "name"), [("Breslua", "Breslau"), ("Wroclav", "Breslau"), ("Konigsburg in Preusen", ""), ("Toragu", "Torgau")]
)
def test_a_misspelled_name_brings_what_may_have_been_meant(gazetteer: Gazetteer, typed: str, name: str) -> None:
    assert not gazetteer.exact(typed)
    assert not name or any(name in label for label in labels(gazetteer.similar(typed)))


@given(name=st.text(max_size=12))
def test_whatever_is_typed_the_answer_is_a_list_of_towns(gazetteer: Gazetteer, name: str) -> None:
    found = gazetteer.find(name, 5)
    assert len(found) <= 5
    assert all(-6.1 < town.lon < 180 and town.found_as for town in found if town.id is None)


@given(row=st.integers(1, 70_000), pick=st.integers(0, 5))
def test_every_town_is_found_by_each_of_its_names(gazetteer: Gazetteer, table: list[str], row: int, pick: int) -> None:
    town = parse_town(table[row])
    name = (town.name, *town.alternates)[pick % (1 + len(town.alternates))]
    assert any(apart_km(found, town) <= ONE_PLACE_KM for found in gazetteer.exact(name)), name


# for the map


def test_the_map_gets_towns_that_are_none_of_our_places(gazetteer: Gazetteer) -> None:
    rows = gazetteer.towns_for_map()
    assert 10_000 < len(rows) < 16_000
    names = {row[0] for row in rows}
    assert "Wałcz" in names or gazetteer.exact("Wałcz")[0].id
    assert not {"Wrocław", "Berlin", "Torgau"} & names
    for name, lon, lat, alternates in rows:
        assert name and -6000 <= lon <= 42000 and 34000 <= lat <= 71500 and alternates.count("|") <= 2
        assert not re.search("[\u0400-\u04ff]", alternates)
    assert len(gazetteer.towns_for_map(50_000)) < len(rows) / 5


def test_of_many_alternates_those_a_source_would_use_are_kept() -> None:
    names = ("Boroszló", "Breslau", "Vratislavia", "Vroclavas", "Вроцлав")
    assert best_alternates(Town("Wrocław", 17.0, 51.1, names))[0] == "Breslau"
    assert "Вроцлав" not in best_alternates(Town("Wrocław", 17.0, 51.1, names), 9)


# positions


@pytest.mark.parametrize("typed", ["51.11,17.03", "51.11, 17.03", " 51.11 17.03 ", "51.11;17.03", "+51.11,17.03"])
def test_a_position_is_latitude_then_longitude(typed: str) -> None:
    assert read_position(typed) == (17.03, 51.11)


@pytest.mark.parametrize("typed", ["Breslau", "", "51.11", "51.11,17.03,1", "51.11,east"])
def test_a_name_is_no_position(typed: str) -> None:
    assert read_position(typed) is None


@pytest.mark.parametrize("typed", ["95,10", "-91,10", "50,181", "5.1.1,17", ".,."])
def test_numbers_that_are_no_position_are_refused(typed: str) -> None:
    with pytest.raises(ValueError, match="write latitude,longitude"):
        read_position(typed)


@given(st.floats(-90, 90), st.floats(-180, 180))
def test_every_position_on_the_globe_is_read(lat: float, lon: float) -> None:
    assert read_position(f"{lat:.6f},{lon:.6f}") == (float(f"{lon:.6f}"), float(f"{lat:.6f}"))


# damage


@pytest.fixture
def small_geo(geo: Path, tmp_path: Path) -> Path:
    (tmp_path / "geo" / "basemap").mkdir(parents=True)
    for name in ("places.geojson", "basemap/towns.csv.xz"):
        shutil.copyfile(geo / name, tmp_path / "geo" / name)
    return tmp_path / "geo"


@pytest.mark.parametrize("name", ["places.geojson", "basemap/towns.csv.xz"])
def test_a_missing_file_is_named_with_its_remedy(small_geo: Path, name: str) -> None:
    (small_geo / name).unlink()
    with pytest.raises(DataError, match=rf"geo/{re.escape(name)}: is missing; run `twofronts build"):
        Gazetteer(small_geo).find("Breslau")


@pytest.mark.parametrize("damage", [b"", b"\xfd7zXZ", b"name,lat\n", lzma.compress(b""), lzma.compress(b"a,b\n"), lzma.compress(b"\xff")])
def test_a_damaged_table_is_named_with_its_remedy(small_geo: Path, damage: bytes) -> None:
    (small_geo / "basemap" / "towns.csv.xz").write_bytes(damage)
    with pytest.raises(DataError, match=r"geo/basemap/towns\.csv\.xz: is damaged; run `twofronts build --basemap`"):
        Gazetteer(small_geo).find("Breslau")


@pytest.mark.parametrize("text", ["", "[]", "{}", json.dumps({"features": [{}]})])
def test_damaged_places_are_named(small_geo: Path, text: str) -> None:
    (small_geo / "places.geojson").write_text(text, "utf-8")
    with pytest.raises(DataError, match=r"geo/places\.geojson: is damaged"):
        Gazetteer(small_geo).find("Breslau")
