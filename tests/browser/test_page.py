"""The Streamlit page around the map: one map, never mounted twice; panels, address and map tell the same."""

from __future__ import annotations

import csv
import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from driver import OpenSite, Server, Site, Watch, frames_pass, serving, until, violations
from playwright.sync_api import Browser, expect

from twofronts.days import to_iso, to_number
from twofronts.scene import Scene

GARBAGE = "?date=1999-99-99&event=<img src=x onerror=window.__hacked=1>&lang=tlh&view=52,13,4000"


def search(site: Site, text: str) -> None:
    """Type into the search and take the first thing it finds."""
    field = site.page.get_by_role("combobox", name=re.compile("Search|Suche"))
    field.click()
    field.press_sequentially(text)
    site.page.get_by_role("option").first.click()


def test_the_map_appears_and_the_panels_tell_its_day(site: Site) -> None:
    assert site.map.date == "1944-12-24"
    expect(site.page.get_by_role("heading", name="Two Fronts")).to_be_visible()
    expect(site.day).to_contain_text("Sunday, 24 December 1944")
    expect(site.holder).to_have_attribute("title", re.compile("^Map"))
    assert {"date": "1944-12-24", "lang": "en"}.items() <= site.params.items()


def test_opening_asks_the_server_once_for_the_panels_and_moves_nothing(open_site: OpenSite) -> None:
    site = open_site()
    frames_pass(site.page, milliseconds=1000)
    # the greeting, and the map's word that it stands
    assert len(site.sent) == 2
    opened = site.map.frame.evaluate("() => performance.timeOrigin")
    moved = """(opened) => new Promise((done) => {
        const late = (list) => list.getEntries().filter(({ startTime }) => performance.timeOrigin + startTime > opened);
        new PerformanceObserver((list) => done(late(list).reduce((sum, { value }) => sum + value, 0)))
            .observe({ type: "layout-shift", buffered: true });
        setTimeout(() => done(0), 500);
    })"""
    assert site.page.evaluate(moved, opened) < 0.01


def test_a_browser_that_cannot_open_the_map_still_gets_the_panels(browser: Browser, server: Server) -> None:
    watch = Watch(browser)
    page = watch.page()
    page.add_init_script("delete window.DecompressionStream")
    page.goto(server.address)
    expect(page.locator("section.tf-day")).to_contain_text("Sunday, 24 December 1944", timeout=30_000)
    expect(page.get_by_role("combobox")).to_be_visible()
    watch.close()
    assert watch.foreign == []
    assert any("DecompressionStream" in error for error in watch.errors), "nobody is told why"


def test_the_map_opens_however_busy_the_page_around_it_is(watch: Watch, server: Server) -> None:
    page = watch.page()
    # the map's frame runs in a process of its own and starts while the page has no time to lay it out
    page.add_init_script(
        """if (window === top) {
            const { get, set } = Object.getOwnPropertyDescriptor(HTMLIFrameElement.prototype, "srcdoc");
            const work = () => { for (const end = performance.now() + 2000; performance.now() < end; ); };
            Object.defineProperty(HTMLIFrameElement.prototype, "srcdoc", {
                get,
                set(text) { set.call(this, text); Promise.resolve().then(work); },
            });
        }"""
    )
    site = Site.at(page, server.address)
    assert site.map.date == "1944-12-24"
    assert site.map.view[2] > 3, "it does not show Europe"


def test_the_map_stays_the_same_whatever_the_reader_does(site: Site, scene: Scene) -> None:
    site.map.look_at(52.5, 13.4, 6.5)
    view = site.map.view
    site.has_param("view", "{:.4f},{:.4f},{:g}".format(*view))

    def unmoved() -> None:
        site.is_idle()
        site.assert_same_map()
        assert site.map.view == view

    # the language
    site.page.get_by_role("radio", name="DE").or_(site.page.get_by_role("button", name="DE", exact=True)).first.click()
    until(site.map.frame, "() => twofronts.lang === 'de'")
    expect(site.day).to_contain_text("Sonntag, 24. Dezember 1944")
    site.has_param("lang", "de")
    unmoved()
    # a settled day
    site.map.frame.get_by_label("Zu einem Tag springen").fill("1945-04-25")
    site.has_param("date", "1945-04-25")
    expect(site.day).to_contain_text("Mittwoch, 25. April 1945")
    unmoved()
    # typing in the search, taking nothing
    field = site.page.get_by_role("combobox")
    field.click()
    field.press_sequentially("Torgau")
    expect(site.page.get_by_role("option").first).to_be_visible()
    site.page.keyboard.press("Escape")
    unmoved()
    # a marker
    name = site.map.clickable_events()[0]
    site.map.marker(name).click()
    expect(site.card).to_contain_text(scene.events_by_id[name]["properties"]["title"]["de"])
    site.has_param("event", name)
    unmoved()
    # an event of the day's list that lies in sight
    site.page.locator("[class*=st-key-event-] button").first.click()
    until(site.map.frame, "(name) => twofronts.selected !== name", name)
    site.is_idle()
    site.assert_same_map()
    assert site.map.view[2] == view[2]
    site.page.get_by_role("radio", name="EN").or_(site.page.get_by_role("button", name="EN", exact=True)).first.click()
    site.has_param("lang", "en")


