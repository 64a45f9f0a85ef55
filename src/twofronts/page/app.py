"""The page itself: arranges the panels and keeps them, the map and the address bar on the same moment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from importlib import resources
from pathlib import Path
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from twofronts import mapdoc
from twofronts.days import is_day
from twofronts.page import answers, bridge, panels, troops
from twofronts.page.link import LANGUAGES, PARAMETERS, Moment, read_link
from twofronts.problems import DataError
from twofronts.scene import Scene, load_scene
from twofronts.scene.towns import Town
from twofronts.words import page_words


@st.cache_resource(show_spinner=False, max_entries=1)
def _scene(geo: str, version: tuple[int, int]) -> Scene:
    return load_scene(Path(geo))


@st.cache_resource(show_spinner=False, max_entries=1)
def _document(geo: str, version: tuple[int, int]) -> bytes:
    bridge.return_large_blocks()
    return bridge.pack(mapdoc.render(_scene(geo, version), host="streamlit"))


@st.cache_resource(show_spinner=False, max_entries=1)
def _books(geo: str, version: tuple[int, int]) -> answers.Books:
    return answers.Books(Path(geo))


@st.cache_resource(show_spinner=False, max_entries=2, hash_funcs={Scene: id})
def _options(scene: Scene, lang: str) -> dict[str, tuple[str, str]]:
    return panels.search_options(scene, lang)


@st.cache_resource(show_spinner=False, max_entries=1)
def _style() -> str:
    return f"<style>{(resources.files('twofronts.page') / 'page.css').read_text('utf-8')}</style>"


def _version(geo: Path) -> tuple[int, int]:
    """Tell one build from the next, so that a rebuilt geo/ is read again."""
    try:
        status = (geo / "manifest.json").stat()
    except OSError:
        return (0, 0)
    return (status.st_mtime_ns, status.st_size)


def show(root: Path) -> None:
    """Draw the page for the repository in `root`."""
    st.set_page_config("Two Fronts", page_icon=str(resources.files("twofronts.page") / "icon.png"), layout="wide")
    st.html(_style())
    geo = root / "geo"
    version = _version(geo)
    lang = (st.context.locale or "")[:2]
    try:
        scene, document = _scene(str(geo), version), _document(str(geo), version)
    except DataError as error:
        _show_broken(error, lang if lang in LANGUAGES else "en")
        return
    if "moment" not in st.session_state:
        moment, ignored = read_link(dict(st.query_params), scene, st.context.locale)
        st.session_state.update(moment=moment, start=moment.start(), ignored=ignored, command=None, lang=moment.lang)
        st.session_state.update(asked=None, told_asked=None, sought=None, wanted=None)
    _page(scene, document, _books(str(geo), version))


def _page(scene: Scene, document: bytes, books: answers.Books) -> None:
    choose = partial(_choose, scene, books)
    if st.session_state["wanted"]:
        choose(*st.session_state["wanted"])
        # last: a run that is broken off before leaves it to the next
        st.session_state["wanted"] = None
    moment: Moment = st.session_state["moment"]
    say = page_words(moment.lang)
    if dict(st.query_params) != moment.params():
        st.query_params.from_dict(moment.params())
    with st.container(key="header"):
        search, language = _title(say)
    stands = bridge.show_map(document, partial(_follow, scene))
    bridge.pass_on(say["page.map"], say["page.seek"], st.session_state["start"], st.session_state["command"])
    if not stands:
        # widgets would keep the browser from the map for half a second: they come with the run it asks for when the map stands
        return
    with search:
        panels.search(_options(scene, moment.lang), moment.lang)
    language.segmented_control(say["page.language"], LANGUAGES, key="lang", format_func=str.upper, on_change=_speak,
                               label_visibility="collapsed", required=True)  # fmt: skip
    left, right = st.columns([3, 2], gap="large")
    with left:
        # a place of its own, or the card would leave its old self behind while the run lasts
        with st.container():
            if st.session_state["sought"]:
                answers.choices(st.session_state["sought"], moment.lang, _visit)
        if st.session_state["asked"]:
            answers.answer_card(scene, books.passages, st.session_state["asked"], moment.lang)
        elif moment.troop:
            troops.troop_card(scene, *moment.troop, moment.date, moment.lang)
        else:
            panels.event_card(scene, moment.event, moment.lang)
    with right:
        panels.day_panel(scene, moment.date, moment.lang, moment.event, choose)
        troops.offensive_buttons(scene, moment.date, moment.lang, choose)
    table = st.expander(say["page.table"], key="all", on_change="rerun")
    if table.open:
        with table:
            panels.table(scene, moment.lang, partial(panels.events_geojson, scene), choose)
    st.html(f'<p class="tf-quiet">{say["page.link_hint"]} {say["page.colophon"]}</p>')


def _title(say: Mapping[str, str]) -> tuple[DeltaGenerator, DeltaGenerator]:
    """Draw the title, and a notice if the link was odd; return the places of the search and of the language."""
    title, search, language = st.columns([5, 4, 1.4], vertical_alignment="center")
    title.html(f'<div class="tf-title"><h1>{say["page.title"]}</h1><p>{say["page.subtitle"]}</p></div>')
    if st.session_state["ignored"]:
        names = ", ".join(st.session_state["ignored"])
        st.html(f'<p class="tf-notice" role="status">{say["page.ignored"].format(names=names)}</p>')
    return search, language


def _follow(scene: Scene) -> None:
    """Take over what the reader did in the map, as far as it makes sense."""
    told: dict[str, Any] = st.session_state["map"].get("moment") or {}
    moment: Moment = st.session_state["moment"]
    date, event, view = told.get("date"), told.get("event"), told.get("view")
    if isinstance(date, str) and is_day(date):
        moment = replace(moment, date=date)
    if "event" in told:
        moment = replace(moment, event=event if event in scene.events_by_id else None)
    if "troop" in told:
        moment = replace(moment, troop=_known_troop(scene, told["troop"]))
    if isinstance(view, list) and len(view) == 3:
        moment = replace(moment, view=(float(view[0]), float(view[1]), float(view[2])))
    st.session_state["moment"] = moment
    if told.get("asked") != st.session_state["told_asked"]:
        _hear(told.get("asked"))


def _known_troop(scene: Scene, troop: Any) -> tuple[str, str] | None:
    if not isinstance(troop, list) or len(troop) != 2 or troop[0] not in PARAMETERS:
        return None
    kind, name = map(str, troop)
    return (kind, name) if scene.troop(kind, name) else None


def _hear(spot: Any) -> None:
    """Take over where the reader asked in the map; a spot the page sent it to keeps its name."""
    st.session_state["told_asked"] = spot
    town: Town | None = st.session_state["asked"]
    asked = Town("", float(spot[1]), float(spot[0])) if isinstance(spot, list) and len(spot) == 2 else None
    if town is None or asked is None or not answers.is_at(town, asked.lon, asked.lat):
        st.session_state.update(asked=asked, sought=None)


def _choose(scene: Scene, books: answers.Books, kind: str, name: str) -> None:
    """Send the map to an event, a place or whatever a text means."""
    moment: Moment = st.session_state["moment"]
    st.session_state["sought"] = None
    if kind == "text":
        sought = answers.seek(scene, books.gazetteer, name, moment.lang)
        if sought.town:
            _visit(sought.town)
        elif sought.event:
            _choose(scene, books, "event", sought.event)
        st.session_state["sought"] = None if sought.event else sought
    elif kind == "event":
        st.session_state["asked"] = None
        start, end = (scene.events_by_id[name]["properties"][key] for key in ("start", "end"))
        date = moment.date if start <= moment.date <= end else max(start, scene.manifest["range"]["first"])
        st.session_state["moment"] = replace(moment, event=name, troop=None, date=date)
        _command({"type": "select", "event": name, "date": date})
    elif kind in PARAMETERS:
        st.session_state.update(asked=None, moment=replace(moment, event=None, troop=(kind, name)))
        _command({"type": "choose", "kind": kind, "id": name})
    else:
        lon, lat = scene.places[name]["geometry"]["coordinates"]
        town = books.gazetteer.place(name)
        if town and books.passages.answer(lon, lat).spells:
            _visit(town)
            return
        st.session_state["asked"] = None
        _command({"type": "goto", "lat": lat, "lon": lon, "zoom": 8, "label": panels.place_names(scene, name, moment.lang)})


def _visit(town: Town) -> None:
    """Ask when the front passed a town, here and in the map."""
    st.session_state["moment"] = replace(st.session_state["moment"], event=None, troop=None)
    st.session_state.update(asked=town, sought=None)
    _command({"type": "ask", "lat": town.lat, "lon": town.lon})


def _speak() -> None:
    lang = st.session_state["lang"]
    st.session_state["moment"] = replace(st.session_state["moment"], lang=lang)
    _command({"type": "lang", "lang": lang})


def _command(message: dict[str, Any]) -> None:
    last = st.session_state["command"]
    st.session_state["command"] = {"seq": (last["seq"] if last else 0) + 1, "message": message}


def _show_broken(error: DataError, lang: str) -> None:
    say = page_words(lang)
    st.html(f'<div class="tf-title"><h1>{say["page.title"]}</h1></div>')
    files = "".join(f"<li><code>{panels.escape(problem.file)}</code></li>" for problem in error.problems)
    st.html(f'<div role="alert"><p>{say["page.broken"]}</p><ul>{files}</ul><p>{say["page.repair"]} {say["page.broken_remedy"]}</p></div>')
