"""The link to a view: any moment survives it, nothing hostile gets through it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twofronts.days import to_iso, to_number
from twofronts.page.link import LANGUAGES, Moment, read_link, read_view
from twofronts.scene import Scene

EVENTS = {"yalta": "1945-02-04", "lend-lease": "1941-03-11", "torgau": "1945-04-25"}
TROOPS = {
    "formation": {"us-3rd-army": "1944-08-01", "old-guard": "1940-05-10"},
    "offensive": {"berlin-1945": "1945-04-16", "prague-1945": "1945-05-06"},
}


class Story:
    """As much of a scene as a link needs."""

    first, last, first_look = to_number("1941-06-22"), to_number("1945-05-09"), "1944-12-24"
    events_by_id: Mapping[str, Any] = {name: {"properties": {"start": start}} for name, start in EVENTS.items()}

    def troop(self, kind: str, name: str) -> dict[str, Any] | None:
        start = TROOPS[kind].get(name)
        return {"properties": {"start": start}} if start else None


STORY: Scene = Story()  # type: ignore[assignment]
DEFAULT = Moment("1944-12-24", None, "en", None)

views = st.tuples(
    st.floats(-85, 85).map(lambda lat: round(lat, 4)), st.floats(-180, 180).map(lambda lon: round(lon, 4)),
    st.floats(2, 12).map(lambda zoom: round(zoom, 2)),
)  # fmt: skip
moments = st.builds(
    Moment,
    st.integers(Story.first, Story.last).map(to_iso),
    st.none() | st.sampled_from(sorted(EVENTS)),
    st.sampled_from(LANGUAGES),
    st.none() | views,
)


troops = st.sampled_from([(kind, name) for kind, names in TROOPS.items() for name in names])
moments_of_troops = st.builds(
    Moment, st.integers(Story.first, Story.last).map(to_iso), st.none(), st.sampled_from(LANGUAGES), st.none() | views, troops
)


@given(moments | moments_of_troops, st.sampled_from([None, "", "de-AT", "en-GB", "fr"]))
def test_a_link_gives_back_the_moment_it_was_made_of(moment: Moment, locale: str | None) -> None:
    assert read_link(moment.params(), STORY, locale) == (moment, [])


hostile = st.text() | st.sampled_from(["1945-02-04", "yalta", "de", "52.5,13.4,6", "1999-99-99", "<img onerror=...>", "javascript:x"])


@given(st.dictionaries(st.sampled_from(["date", "event", "lang", "view", "utm_source"]), hostile), st.none() | st.text())
def test_any_text_in_a_link_opens_a_view_that_can_be_drawn(params: dict[str, str], locale: str | None) -> None:
    moment, ignored = read_link(params, STORY, locale)
    assert STORY.first <= to_number(moment.date) <= STORY.last
    assert to_iso(to_number(moment.date)) == moment.date
    assert moment.event is None or moment.event in EVENTS
    assert moment.lang in LANGUAGES
    kept = {"date": moment.date, "event": moment.event, "lang": moment.lang, "view": params.get("view") if moment.view else None}
    assert sorted(ignored) == sorted(name for name in kept if params.get(name) and params[name] != kept[name])


def test_the_hostile_link_opens_the_default_view_with_a_notice() -> None:
    params = {"date": "1999-99-99", "event": "<img onerror=...>"}
    assert read_link(params, STORY, "en") == (DEFAULT, ["date", "event"])


def test_no_link_at_all_opens_the_default_view_without_a_notice() -> None:
    assert read_link({}, STORY, "en-US") == (DEFAULT, [])


@pytest.mark.parametrize(
    ("locale", "lang"), [("de", "de"), ("de-CH", "de"), ("DE", "de"), ("en", "en"), ("fr-FR", "en"), ("", "en"), (None, "en")]
)
def test_without_a_choice_the_browser_decides_the_language(locale: str | None, lang: str) -> None:
    assert read_link({}, STORY, locale)[0].lang == lang


def test_an_event_alone_opens_on_its_first_day() -> None:
    assert read_link({"event": "yalta"}, STORY, "en")[0] == Moment("1945-02-04", "yalta", "en", None)


def test_an_event_before_the_range_opens_on_the_first_day_of_the_range() -> None:
    assert read_link({"event": "lend-lease"}, STORY, "en")[0].date == "1941-06-22"


def test_a_date_beside_an_event_wins() -> None:
    assert read_link({"event": "yalta", "date": "1945-02-11"}, STORY, "en")[0].date == "1945-02-11"


@pytest.mark.parametrize("date", ["1941-06-21", "1945-05-10", "0001-01-01", "9999-12-31", "1945-2-4", "1945-W05-7", "1945-02-04; drop"])
def test_a_day_outside_the_range_or_written_otherwise_is_left_aside(date: str) -> None:
    assert read_link({"date": date}, STORY, "en") == (DEFAULT, ["date"])


@pytest.mark.parametrize(
    "view",
    [
        "91,0,5",
        "-86,0,5",
        "50,181,5",
        "50,14,1",
        "50,14,13",
        "50,14",
        "50;14;5",
        "nan,nan,5",
        "inf,0,5",
        "1e1,0,5",
        "50,14,5,6",
        " 50,14,5",
    ],
)
def test_a_view_off_the_map_is_no_view(view: str) -> None:
    assert read_view(view) is None
    assert read_link({"view": view}, STORY, "en") == (DEFAULT, ["view"])


def test_every_event_of_the_map_can_be_linked_to(scene: Scene) -> None:
    for name in scene.events_by_id:
        moment, ignored = read_link({"event": name}, scene, "en")
        assert (moment.event, ignored) == (name, [])
        assert scene.first <= to_number(moment.date) <= scene.last


def test_the_map_opens_on_christmas_eve_where_the_article_begins(scene: Scene) -> None:
    assert read_link({}, scene, "de")[0].date == "1944-12-24"


@pytest.mark.parametrize(
    ("params", "troop", "date"),
    [
        ({"army": "us-3rd-army"}, ("formation", "us-3rd-army"), "1944-08-01"),
        ({"army": "old-guard"}, ("formation", "old-guard"), "1941-06-22"),
        ({"offensive": "berlin-1945"}, ("offensive", "berlin-1945"), "1945-04-16"),
        ({"offensive": "berlin-1945", "date": "1945-05-02"}, ("offensive", "berlin-1945"), "1945-05-02"),
        ({"army": "us-3rd-army", "date": "1944-12-19"}, ("formation", "us-3rd-army"), "1944-12-19"),
    ],
)
def test_a_formation_or_an_offensive_opens_on_its_first_day_or_on_that_of_the_link(
    params: dict[str, str], troop: tuple[str, str], date: str
) -> None:
    assert read_link(params, STORY, "en") == (Moment(date, None, "en", None, troop), [])


@pytest.mark.parametrize(("kind", "name"), [("formation", "army"), ("offensive", "offensive")])
def test_a_troop_is_what_the_map_opens_with(kind: str, name: str) -> None:
    start = Moment("1945-04-20", None, "de", None, (kind, "berlin-1945")).start()
    other = "offensive" if name == "army" else "army"
    assert (start[name], start[other], start["event"], start["troop"]) == ("berlin-1945", None, None, [kind, "berlin-1945"])


@pytest.mark.parametrize("name", ["army", "offensive"])
@pytest.mark.parametrize(
    "text", ["us-33rd-army", "US-3RD-ARMY", "yalta", "<script>alert(1)</script>", "us-3rd-army' OR 1", " us-3rd-army", "1"]
)
def test_an_unknown_formation_or_offensive_is_left_aside_with_a_notice(name: str, text: str) -> None:
    assert read_link({name: text}, STORY, "en") == (DEFAULT, [name])


@pytest.mark.parametrize(("name", "text"), [("army", "berlin-1945"), ("offensive", "us-3rd-army")])
def test_a_formation_is_no_offensive_and_an_offensive_no_formation(name: str, text: str) -> None:
    assert read_link({name: text}, STORY, "en") == (DEFAULT, [name])


def test_an_event_beside_a_formation_wins_and_an_unknown_formation_is_told_even_so() -> None:
    yalta = Moment("1945-02-04", "yalta", "en", None)
    assert read_link({"event": "yalta", "army": "us-3rd-army"}, STORY, "en") == (yalta, [])
    assert read_link({"event": "yalta", "army": "us-33rd-army", "offensive": "<b>"}, STORY, "en") == (yalta, ["army", "offensive"])


def test_an_unknown_event_does_not_hide_a_known_formation() -> None:
    moment, ignored = read_link({"event": "no-such-event", "army": "us-3rd-army"}, STORY, "en")
    assert (moment.troop, moment.event, ignored) == (("formation", "us-3rd-army"), None, ["event"])


known = st.sampled_from(["us-3rd-army", "berlin-1945", "yalta"])


@given(st.fixed_dictionaries({}, optional={name: hostile | known for name in ("date", "event", "army", "offensive", "view")}))
def test_whatever_a_link_says_of_what_moves_the_map_opens_with_something_that_is_there(params: dict[str, str]) -> None:
    moment, ignored = read_link(params, STORY, "en")
    assert Story.first <= to_number(moment.date) <= Story.last
    assert moment.troop is None or moment.troop[1] in TROOPS[moment.troop[0]]
    assert moment.event is None or moment.troop is None
    unknown = {
        name for kind, name in (("formation", "army"), ("offensive", "offensive"))
        if params.get(name) and params[name] not in TROOPS[kind]
    }  # fmt: skip
    assert set(ignored) & {"army", "offensive"} == unknown


def test_every_formation_and_offensive_of_the_map_can_be_linked_to(scene: Scene) -> None:
    for kind, name, items in (("formation", "army", scene.movements), ("offensive", "offensive", scene.offensives)):
        for item in items:
            moment, ignored = read_link({name: item["properties"]["id"]}, scene, "en")
            assert (moment.troop, ignored) == ((kind, item["properties"]["id"]), [])
            assert scene.first <= to_number(moment.date) <= scene.last