def test_nothing_is_sent_during_a_drag_and_little_when_it_settles(site: Site) -> None:
    site.is_idle()
    mouse = site.page.mouse
    mouse.move(*site.map.thumb())
    mouse.down()
    before = len(site.sent)
    for day in range(to_number("1944-10-01"), to_number("1945-03-01"), 6):
        mouse.move(*site.map.thumb(day))
        frames_pass(site.map.frame)
    frames_pass(site.map.frame, milliseconds=500)
    assert len(set(site.map.heard("day"))) > 10, "nothing was dragged"
    assert site.sent[before:] == []
    mouse.up()
    until(site.map.frame, "() => heard.settled.length > 0")
    site.has_param("date", site.map.date)
    site.is_idle()
    frames_pass(site.page, milliseconds=300)
    assert 0 < sum(site.sent[before:]) < 2000


def test_playing_sends_nothing_until_it_rests(site: Site) -> None:
    site.is_idle()
    before = len(site.sent)
    site.map.button("Play (space)").click()
    until(site.map.frame, "() => heard.day.length > 6")
    assert site.sent[before:] == []
    site.map.button("Pause (space)").click()
    site.has_param("date", site.map.date)
    assert len(site.sent) > before


def test_a_link_brings_back_day_event_language_and_view(open_site: OpenSite, scene: Scene) -> None:
    site = open_site("?date=1945-02-08&event=yalta&lang=de&view=45.5,33.25,6.5")
    assert site.map.date == "1945-02-08"
    assert site.map.words == "Donnerstag, 8. Februar 1945"
    title = scene.events_by_id["yalta"]["properties"]["title"]["de"]
    expect(site.map.title).to_have_text(title)
    expect(site.card.locator("h2")).to_have_text(title)
    assert site.map.view == [45.5, 33.25, 6.5]
    assert site.params == {"date": "1945-02-08", "event": "yalta", "lang": "de", "view": "45.5000,33.2500,6.5"}
    expect(site.notice).to_have_count(0)


def test_a_link_of_garbage_shows_the_usual_view_and_a_short_notice(open_site: OpenSite) -> None:
    site = open_site(GARBAGE)
    assert site.map.date == "1944-12-24"
    expect(site.map.card).to_be_hidden()
    for name in ("date", "event", "lang", "view"):
        expect(site.notice).to_contain_text(name)
    frames_pass(site.page, milliseconds=200)
    for document in (site.page, site.map.frame):
        assert document.evaluate("() => window.__hacked") is None
    assert site.params == {"date": "1944-12-24", "lang": "en"}


def test_a_marker_shows_its_card_in_the_page_every_time(site: Site, scene: Scene) -> None:
    first, second = site.map.clickable_events()[:2]
    home = site.map.view
    for name in (first, second, first):
        # an event that its card would cover has moved the map
        site.map.look_at(home[0], home[1], home[2])
        site.map.marker(name).click()
        event = scene.events_by_id[name]["properties"]
        expect(site.card.locator("h2")).to_have_text(event["title"]["en"])
        expect(site.card).to_contain_text(event["summary"]["en"])
        site.has_param("event", name)
        for link in site.card.locator("a").all():
            assert {"noopener", "noreferrer"} <= set(str(link.get_attribute("rel")).split())
        site.map.card.get_by_role("button", name="Close the card").click()
        site.has_param("event", None)
        expect(site.card).to_have_count(0)


