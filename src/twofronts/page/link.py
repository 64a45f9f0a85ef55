"""The state a link carries: `?date=&event=&army=&offensive=&lang=&view=`. Anything else in it is ignored, with a notice."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from twofronts.days import is_day, to_iso, to_number
from twofronts.scene import Scene

LANGUAGES = ("de", "en")
PARAMETERS = {"formation": "army", "offensive": "offensive"}
"""What moves, and under which name a link carries it."""
_VIEW = re.compile(r"(-?\d{1,2}(?:\.\d{1,6})?),(-?\d{1,3}(?:\.\d{1,6})?),(\d{1,2}(?:\.\d{1,2})?)")


@dataclass(frozen=True)
class Moment:
    """What the reader looks at: a day, perhaps an event, a language, perhaps a view (lat, lon, zoom), perhaps a troop.

    A troop is what moves: ("formation" or "offensive", its id).
    """

    date: str
    event: str | None
    lang: str
    view: tuple[float, float, float] | None
    troop: tuple[str, str] | None = None

    def params(self) -> dict[str, str]:
        """Return the link's parameters; what is at its default is left out."""
        found = {"date": self.date, "lang": self.lang}
        if self.event:
            found["event"] = self.event
        if self.troop:
            kind, name = self.troop
            found[PARAMETERS[kind]] = name
        if self.view:
            lat, lon, zoom = self.view
            found["view"] = f"{lat:.4f},{lon:.4f},{zoom:g}"
        return found

    def start(self) -> dict[str, object]:
        """Return what the map document opens with."""
        troop = {PARAMETERS[kind]: self.troop[1] if self.troop and self.troop[0] == kind else None for kind in PARAMETERS}
        return {
            "date": self.date, "event": self.event, "lang": self.lang, "view": list(self.view) if self.view else None,
            "troop": list(self.troop) if self.troop else None, **troop,
        }  # fmt: skip


def read_link(params: Mapping[str, str], scene: Scene, locale: str | None) -> tuple[Moment, list[str]]:
    """Return the moment a link asks for, and which parameters made no sense and were left aside.

    >>> class Stub: first, last, first_look, events_by_id = 0, 1589, "1944-12-24", {}
    >>> read_link({"date": "1999-99-99", "event": "<img onerror=1>"}, Stub(), "de-AT")
    (Moment(date='1944-12-24', event=None, lang='de', view=None, troop=None), ['date', 'event'])
    """
    ignored = []
    moment = Moment(scene.first_look, None, "de" if (locale or "").lower().startswith("de") else "en", None)
    lang = params.get("lang")
    if lang in LANGUAGES:
        moment = replace(moment, lang=str(lang))
    elif lang:
        ignored.append("lang")
    event = params.get("event")
    if event in scene.events_by_id:
        moment = replace(moment, event=event, date=_inside(scene, scene.events_by_id[str(event)]["properties"]["start"]))
    for kind, name in PARAMETERS.items():
        troop = params.get(name)
        found = scene.troop(kind, troop) if troop else None
        if troop and not found:
            ignored.append(name)
        elif troop and found and not moment.event:
            moment = replace(moment, troop=(kind, troop), date=_inside(scene, found["properties"]["start"]))
    date = params.get("date")
    if date and is_day(date) and scene.first <= to_number(date) <= scene.last:
        moment = replace(moment, date=date)
    elif date:
        ignored.append("date")
    if event and event not in scene.events_by_id:
        ignored.append("event")
    view = params.get("view")
    if view:
        parsed = read_view(view)
        if parsed is None:
            ignored.append("view")
        moment = replace(moment, view=parsed)
    return moment, ignored


def read_view(text: str) -> tuple[float, float, float] | None:
    """Return (lat, lon, zoom), or None if the text is no view of the map.

    >>> read_view("52.5,13.4,6.5"), read_view("91,0,5"), read_view("x")
    ((52.5, 13.4, 6.5), None, None)
    """
    match = _VIEW.fullmatch(text)
    if not match:
        return None
    lat, lon, zoom = map(float, match.groups())
    return (lat, lon, zoom) if abs(lat) <= 85 and abs(lon) <= 180 and 2 <= zoom <= 12 else None


def _inside(scene: Scene, iso: str) -> str:
    return to_iso(min(max(to_number(iso), scene.first), scene.last))
