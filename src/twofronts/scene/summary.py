"""`twofronts at`: one day in figures and words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from twofronts.days import is_day, to_number
from twofronts.scene.store import Feature, Scene

THEATRES = {
    "west": {"de": "Westfront", "en": "Western front"},
    "italy": {"de": "Italien", "en": "Italy"},
    "east": {"de": "Ostfront", "en": "Eastern front"},
    "north": {"de": "Nordfront", "en": "Arctic front"},
    "balkans": {"de": "Ägäis", "en": "Aegean"},
}
SIDES = {
    "western": {"de": "Westalliierte", "en": "Western Allies"},
    "soviet": {"de": "Sowjetunion und Verbündete", "en": "Soviet Union and its allies"},
    "partisan": {"de": "eigene Kräfte des Landes", "en": "the country’s own forces"},
    "axis": {"de": "Achse", "en": "Axis"},
}
TEXT = {
    "de": {
        "none": "Für diesen Tag gibt es keine Frontlinien ({first} bis {last}).", "gap": "Abstand der beiden Fronten: {km} km",
        "met": "Die beiden Fronten berühren sich.", "berlin": "Entfernung nach Berlin: West {west} km, Ost {east} km",
        "one": "Im Westen gibt es noch keine Front.", "berlin_east": "Entfernung nach Berlin: Ost {east} km",
        "line": "{name}: {observed} % belegt, Ungenauigkeit etwa {km} km", "gained": "Gewonnen seit dem Vortag: {list}",
        "still": "Seit dem Vortag hat sich nichts bewegt.", "events": "Ereignisse:", "quiet": "Kein Ereignis an diesem Tag.",
    },
    "en": {
        "none": "There are no front lines for this day ({first} to {last}).", "gap": "gap between the two fronts: {km} km",
        "met": "The two fronts touch.", "berlin": "distance to Berlin: West {west} km, East {east} km",
        "one": "There is no front in the west yet.", "berlin_east": "distance to Berlin: East {east} km",
        "line": "{name}: {observed}% observed, uncertain by about {km} km", "gained": "gained since yesterday: {list}",
        "still": "nothing moved since yesterday", "events": "events:", "quiet": "no event on this day",
    },
}  # fmt: skip


@dataclass(frozen=True)
class DaySummary:
    """What is true on a day. Distances in km, ground in km2, shares of line length from 0 to 1."""

    date: str
    fronts_range: tuple[str, str]
    figures: dict[str, Any] | None
    lines: dict[str, dict[str, float]]
    events: tuple[Feature, ...]

    def record(self) -> dict[str, Any]:
        """Return the day for programs."""
        keep = ("id", "kind", "theatre", "start", "end", "date_edtf", "title", "certainty")
        events = [{key: item["properties"][key] for key in keep} for item in self.events]
        return {"date": self.date, "fronts": self.lines, **({} if self.figures is None else self.figures), "events": events}

    def text(self, lang: str) -> str:
        """Return the day in words, German (`de`) or English (`en`)."""
        say = TEXT[lang]
        rows = [self.date]
        if self.figures is None:
            rows.append(say["none"].format(first=self.fronts_range[0], last=self.fronts_range[1]))
        else:
            gap, berlin = self.figures["gap_km"], self.figures["berlin_km"]
            rows.append(say["one"] if gap is None else say["met"] if gap == 0 else say["gap"].format(km=gap))
            rows.append(say["berlin_east" if gap is None else "berlin"].format(west=berlin["western"], east=berlin["soviet"]))
            for theatre, known in self.lines.items():
                rows.append(
                    say["line"].format(
                        name=THEATRES[theatre][lang], observed=round(100 * known["observed"]), km=round(known["uncertainty_km"])
                    )
                )
            gained = [f"{SIDES[side][lang]} {value:+d} km²" for side, value in self.figures["gained_km2"].items()]
            rows.append(say["gained"].format(list=", ".join(gained)) if gained else say["still"])
        rows.append(say["events"] if self.events else say["quiet"])
        rows += [f"- {item['properties']['title'][lang]} ({item['properties']['date_edtf']})" for item in self.events]
        return "\n".join(rows)


def summarise(scene: Scene, iso: str) -> DaySummary:
    """Return the summary of a day. Raises `ValueError` for a day outside the range of the data."""
    bounds = scene.manifest["range"]
    if not is_day(iso):
        raise ValueError(f"'{iso}' is no date; write YYYY-MM-DD, from {bounds['first']} to {bounds['last']}")
    if not scene.first <= to_number(iso) <= scene.last:
        raise ValueError(f"{iso} is out of range; from {bounds['first']} to {bounds['last']}")
    lengths: dict[str, list[tuple[float, bool, float]]] = {}
    for item in scene.fronts_on(iso):
        properties = item["properties"]
        length = sum(map(_length_km, item["geometry"]["coordinates"]))
        known = (properties["status"] == "observed", float(properties["uncertainty_km"]))
        lengths.setdefault(properties["theatre"], []).append((length, *known))
    lines = {}
    for theatre, entries in sorted(lengths.items()):
        total = sum(length for length, _, _ in entries) or 1.0
        lines[theatre] = {
            "length_km": round(total),
            "observed": round(sum(length for length, seen, _ in entries if seen) / total, 3),
            "uncertainty_km": round(sum(length * error for length, _, error in entries) / total, 1),
        }
    fronts = (scene.manifest["fronts"]["first"], scene.manifest["fronts"]["last"])
    return DaySummary(iso, fronts, scene.figures_on(iso), lines, tuple(scene.events_on(iso)))


def _length_km(coordinates: list[list[float]]) -> float:
    from pyproj import Geod  # noqa: PLC0415  loaded only for the command: the page does not need it

    lon, lat = zip(*coordinates, strict=True)
    return float(Geod(ellps="WGS84").line_length(lon, lat)) / 1000
