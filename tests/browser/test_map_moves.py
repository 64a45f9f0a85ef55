"""What moves on the exported map: formations, offensives, journeys and supply, and the way back to Europe."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from driver import AtlasMap, OpenMap, frames_pass, until, violations
from playwright.sync_api import expect

from twofronts.mapdoc import render
from twofronts.scene import Scene

POLAND = "#date=1945-01-25&view=52,18.5,6.5"


def troop(scene: Scene, kind: str, name: str) -> dict[str, Any]:
    found = scene.troop(kind, name)
    assert found is not None
    return dict(found["properties"])


def signs(atlas: AtlasMap) -> list[str]:
    """Ids of the formations whose buttons are on the map."""
    return list(atlas.frame.evaluate("() => [...document.querySelectorAll('.sign')].filter((s) => s.checkVisibility()).map((s) => s.dataset.formation)"))


def piled_up(atlas: AtlasMap) -> list[str]:
    """Pairs of a sign or tag and anything else on the map that lie on each other."""
    return list(
        atlas.frame.evaluate(
            """() => {
                const all = [...document.querySelectorAll(".sign, .tag, .marker")]
                    .filter((node) => node.checkVisibility())
                    .map((node) => ({ name: node.ariaLabel, isEvent: node.matches(".marker"), box: node.getBoundingClientRect() }));
                const overlap = (a, b, from, to) => Math.min(a.box[to], b.box[to]) - Math.max(a.box[from], b.box[from]) > 1.5;
                const clash = (a, b) => !(a.isEvent && b.isEvent) && overlap(a, b, "left", "right") && overlap(a, b, "top", "bottom");
                return all.flatMap((a, i) => all.slice(i + 1).filter((b) => clash(a, b)).map((b) => `${a.name} / ${b.name}`));
            }"""
        )
    )


def rests(atlas: AtlasMap) -> None:
    """Wait until signs and buttons stand where the map came to rest."""
    atlas.is_drawn()
    frames_pass(atlas.frame, 3, milliseconds=250)


def test_a_symbol_opens_the_card_of_its_formation_as_it_is_that_day(open_map: OpenMap, scene: Scene) -> None:
    atlas = open_map("#date=1945-01-25&view=52,18.5,6.5")
    rests(atlas)
    atlas.frame.locator(".sign[data-formation='1st-belorussian-front']").click()
    expect(atlas.title).to_have_text("1st Belorussian Front")
    expect(atlas.card).to_contain_text("Zhukov")
    expect(atlas.card.locator(".card-date")).to_have_text("25 January 1945")
    links = atlas.card.locator(".card-sources li")
    assert links.count() >= 1


def test_the_commander_changes_with_the_day(open_map: OpenMap, scene: Scene) -> None:
    front = troop(scene, "formation", "3rd-belorussian-front")
    on = {day: next(item["name"] for item in front["commanders"] if item["start"] <= day <= item["end"]) for day in ("1945-02-10", "1945-03-10")}
    assert len(set(on.values())) == 2
    atlas = open_map("#date=1945-02-10&army=3rd-belorussian-front")
    for day, name in on.items():
        atlas.go(day)
        expect(atlas.card.locator(".card-facts")).to_contain_text(name)


def test_only_army_groups_from_afar_and_more_from_near(open_map: OpenMap, scene: Scene) -> None:
    atlas = open_map("#date=1945-01-25&view=52,20,5")
    rests(atlas)
    far = signs(atlas)
    assert far
    assert {troop(scene, "formation", name)["echelon"] for name in far} == {"group"}
    atlas.look_at(52, 18, 7)
    rests(atlas)
    near = {troop(scene, "formation", name)["echelon"] for name in signs(atlas)}
    assert "army" in near


@pytest.mark.parametrize("day", ["1944-07-05", "1944-08-10", "1944-12-24", "1945-01-25", "1945-04-25"])
def test_symbols_never_pile_up(open_map: OpenMap, day: str) -> None:
    atlas = open_map(f"#date={day}&view=51,15,5", viewport={"width": 1440, "height": 900})
    seen = 0
    for lat, lon, zoom in ((51, 15, 5), (52, 20, 6), (49, 4, 7), (52.5, 14, 8)):
        atlas.look_at(lat, lon, zoom)
        rests(atlas)
        seen += len(signs(atlas))
        assert piled_up(atlas) == [], f"at zoom {zoom} around {lat}, {lon}"
    assert seen > 20


def test_a_symbol_can_be_reached_and_left_with_the_keyboard_alone(open_map: OpenMap) -> None:
    atlas = open_map(POLAND)
    rests(atlas)
    atlas.frame.evaluate("() => document.querySelector(\".sign[data-formation='1st-ukrainian-front']\").focus()")
    atlas.page.keyboard.press("Enter")
    expect(atlas.title).to_be_focused()
    expect(atlas.title).to_have_text("1st Ukrainian Front")
    atlas.page.keyboard.press("Escape")
    expect(atlas.card).to_be_hidden()
    expect(atlas.frame.locator(".sign[data-formation='1st-ukrainian-front']")).to_be_focused()


def test_an_offensive_found_by_its_name_is_played_from_its_first_day_to_its_last(open_map: OpenMap, scene: Scene) -> None:
    bobruisk = troop(scene, "offensive", "bobruisk-1944")
    atlas = open_map("", viewport={"width": 1440, "height": 900})
    field = atlas.frame.get_by_role("combobox")
    field.fill(bobruisk["name"]["en"])
    field.press("ArrowDown")
    field.press("Enter")
    expect(atlas.title).to_have_text(bobruisk["name"]["en"])
    atlas.shows(bobruisk["end"])
    days = [day for day in atlas.heard("day") if day >= bobruisk["start"]]
    assert days[-1] == bobruisk["end"]
    assert bobruisk["start"] in days
    assert days == sorted(days)
    expect(atlas.card.locator(".card-facts")).to_contain_text("km²")
    # the whole of it is in view, beside the card
    corners = atlas.frame.evaluate("() => twofronts.view")
    lon, lat = scene.places["bobruisk"]["geometry"]["coordinates"]
    assert corners[0] == pytest.approx(lat, abs=1.5)
    assert corners[1] == pytest.approx(lon, abs=4)


def test_a_reader_who_wants_stillness_sees_the_end_of_an_offensive_at_once(open_map: OpenMap, scene: Scene) -> None:
    bobruisk = troop(scene, "offensive", "bobruisk-1944")
    atlas = open_map("#offensive=bobruisk-1944&date=1944-06-24", reduced_motion="reduce")
    assert atlas.date == "1944-06-24"
    atlas.button("Play").click()
    atlas.shows(bobruisk["end"])
    assert len(atlas.heard("day")) <= 2


def test_arrows_grow_and_layers_switch_what_moves(open_map: OpenMap) -> None:
    atlas = open_map("#date=1945-01-20&view=52,18,6")
    panel = atlas.open_panel()
    atlas.has_drawn()
    before = atlas.picture()
    for layer in ("Formations", "Offensives", "Journeys, letters, supply"):
        panel.get_by_label(layer, exact=True).uncheck()
        rests(atlas)
        if layer != "Journeys, letters, supply":
            assert atlas.picture() != before, layer
        panel.get_by_label(layer, exact=True).check()
        rests(atlas)
        assert atlas.picture() == before, layer
    panel.get_by_label("Formations", exact=True).uncheck()
    rests(atlas)
    assert signs(atlas) == []


def test_a_link_brings_back_a_formation_and_an_offensive(open_map: OpenMap) -> None:
    atlas = open_map("#date=1944-12-26&army=us-3rd-army&lang=en")
    assert atlas.date == "1944-12-26"
    expect(atlas.title).to_have_text("US Third Army")
    until(atlas.frame, "() => location.hash.includes('army=us-3rd-army')")
    atlas = open_map("#offensive=ardennes-wacht-am-rhein-1944&lang=de")
    assert atlas.date == "1944-12-24"
    assert "Ardennen" in atlas.title.inner_text()
    atlas = open_map("#offensive=bobruisk-1944")
    assert atlas.date == "1944-06-24", "a link without a date leads to the first day"
    atlas = open_map("#army=no-such-army")
    expect(atlas.notice).to_have_text("This formation is not on the map.")
    expect(atlas.card).to_be_hidden()


def test_tedder_waits_in_cairo_and_his_disc_opens_his_story(open_map: OpenMap, scene: Scene) -> None:
    journey = next(item["properties"] for item in scene.journeys if item["properties"]["event"] == "tedder-journey")
    atlas = open_map("#date=1945-01-08&view=36,30,4")
    rests(atlas)
    disc = atlas.frame.locator(f".traveller[data-journey='{journey['id']}']")
    lon, lat = scene.places["cairo"]["geometry"]["coordinates"]
    where = disc.evaluate("(node) => { const { left, top, width, height } = node.getBoundingClientRect(); return [left + width / 2, top + height / 2]; }")
    stage = atlas.frame.locator(".folium-map").bounding_box()
    view = atlas.frame.evaluate("() => twofronts.view")
    assert stage is not None
    per_degree = 256 * 2 ** view[2] / 360
    assert where[0] == pytest.approx(stage["x"] + stage["width"] / 2 + (lon - view[1]) * per_degree, abs=3)
    assert lat == pytest.approx(30, abs=0.2)
    disc.click()
    expect(atlas.title).to_have_text(scene.events_by_id["tedder-journey"]["properties"]["title"]["en"])


def test_letters_of_christmas_eve_are_under_way(open_map: OpenMap) -> None:
    atlas = open_map("#date=1944-12-24&view=50,10,4")
    rests(atlas)
    assert atlas.frame.locator(".traveller:not([hidden])").count() >= 2
    atlas.go("1944-12-20")
    rests(atlas)
    assert atlas.frame.locator(".traveller[data-journey*='1944-12-24']:not([hidden])").count() == 0


def test_a_supply_route_tells_its_tonnage_year_by_year(open_map: OpenMap, scene: Scene) -> None:
    atlas = open_map("#event=persian-corridor&date=1944-12-24")
    route = next(item["properties"] for item in scene.journeys if item["properties"]["event"] == "persian-corridor" and item["properties"]["tonnage"])
    rows = atlas.card.locator(".tonnage tbody tr")
    assert [rows.nth(i).locator("th").inner_text() for i in range(rows.count())] == [str(load["year"]) for load in route["tonnage"]]
    total = sum(load["tons"] for load in route["tonnage"])
    expect(atlas.card.locator(".tonnage tfoot")).to_contain_text(f"{total:,}")


def test_an_event_leads_to_its_offensive(open_map: OpenMap, scene: Scene) -> None:
    offensive = next(item["properties"] for item in scene.offensives if item["properties"]["event"])
    atlas = open_map(f"#event={offensive['event']}")
    atlas.button("Play this offensive").click()
    own = {item["properties"]["name"]["en"] for item in scene.offensives if item["properties"]["event"] == offensive["event"]}
    until(atlas.frame, "(names) => names.includes(document.querySelector('.card h2').textContent)", sorted(own))


def test_back_to_europe_is_one_click(open_map: OpenMap) -> None:
    atlas = open_map()
    home = atlas.view
    # Fairbanks, at the left edge of the world
    atlas.look_at(64.8, -130, 4)
    atlas.button("Back to Europe").click()
    until(atlas.frame, "(home) => Math.abs(twofronts.view[1] - home[1]) < 0.2 && twofronts.view[2] === home[2]", home)


@pytest.mark.parametrize("link", ["#army=us-3rd-army&date=1944-12-26", "#offensive=bobruisk-1944", "#event=persian-corridor&date=1944-12-24"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_the_cards_of_what_moves(open_map: OpenMap, link: str, scheme: str) -> None:
    atlas = open_map(link, color_scheme=scheme, reduced_motion="reduce")
    rests(atlas)
    assert violations(atlas.frame) == []
    assert not atlas.scrolls_sideways()


def test_what_the_tables_of_moves_say_reaches_the_reader_as_text(open_map: OpenMap, scene: Scene, tmp_path: Path) -> None:
    evil = '<img src=x onerror="window.__hacked=1">'
    formation, offensive = deepcopy(scene.troop("formation", "us-3rd-army")), deepcopy(scene.troop("offensive", "bobruisk-1944"))
    assert formation is not None and offensive is not None
    pair = {"de": evil, "en": evil}
    formation["properties"].update(name=pair, short=pair)
    for command in formation["properties"]["commanders"]:
        command["name"] = evil
    offensive["properties"].update(name=pair, summary=pair, forces=pair, losses=pair)
    file = tmp_path / "map.html"
    others = tuple(item for item in scene.movements if item["properties"]["id"] != "us-3rd-army")
    waiting = tuple(item for item in scene.offensives if item["properties"]["id"] != "bobruisk-1944")
    file.write_text(render(replace(scene, movements=(*others, formation), offensives=(*waiting, offensive)), host="file"), "utf-8")
    for link in ("#army=us-3rd-army&date=1944-12-26", "#offensive=bobruisk-1944&date=1944-06-26"):
        atlas = open_map(link, file=file)
        rests(atlas)
        expect(atlas.title).to_have_text(evil)
        assert atlas.frame.locator("aside img").count() == 0
        assert atlas.frame.evaluate("() => window.__hacked") is None
