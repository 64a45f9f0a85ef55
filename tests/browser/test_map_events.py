"""Events on the exported map: markers, cards, filters, layers, languages."""

from __future__ import annotations

import re
from copy import deepcopy
from dataclasses import replace
from pathlib import Path

import pytest
from driver import AtlasMap, OpenMap, frames_pass, until
from playwright.sync_api import expect

from twofronts.mapdoc import render
from twofronts.scene import Scene

TEN = [f"visit-{number}" for number in range(10)]


@pytest.fixture(scope="module")
def crowded(scene: Scene, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A map on which ten more things happen in Moscow on one day."""
    model = next(event for event in scene.events if event["properties"]["places"] == ["moscow"])
    visits = []
    for number, name in enumerate(TEN):
        visit = deepcopy(model)
        visit["properties"].update(
            id=name, start="1944-05-02", end="1944-05-02", date_edtf="1944-05-02", title={"de": f"Besuch {number}", "en": f"Visit {number}"}
        )
        visits.append(visit)
    file = tmp_path_factory.mktemp("crowded") / "map.html"
    file.write_text(render(replace(scene, events=(*scene.events, *visits)), host="file", lang="en", date="1944-05-02"), "utf-8")
    return file


def test_a_marker_opens_a_card_with_all_there_is_to_know(atlas: AtlasMap, scene: Scene) -> None:
    for name in atlas.clickable_events():
        event = scene.events_by_id[name]["properties"]
        atlas.marker(name).click()
        expect(atlas.title).to_have_text(event["title"]["en"])
        expect(atlas.card.locator(".card-summary")).to_have_text(event["summary"]["en"])
        expect(atlas.card.locator(".card-place")).to_contain_text(scene.places[event["places"][0]]["properties"]["name"]["en"])
        expect(atlas.card.locator(".card-date")).to_contain_text(re.compile(r"19\d\d"))
        if event["note"]:
            expect(atlas.card.locator(".card-note")).to_contain_text(event["note"]["en"])
        urls = [url for source in event["sources"] if (url := source.get("url"))]
        links = atlas.card.locator(".card-sources a")
        assert [link.get_attribute("href") for link in links.all()] == urls
        for link in links.all():
            assert link.get_attribute("target") == "_blank"
            assert {"noopener", "noreferrer"} <= set(str(link.get_attribute("rel")).split())
        expect(atlas.card.locator(".card-sources li")).to_have_count(len(event["sources"]))
        atlas.page.keyboard.press("Escape")
        expect(atlas.card).to_be_hidden()


def test_a_second_click_on_a_marker_works_like_the_first(atlas: AtlasMap) -> None:
    name = atlas.clickable_events()[0]
    for _ in range(3):
        atlas.marker(name).click()
        expect(atlas.title).to_be_visible()
        expect(atlas.marker(name)).to_have_attribute("aria-pressed", "true")
    first = atlas.title.inner_text()
    atlas.card.get_by_role("button", name="Close the card").click()
    expect(atlas.card).to_be_hidden()
    atlas.marker(name).click()
    expect(atlas.title).to_have_text(first)


def test_escape_closes_the_card_and_gives_the_focus_back(atlas: AtlasMap) -> None:
    name = atlas.clickable_events()[0]
    atlas.marker(name).click()
    expect(atlas.title).to_be_focused()
    atlas.page.keyboard.press("Escape")
    expect(atlas.card).to_be_hidden()
    expect(atlas.marker(name)).to_be_focused()


def test_pointing_at_a_marker_tells_its_title_and_date(atlas: AtlasMap, scene: Scene) -> None:
    name = atlas.clickable_events()[0]
    atlas.marker(name).hover()
    tooltip = atlas.frame.locator(".tooltip")
    expect(tooltip).to_contain_text(scene.events_by_id[name]["properties"]["title"]["en"])
    expect(tooltip).to_contain_text(re.compile(r"19\d\d"))


def test_pointing_at_a_front_line_tells_what_it_rests_on(atlas: AtlasMap) -> None:
    # a point on a drawn line, from the document's own data: halfway along the longest piece of the east front
    atlas.has_drawn()
    at = atlas.frame.evaluate(
        """() => {
            const { fronts } = JSON.parse(document.getElementById("twofronts-data").textContent);
            const day = Math.round(Date.parse(twofronts.date) / 86400000) - Date.UTC(1941, 0, 1) / 86400000 - fronts.first;
            const lines = fronts.days[day].lines.filter((line) => line.t === "east");
            const runs = lines.flatMap((line) => line.a.map((i) => fronts.arcs[i < 0 ? ~i : i]));
            const run = runs.sort((a, b) => b.length - a.length)[0];
            const points = [];
            let [x, y] = [0, 0];
            for (let i = 0; i < run.length; i += 2) points.push([(x += run[i]) / 1000, (y += run[i + 1]) / 1000]);
            return points[Math.floor(points.length / 2)];
        }"""
    )
    atlas.look_at(at[1], at[0], 7)
    box = atlas.frame.locator(".folium-map").bounding_box()
    assert box is not None
    atlas.page.mouse.move(box["x"] + box["width"] / 2 + 40, box["y"] + box["height"] / 2)
    atlas.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    tooltip = atlas.frame.locator(".tooltip")
    # a hand is not exact: some pixels beside the line count as on it
    for right, down in ((0, 0), (5, 0), (-5, 0), (0, 5), (0, -5)):
        atlas.page.mouse.move(box["x"] + box["width"] / 2 + right, box["y"] + box["height"] / 2 + down)
        expect(tooltip).to_contain_text("East front, 24 December 1944")
        expect(tooltip).to_contain_text(re.compile("after the situations? of"))
        expect(tooltip).to_contain_text(re.compile("documented|worked out"))
        expect(tooltip).to_contain_text(re.compile(r"±\d"))


def test_ten_events_at_one_place_stay_reachable(open_map: OpenMap, crowded: Path) -> None:
    atlas = open_map(file=crowded)
    atlas.look_at(55, 37, 5)
    stack = atlas.frame.locator(".marker-stack:visible")
    for number, name in enumerate(TEN):
        stack.click()
        until(atlas.frame, "(names) => names.every((name) => document.querySelector(`[data-event=${name}]`).checkVisibility())", TEN)
        assert set(TEN) <= set(atlas.clickable_events())
        atlas.marker(name).click()
        expect(atlas.title).to_have_text(f"Visit {number}")
        atlas.card.get_by_role("button", name="Close the card").click()
        atlas.page.keyboard.press("Escape")
        expect(stack).to_have_text(re.compile(r"^\d+$"))
        assert int(stack.inner_text()) >= 10


def test_ten_events_at_one_place_are_reachable_with_the_keyboard_alone(open_map: OpenMap, crowded: Path) -> None:
    atlas = open_map(file=crowded)
    atlas.look_at(55, 37, 5)
    atlas.frame.locator(".marker-stack:visible").focus()
    atlas.page.keyboard.press("Enter")
    reached = set()
    for _ in range(16):
        reached.add(atlas.frame.evaluate("() => document.activeElement.dataset.event"))
        atlas.page.keyboard.press("Tab")
    assert set(TEN) <= reached


def test_the_card_leads_to_everything_else_at_its_place(open_map: OpenMap, scene: Scene) -> None:
    atlas = open_map("#event=tedder-stalin")
    expected = [event["properties"]["title"]["en"] for event in scene.events if event["properties"]["places"][0] == "moscow"]
    others = atlas.card.locator(".card-others")
    others.locator("summary").click()
    titles = others.locator("li button span:last-child").all_inner_texts()
    assert sorted(titles) == sorted(set(expected) - {atlas.title.inner_text()})
    assert len(titles) >= 10
    others.locator("li button").nth(3).click()
    expect(atlas.title).to_have_text(titles[3])


def test_next_and_previous_lead_from_card_to_card(atlas: AtlasMap) -> None:
    atlas.marker(atlas.clickable_events()[0]).click()
    first = atlas.title.inner_text()
    atlas.card.get_by_role("button", name="Next").click()
    expect(atlas.title).not_to_have_text(first)
    atlas.card.get_by_role("button", name="Previous").click()
    expect(atlas.title).to_have_text(first)


def test_the_other_language_changes_date_labels_and_card(atlas: AtlasMap, scene: Scene) -> None:
    name = atlas.clickable_events()[0]
    event = scene.events_by_id[name]["properties"]
    atlas.marker(name).click()
    atlas.has_drawn()
    english = atlas.picture()
    view = atlas.view
    atlas.button("Deutsch").click()
    assert atlas.words == "Sonntag, 24. Dezember 1944"
    expect(atlas.slider).to_have_attribute("aria-valuetext", "Sonntag, 24. Dezember 1944")
    expect(atlas.title).to_have_text(event["title"]["de"])
    expect(atlas.card.locator(".card-summary")).to_have_text(event["summary"]["de"])
    expect(atlas.marker(name)).to_have_attribute("aria-label", re.compile("^" + re.escape(event["title"]["de"])))
    expect(atlas.frame.locator("html")).to_have_attribute("lang", "de")
    expect(atlas.frame.get_by_text("Legende")).to_be_visible()
    assert atlas.picture() != english, "the names on the map stayed English"
    assert atlas.view == view
    atlas.button("English").click()
    expect(atlas.title).to_have_text(event["title"]["en"])
    assert atlas.picture() == english


def test_a_german_browser_opens_a_german_map(open_map: OpenMap) -> None:
    atlas = open_map(locale="de-AT")
    assert atlas.words == "Sonntag, 24. Dezember 1944"
    assert open_map("#lang=en", locale="de-AT").words == "Sunday, 24 December 1944"


def test_every_kind_and_theatre_of_the_data_can_be_filtered(atlas: AtlasMap, scene: Scene) -> None:
    panel = atlas.open_panel()
    for group, title in (("kind", "Kinds of event"), ("theatre", "Theatres")):
        used = {event["properties"][group] for event in scene.events}
        boxes = panel.get_by_role("group", name=title).get_by_role("checkbox")
        assert boxes.count() >= len(used), f"{group}s in the data: {sorted(used)}"
        for label in panel.get_by_role("group", name=title).locator("label").all_inner_texts():
            assert "map." not in label


def test_filters_by_kind_and_theatre_hide_and_show_markers(atlas: AtlasMap, scene: Scene) -> None:
    atlas.go("1945-01-13")
    atlas.look_at(50, 20, 9)

    def shown(key: str) -> set[str]:
        return {scene.events_by_id[name]["properties"][key] for name in atlas.events_shown()}

    before = atlas.events_shown()
    panel = atlas.open_panel()
    for label, key, value in (("Battle", "kind", "battle"), ("West", "theatre", "west")):
        assert value in shown(key)
        panel.get_by_label(label, exact=True).uncheck()
        assert value not in shown(key)
        assert shown(key)
        panel.get_by_label(label, exact=True).check()
        assert atlas.events_shown() == before


def test_a_filtered_event_that_is_chosen_by_link_can_still_be_seen(open_map: OpenMap) -> None:
    atlas = open_map("#event=tedder-stalin")
    atlas.frame.evaluate("() => twofronts.setFilter({ kinds: ['battle'] })")
    expect(atlas.title).to_be_visible()
    assert "tedder-stalin" in atlas.events_shown()


def test_each_layer_can_be_switched_off_and_on(open_map: OpenMap) -> None:
    atlas = open_map("#date=1945-01-20")
    panel = atlas.open_panel()
    atlas.has_drawn()
    before = atlas.picture()
    for layer in ("Ground held", "Gains of the last seven days", "Front lines", "Names", "Relief"):
        panel.get_by_label(layer, exact=True).uncheck()
        assert atlas.picture() != before, layer
        panel.get_by_label(layer, exact=True).check()
        assert atlas.picture() == before, layer


def test_the_events_can_be_switched_off_and_on(atlas: AtlasMap) -> None:
    before = atlas.events_shown()
    box = atlas.open_panel().get_by_label("Events", exact=True)
    box.uncheck()
    assert atlas.events_shown() == set()
    assert atlas.frame.locator(".marker-stack:visible").count() == 0
    box.check()
    assert atlas.events_shown() == before


def test_escape_closes_the_panel_and_gives_the_focus_back(atlas: AtlasMap) -> None:
    atlas.open_panel()
    atlas.page.keyboard.press("Escape")
    expect(atlas.panel).to_be_hidden()
    expect(atlas.frame.locator("[aria-controls=layer-panel]")).to_be_focused()


def test_light_and_dark(open_map: OpenMap) -> None:
    atlas = open_map(color_scheme="dark")
    root = atlas.frame.locator("html")
    expect(root).to_have_attribute("data-theme", "dark")
    atlas.has_drawn()
    dark = atlas.picture()
    atlas.button("Light or dark").click()
    expect(root).to_have_attribute("data-theme", "light")
    assert atlas.picture() != dark


def test_what_the_data_says_reaches_the_reader_as_text(open_map: OpenMap, scene: Scene, tmp_path: Path) -> None:
    evil = '<img src=x onerror="window.__hacked=1">'
    end = "</script><script>window.__hacked=2</script>"
    event = deepcopy(scene.events_by_id["tedder-stalin"])
    sources = [{**event["properties"]["sources"][0], "id": "evil", "title": evil, "url": "javascript:window.__hacked=3"}]
    event["properties"].update(
        title={"de": evil, "en": evil}, summary={"de": end, "en": end}, note={"de": evil, "en": evil}, sources=sources, places=["moscow"]
    )
    places = deepcopy(scene.places)
    places["moscow"]["properties"]["name"] = dict.fromkeys(("de", "en", "local", "today"), evil)
    others = tuple(other for other in scene.events if other["properties"]["id"] != "tedder-stalin")
    file = tmp_path / "map.html"
    file.write_text(render(replace(scene, events=(*others, event), places=places), host="file"), "utf-8")
    atlas = open_map("#event=tedder-stalin", file=file)
    expect(atlas.title).to_have_text(evil)
    expect(atlas.card.locator(".card-summary")).to_have_text(end)
    expect(atlas.card.locator(".card-note p")).to_have_text(evil)
    expect(atlas.card.locator(".card-place")).to_contain_text(evil)
    expect(atlas.card.locator(".card-sources")).to_contain_text(evil)
    assert atlas.frame.locator("img, a[href^=javascript]").count() == 0
    atlas.marker("tedder-stalin").hover()
    expect(atlas.frame.locator(".tooltip")).to_contain_text(evil)
    frames_pass(atlas.frame, milliseconds=200)
    assert atlas.frame.evaluate("() => window.__hacked") is None
