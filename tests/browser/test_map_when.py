"""The question "when did the front pass here?": asked by click, key, search and link, answered in words."""

from __future__ import annotations

import re
from copy import deepcopy
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from driver import OPENING_SECONDS, AtlasMap, OpenMap, Watch, frames_pass, until, violations
from playwright.sync_api import Locator, expect

from twofronts.days import to_iso
from twofronts.mapdoc import render
from twofronts.scene import Scene
from twofronts.scene.when import Passages

ASKED = ["warsaw", "breslau", "budapest", "paris", "rome", "bastogne", "kolberg", "london", "moscow", "prague", "stavanger", "vienna"]
SCREENS = {"desk": (1440, 900), "tablet": (1024, 768), "phone": (390, 844)}
OPEN_SEA = (56.5, 3.5)
TEHRAN = (35.69, 51.42)
BERNE = (46.95, 7.45)
HOST = """<!DOCTYPE html><title>A page with the map in it</title><script>
window.told = [];
addEventListener("message", ({ data }) => data?.twofronts === 1 && told.push(data));
</script><iframe name='twofronts:{"date":"1945-01-10","lang":"de"}' src="ADDRESS" width="900" height="700"></iframe>"""


@pytest.fixture
def english(open_map: OpenMap) -> AtlasMap:
    """A map that does not move by itself."""
    return open_map("#date=1945-01-10&lang=en", reduced_motion="reduce")


@pytest.fixture(scope="session")
def passages(repo: Path) -> Passages:
    """The same answers by the other half's own way."""
    return Passages(repo / "geo")


def place_of(scene: Scene, name: str) -> tuple[float, float]:
    """Latitude and longitude of a place."""
    lon, lat = scene.places[name]["geometry"]["coordinates"]
    return lat, lon


def click_on(atlas: AtlasMap, lat: float, lon: float, zoom: float = 7) -> None:
    """Bring a spot to where no control covers it and click it."""
    atlas.look_at(lat, lon + 1.5, zoom)
    x, y = atlas.frame.evaluate(
        """([lat, lon]) => {
            const map = window[document.querySelector(".folium-map").id];
            const { x, y } = map.latLngToContainerPoint([lat, lon]);
            const box = map.getContainer().getBoundingClientRect();
            return [box.x + x, box.y + y];
        }""",
        [lat, lon],
    )
    atlas.page.mouse.click(x, y)


def ask(atlas: AtlasMap, lat: float, lon: float) -> dict[str, Any]:
    """The answer for programs."""
    answer: dict[str, Any] = atlas.frame.evaluate("([lat, lon]) => twofronts.whenHere(lat, lon)", [lat, lon])
    return answer


def main_words(atlas: AtlasMap) -> Locator:
    return atlas.card.locator(".answer-main")


def suggestions(atlas: AtlasMap, text: str) -> Locator:
    """Write into the search field and return what it suggests."""
    atlas.frame.get_by_role("combobox").fill(text)
    return atlas.frame.get_by_role("option")


def test_a_click_on_land_is_answered_in_words(english: AtlasMap, scene: Scene) -> None:
    click_on(english, *place_of(scene, "warsaw"))
    expect(english.title).to_have_text("Warsaw")
    expect(english.title).to_be_focused()
    expect(main_words(english)).to_have_text("Here the front passed on 17 January 1945 (between 16 and 18 January 1945).")
    expect(english.card.locator(".answer-held")).to_have_text("Held by the Axis until then; then by Soviet-led forces.")
    basis = english.card.locator(".answer-basis")
    expect(basis).to_contain_text("Warsaw: taken 17 January 1945")
    expect(basis).to_contain_text(re.compile(r"East front, 16 January 1945: after the situations? of .*±\d+ km"))
    for link in basis.locator("a").all():
        assert link.get_attribute("target") == "_blank"
        assert {"noopener", "noreferrer"} <= set(str(link.get_attribute("rel")).split())
    expect(english.frame.locator(".pin")).to_have_count(1)
    expect(english.frame.locator("[aria-live=polite]").first).to_contain_text("17 January 1945")


