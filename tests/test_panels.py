"""What the page's panels say: found under any name, safe as text, safe in a spreadsheet."""

from __future__ import annotations

import csv
import io
import json
import re
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twofronts.page.panels import (
    escape,
    events_geojson,
    place_names,
    plain_label,
    search_options,
    source_html,
    table_csv,
    table_rows,
)  # fmt: skip
from twofronts.scene import Scene

HOSTILE = "<script>alert(1)</script><img src=x onerror='alert(2)'>\"'&"


class Elements(HTMLParser):
    """Collects the tags and attributes a browser would see."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.mark.parametrize("lang", ["de", "en"])
@pytest.mark.parametrize(
    ("name", "place"),
    [("Königsberg", "koenigsberg"), ("Kaliningrad", "koenigsberg"), ("Lemberg", "lemberg"), ("Lwów", "lemberg"), ("Lviv", "lemberg"),
     ("Breslau", "breslau"), ("Wrocław", "breslau"), ("Danzig", "danzig"), ("Gdańsk", "danzig"), ("Stettin", "stettin"),
     ("Szczecin", "stettin"), ("Moskau", "moscow"), ("Moscow", "moscow"), ("Moskva", "moscow"), ("Bastogne", "bastogne")],
)  # fmt: skip
def test_a_place_is_found_under_each_of_its_names(scene: Scene, lang: str, name: str, place: str) -> None:
    found = [target for label, target in search_options(scene, lang).items() if name in label]
    assert ("place", place) in found


@pytest.mark.parametrize("lang", ["de", "en"])
def test_every_event_and_every_place_can_be_searched_for(scene: Scene, lang: str) -> None:
    targets = list(search_options(scene, lang).values())
    assert {key for kind, key in targets if kind == "event"} == set(scene.events_by_id)
    assert {key for kind, key in targets if kind == "place"} == set(scene.places)
    assert len(targets) == len(set(targets))


def test_a_place_has_one_name_of_the_time_and_todays_beside_it(scene: Scene) -> None:
    key = next(key for key, item in scene.places.items() if item["properties"]["name"]["today"] == "Kaliningrad")
    assert place_names(scene, key, "de") == "Königsberg (heute Kaliningrad)"
    assert place_names(scene, key, "en") == "Königsberg (today Kaliningrad)"
    assert place_names(scene, "bastogne", "en") == "Bastogne"


@given(st.text())
def test_any_text_escaped_is_text_and_nothing_else(text: str) -> None:
    seen = Elements(f"<p>{escape(text)}</p>")
    assert [tag for tag, _ in seen.tags] == ["p"]
    attribute = Elements(f'<a title="{escape(text)}">x</a>')
    assert [set(found) for _, found in attribute.tags] == [{"title"}]


@pytest.mark.parametrize("field", ["title", "author", "publisher", "year", "locator"])
def test_hostile_text_in_a_source_stays_text(field: str) -> None:
    source = {"title": "A book", "url": "https://example.org/", **{field: HOSTILE}}
    seen = Elements(source_html(source))
    assert {tag for tag, _ in seen.tags} <= {"a", "span"}
    assert HOSTILE in seen.text


@pytest.mark.parametrize(
    "url",
    ["javascript:alert(1)", "JAVASCRIPT:alert(1)", "data:text/html,<script>", "//evil.example", " https://x.example", "", "vbscript:x"],
)
def test_only_a_web_address_becomes_a_link(url: str) -> None:
    assert Elements(source_html({"title": "A page", "url": url})).tags == []


def test_an_address_cannot_break_out_of_its_link() -> None:
    seen = Elements(source_html({"title": "A page", "url": 'https://x.example/" onmouseover="alert(1)'}))
    [(tag, attributes)] = seen.tags
    assert tag == "a"
    assert set(attributes) == {"href", "target", "rel"}
    assert "noopener" in (attributes["rel"] or "")


@given(st.text())
def test_a_label_carries_no_markdown(text: str) -> None:
    label = plain_label(text)
    assert re.sub(r"\\([\\`*_\[\]<>$:#|~])", r"\1", label) == text
    assert not re.search(r"(?<!\\)(?:\\\\)*[`*_\[\]<>$:#|~]", label)


@pytest.mark.parametrize("lang", ["de", "en"])
def test_the_table_has_a_row_for_every_event_in_order_of_days(scene: Scene, lang: str) -> None:
    rows = table_rows(scene, lang)
    assert len(rows) == len(scene.events)
    assert all(all(cell.strip() for cell in row.values()) for row in rows)
    titles = {event["properties"]["title"][lang]: event["properties"]["start"] for event in scene.events}
    starts = [titles[list(row.values())[1]] for row in rows]
    assert starts == sorted(starts)


def test_the_csv_opens_in_a_spreadsheet_with_its_accents_and_without_formulas(scene: Scene) -> None:
    content = table_csv(table_rows(scene, "de"))
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    assert len(rows) == len(scene.events) + 1
    assert not [cell for row in rows for cell in row if cell[:1] in ("=", "+", "-", "@", "\t", "\r")]
    assert any("Königsberg" in cell for row in rows for cell in row)


@given(st.sampled_from("=+-@"), st.text(alphabet="ABC1()!", max_size=5))
def test_a_cell_that_would_be_a_formula_is_made_text(first: str, rest: str) -> None:
    rows: list[dict[str, str]] = [{"Event": first + rest, "Place": "Torgau"}]
    [_, [cell, place]] = list(csv.reader(io.StringIO(table_csv(rows).decode("utf-8-sig"), newline="")))
    assert cell[:1] not in tuple("=+-@")
    assert place == "Torgau"


def test_the_geojson_download_has_every_event(scene: Scene) -> None:
    content: dict[str, Any] = json.loads(events_geojson(scene))
    assert content["type"] == "FeatureCollection"
    assert [item["properties"]["id"] for item in content["features"]] == [event["properties"]["id"] for event in scene.events]
