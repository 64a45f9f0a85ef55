"""Read the tables of moves: every row is checked, every problem collected."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

from twofronts.build import cells
from twofronts.build.moves import ways
from twofronts.build.moves.records import (
    BRANCHES,
    ECHELONS,
    JOURNEY_MEANS,
    JOURNEYS,
    MEANS,
    STANDS,
    Command,
    Formation,
    Journey,
    Moves,
    Offensive,
    Station,
    Tonnage,
    WayPoint,
)  # fmt: skip
from twofronts.build.records import CERTAINTIES, SIDES, THEATRES, Event, Place, Source
from twofronts.build.tables import Notebook, Reader, Row, check_text, note_unknown, read_all


def _year(text: str) -> int:
    value = cells.number(1941, 1945)(text)
    if value != int(value):
        raise cells.CellError(f"{text} is not a year")
    return int(value)


FORMATIONS: dict[str, Reader] = {
    "id": cells.identifier, "name_de": cells.filled, "name_en": cells.filled, "short_de": cells.filled, "short_en": cells.filled,
    "side": cells.one_of(SIDES), "branch": cells.one_of(BRANCHES), "echelon": cells.one_of(ECHELONS), "date": cells.interval,
    "sources": cells.citations,
}  # fmt: skip
COMMANDERS: dict[str, Reader] = {
    "formation": cells.identifier, "date": cells.interval, "name": cells.filled, "certainty": cells.one_of(CERTAINTIES),
    "sources": cells.citations,
}  # fmt: skip
MOVEMENTS: dict[str, Reader] = {
    "formation": cells.identifier, "date": cells.interval, "at": ways.where, "stands": cells.one_of(STANDS), "via": ways.bends,
    "by": cells.one_of(MEANS), "under": cells.plain, "uncertainty_km": cells.number(0, 200), "certainty": cells.one_of(CERTAINTIES),
    "sources": cells.citations,
}  # fmt: skip
OFFENSIVES: dict[str, Reader] = {
    "id": cells.identifier, "name_de": cells.filled, "name_en": cells.filled, "theatre": cells.one_of(THEATRES),
    "side": cells.one_of(SIDES), "date": cells.interval, "formations": cells.items, "axes": ways.dated_ways,
    "forces_de": cells.plain, "forces_en": cells.plain, "losses_de": cells.plain, "losses_en": cells.plain,
    "summary_de": cells.filled, "summary_en": cells.filled, "event": cells.plain, "certainty": cells.one_of(CERTAINTIES),
    "sources": cells.citations,
}  # fmt: skip
JOURNEYS_TABLE: dict[str, Reader] = {
    "id": cells.identifier, "event": cells.filled, "kind": cells.one_of(JOURNEYS), "path": ways.way, "by": cells.one_of(JOURNEY_MEANS),
    "date": cells.interval, "name_de": cells.filled, "name_en": cells.filled, "certainty": cells.one_of(CERTAINTIES),
    "sources": cells.citations,
}  # fmt: skip
TONNAGE: dict[str, Reader] = {
    "journey": cells.identifier, "year": _year, "tons": cells.number(0, 20_000_000), "sources": cells.citations,
}  # fmt: skip

SHORT_LIMIT = 14


def read_moves(
    data: Path, places: Mapping[str, Place], sources: Mapping[str, Source], events: tuple[Event, ...], notebook: Notebook
) -> Moves:
    """Read `formations*.csv`, `commanders*.csv`, `movements*.csv`, `offensives*.csv`, `journeys*.csv` and `tonnage*.csv`."""
    desk = _Desk(data, places, sources, {event.id for event in events}, notebook)
    formations = desk.formations()
    journeys = desk.journeys()
    return Moves(
        formations, desk.commands(formations), desk.marches(formations), desk.offensives(formations),
        journeys, desk.tonnages({journey.id for journey in journeys}),
    )  # fmt: skip


class _Desk:
    """What every table of moves is checked against."""

    def __init__(
        self, data: Path, places: Mapping[str, Place], sources: Mapping[str, Source], events: set[str], notebook: Notebook
    ) -> None:
        self._data, self._places, self._sources, self._events, self._notebook = data, places, sources, events, notebook

    def formations(self) -> dict[str, Formation]:
        found = {}
        for row in self._rows("formations*.csv", FORMATIONS):
            value = row.value
            for language in ("de", "en"):
                if len(value[f"short_{language}"]) > SHORT_LIMIT:
                    self._notebook.add(row, f"short_{language}", f"is longer than {SHORT_LIMIT} characters", "it stands beside a symbol")
            if value["echelon"] == "group" and value["branch"]:
                self._notebook.add(row, "branch", "an army group has none", "leave it empty")
            start, end = value["date"]
            found[value["id"]] = Formation(
                value["id"], _pair(value, "name"), _pair(value, "short"), value["side"], value["branch"], value["echelon"],
                start, end, value["sources"],
            )  # fmt: skip
        return dict(sorted(found.items()))

    def commands(self, formations: Mapping[str, Formation]) -> tuple[Command, ...]:
        by_formation: dict[str, list[tuple[Command, Row]]] = defaultdict(list)
        for row in self._rows("commanders*.csv", COMMANDERS):
            value = row.value
            self._known(row, "formation", (value["formation"],), formations, "formation")
            start, end = value["date"]
            command = Command(value["formation"], start, end, value["name"], value["certainty"], value["sources"])
            by_formation[command.formation].append((command, row))
        found = []
        for _, own in sorted(by_formation.items()):
            own.sort(key=lambda pair: (pair[0].start, pair[0].end))
            longest = own[0][0]
            for command, row in own[1:]:
                if command.start <= longest.end:
                    self._notebook.add(row, "date", f"overlaps the command of {longest.name}", "end the earlier row sooner")
                longest = max(longest, command, key=lambda item: item.end)
            found += [command for command, _ in own]
        return tuple(found)

    def marches(self, formations: Mapping[str, Formation]) -> dict[str, tuple[WayPoint, ...]]:
        found: dict[str, list[WayPoint]] = defaultdict(list)
        for row in self._rows("movements*.csv", MOVEMENTS):
            value = row.value
            known = self._known(row, "formation", (value["formation"],), formations, "formation")
            if value["under"]:
                self._known(row, "under", (value["under"],), formations, "formation")
            self._known(row, "at", [value["at"].place] if value["at"].place else [], self._places, "place id")
            self._known(row, "via", [item.place for item in value["via"] if item.place], self._places, "place id")
            at, via = value["at"].found(self._places), [item.found(self._places) for item in value["via"]]
            start, end = value["date"]
            if start != end:
                self._notebook.add(row, "date", f"'{row.text['date']}' is not one day", "write the day, with ~ where it is approximate")
            elif known and at and None not in via:
                found[value["formation"]].append(
                    WayPoint(
                        value["formation"], start, row.text["date"], at, value["stands"], tuple(spot for spot in via if spot), value["by"],
                        value["under"], value["uncertainty_km"], value["certainty"], value["sources"], row.file, row.number,
                    )
                )  # fmt: skip
        return {name: tuple(sorted(points, key=lambda point: point.day)) for name, points in sorted(found.items())}

    def offensives(self, formations: Mapping[str, Formation]) -> tuple[Offensive, ...]:
        found = []
        for row in self._rows("offensives*.csv", OFFENSIVES):
            value = row.value
            self._known(row, "formations", value["formations"], formations, "formation")
            if value["event"]:
                self._known(row, "event", (value["event"],), self._events, "event")
            for language in ("de", "en"):
                check_text(row, f"name_{language}", f"summary_{language}", self._notebook)
            for column in ("forces", "losses"):
                if bool(value[f"{column}_de"]) != bool(value[f"{column}_en"]):
                    self._notebook.add(row, column, "is in one language only", "write both or neither")
            axes = [self._way(row, "axes", stops) for stops in value["axes"]]
            start, end = value["date"]
            self._within(row, "axes", [stop for stops in value["axes"] for stop in stops], "offensive")
            found.append(
                Offensive(
                    value["id"], _pair(value, "name"), value["theatre"], value["side"], start, end, row.text["date"], value["formations"],
                    tuple(axes), _pair(value, "forces") if value["forces_de"] else None,
                    _pair(value, "losses") if value["losses_de"] else None, _pair(value, "summary"), value["event"],
                    value["certainty"], value["sources"],
                )
            )  # fmt: skip
        return tuple(sorted(found, key=lambda item: (item.start, item.id)))

    def journeys(self) -> tuple[Journey, ...]:
        found = []
        for row in self._rows("journeys*.csv", JOURNEYS_TABLE):
            value = row.value
            self._known(row, "event", (value["event"],), self._events, "event")
            stops = value["path"]
            way = self._way(row, "path", stops)
            start, end = value["date"]
            if value["kind"] != "supply" and (stops[0].start is None or stops[-1].start is None):
                self._notebook.add(row, "path", "begins or ends without a date", "write place@YYYY-MM-DD at both ends")
            self._within(row, "path", stops, "journey")
            found.append(
                Journey(value["id"], value["event"], value["kind"], way, value["by"], start, end, _pair(value, "name"),
                        value["certainty"], value["sources"])
            )  # fmt: skip
        return tuple(sorted(found, key=lambda item: (item.start, item.id)))

    def tonnages(self, journeys: set[str]) -> tuple[Tonnage, ...]:
        found: list[Tonnage] = []
        for row in self._rows("tonnage*.csv", TONNAGE):
            value = row.value
            self._known(row, "journey", (value["journey"],), journeys, "journey")
            if any((load.journey, load.year) == (value["journey"], value["year"]) for load in found):
                self._notebook.add(row, "year", f"'{value['journey']}' has {value['year']} already", "a route has one row a year")
            found.append(Tonnage(value["journey"], value["year"], round(value["tons"]), value["sources"]))
        return tuple(sorted(found, key=lambda item: (item.journey, item.year)))

    def _rows(self, pattern: str, readers: dict[str, Reader]) -> list[Row]:
        rows = read_all(self._data, pattern, readers, self._notebook)
        for row in rows:
            self._known(row, "sources", [item.source for item in row.value["sources"]], self._sources, "source")
        return rows

    def _known(self, row: Row, column: str, ids: object, known: object, what: str) -> bool:
        before = len(self._notebook.problems)
        note_unknown(row, column, ids, known, what, self._notebook)
        return len(self._notebook.problems) == before

    def _within(self, row: Row, column: str, stops: Sequence[ways.Stop], what: str) -> None:
        start, end = row.value["date"]
        if any((stop.start or start) < start or (stop.end or end) > end for stop in stops):
            self._notebook.add(row, column, f"leaves the days of the {what}", f"stay within {row.text['date']}")

    def _way(self, row: Row, column: str, stops: tuple[ways.Stop, ...]) -> tuple[Station, ...]:
        self._known(row, column, [stop.where.place for stop in stops if stop.where.place], self._places, "place id")
        return ways.located(stops, self._places) or ()


def _pair(value: Mapping[str, str], stem: str) -> dict[str, str]:
    return {"de": value[f"{stem}_de"], "en": value[f"{stem}_en"]}
