"""What the page says of a formation or an offensive: as it is on the day, in both languages, and safe whatever the tables hold."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from streamlit.testing.v1 import AppTest

from twofronts.page import bridge, panels, troops
from twofronts.scene import Scene
from twofronts.words import page_words

HOSTILE = "<script>alert(1)</script><img src=x onerror='alert(2)'>\"'& *bold* [a](javascript:alert(3))"
LANGUAGES = ["de", "en"]


class Card(HTMLParser):
    """What a reader sees of a card: its heading, its facts in order, its tags and links."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.links: list[str] = []
        self.texts: list[tuple[str, str]] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.texts.append((tag, ""))
        assert not [name for name, _ in attrs if name.startswith("on")]
        self.links += [value or "" for name, value in attrs if name in ("href", "src")]

    def handle_data(self, data: str) -> None:
        if self.texts:
            tag, text = self.texts[-1]
            self.texts[-1] = tag, text + data

    def told(self, tag: str) -> list[str]:
        return [text for found, text in self.texts if found == tag]

    @property
    def facts(self) -> dict[str, str]:
        return dict(zip(self.told("dt"), self.told("dd"), strict=True))


@pytest.fixture
def draw(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Card | None]:
    """Draw a card as the page does and return what is in it, or None if it draws nothing."""

    def drawn(scene: Scene, kind: str, name: str, iso: str, lang: str) -> Card | None:
        said: list[str] = []
        monkeypatch.setattr(troops.st, "html", said.append)
        troops.troop_card(scene, kind, name, iso, lang)
        assert len(said) <= 1
        return Card(said[0]) if said else None

    return drawn


@pytest.fixture
def buttons(monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[tuple[str, Callable[[], None]]]]:
    """Draw the offensives of a day and return their labels, each with what a click does."""

    def drawn(scene: Scene, iso: str, lang: str, choose: panels.Choose) -> list[tuple[str, Callable[[], None]]]:
        found: list[tuple[str, Callable[[], None]]] = []
        monkeypatch.setattr(troops.st, "html", lambda text: found.append((Card(text).told("h3")[0], lambda: None)))
        monkeypatch.setattr(troops.st, "button", lambda label, key, on_click, **_: found.append((label, on_click)))
        troops.offensive_buttons(scene, iso, lang, choose)
        return found

    return drawn


def changed(scene: Scene, kind: str, name: str, /, **properties: Any) -> Scene:
    """The scene with one formation or offensive told otherwise."""
    item = deepcopy(scene.troop(kind, name))
    assert item is not None
    item["properties"].update(properties)
    return replace(scene, **{"movements" if kind == "formation" else "offensives": (item,)})


@pytest.mark.parametrize(
    ("iso", "commander"), [("1944-07-01", "Erwin Rommel"), ("1944-08-01", "Günther von Kluge"), ("1944-12-19", "Walter Model")]
)
def test_a_formation_has_the_commander_of_the_day(draw: Any, scene: Scene, iso: str, commander: str) -> None:
    for lang in LANGUAGES:
        assert draw(scene, "formation", "de-army-group-b", iso, lang).facts[page_words(lang)["troop.commander"]] == commander


