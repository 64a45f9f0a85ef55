"""The panels around the map: search, the chosen event, the day, the table. They read the scene and draw."""

from __future__ import annotations

import csv
import html
import io
import json
import re
from collections.abc import Callable
from functools import partial
from typing import Any

import streamlit as st

from twofronts.days import to_number
from twofronts.page.dates import day_in_words, edtf_in_words
from twofronts.scene import Scene
from twofronts.words import page_words

Choose = Callable[[str, str], None]
"""Called with "event", "place", "formation" or "offensive" and an id, or with "text" and what a reader typed that is none."""


def escape(text: str) -> str:
    """Return text safe inside HTML and inert as Markdown."""
    return html.escape(text, quote=True)


def plain_label(text: str) -> str:
    """Return text that means nothing in Markdown."""
    # a button's label is Markdown: keep the author's characters from meaning anything in it
    return re.sub(r"([\\`*_\[\]<>$:#|~])", r"\\\1", text)


def search_options(scene: Scene, lang: str) -> dict[str, tuple[str, str]]:
    """Return what can be searched, label to (kind, id); a label carries every name, so any of them finds it."""
    say = page_words(lang)
    options = {}
    for event in scene.events:
        properties = event["properties"]
        label = f"{properties['title'][lang]} · {edtf_in_words(properties['date_edtf'], lang)}"
        options[label] = ("event", properties["id"])
    for kind, items in (("offensive", scene.offensives), ("formation", scene.movements)):
        for item in items:
            own = item["properties"]
            label = f"{own['name'][lang]} · {say['troop.' + kind]}"
            while label in options:
                label += f" ({own['id']})"
            options[label] = (kind, own["id"])
    for place_id, place in scene.places.items():
        names = place["properties"]["name"]
        others = dict.fromkeys(name for name in (names["local"], names["de"], names["en"]) if name != names[lang])
        today = names["today"] if names["today"] not in (names[lang], *others) else ""
        parts = [names[lang], *others, *([say["page.today"].format(name=today)] if today else [])]
        label = " · ".join(parts)
        while label in options:
            label += f" ({place_id})"
        options[label] = ("place", place_id)
    return options


def search(options: dict[str, tuple[str, str]], lang: str) -> None:
    """Draw the search field over what `search_options` returns; what the reader takes is left as "wanted" in the session."""
    say = page_words(lang)

    def chosen() -> None:
        # a message from the map breaks off a callback that takes long, and what it was called for would be lost
        picked = st.session_state["search"]
        if picked:
            st.session_state["wanted"] = options.get(picked, ("text", picked))
        st.session_state["search"] = None

    st.selectbox(say["page.search"], list(options), index=None, key="search", placeholder=say["page.search_hint"], on_change=chosen,
                 label_visibility="collapsed", accept_new_options=True)  # fmt: skip


def event_card(scene: Scene, event_id: str | None, lang: str) -> None:
    """Draw the story of the chosen event with its evidence, or how to choose one."""
    say = page_words(lang)
    if event_id is None:
        st.html(f'<section class="tf-card"><h2>{say["page.chosen"]}</h2><p class="tf-quiet">{say["page.none_chosen"]}</p></section>')
        return
    properties = scene.events_by_id[event_id]["properties"]
    places = ", ".join(place_names(scene, name, lang) for name in properties["places"])
    rows = [
        (say["page.when"], edtf_in_words(properties["date_edtf"], lang)),
        (say["page.where"], places),
        (say["page.certainty"], say[f"certainty.{properties['certainty']}"]),
    ]
    facts = "".join(f"<dt>{name}</dt><dd>{escape(value)}</dd>" for name, value in rows)
    note = properties["note"]
    differing = f"<aside><h3>{say['page.note']}</h3><p>{escape(note[lang])}</p></aside>" if note else ""
    sources = "".join(f"<li>{source_html(source)}</li>" for source in properties["sources"])
    st.html(
        f'<article class="tf-card"><p class="tf-kicker">{say["kind." + properties["kind"]]} · {say["theatre." + properties["theatre"]]}</p>'
        f"<h2>{escape(properties['title'][lang])}</h2><p>{escape(properties['summary'][lang])}</p><dl>{facts}</dl>{differing}"
        f"<h3>{say['page.sources']}</h3><ul>{sources}</ul></article>"
    )


def place_names(scene: Scene, place_id: str, lang: str) -> str:
    """Return a place's name of the time, and today's where it is another."""
    names = scene.places[place_id]["properties"]["name"]
    known = {names["de"], names["en"], names["local"]}
    return names[lang] if names["today"] in known else f"{names[lang]} ({page_words(lang)['page.today'].format(name=names['today'])})"