def test_the_answer_speaks_german_and_changes_with_the_language(open_map: OpenMap, scene: Scene) -> None:
    lat, lon = place_of(scene, "warsaw")
    atlas = open_map(f"#lang=de&when={lat},{lon}")
    expect(atlas.title).to_have_text("Warschau")
    expect(main_words(atlas)).to_have_text("Hier zog die Front am 17. Januar 1945 durch (zwischen dem 16. und dem 18. Januar 1945).")
    expect(atlas.card.locator(".answer-held")).to_contain_text("Bis dahin in der Hand der Achse, danach der Roten Armee")
    expect(atlas.card.locator(".answer-basis")).to_contain_text("eingenommen 17. Januar 1945")
    atlas.button("English").click()
    expect(main_words(atlas)).to_contain_text("17 January 1945")
    assert "map." not in atlas.card.inner_text()


def test_a_click_on_the_sea_says_so(english: AtlasMap) -> None:
    click_on(english, *OPEN_SEA)
    expect(main_words(english)).to_have_text("This is the sea; the map knows fronts on land only.")
    expect(english.button("Go to that day")).to_have_count(0)
    assert ask(english, *OPEN_SEA)["reason"] == "sea"


def test_every_reason_without_a_day_has_its_words(english: AtlasMap, scene: Scene) -> None:
    held = next(lat_lon for lat_lon in ((35.4, 24.05), (56.8, 21.9), (49.0, -2.1)) if ask(english, *lat_lon)["reason"] != "sea")
    wanted = [
        (BERNE, "neutral", "Neutral ground"),
        (place_of(scene, "london"), "free_before", "never held this place"),
        ((10.0, 10.0), "outside", "Beyond the area"),
        (TEHRAN, "outside", "Beyond the area"),
        (held, ask(english, *held)["reason"], ""),
    ]
    for (lat, lon), reason, text in wanted:
        answer = ask(english, lat, lon)
        assert answer["reason"] == reason
        english.frame.evaluate("([lat, lon]) => twofronts.ask(lat, lon)", [lat, lon])
        expect(main_words(english)).to_contain_text(text)
        for lang in ("de", "en"):
            english.frame.evaluate("(lang) => twofronts.setLang(lang)", lang)
            assert "map." not in english.card.inner_text()


def test_the_map_and_the_library_give_the_same_answers(english: AtlasMap, scene: Scene, passages: Passages) -> None:
    names = [name for name in ASKED if name in scene.places]
    assert len(names) >= 6
    for name in names:
        lat, lon = place_of(scene, name)
        drawn, told = ask(english, lat, lon), passages.answer(lon, lat).record()
        assert {key: drawn[key] for key in ("reason", "spells", "date", "low", "high", "side")} == {
            key: told[key] for key in ("reason", "spells", "date", "low", "high", "side")
        }, name


def test_ground_that_changed_hands_often_gets_its_history(english: AtlasMap, scene: Scene, passages: Passages) -> None:
    spots = {name: place_of(scene, name) for name in sorted(scene.places)}
    answers = passages.answers([(lon, lat) for lat, lon in spots.values()])
    name, answer = next((name, answer) for name, answer in zip(spots, answers, strict=True) if answer.date and len(answer.spells) > 2)
    lat, lon = spots[name]
    english.frame.evaluate("([lat, lon]) => twofronts.ask(lat, lon)", [lat, lon])
    items = english.card.locator(".answer-history li")
    expect(items).to_have_count(len(answer.spells))
    expect(items.first).to_contain_text("until")
    expect(items.last).to_contain_text("from")
    expect(english.card).to_contain_text(str(int(to_iso(answer.date)[8:])))


def test_escape_closes_the_answer_and_gives_the_focus_back(english: AtlasMap, scene: Scene) -> None:
    click_on(english, *place_of(scene, "warsaw"))
    expect(english.title).to_be_focused()
    english.page.keyboard.press("Escape")
    expect(english.card).to_be_hidden()
    expect(english.frame.locator(".folium-map")).to_be_focused()
    expect(english.frame.locator(".pin")).to_have_count(0)
    assert english.frame.evaluate("() => twofronts.asked") is None


