"""What everybody may look up: who held a place on a day, against the committed map. Facts first: the map follows.

A place that fell between two days must be the Axis's two days before the first and the taker's one day after the last,
so the map may be wrong by a day and no more.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import shapely

from twofronts.days import to_iso, to_number
from twofronts.scene import Scene

FIRST, LAST = "1944-12-01", "1945-05-09"

# place, lon, lat, first and last day of its fall (centre of the town), who took it
FELL = [
    ("Ravenna", 12.20, 44.42, "1944-12-04", "1944-12-05", "western"),
    ("Faenza", 11.88, 44.29, "1944-12-14", "1944-12-17", "western"),
    ("Miskolc", 20.78, 48.10, "1944-12-03", "1944-12-03", "soviet"),
    ("Knin", 16.20, 44.04, "1944-12-03", "1944-12-04", "partisan"),
    ("Kielce", 20.63, 50.87, "1945-01-15", "1945-01-15", "soviet"),
    ("Radom", 21.15, 51.40, "1945-01-16", "1945-01-16", "soviet"),
    ("Warsaw", 21.01, 52.23, "1945-01-17", "1945-01-17", "soviet"),
    ("Tschenstochau", 19.12, 50.81, "1945-01-16", "1945-01-17", "soviet"),
    ("Krakow", 19.94, 50.06, "1945-01-18", "1945-01-19", "soviet"),
    ("Lodz", 19.46, 51.77, "1945-01-18", "1945-01-19", "soviet"),
    ("Kosice", 21.26, 48.72, "1945-01-19", "1945-01-19", "soviet"),
    ("Tilsit", 21.89, 55.08, "1945-01-20", "1945-01-20", "soviet"),
    ("Insterburg", 21.81, 54.63, "1945-01-21", "1945-01-22", "soviet"),
    ("Allenstein", 20.48, 53.78, "1945-01-22", "1945-01-22", "soviet"),
    ("Gleiwitz", 18.67, 50.29, "1945-01-23", "1945-01-24", "soviet"),
    ("Auschwitz", 19.22, 50.03, "1945-01-27", "1945-01-27", "soviet"),
    ("Kattowitz", 19.02, 50.26, "1945-01-27", "1945-01-28", "soviet"),
    ("Memel", 21.13, 55.71, "1945-01-27", "1945-01-28", "soviet"),
    ("Colmar", 7.36, 48.08, "1945-02-02", "1945-02-02", "western"),
    ("Liegnitz", 16.16, 51.21, "1945-02-08", "1945-02-09", "soviet"),
    ("Elbing", 19.40, 54.16, "1945-01-29", "1945-02-10", "soviet"),
    ("Budapest, Castle Hill", 19.035, 47.50, "1945-02-12", "1945-02-13", "soviet"),
    ("Mostar", 17.81, 43.34, "1945-02-14", "1945-02-14", "partisan"),
    ("Posen", 16.93, 52.41, "1945-02-01", "1945-02-23", "soviet"),
    ("Moenchengladbach", 6.44, 51.19, "1945-03-01", "1945-03-01", "western"),
    ("Trier", 6.64, 49.76, "1945-03-01", "1945-03-02", "western"),
    ("Cologne, west bank", 6.94, 50.94, "1945-03-06", "1945-03-07", "western"),
    ("Remagen", 7.22, 50.58, "1945-03-07", "1945-03-07", "western"),
    ("Koblenz", 7.59, 50.355, "1945-03-16", "1945-03-19", "western"),
    ("Kolberg", 15.57, 54.18, "1945-03-15", "1945-03-18", "soviet"),
    ("Mainz", 8.26, 50.00, "1945-03-21", "1945-03-22", "western"),
    ("Wesel", 6.62, 51.66, "1945-03-24", "1945-03-25", "western"),
    ("Frankfurt am Main", 8.68, 50.11, "1945-03-26", "1945-03-29", "western"),
    ("Gyoer", 17.63, 47.69, "1945-03-28", "1945-03-28", "soviet"),
    ("Gotenhafen", 18.53, 54.52, "1945-03-26", "1945-03-28", "soviet"),
    ("Danzig", 18.65, 54.35, "1945-03-27", "1945-03-30", "soviet"),
    ("Muenster", 7.63, 51.96, "1945-04-02", "1945-04-03", "western"),
    ("Kassel", 9.49, 51.31, "1945-04-02", "1945-04-04", "western"),
    ("Wiener Neustadt", 16.25, 47.81, "1945-04-02", "1945-04-03", "soviet"),
    ("Bratislava", 17.11, 48.145, "1945-04-03", "1945-04-04", "soviet"),
    ("Wuerzburg", 9.94, 49.79, "1945-04-04", "1945-04-06", "western"),
    ("Sarajevo", 18.42, 43.86, "1945-04-06", "1945-04-06", "partisan"),
    ("Koenigsberg", 20.51, 54.71, "1945-04-08", "1945-04-10", "soviet"),
    ("Vienna", 16.37, 48.21, "1945-04-08", "1945-04-13", "soviet"),
    ("Hanover", 9.74, 52.37, "1945-04-10", "1945-04-10", "western"),
    ("Essen", 7.01, 51.46, "1945-04-10", "1945-04-11", "western"),
    ("Erfurt", 11.03, 50.98, "1945-04-11", "1945-04-12", "western"),
    ("Dortmund", 7.47, 51.51, "1945-04-12", "1945-04-13", "western"),
    ("Arnhem", 5.91, 51.98, "1945-04-13", "1945-04-15", "western"),
    ("Groningen", 6.57, 53.22, "1945-04-14", "1945-04-16", "western"),
    ("Royan", -1.00, 45.64, "1945-04-15", "1945-04-18", "western"),
    ("Leipzig", 12.37, 51.34, "1945-04-18", "1945-04-20", "western"),
    ("Nuremberg", 11.08, 49.45, "1945-04-17", "1945-04-20", "western"),
    ("Magdeburg", 11.62, 52.13, "1945-04-17", "1945-04-18", "western"),
    ("Bologna", 11.34, 44.49, "1945-04-21", "1945-04-21", "western"),
    ("Stuttgart", 9.18, 48.78, "1945-04-21", "1945-04-22", "western"),
    ("Cottbus", 14.33, 51.76, "1945-04-21", "1945-04-22", "soviet"),
    ("Pillau", 19.89, 54.65, "1945-04-24", "1945-04-26", "soviet"),
    ("Bremen", 8.81, 53.08, "1945-04-25", "1945-04-27", "western"),
    ("Stettin", 14.55, 53.43, "1945-04-26", "1945-04-26", "soviet"),
    ("Bruenn", 16.61, 49.19, "1945-04-25", "1945-04-26", "soviet"),
    ("Munich", 11.58, 48.14, "1945-04-30", "1945-04-30", "western"),
    ("Maehrisch-Ostrau", 18.28, 49.84, "1945-04-29", "1945-05-01", "soviet"),
    ("Berlin, Friedrichstrasse station", 13.387, 52.519, "1945-05-02", "1945-05-02", "soviet"),
    ("Luebeck", 10.69, 53.87, "1945-05-02", "1945-05-02", "western"),
    ("Rostock", 12.13, 54.09, "1945-05-01", "1945-05-02", "soviet"),
    ("Hamburg", 9.99, 53.55, "1945-05-03", "1945-05-03", "western"),
    ("Innsbruck", 11.40, 47.27, "1945-05-03", "1945-05-04", "western"),
    ("Linz", 14.29, 48.30, "1945-05-05", "1945-05-05", "western"),
    ("Pilsen", 13.38, 49.75, "1945-05-06", "1945-05-06", "western"),
    ("Breslau", 17.035, 51.11, "1945-05-06", "1945-05-07", "soviet"),
    ("Dresden", 13.74, 51.05, "1945-05-08", "1945-05-08", "soviet"),
]

# place, lon, lat, day, who may hold it that evening
HELD = [
    ("Houffalize", 5.79, 50.13, "1944-12-15", "western"),
    ("Houffalize", 5.79, 50.13, "1944-12-24", "axis"),
    ("Houffalize", 5.79, 50.13, "1945-01-13", "axis"),
    ("Houffalize", 5.79, 50.13, "1945-01-20", "western"),
    ("St Vith", 6.13, 50.28, "1944-12-19", "western"),
    ("St Vith", 6.13, 50.28, "1944-12-26", "axis"),
    ("St Vith", 6.13, 50.28, "1945-01-20", "axis"),
    ("St Vith", 6.13, 50.28, "1945-01-25", "western"),
    ("La Roche", 5.58, 50.18, "1944-12-26", "axis"),
    ("La Roche", 5.58, 50.18, "1945-01-13", "western"),
    ("Celles", 5.00, 50.23, "1944-12-20", "western"),
    ("Celles", 5.00, 50.23, "1944-12-28", "western"),
    ("Szekesfehervar", 18.41, 47.19, "1944-12-26", "soviet"),
    ("Szekesfehervar", 18.41, 47.19, "1945-01-24", "axis"),
    ("Szekesfehervar", 18.41, 47.19, "1945-03-10", "axis"),
    ("Szekesfehervar", 18.41, 47.19, "1945-03-25", "soviet"),
    ("Warsaw", 21.01, 52.23, "1945-01-15", "axis"),
    ("Budapest, Pest", 19.06, 47.50, "1945-01-05", "axis"),
    ("Budapest, Pest", 19.06, 47.50, "1945-01-20", "soviet"),
    ("Cologne, east bank", 7.05, 50.96, "1945-04-05", "axis"),
    ("Berlin, Friedrichstrasse station", 13.387, 52.519, "1945-04-30", "axis"),
    ("Berlin-Karlshorst", 13.54, 52.485, "1945-04-27", "soviet"),
    ("Milan", 9.19, 45.46, "1945-04-20", "axis"),
    ("Milan", 9.19, 45.46, "1945-04-30", "western partisan"),
    ("Genoa", 8.93, 44.41, "1945-04-29", "western partisan"),
    ("Venice, Mestre", 12.24, 45.49, "1945-05-01", "western partisan"),
    ("Trieste", 13.80, 45.65, "1945-04-27", "axis"),
    ("Trieste", 13.80, 45.65, "1945-05-04", "western partisan"),
    ("Amsterdam", 4.89, 52.37, "1945-05-01", "axis"),
    ("Amsterdam", 4.89, 52.37, "1945-05-09", "western"),
    ("Copenhagen", 12.55, 55.68, "1945-05-04", "axis"),
    ("Copenhagen", 12.55, 55.68, "1945-05-05", "western"),
    ("Oslo", 10.75, 59.92, "1945-05-08", "axis"),
    ("Oslo", 10.75, 59.92, "1945-05-09", "western"),
    ("Bardufoss", 18.54, 69.06, "1945-05-08", "axis"),
    ("Prague", 14.42, 50.08, "1945-05-08", "axis"),
    ("Prague", 14.42, 50.08, "1945-05-09", "soviet"),
    ("Zagreb", 15.97, 45.81, "1945-05-06", "axis"),
    ("Zagreb", 15.97, 45.81, "1945-05-09", "partisan"),
    ("Reims", 4.03, 49.26, "1945-05-07", "western"),
]

# place, lon, lat, holder on every evening to and including a day
ALWAYS = [
    ("Bastogne", 5.72, 50.00, "western", LAST), ("Dinant", 4.91, 50.26, "western", LAST), ("Liege", 5.57, 50.63, "western", LAST),
    ("Strasbourg", 7.745, 48.58, "western", LAST), ("Paris", 2.35, 48.86, "western", LAST), ("Antwerp", 4.40, 51.22, "western", LAST),
    ("Rome", 12.50, 41.90, "western", LAST), ("Florence", 11.26, 43.77, "western", LAST), ("Athens", 23.73, 37.98, "western", LAST),
    ("London", -0.12, 51.50, "western", LAST), ("Belgrade", 20.46, 44.81, "partisan", LAST), ("Split", 16.47, 43.52, "partisan", LAST),
    ("Tirana", 19.82, 41.33, "partisan", LAST), ("Sofia", 23.32, 42.70, "soviet", LAST), ("Bucharest", 26.10, 44.43, "soviet", LAST),
    ("Debrecen", 21.63, 47.53, "soviet", LAST), ("Lublin", 22.57, 51.25, "soviet", LAST), ("Riga", 24.11, 56.95, "soviet", LAST),
    ("Moscow", 37.62, 55.75, "soviet", LAST), ("Kirkenes", 30.03, 69.70, "soviet", LAST),
    ("Kuldiga", 21.97, 56.97, "axis", "1945-05-08"), ("Libau", 21.03, 56.53, "axis", "1945-05-08"),
    ("Dunkirk", 2.37, 51.03, "axis", "1945-05-08"), ("Lorient", -3.36, 47.75, "axis", "1945-05-08"),
    ("Saint-Nazaire", -2.20, 47.29, "axis", "1945-05-08"), ("La Rochelle", -1.15, 46.16, "axis", "1945-05-07"),
    ("Jersey", -2.13, 49.21, "axis", "1945-05-08"), ("Chania", 24.00, 35.49, "axis", "1945-05-08"),
    ("Bergen", 5.35, 60.38, "axis", "1945-05-08"), ("Olmuetz", 17.25, 49.59, "axis", "1945-05-06"),
    ("Berne", 7.45, 46.95, "neutral", LAST), ("Stockholm", 18.00, 59.33, "neutral", LAST), ("Madrid", -3.70, 40.42, "neutral", LAST),
    ("Lisbon", -9.14, 38.74, "neutral", LAST), ("Dublin", -6.30, 53.34, "neutral", LAST),
]  # fmt: skip


@pytest.mark.parametrize(("name", "lon", "lat", "first", "last", "side"), FELL, ids=[row[0] for row in FELL])
def test_a_town_fell_when_it_fell(control: Any, name: str, lon: float, lat: float, first: str, last: str, side: str) -> None:
    before = to_iso(to_number(first) - 2)
    if before >= FIRST:
        assert (before, control.holders(lon, lat, before)) == (before, {"axis"})
    for day in range(to_number(last) + 1, to_number(LAST) + 1):
        assert (to_iso(day), control.holders(lon, lat, to_iso(day))) == (to_iso(day), {side})


@pytest.mark.parametrize(("name", "lon", "lat", "day", "sides"), HELD, ids=[f"{row[0]} {row[3]}" for row in HELD])
def test_a_place_was_held_that_day(control: Any, name: str, lon: float, lat: float, day: str, sides: str) -> None:
    [holder] = control.holders(lon, lat, day)
    assert holder in sides.split()


@pytest.mark.parametrize(("name", "lon", "lat", "side", "until"), ALWAYS, ids=[row[0] for row in ALWAYS])
def test_a_place_never_changed_hands(control: Any, name: str, lon: float, lat: float, side: str, until: str) -> None:
    days = [to_iso(day) for day in range(to_number(FIRST), to_number(until) + 1)]
    assert {day: found for day in days if (found := control.holders(lon, lat, day)) != {side}} == {}


def test_the_bulge_of_the_ardennes_is_widest_at_christmas(control: Any) -> None:
    reach = {day: _westernmost(control, day) for day in ("1944-12-15", "1944-12-24", "1945-01-28")}
    assert reach["1944-12-24"] < 5.25
    assert min(reach["1944-12-15"], reach["1945-01-28"]) > 5.9


def _westernmost(control: Any, day: str) -> float:
    spots = [4.8 + step / 50 for step in range(100)]
    return min((lon for lon in spots for lat in (50.1, 50.15, 50.2, 50.25) if control.holders(lon, lat, day) == {"axis"}), default=99.0)


def test_the_gap_between_the_fronts_closes_at_the_end_of_april(scene: Scene) -> None:
    gaps = {row["date"]: row["gap_km"] for row in scene.days}
    # from Alsace to the Danube bend, before either offensive
    assert 500 < gaps["1945-01-12"] < 750
    assert all(gap is None for day, gap in gaps.items() if day < "1944-06-06")
    assert all(gap > 10 for day, gap in gaps.items() if "1944-06-06" <= day <= "1945-04-23")
    # patrols met at Torgau on 25 April; the armies stood on the Mulde and the Elbe, a day's march apart
    assert all(gap <= 35 for day, gap in gaps.items() if "1945-04-25" <= day <= "1945-05-08")
    assert all(gap == 0 for day, gap in gaps.items() if "1945-05-04" <= day <= "1945-05-08")


def test_the_allies_share_a_line_only_after_torgau(geo: Path) -> None:
    lines = json.loads((geo / "fronts.geojson").read_text("utf-8"))["features"]
    shared = [item for item in lines if "axis" not in item["properties"]["sides"]]
    assert [item["properties"]["id"] for item in shared if item["properties"]["start"] < "1945-04-25"] == []
    last = [shapely.from_geojson(json.dumps(item["geometry"])) for item in shared if item["properties"]["end"] == LAST]
    for name, spot in (("Torgau", (13.0, 51.56)), ("Wismar", (11.46, 53.89)), ("Linz and the Enns", (14.5, 48.2))):
        assert min(line.distance(shapely.Point(spot)) for line in last) < 0.6, name


@pytest.mark.parametrize(
    ("day", "side", "low", "high"),
    [("1944-12-15", "western", 480, 560), ("1945-01-11", "soviet", 460, 540), ("1945-02-05", "soviet", 55, 75),
     ("1945-04-13", "western", 75, 115), ("1945-05-03", "soviet", 0, 0)],
)  # fmt: skip
def test_the_distance_to_berlin(scene: Scene, day: str, side: str, low: int, high: int) -> None:
    figures = scene.figures_on(day)
    assert figures is not None
    assert low <= figures["berlin_km"][side] <= high
