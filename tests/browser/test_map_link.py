"""The address of the exported map: it follows the reader, leads others to the same view, and is not to be trusted."""

from __future__ import annotations

from pathlib import Path

import pytest
from driver import AtlasMap, OpenMap, frames_pass, until
from playwright.sync_api import Browser, expect

from twofronts.scene import Scene

GARBAGE = [
    "#date=1999-99-99&event=<img src=x onerror=window.__hacked=1>",
    "#date=2045-01-01&view=1e999,NaN,7&lang=klingon",
    "#event=no-such-event",
    "?date=%3Cscript%3Ewindow.__hacked=1%3C/script%3E",
    "#view=52,13,4000",
    "#date=javascript:window.__hacked=1",
]


@pytest.fixture(scope="module")
def usual(browser: Browser, exported: Path) -> tuple[str, list[float]]:
    """Day and view of the map opened without any link."""
    page = browser.new_page(viewport={"width": 1024, "height": 768})
    page.goto(exported.as_uri())
    atlas = AtlasMap(page, page.main_frame)
    found = (atlas.date, atlas.view)
    page.close()
    return found


def test_a_link_opens_day_event_language_and_view(open_map: OpenMap, scene: Scene) -> None:
    atlas = open_map("#date=1945-02-08&event=yalta&lang=de&view=45.5,33.25,6.5")
    event = scene.events_by_id["yalta"]["properties"]
    assert event["start"] <= "1945-02-08" <= event["end"]
    assert atlas.date == "1945-02-08"
    assert atlas.words == "Donnerstag, 8. Februar 1945"
    expect(atlas.title).to_have_text(event["title"]["de"])
    assert atlas.view == [45.5, 33.25, 6.5]
    expect(atlas.notice).to_have_count(0)


def test_a_link_to_an_event_without_a_date_opens_its_day_clear_of_legend_and_card(open_map: OpenMap, scene: Scene) -> None:
    atlas = open_map("#event=tedder-journey", viewport={"width": 1440, "height": 900})
    assert atlas.date == scene.events_by_id["tedder-journey"]["properties"]["start"]
    legend, card = atlas.frame.locator(".legend").bounding_box(), atlas.card.bounding_box()
    assert legend is not None and card is not None
    for place in ("versailles", "cairo", "moscow"):
        lon, lat = scene.places[place]["geometry"]["coordinates"]
        x = atlas.frame.evaluate("([lat, lon]) => window[document.querySelector('.folium-map').id].latLngToContainerPoint([lat, lon]).x", [lat, lon])
        assert legend["x"] + legend["width"] < x < card["x"], place


def test_the_place_a_link_names_is_in_the_middle_of_the_map(open_map: OpenMap, scene: Scene) -> None:
    lon, lat = scene.places["yalta"]["geometry"]["coordinates"]
    atlas = open_map(f"#date=1945-02-08&event=yalta&view={lat},{lon},6")
    stage, marker = atlas.frame.locator(".folium-map").bounding_box(), atlas.marker("yalta").bounding_box()
    assert stage is not None and marker is not None
    assert marker["x"] + marker["width"] / 2 == pytest.approx(stage["x"] + stage["width"] / 2, abs=2)
    # a marker stands on its place, some pixels above it
    assert 0 <= stage["y"] + stage["height"] / 2 - (marker["y"] + marker["height"]) < 12


def test_the_middle_of_the_map_stays_when_the_window_changes(open_map: OpenMap) -> None:
    atlas = open_map("#date=1945-02-08&view=45.5,33.25,6.5")
    for width, height in ((700, 500), (1440, 900), (390, 844)):
        atlas.page.set_viewport_size({"width": width, "height": height})
        frames_pass(atlas.frame, 4)
        assert atlas.view == [45.5, 33.25, 6.5]
        atlas.is_drawn()
        drawn = atlas.frame.evaluate(
            """() => ["scene", "names"].every((pane) => {
                const boxOf = (name) => document.querySelector(name).getBoundingClientRect();
                const [map, canvas] = [".folium-map", `.leaflet-${pane}-pane canvas`].map(boxOf);
                return canvas.left <= map.left && canvas.top <= map.top && canvas.right >= map.right && canvas.bottom >= map.bottom;
            })"""
        )
        assert drawn, "the plate does not fill the map"