def test_go_to_that_day_moves_the_date(english: AtlasMap, scene: Scene) -> None:
    click_on(english, *place_of(scene, "warsaw"))
    english.button("Go to that day").click()
    english.shows("1945-01-17")
    expect(english.title).to_have_text("Warsaw")


def test_the_link_brings_the_answer_back(english: AtlasMap, open_map: OpenMap, scene: Scene) -> None:
    click_on(english, *place_of(scene, "warsaw"))
    expect(english.title).to_be_visible()
    english.button("Link to the answer").click()
    expect(english.notice).to_contain_text("link to this view")
    until(english.frame, "() => location.hash.includes('when=')")
    again = open_map(english.frame.evaluate("() => location.hash"))
    expect(main_words(again)).to_have_text(main_words(english).inner_text())
    assert again.frame.evaluate("() => twofronts.asked") == pytest.approx(english.frame.evaluate("() => twofronts.asked"), abs=1e-4)
    again.page.keyboard.press("Escape")
    until(again.frame, "() => !location.hash.includes('when=')")


@pytest.mark.parametrize("spot", ["north,pole", "91,0", "1e999,0", "52", "<img src=x onerror=window.__hacked=1>"])
def test_a_link_to_no_spot_opens_the_usual_view_with_a_notice(open_map: OpenMap, spot: str) -> None:
    atlas = open_map(f"#when={spot}")
    expect(atlas.notice).to_be_visible()
    expect(atlas.card).to_be_hidden()
    assert atlas.frame.evaluate("() => window.__hacked") is None


def test_a_link_to_a_spot_alone_shows_it_beside_the_card(open_map: OpenMap, scene: Scene) -> None:
    for width, height in SCREENS.values():
        lat, lon = place_of(scene, "warsaw")
        atlas = open_map(f"#lang=en&when={lat},{lon}", viewport={"width": width, "height": height})
        expect(atlas.title).to_have_text("Warsaw")
        pin, card = atlas.frame.locator(".pin").bounding_box(), atlas.card.bounding_box()
        assert pin is not None and card is not None
        assert pin["x"] + pin["width"] <= card["x"] or pin["y"] + pin["height"] <= card["y"]


def test_programs_hear_what_is_asked(english: AtlasMap) -> None:
    english.frame.evaluate("() => { heard.asked = []; twofronts.on('asked', (spot) => heard.asked.push(spot)); }")
    english.frame.evaluate("() => twofronts.ask(52.23, 21.01)")
    english.frame.evaluate("() => twofronts.select('yalta')")
    assert english.heard("asked") == [{"lat": 52.23, "lon": 21.01}, None]
    expect(english.frame.locator(".pin")).to_have_count(0)
    english.frame.evaluate("() => twofronts.ask(52.23, 21.01)")
    assert english.frame.evaluate("() => twofronts.selected") is None
    refused = english.frame.evaluate("() => twofronts.whenHere(NaN, 400).then(() => false, (error) => error instanceof RangeError)")
    assert refused


def test_a_page_around_the_map_hears_what_is_asked(watch: Watch, exported: Path, tmp_path: Path) -> None:
    file = tmp_path / "host.html"
    file.write_text(HOST.replace("ADDRESS", exported.as_uri()), "utf-8")
    page = watch.page(offline=True)
    page.goto(file.as_uri())
    until(page, "() => told.some(({ type }) => type === 'ready')", seconds=OPENING_SECONDS)
    question = "{ twofronts: 1, type: 'ask', lat: 52.23, lon: 21.01 }"
    page.evaluate(f"() => document.querySelector('iframe').contentWindow.postMessage({question}, '*')")
    until(page, "() => told.some(({ type, lat, lon }) => type === 'asked' && lat === 52.23 && lon === 21.01)")
    expect(page.frame_locator("iframe").locator(".answer-main")).to_contain_text("Januar 1945")
    page.frame_locator("iframe").get_by_role("button", name="Antwort schließen").click()
    until(page, "() => told.some(({ type, lat, lon }) => type === 'asked' && lat === null && lon === null)")


