"""What every historian knows of the armies, the offensives and the journeys, against the tables. Facts first: the tables follow."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from pyproj import Geod

from twofronts.build.grid import to_metres
from twofronts.build.moves.pace import stations
from twofronts.build.moves.records import Journey
from twofronts.build.records import Tables
from twofronts.days import to_iso, to_number
from twofronts.scene import Scene

EARTH = Geod(ellps="WGS84")
NEAR_KM = 60.0
LAST = "1945-05-09"

# formation, first and last day of the claim, who commanded it on each of them
COMMANDED = [
    ("us-3rd-army", "1944-12-19", "1944-12-19", "George S. Patton"),
    ("us-1st-army", "1944-12-19", "1944-12-19", "Courtney H. Hodges"),
    ("us-9th-army", "1944-12-19", "1944-12-19", "William H. Simpson"),
    ("us-12th-army-group", "1944-12-16", "1945-05-08", "Omar N. Bradley"),
    ("us-6th-army-group", "1944-12-16", "1945-05-08", "Jacob L. Devers"),
    ("21st-army-group", "1944-06-06", "1945-05-08", "Bernard Montgomery"),
    ("gb-2nd-army", "1944-06-06", "1945-05-08", "Miles Dempsey"),
    ("fr-1st-army", "1945-01-01", "1945-05-08", "Jean de Lattre de Tassigny"),
    ("us-5th-army", "1944-06-04", "1944-06-04", "Mark W. Clark"),
    ("1st-belorussian-front", "1945-01-12", "1945-05-09", "Georgy Zhukov"),
    ("2nd-belorussian-front", "1945-01-12", "1945-05-09", "Konstantin Rokossovsky"),
    ("1st-belorussian-front", "1944-06-22", "1944-08-31", "Konstantin Rokossovsky"),
    ("1st-ukrainian-front", "1944-06-01", LAST, "Ivan Konev"),
    ("2nd-ukrainian-front", "1944-06-01", LAST, "Rodion Malinovsky"),
    ("3rd-ukrainian-front", "1944-06-01", LAST, "Fyodor Tolbukhin"),
    ("3rd-belorussian-front", "1944-06-22", "1945-02-17", "Ivan Chernyakhovsky"),
    ("3rd-belorussian-front", "1945-03-01", "1945-04-20", "Aleksandr Vasilevsky"),
    ("su-8th-guards-army", "1944-06-01", LAST, "Vasily Chuikov"),
    ("de-army-group-b", "1944-06-06", "1944-07-16", "Erwin Rommel"),
    ("de-army-group-b", "1944-12-01", "1944-12-31", "Walter Model"),
    ("de-6th-panzer-army", "1944-12-16", "1945-05-08", "Josef Dietrich"),
    ("de-5th-panzer-army", "1944-12-16", "1944-12-31", "Hasso von Manteuffel"),
    ("de-army-group-vistula", "1945-02-01", "1945-02-28", "Heinrich Himmler"),
    ("de-army-group-vistula", "1945-04-16", "1945-04-20", "Gotthard Heinrici"),
    ("de-army-group-centre-1945", "1945-02-01", "1945-05-08", "Ferdinand Schörner"),
    ("de-9th-army", "1945-04-20", "1945-04-28", "Theodor Busse"),
    ("de-12th-army", "1945-04-28", "1945-04-28", "Walther Wenck"),
    ("de-56th-panzer-corps", "1945-04-20", "1945-05-01", "Helmuth Weidling"),
    ("yu-supreme-staff", "1944-06-06", LAST, "Josip Broz Tito"),
]

# formation, first and last day of the claim, where (one spot, or the road between two), how far from it at most in km
STOOD = [
    ("de-6th-panzer-army", "1944-12-16", "1944-12-16", "St Vith", [(6.13, 50.28)], NEAR_KM),
    ("de-5th-panzer-army", "1944-12-16", "1944-12-16", "St Vith", [(6.13, 50.28)], NEAR_KM),
    ("de-6th-panzer-army", "1945-03-06", "1945-03-06", "Lake Balaton", [(17.25, 46.70), (18.17, 47.03)], NEAR_KM),
    ("gb-2nd-army", "1944-07-20", "1944-07-20", "Caen", [(-0.36, 49.18)], NEAR_KM),
    ("gb-2nd-army", "1944-09-10", "1944-09-10", "Brussels to Eindhoven", [(4.35, 50.85), (5.48, 51.44)], NEAR_KM),
    ("su-8th-guards-army", "1945-01-10", "1945-01-10", "Magnuszew", [(21.38, 51.77)], NEAR_KM),
    ("su-8th-guards-army", "1945-02-10", "1945-02-10", "Kuestrin", [(14.65, 52.58)], NEAR_KM),
    ("fr-1st-army", "1945-01-01", "1945-01-31", "Colmar to Belfort", [(7.36, 48.08), (6.86, 47.64)], NEAR_KM),
    ("de-9th-army", "1945-04-26", "1945-04-26", "Halbe", [(13.70, 52.11)], 40.0),
    ("su-1st-guards-tank-army", "1945-02-01", "1945-02-01", "the Oder by Kuestrin", [(14.65, 52.58)], NEAR_KM),
    ("us-12th-army-group", "1944-12-16", "1944-12-19", "Luxembourg", [(6.13, 49.61)], 20.0),
    ("yu-supreme-staff", "1944-06-10", "1944-09-15", "Vis", [(16.18, 43.05)], 20.0),
    ("de-12th-army", "1945-04-28", "1945-04-28", "Beelitz to Belzig", [(12.97, 52.24), (12.59, 52.14)], NEAR_KM),
    ("su-3rd-guards-tank-army", "1945-04-25", "1945-05-01", "the south of Berlin", [(13.40, 52.45)], 30.0),
    ("su-5th-shock-army", "1945-04-26", "1945-05-02", "the east of Berlin", [(13.45, 52.52)], 30.0),
]  # fmt: skip

# offensives, ground gained in km2 at least and at most
GAINED = [
    (("warsaw-poznan-1945", "sandomierz-silesian-1945"), 80_000, 200_000),
    (("ardennes-wacht-am-rhein-1944",), 2_000, 6_000),
    (("bobruisk-1944",), 8_000, 20_000),
]


@pytest.mark.parametrize(("formation", "first", "last", "name"), COMMANDED, ids=[f"{row[3]}, {row[0]}, {row[1]}" for row in COMMANDED])
def test_a_commander_commanded(tables: Tables, formation: str, first: str, last: str, name: str) -> None:
    own = [command for command in tables.moves.commands if command.formation == formation]
    found = {
        to_iso(day): [command.name for command in own if command.start <= day <= command.end]
        for day in range(to_number(first), to_number(last) + 1)
    }
    assert {day: names for day, names in found.items() if names != [name]} == {}


@pytest.mark.parametrize(
    ("formation", "first", "last", "where", "spots", "km"), STOOD, ids=[f"{row[0]}, {row[3]}, {row[1]}" for row in STOOD]
)
def test_a_formation_stood_there(
    tables: Tables, formation: str, first: str, last: str, where: str, spots: list[tuple[float, float]], km: float
) -> None:
    stood = {to_iso(day): spot for day, _, spot in stations(tables.moves.marches[formation])}
    days = [to_iso(day) for day in range(to_number(first), to_number(last) + 1)]
    assert set(days) <= set(stood)
    assert {day: stood[day] for day in days if away_km(spots, stood[day]) > km} == {}


def away_km(spots: list[tuple[float, float]], spot: tuple[float, float]) -> float:
    """How far a spot is from another, or from the straight road between two."""
    if len(spots) == 1:
        return float(EARTH.inv(*spots[0], *spot)[2]) / 1000
    return float(shapely.distance(shapely.LineString(to_metres(np.array(spots))), shapely.Point(to_metres(np.array([spot]))[0]))) / 1000


@pytest.mark.parametrize(("names", "low", "high"), GAINED, ids=[row[0][0] for row in GAINED])
def test_the_ground_gained_is_of_the_size_everybody_gives(scene: Scene, names: tuple[str, ...], low: int, high: int) -> None:
    found = {item["properties"]["id"]: item["properties"]["gained_km2"] for item in scene.offensives}
    assert low <= sum(found[name] for name in names) <= high


def places_on(journey: Journey, iso: str) -> set[str]:
    """Where a journey is on a day: the stations of the day, or else those before and after it."""
    day = to_number(iso)
    dated = [(station.start, station.end, station.spot.place) for station in journey.way if station.start is not None]
    there = {place for start, end, place in dated if start <= day <= end}
    if there:
        return there
    before, after = [row for row in dated if row[1] < day], [row for row in dated if row[0] > day]
    return {before[-1][2], after[0][2]} if before and after else set()


@pytest.mark.parametrize(
    ("journey", "day", "place"),
    [("j-tedder-moscow", "1945-01-08", "cairo"), ("j-tedder-moscow", "1945-01-14", "moscow")],
)  # fmt: skip
def test_tedder_waited_in_cairo_and_came_to_moscow(tables: Tables, journey: str, day: str, place: str) -> None:
    [tedder] = [item for item in tables.moves.journeys if item.id == journey]
    assert places_on(tedder, day) == {place}


@pytest.mark.parametrize(
    ("person", "day", "place"), [("Jodl", "1945-05-06", "reims"), ("Keitel", "1945-05-08", "berlin-karlshorst")], ids=["Jodl", "Keitel"]
)
def test_the_surrenders_were_signed_where_they_were(tables: Tables, person: str, day: str, place: str) -> None:
    """A journey of the day that names the man, or one that goes on from where his ends, comes to the place."""
    of_day = [item for item in tables.moves.journeys if item.kind == "journey" and item.start <= to_number(day) <= item.end]
    ends = {item.way[-1].spot.place for item in of_day if person in item.name["en"]}
    ends |= {item.way[-1].spot.place for item in of_day if item.way[0].spot.place in ends}
    assert place in ends


@pytest.mark.parametrize("capital", ["london", "washington"])
def test_the_letters_of_christmas_eve_went_to_moscow(tables: Tables, capital: str) -> None:
    day = to_number("1944-12-24")
    letters = [item for item in tables.moves.journeys if item.kind == "letter" and item.start == day]
    found = {(item.way[0].spot.place, item.way[-1].spot.place) for item in letters}
    assert (capital, "moscow") in found


def test_roosevelt_and_stalin_met_at_yalta(tables: Tables) -> None:
    arrived = {
        item.id for item in tables.moves.journeys
        if item.kind == "journey" and item.way[-1].spot.place == "yalta" and "1945-02-02" <= to_iso(item.end) <= "1945-02-04"
    }  # fmt: skip
    assert {"j-stalin-yalta", "j-roosevelt-churchill-saki-yalta"} <= arrived