def source_html(source: dict[str, str]) -> str:
    """Return a source as escaped HTML; only http and https become links."""
    title = escape(source["title"])
    if re.match(r"https?://", source.get("url", "")):
        title = f'<a href="{escape(source["url"])}" target="_blank" rel="noopener noreferrer">{title}</a>'
    rest = [escape(source[key]) for key in ("author", "publisher", "year", "locator") if source.get(key)]
    return title + (f'<span class="tf-quiet"> – {", ".join(rest)}</span>' if rest else "")


def day_panel(scene: Scene, iso: str, lang: str, chosen: str | None, choose: Choose) -> None:
    """Draw what is true on a day and a button for each event of it."""
    say = page_words(lang)
    lines = [f'<h2>{say["page.day"]}</h2><p class="tf-date">{day_in_words(iso, lang, weekday=True)}</p>']
    figures = scene.figures_on(iso)
    if figures is None:
        bounds = scene.manifest["fronts"]
        text = say["page.no_fronts"].format(first=day_in_words(bounds["first"], lang), last=day_in_words(bounds["last"], lang))
    else:
        gap, berlin = figures["gap_km"], figures["berlin_km"]
        key = "one" if gap is None else "met" if gap == 0 else "gap"
        distances = say["page.figures_berlin_east" if gap is None else "page.figures_berlin"]
        text = " · ".join([say[f"page.figures_{key}"].format(km=gap), distances.format(west=berlin["western"], east=berlin["soviet"])])
    st.html(f'<section class="tf-day">{"".join(lines)}<p class="tf-quiet">{text}</p></section>')
    events = list(scene.events_on(iso))
    for event in events:
        properties = event["properties"]
        st.button(plain_label(properties["title"][lang]), key=f"event-{properties['id']}", width="stretch",
                  type="secondary" if properties["id"] == chosen else "tertiary",
                  on_click=partial(choose, "event", properties["id"]))  # fmt: skip
    if not events:
        st.html(f'<p class="tf-quiet">{say["page.no_events"]}</p>')
        upcoming = [event for event in scene.events if event["properties"]["start"] > iso]
        if upcoming:
            properties = min(upcoming, key=lambda event: str(event["properties"]["start"]))["properties"]
            st.button(say["page.next"].format(title=plain_label(properties["title"][lang])), key="event-next", type="tertiary",
                      on_click=partial(choose, "event", properties["id"]))  # fmt: skip


def table(scene: Scene, lang: str, geojson: Callable[[], bytes], choose: Choose) -> None:
    """Draw all events as a table whose rows can be chosen, with downloads."""
    say = page_words(lang)
    rows = table_rows(scene, lang)
    left, right, _ = st.columns([1, 1, 2])
    left.download_button(
        say["page.download_geojson"], geojson, "twofronts-events.geojson", "application/geo+json", on_click="ignore", width="stretch"
    )
    right.download_button(
        say["page.download_csv"], partial(table_csv, rows), "twofronts-events.csv", "text/csv", on_click="ignore", width="stretch"
    )
    ids = [event["properties"]["id"] for event in _by_day(scene)]

    def picked() -> None:
        selected = st.session_state["table"]["selection"]["rows"]
        if selected:
            choose("event", ids[selected[0]])

    st.dataframe(rows, hide_index=True, key="table", on_select=picked, selection_mode="single-row", height=420)


def table_rows(scene: Scene, lang: str) -> list[dict[str, str]]:
    """Return the events in order of days, one row each, in one language."""
    say = page_words(lang)
    return [
        {
            say["page.column_date"]: item["date_edtf"],
            say["page.column_title"]: item["title"][lang],
            say["page.column_theatre"]: say[f"theatre.{item['theatre']}"],
            say["page.column_kind"]: say[f"kind.{item['kind']}"],
            say["page.column_place"]: ", ".join(place_names(scene, name, lang) for name in item["places"]),
            say["page.column_sources"]: "; ".join(source["title"] for source in item["sources"]),
        }
        for item in (event["properties"] for event in _by_day(scene))
    ]


def table_csv(rows: list[dict[str, str]]) -> bytes:
    """Return rows as CSV (UTF-8 with a mark, so that spreadsheets read the accents); no cell starts a formula."""
    text = io.StringIO()
    writer = csv.DictWriter(text, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    for row in rows:
        writer.writerow({key: f"'{value}" if value[:1] in ("=", "+", "-", "@") else value for key, value in row.items()})
    return text.getvalue().encode("utf-8-sig")


def events_geojson(scene: Scene) -> bytes:
    """Return all events as a GeoJSON FeatureCollection."""
    return json.dumps({"type": "FeatureCollection", "features": list(scene.events)}, ensure_ascii=False).encode("utf-8")


def _by_day(scene: Scene) -> list[dict[str, Any]]:
    return sorted(scene.events, key=lambda event: (to_number(event["properties"]["start"]), event["properties"]["id"]))