def test_the_keyboard_alone_asks_about_the_middle_of_the_map(english: AtlasMap, scene: Scene) -> None:
    lat, lon = place_of(scene, "warsaw")
    english.look_at(lat, lon, 8)
    for _ in range(4):
        english.page.keyboard.press("Tab")
        if english.frame.evaluate("() => document.activeElement.className.includes('folium-map')"):
            break
    expect(english.frame.locator(".middle-mark")).to_be_visible()
    english.page.keyboard.press("w")
    expect(english.title).to_be_focused()
    expect(main_words(english)).to_contain_text("January 1945")
    asked = english.frame.evaluate("() => twofronts.asked")
    assert (asked["lat"], asked["lon"]) == pytest.approx((lat, lon), abs=0.1)
    english.page.keyboard.press("Escape")
    expect(english.frame.locator(".folium-map")).to_be_focused()


def test_a_button_asks_about_the_middle_of_the_map(english: AtlasMap, scene: Scene) -> None:
    lat, lon = place_of(scene, "warsaw")
    english.look_at(lat, lon, 8)
    button = english.button("When did the front pass the middle of the map? (W)")
    button.focus()
    english.page.keyboard.press("Enter")
    expect(english.title).to_have_text("Warsaw")
    english.page.keyboard.press("Escape")
    expect(button).to_be_focused()


def test_a_double_click_zooms_and_asks_nothing(english: AtlasMap) -> None:
    english.look_at(52, 19, 6)
    english.page.mouse.dblclick(400, 400)
    until(english.frame, "() => twofronts.view[2] === 7")
    frames_pass(english.frame, milliseconds=300)
    expect(english.card).to_be_hidden()


def test_the_click_that_folds_a_stack_asks_nothing(english: AtlasMap) -> None:
    stack = english.frame.locator(".marker-stack:visible")
    english.go("1944-12-24")
    english.look_at(50, 8, 4)
    expect(stack.first).to_be_visible()
    stack.first.click()
    until(english.frame, "() => ![...document.querySelectorAll('.marker-stack')].some((node) => node === document.activeElement)")
    english.page.mouse.click(700, 420)
    frames_pass(english.frame, milliseconds=300)
    expect(english.card).to_be_hidden()


@pytest.mark.parametrize("text", ["Warszawa", "warschau", "WARSAW", "wärsäw"])
def test_a_place_is_found_by_any_of_its_names(english: AtlasMap, text: str) -> None:
    found = suggestions(english, text)
    expect(found.first).to_contain_text("Warsaw")
    english.page.keyboard.press("Enter")
    expect(english.title).to_have_text("Warsaw")
    expect(english.title).to_be_focused()
    expect(main_words(english)).to_contain_text("17 January 1945")
    assert english.view[2] >= 8


def test_umlauts_may_be_spelt_out(english: AtlasMap) -> None:
    for text in ("Königsberg", "Koenigsberg", "konigsb"):
        expect(suggestions(english, text).first).to_contain_text("Königsberg")


def test_an_event_is_found_by_its_title_and_opens(english: AtlasMap, scene: Scene) -> None:
    title = scene.events_by_id["yalta"]["properties"]["title"]["en"]
    found = suggestions(english, title)
    assert found.count() <= 8
    found.filter(has_text=title).first.click()
    expect(english.title).to_have_text(title)
    assert english.frame.evaluate("() => twofronts.selected") == "yalta"


def test_places_of_one_name_are_told_apart(open_map: OpenMap, scene: Scene, tmp_path: Path) -> None:
    places = dict(scene.places)
    for number, (lon, today) in enumerate(((16.0, None), (18.0, None), (20.0, "Nowe Miasto"))):
        twin = deepcopy(scene.places["warsaw"])
        name = "Zwillingsdorf"
        twin["properties"].update(id=f"twin-{number}", name={"de": name, "en": name, "local": name, "today": today or name}, rank=None)
        twin["geometry"]["coordinates"] = [lon, 52.0]
        places[f"twin-{number}"] = twin
    file = tmp_path / "map.html"
    file.write_text(render(replace(scene, places=places), host="file", lang="en"), "utf-8")
    atlas = open_map(file=file)
    found = suggestions(atlas, "zwillings")
    expect(found).to_have_count(3)
    assert sorted(found.all_inner_texts()) == [
        "Zwillingsdorf\n52.00° N, 16.00° E", "Zwillingsdorf\n52.00° N, 18.00° E", "Zwillingsdorf\nNowe Miasto",
    ]  # fmt: skip