def test_an_event_of_the_list_moves_the_day_and_opens_it_every_time(site: Site, scene: Scene) -> None:
    buttons = site.page.locator("[class*=st-key-event-] button")
    title = buttons.first.inner_text()
    for _ in range(2):
        buttons.first.click()
        expect(site.map.title).to_have_text(title)
        expect(site.card.locator("h2")).to_have_text(title)
        site.map.card.get_by_role("button", name="Close the card").click()
        expect(site.map.card).to_be_hidden()
        site.has_param("event", None)
    last = max(to_number(event["properties"]["start"]) for event in scene.events)
    quiet = next(iso for iso in map(to_iso, range(last, scene.first, -1)) if not list(scene.events_on(iso)))
    site.map.go(quiet)
    site.has_param("date", quiet)
    expect(site.page.get_by_text("No event on this day.")).to_be_visible()
    following = site.page.locator(".st-key-event-next button")
    following.click()
    until(site.map.frame, "(iso) => twofronts.date > iso && twofronts.selected", quiet)
    event = scene.events_by_id[site.map.frame.evaluate("() => twofronts.selected")]["properties"]
    assert event["start"] <= site.map.date <= event["end"]
    site.has_param("date", site.map.date)
    expect(site.map.title).to_have_text(event["title"]["en"])


def test_the_search_finds_a_town_by_todays_name_and_an_event_by_its_title(site: Site, scene: Scene) -> None:
    search(site, "Kaliningrad")
    until(site.map.frame, "() => Math.hypot(twofronts.asked?.lat - 54.71, twofronts.asked?.lon - 20.5) < 0.1", seconds=30)
    expect(site.card.locator("h2")).to_contain_text("Königsberg (today Kaliningrad)")
    expect(site.card).to_contain_text("9 April 1945")
    event = scene.events_by_id["yalta"]["properties"]
    search(site, event["title"]["en"])
    expect(site.map.title).to_have_text(event["title"]["en"])
    expect(site.card.locator("h2")).to_have_text(event["title"]["en"])
    assert event["start"] <= site.map.date <= event["end"]
    site.has_param("event", "yalta")


def test_the_search_answers_for_any_town_and_offers_a_choice_of_namesakes(site: Site) -> None:
    field = site.page.get_by_role("combobox", name=re.compile("Search|Suche"))
    field.click()
    field.press_sequentially("Deutsch Krone")
    expect(site.page.get_by_role("option").first).to_contain_text("Look for: Deutsch Krone")
    field.press("Enter")
    expect(site.card.locator("h2")).to_contain_text("Deutsch Krone")
    expect(site.card).to_contain_text("Out of Axis hands on")
    until(site.map.frame, "() => Math.hypot(twofronts.asked?.lat - 53.27, twofronts.asked?.lon - 16.46) < 0.1", seconds=30)
    search(site, "Neustadt")
    expect(site.page.get_by_role("status").filter(has_text="Several places")).to_be_visible()
    site.page.locator("[class*='st-key-choice-'] button").first.click()
    expect(site.card.locator("h2")).to_contain_text("Neustadt")
    search(site, "Breslua")
    expect(site.page.get_by_role("status").filter(has_text="Did you mean")).to_be_visible()


def test_the_table_can_be_taken_home_as_geojson_and_csv(site: Site, scene: Scene) -> None:
    if not site.page.get_by_role("button", name="Download CSV").is_visible():
        site.page.get_by_text("All events as a table").click()
    with site.page.expect_download() as waiting:
        site.page.get_by_role("button", name="Download GeoJSON").click()
    features = json.loads(waiting.value.path().read_text("utf-8"))["features"]
    assert [feature["properties"]["id"] for feature in features] == [event["properties"]["id"] for event in scene.events]
    with site.page.expect_download() as waiting:
        site.page.get_by_role("button", name="Download CSV").click()
    with waiting.value.path().open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == len(scene.events)
    assert {row["Event"] for row in rows} == {event["properties"]["title"]["en"] for event in scene.events}
    site.assert_same_map()


def test_the_page_works_under_a_path(open_site: OpenSite, prefixed_server: Server, scene: Scene) -> None:
    site = open_site("?date=1945-04-25", at=prefixed_server)
    assert site.page.url.startswith(f"{prefixed_server.address}?")
    assert site.map.date == "1945-04-25"
    name = site.map.clickable_events()[0]
    site.map.marker(name).click()
    expect(site.card.locator("h2")).to_have_text(scene.events_by_id[name]["properties"]["title"]["en"])