@pytest.mark.parametrize("room", [(1024, 1), (300, 150)], ids=["none", "little"])
def test_a_map_opened_without_room_shows_the_usual_view_when_it_gets_some(
    open_map: OpenMap, usual: tuple[str, list[float]], room: tuple[int, int]
) -> None:
    atlas = open_map(viewport={"width": room[0], "height": room[1]})
    atlas.page.set_viewport_size({"width": 1024, "height": 768})
    until(atlas.frame, "(zoom) => twofronts.view[2] === zoom", usual[1][2])
    assert (atlas.date, atlas.view) == usual
    # a reader's own view is kept
    atlas.look_at(52, 20, 6)
    atlas.page.set_viewport_size({"width": 900, "height": 700})
    frames_pass(atlas.frame, 4)
    assert atlas.view == [52, 20, 6]


def test_the_address_follows_the_reader_and_brings_back_the_same_picture(open_map: OpenMap) -> None:
    first = open_map("", reduced_motion="reduce")
    first.frame.get_by_label("Jump to a day").fill("1945-03-07")
    first.shows("1945-03-07")
    first.button("Zoom in").click()
    first.button("Deutsch").click()
    first.marker(first.clickable_events()[0]).click()
    until(first.frame, "() => ['date=1945-03-07', 'lang=de', 'event=', 'view='].every((part) => location.hash.includes(part))")
    link = first.frame.evaluate("() => location.hash")
    second = open_map(link, reduced_motion="reduce")
    assert second.date == first.date
    assert second.words == first.words == "Mittwoch, 7. März 1945"
    assert second.view == pytest.approx(first.view, abs=1e-3)
    assert second.title.inner_text() == first.title.inner_text()
    first.has_drawn()
    second.has_drawn()
    # the link keeps four decimals of a degree, so that the same things may be drawn a fraction of a pixel apart
    differences = [abs(a - b) for a, b in zip(first.sketch(), second.sketch(), strict=True)]
    assert max(differences) < 40
    assert sum(differences) / len(differences) < 2


def test_the_address_stays_still_while_the_day_moves(atlas: AtlasMap) -> None:
    before = atlas.frame.evaluate("() => location.hash")
    mouse = atlas.page.mouse
    mouse.move(*atlas.thumb())
    mouse.down()
    for day in range(1300, 1400, 10):
        mouse.move(*atlas.thumb(day))
        frames_pass(atlas.frame)
    assert atlas.frame.evaluate("() => location.hash") == before
    mouse.up()
    until(atlas.frame, "() => location.hash.includes(`date=${twofronts.date}`)")
    assert atlas.frame.evaluate("() => history.length") <= 2


def test_copying_the_link_says_where_it_is(atlas: AtlasMap) -> None:
    atlas.button("Copy a link to this view").click()
    expect(atlas.notice).to_contain_text("link to this view")


@pytest.mark.parametrize("link", GARBAGE)
def test_a_link_of_garbage_opens_the_usual_view_with_a_notice(open_map: OpenMap, usual: tuple[str, list[float]], link: str) -> None:
    lost = open_map(link)
    expect(lost.notice).to_be_visible()
    assert (lost.date, lost.view) == usual
    expect(lost.card).to_be_hidden()
    frames_pass(lost.frame, milliseconds=100)
    assert lost.frame.evaluate("() => window.__hacked") is None
    assert lost.frame.locator("img").count() == 0


def test_one_bad_part_does_not_spoil_the_rest(open_map: OpenMap) -> None:
    atlas = open_map("#date=1945-04-25&view=elsewhere&lang=de")
    assert atlas.words == "Mittwoch, 25. April 1945"
    expect(atlas.notice).to_be_visible()