def test_a_formation_card_reads_as_it_should(draw: Any, scene: Scene) -> None:
    stub = changed(
        scene, "formation", "us-3rd-army", name={"de": "Dritte Armee", "en": "Third Army"}, start="1944-08-01", end="1945-05-09",
        when=["1944-08-01", None, "1944-12-19", "1944-12-20"], places=["bastogne", None, "koenigsberg", None],
        commanders=[{"start": "1944-08-01", "end": "1944-12-19", "name": "Ann Adams", "certainty": "certain", "sources": []}],
    )  # fmt: skip
    german, english = (draw(stub, "formation", "us-3rd-army", "1944-12-19", lang) for lang in LANGUAGES)
    assert german.told("h2") == ["Dritte Armee"] and english.told("h2") == ["Third Army"]
    assert german.told("p") == ["Verband · Westalliierte"] and english.told("p") == ["Formation · Western Allies"]
    assert german.facts == {
        "Befehl": "Ann Adams", "Letzte belegte Stellung": "Königsberg (heute Kaliningrad), 19. Dezember 1944",
        "Auf der Karte": "1. August 1944 bis 9. Mai 1945",
    }  # fmt: skip
    assert english.facts == {
        "Commander": "Ann Adams", "Last documented position": "Königsberg (today Kaliningrad), 19 December 1944",
        "On the map": "1 August 1944 to 9 May 1945",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("iso", "last"),
    [("1944-07-31", None), ("1944-08-01", "Bastogne, 1 August 1944"), ("1944-12-18", "Bastogne, 1 August 1944"),
     ("1944-12-19", "Königsberg (today Kaliningrad), 19 December 1944")],
)  # fmt: skip
def test_the_last_position_is_never_one_of_days_to_come(draw: Any, scene: Scene, iso: str, last: str | None) -> None:
    own = {"when": ["1944-08-01", None, "1944-12-19"], "places": ["bastogne", "torgau", "koenigsberg"], "commanders": []}
    card = draw(changed(scene, "formation", "us-3rd-army", **own), "formation", "us-3rd-army", iso, "en")
    assert card.facts.get("Last documented position") == last
    assert "Commander" not in card.facts


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_formation_has_a_card_with_a_commander_a_place_and_sources(draw: Any, scene: Scene, lang: str) -> None:
    say = page_words(lang)
    for item in scene.movements:
        own = item["properties"]
        card = draw(scene, "formation", own["id"], own["end"], lang)
        assert card.told("h2") == [own["name"][lang]]
        assert card.facts[say["troop.commander"]].strip() and card.facts[say["troop.shown"]].strip(), own["id"]
        cited = set(own["sources"])
        cited |= {source for command in own["commanders"] for source in command["sources"]}
        assert card.tags.count("li") == len(cited) >= 1, own["id"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_offensive_has_a_card_with_its_story_and_its_sources(draw: Any, scene: Scene, lang: str) -> None:
    say = page_words(lang)
    for item in scene.offensives:
        own = item["properties"]
        card = draw(scene, "offensive", own["id"], own["start"], lang)
        assert card.told("h2") == [own["name"][lang]]
        assert own["summary"][lang] in card.told("p")
        assert card.facts[say["page.certainty"]] == say[f"certainty.{own['certainty']}"]
        assert (say["troop.losses"] in card.facts) == (own["losses"] is not None), own["id"]
        assert card.tags.count("li") == len(own["sources"]) >= 1, own["id"]


@pytest.mark.parametrize(
    ("km2", "german", "english"),
    [(None, None, None), (0, "keiner, der bis zum Ende hielt", "none that was held to the end"),
     (49, "keiner, der bis zum Ende hielt", "none that was held to the end"),
     (50, "etwa 50 km², bis zum Ende gehalten", "about 50 km², held to the end"),
     (3334, "etwa 3.300 km², bis zum Ende gehalten", "about 3,300 km², held to the end"),
     (9960, "etwa 10.000 km², bis zum Ende gehalten", "about 10,000 km², held to the end"),
     (147_133, "etwa 150.000 km², bis zum Ende gehalten", "about 150,000 km², held to the end")],
)  # fmt: skip
def test_ground_is_told_in_round_numbers(draw: Any, scene: Scene, km2: int | None, german: str | None, english: str | None) -> None:
    stub = changed(scene, "offensive", "berlin-1945", gained_km2=km2)
    for lang, label, told in (("de", "Geländegewinn", german), ("en", "Ground gained", english)):
        assert draw(stub, "offensive", "berlin-1945", "1945-04-20", lang).facts.get(label) == told


@pytest.mark.parametrize(("kind", "name"), [("formation", "no-such-army"), ("offensive", "us-3rd-army"), ("formation", HOSTILE)])
def test_what_is_not_there_has_no_card(draw: Any, scene: Scene, kind: str, name: str) -> None:
    assert draw(scene, kind, name, "1944-12-24", "en") is None


SAFE_TAGS = {"article", "p", "h2", "h3", "dl", "dt", "dd", "ul", "li", "a", "span"}


def hostile_sources(scene: Scene) -> dict[str, dict[str, str]]:
    evil = {"title": HOSTILE, "author": HOSTILE, "publisher": HOSTILE, "year": HOSTILE, "url": "javascript:alert(4)"}
    return {key: {"id": key, **evil} for key in scene.sources}


def test_hostile_text_in_a_formation_stays_text(draw: Any, scene: Scene) -> None:
    stub = changed(
        scene, "formation", "us-3rd-army", name={"de": HOSTILE, "en": HOSTILE}, when=["1944-08-01"], places=["bastogne"],
        commanders=[{"start": "1944-08-01", "end": "1945-05-09", "name": HOSTILE, "certainty": "certain", "sources": []}],
    )  # fmt: skip
    place = deepcopy(scene.places["bastogne"])
    place["properties"]["name"] = {"de": HOSTILE, "en": HOSTILE, "local": HOSTILE, "today": HOSTILE + "!"}
    stub = replace(stub, sources=hostile_sources(scene), places={"bastogne": place})
    card = draw(stub, "formation", "us-3rd-army", "1944-12-24", "en")
    assert set(card.tags) <= SAFE_TAGS and card.links == []
    assert card.told("h2") == [HOSTILE] and card.facts["Commander"] == HOSTILE and HOSTILE in card.facts["Last documented position"]


def test_hostile_text_in_an_offensive_stays_text(draw: Any, scene: Scene) -> None:
    both = {"de": HOSTILE, "en": HOSTILE}
    works = [{"id": next(iter(scene.sources)), "locator": HOSTILE}]
    stub = changed(scene, "offensive", "berlin-1945", name=both, summary=both, forces=both, losses=both, sources=works)
    card = draw(replace(stub, sources=hostile_sources(scene)), "offensive", "berlin-1945", "1945-04-20", "de")
    assert set(card.tags) <= SAFE_TAGS and card.links == []
    assert card.told("h2") == [HOSTILE] and card.facts["Verluste"] == HOSTILE and HOSTILE in card.told("p")


# the offensives under way


def test_the_offensives_of_a_day_are_those_that_have_begun_and_not_ended(scene: Scene) -> None:
    def on(iso: str) -> set[str]:
        return {item["properties"]["id"] for item in scene.offensives_on(iso)}

    assert "ardennes-wacht-am-rhein-1944" not in on("1944-12-15")
    assert "ardennes-wacht-am-rhein-1944" in on("1944-12-16")
    assert {"warsaw-poznan-1945", "sandomierz-silesian-1945", "ardennes-counter-1945"} <= on("1945-01-14")
    assert "warsaw-poznan-1945" not in on("1945-01-13") | on("1945-02-04") and "warsaw-poznan-1945" in on("1945-02-03")
    assert on("1941-06-22") == set()
    for iso in ("1944-06-06", "1945-01-14", "1945-04-16"):
        starts = [item["properties"]["start"] for item in scene.offensives_on(iso)]
        assert starts == sorted(starts, reverse=True) and len(starts) > 1


@pytest.mark.parametrize("lang", LANGUAGES)
def test_each_offensive_under_way_has_a_button_that_chooses_it(buttons: Any, scene: Scene, lang: str) -> None:
    chosen: list[tuple[str, str]] = []
    (heading, _), *found = buttons(scene, "1945-01-14", lang, lambda kind, name: chosen.append((kind, name)))
    assert heading == page_words(lang)["troop.under_way"]
    expected = [item["properties"] for item in scene.offensives_on("1945-01-14")]
    assert [re.sub(r"\\(.)", r"\1", label) for label, _ in found] == [own["name"][lang] for own in expected]
    for _, click in found:
        click()
    assert chosen == [("offensive", own["id"]) for own in expected]


def test_a_day_without_an_offensive_has_no_heading_over_nothing(buttons: Any, scene: Scene) -> None:
    assert buttons(scene, "1941-06-22", "en", lambda kind, name: None) == []


def test_a_button_carries_no_markdown(buttons: Any, scene: Scene) -> None:
    stub = changed(scene, "offensive", "berlin-1945", name={"de": HOSTILE, "en": HOSTILE})
    _, [label, _] = buttons(stub, "1945-04-20", "en", lambda kind, name: None)
    assert re.sub(r"\\(.)", r"\1", label) == HOSTILE
    assert not re.search(r"(?<!\\)[*\[\]<>$:`_]", label)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_formation_and_every_offensive_can_be_searched_for(scene: Scene, lang: str) -> None:
    options = panels.search_options(scene, lang)
    for kind, items in (("formation", scene.movements), ("offensive", scene.offensives)):
        assert {name for found, name in options.values() if found == kind} == {item["properties"]["id"] for item in items}
        for item in items:
            own = item["properties"]
            assert any(target == (kind, own["id"]) and own["name"][lang] in label for label, target in options.items())


# the page as a whole, without a browser


@pytest.fixture(scope="module")
def open_page(repo: Path) -> Iterator[Callable[..., AppTest]]:
    """Open the page by a link, as it is once the map stands."""
    show_map = bridge.show_map

    def show_standing_map(*arguments: Any) -> bool:
        show_map(*arguments)
        return True

    def opened(**params: str) -> AppTest:
        app = AppTest.from_file(str(repo / "app.py"), default_timeout=120)
        for name, text in params.items():
            app.query_params[name] = text
        app.run()
        assert not app.exception
        return app

    with mock.patch.object(bridge, "show_map", show_standing_map):
        yield opened


def html_of(app: AppTest) -> str:
    return "\n".join(str(item.proto.body) for item in app.get("html"))


def test_a_link_to_a_formation_opens_its_card_on_the_day(open_page: Any) -> None:
    app = open_page(army="us-3rd-army", date="1944-12-19", lang="en")
    said = html_of(app)
    assert "<dt>Commander</dt><dd>George S. Patton</dd>" in said
    assert 'role="status"' not in said
    assert {key: value[0] if isinstance(value, list) else value for key, value in app.query_params.items()} == {
        "army": "us-3rd-army", "date": "1944-12-19", "lang": "en",
    }  # fmt: skip


@pytest.mark.parametrize("name", ["army", "offensive"])
@pytest.mark.parametrize("text", ["no-such-thing", "<script>alert(1)</script>"])
def test_a_link_to_what_is_not_there_opens_as_usual_with_a_notice(open_page: Any, scene: Scene, name: str, text: str) -> None:
    app = open_page(**{name: text, "lang": "en"})
    said = html_of(app)
    assert page_words("en")["page.ignored"].format(names=name) in said
    assert page_words("en")["page.none_chosen"] in said
    assert text not in said
    assert name not in app.query_params
    assert app.session_state["moment"].date == scene.first_look


def test_a_click_on_an_offensive_opens_its_card_and_tells_the_map(open_page: Any, scene: Scene) -> None:
    app = open_page(date="1945-01-14", lang="de")
    app.button(key="event-offensive-warsaw-poznan-1945").click().run()
    assert not app.exception
    own = scene.troop("offensive", "warsaw-poznan-1945")
    assert own is not None
    assert f"<h2>{panels.escape(own['properties']['name']['de'])}</h2>" in html_of(app)
    assert app.session_state["command"]["message"] == {"type": "choose", "kind": "offensive", "id": "warsaw-poznan-1945"}
    assert app.session_state["moment"].troop == ("offensive", "warsaw-poznan-1945")
    assert json.dumps(app.session_state["moment"].params()) == json.dumps(
        {"date": "1945-01-14", "lang": "de", "offensive": "warsaw-poznan-1945"}
    )