@pytest.fixture(scope="module")
def copied(repo: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Server, Path]]:
    """The page served from a copy of what it needs, so that geo/ may be harmed."""
    root = tmp_path_factory.mktemp("copied")
    shutil.copy(repo / "app.py", root)
    for folder in (".streamlit", "geo"):
        shutil.copytree(repo / folder, root / folder)
    with serving(root, root / "log") as server:
        yield server, root / "geo"


@pytest.mark.parametrize(("name", "harm"), [("manifest.json", "cut"), ("events.geojson", "gone"), ("basemap/relief.webp", "gone")])
def test_a_file_of_geo_that_is_missing_or_damaged_is_named_with_its_remedy(
    watch: Watch, copied: tuple[Server, Path], name: str, harm: str
) -> None:
    server, geo = copied
    content = (geo / name).read_bytes()
    page = watch.page()
    try:
        (geo / name).write_bytes(content[: len(content) // 2])
        if harm == "gone":
            (geo / name).unlink()
            # geo/ is known by its manifest, as a build leaves it
            (geo / "manifest.json").touch()
        page.goto(server.address)
        alert = page.get_by_role("alert")
        expect(alert).to_contain_text(f"geo/{name}", timeout=20_000)
        expect(alert).to_contain_text("twofronts build")
        expect(page.locator("iframe")).to_have_count(0)
    finally:
        (geo / name).write_bytes(content)
        (geo / "manifest.json").touch()
    page.reload()
    assert Site(page, []).map.date == "1944-12-24"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [(1440, 900), (1024, 768), (390, 844)])
def test_axe_finds_nothing_and_nothing_overlaps_or_scrolls_sideways(open_site: OpenSite, size: tuple[int, int], scheme: str) -> None:
    site = open_site("?event=tedder-stalin&lang=de", viewport={"width": size[0], "height": size[1]}, color_scheme=scheme)
    expect(site.map.card).to_be_visible()
    expect(site.card).to_be_visible()
    site.is_idle()
    until(site.map.frame, "(scheme) => document.documentElement.dataset.theme === scheme", scheme)
    assert violations(site.page) == []
    assert violations(site.map.frame) == []
    assert site.map.overlaps() == []
    assert not site.map.scrolls_sideways()
    wide = site.page.evaluate("() => Math.max(...[...document.querySelectorAll('html, .stMain')].map((node) => node.scrollWidth))")
    assert wide <= size[0]


def test_axe_finds_nothing_in_the_open_table(site: Site) -> None:
    if not site.page.get_by_role("button", name="Download CSV").is_visible():
        site.page.get_by_text("All events as a table").click()
    expect(site.page.get_by_test_id("stDataFrame")).to_be_visible()
    site.is_idle()
    assert violations(site.page) == []


def test_the_keyboard_goes_from_page_into_map_and_out_again(site: Site) -> None:
    site.is_idle()
    course = []
    # every army and event on the map is a stop on the way
    for _ in range(120):
        site.page.keyboard.press("Tab")
        inside = site.page.evaluate(
            """() => {
                let node = document.activeElement;
                while (node?.shadowRoot?.activeElement) node = node.shadowRoot.activeElement;
                return node?.localName === "iframe";
            }"""
        )
        if not course or course[-1] != inside:
            course.append(inside)
        if course[-2:] == [True, False]:
            break
    assert course[-3:] == [False, True, False]


def test_a_link_to_an_army_opens_it_in_map_and_page(open_site: OpenSite) -> None:
    site = open_site("?army=us-3rd-army&date=1944-12-26&lang=en")
    expect(site.card.locator("h2")).to_have_text("US Third Army")
    expect(site.card).to_contain_text("Patton")
    expect(site.map.title).to_have_text("US Third Army")
    site.has_param("army", "us-3rd-army")
    site.map.frame.get_by_role("button", name="Close the card").click()
    site.has_param("army", None)
    expect(site.card).to_have_count(0)


def test_an_offensive_of_the_list_is_played_in_the_map_and_told_in_the_page(open_site: OpenSite, scene: Scene) -> None:
    site = open_site("?date=1944-06-25&lang=en")
    bobruisk = next(item["properties"] for item in scene.offensives if item["properties"]["id"] == "bobruisk-1944")
    site.page.get_by_role("button", name=bobruisk["name"]["en"], exact=True).click()
    site.map.shows(bobruisk["end"])
    site.has_param("offensive", "bobruisk-1944")
    site.has_param("date", bobruisk["end"])
    expect(site.card.locator("h2")).to_have_text(bobruisk["name"]["en"])
    expect(site.map.title).to_have_text(bobruisk["name"]["en"])
    site.assert_same_map()