def test_the_search_field_is_a_combobox(english: AtlasMap) -> None:
    field = english.frame.get_by_role("combobox", name="Find a place, an event, an army or an offensive")
    found = suggestions(english, "be")
    expect(found).to_have_count(8)
    expect(field).to_have_attribute("aria-expanded", "true")
    english.page.keyboard.press("ArrowDown")
    english.page.keyboard.press("ArrowDown")
    active = field.get_attribute("aria-activedescendant")
    expect(english.frame.locator(f"#{active}")).to_have_attribute("aria-selected", "true")
    assert violations(english.frame) == []
    english.page.keyboard.press("Escape")
    expect(field).to_have_attribute("aria-expanded", "false")
    expect(field).to_be_focused()
    expect(suggestions(english, "qqqqq")).to_have_text("Nothing found")
    english.page.keyboard.press("Enter")
    expect(english.card).to_be_hidden()
    # what is written into the field moves neither the day nor asks anything
    assert english.date == "1945-01-10"
    field.fill("")
    field.press_sequentially("w w")
    expect(english.card).to_be_hidden()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", SCREENS)
def test_nothing_overlaps_and_axe_finds_nothing(open_map: OpenMap, name: str, scheme: str, scene: Scene) -> None:
    width, height = SCREENS[name]
    lat, lon = place_of(scene, "warsaw")
    atlas = open_map(f"#lang=de&when={lat},{lon}", viewport={"width": width, "height": height}, color_scheme=scheme)
    expect(atlas.card).to_be_visible()
    assert atlas.overlaps() == []
    assert violations(atlas.frame) == []
    atlas.page.keyboard.press("Escape")
    assert atlas.overlaps() == []
    assert not atlas.scrolls_sideways()


def test_on_a_phone_the_field_opens_from_a_button(open_map: OpenMap) -> None:
    phone = open_map("#lang=en", viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    field = phone.frame.get_by_role("combobox")
    expect(field).to_be_hidden()
    phone.button("Search").click()
    expect(field).to_be_focused()
    assert phone.overlaps() == []
    found = suggestions(phone, "warsaw")
    box = found.first.bounding_box()
    assert box is not None and box["height"] >= 40
    found.first.tap()
    expect(phone.title).to_have_text("Warsaw")
    expect(field).to_be_hidden()


def test_what_the_data_says_reaches_the_reader_as_text(open_map: OpenMap, scene: Scene, tmp_path: Path) -> None:
    evil = '<img src=x onerror="window.__hacked=1">'
    places = deepcopy(scene.places)
    places["warsaw"]["properties"]["name"] = dict.fromkeys(("de", "en", "local", "today"), evil)
    bad = {"title": evil, "author": evil, "url": "javascript:window.__hacked=3"}
    sources = {key: {**source, **bad} for key, source in scene.sources.items()}
    captures = []
    for capture in scene.captures:
        changed = deepcopy(capture)
        changed["properties"]["by"] = dict.fromkeys(("de", "en"), evil)
        captures.append(changed)
    file = tmp_path / "map.html"
    file.write_text(render(replace(scene, places=places, sources=sources, captures=tuple(captures)), host="file", lang="en"), "utf-8")
    atlas = open_map(file=file)
    expect(suggestions(atlas, "onerror").first).to_contain_text(evil)
    atlas.page.keyboard.press("Enter")
    expect(atlas.title).to_have_text(evil)
    expect(atlas.card.locator(".answer-basis")).to_contain_text(evil)
    assert atlas.frame.locator("img, .answer-basis a[href^=javascript]").count() == 0
    frames_pass(atlas.frame, milliseconds=200)
    assert atlas.frame.evaluate("() => window.__hacked") is None
