"""Whether the map still follows the date with 10,000 way-points and 5,000 events: `python tests/benchmarks/crowd.py`."""

from __future__ import annotations

import copy
import sys
import tempfile
from dataclasses import replace
from itertools import cycle, islice
from pathlib import Path
from random import Random
from typing import Any

from scrub import HEAD, VIEWS, measure
from setting import ROOT, browsing, table

from twofronts import mapdoc
from twofronts.days import to_iso, to_number
from twofronts.scene import Scene, load_scene

EVENTS = 5_000
WAY_POINTS = 10_000
SPREAD_DEG = 2.0


def main() -> int:
    scene = crowded(load_scene(ROOT / "geo"))
    points = sum(day is not None for item in scene.movements for day in item["properties"]["when"])
    print(f"{len(scene.events)} events, {len(scene.movements)} formations, {points} way-points")
    with tempfile.TemporaryDirectory() as folder, browsing() as open_page:
        file = Path(folder) / "crowd.html"
        file.write_text(mapdoc.render(scene, host="file"), "utf-8")
        table(HEAD, [measure(open_page, file, way, name, link) for name, link in VIEWS.items() for way in ("drag", "play")])
    return 0


def crowded(scene: Scene) -> Scene:
    """The scene with made-up events and formations beside its own: copies, moved in space and time, the same every time."""
    dice = Random(1945)
    first, last = (to_iso(day) for day in scene.front_days)
    events = list(scene.events)
    for number, event in enumerate(islice(cycle(scene.events), EVENTS - len(events))):
        made = copy.deepcopy(event)
        start = dice.randint(to_number(first), to_number(last))
        end = min(to_number(last), start + dice.randint(0, 10))
        iso = f"{to_iso(start)}/{to_iso(end)}"
        place = dice.choice(list(scene.places))
        made["properties"].update(id=f"made-{number}", start=to_iso(start), end=to_iso(end), date_edtf=iso, places=[place])
        events.append(made)
    movements = list(scene.movements)
    missing = WAY_POINTS - sum(dated(item) for item in movements)
    for number, item in enumerate(cycle(scene.movements)):
        if missing <= 0:
            break
        made = copy.deepcopy(item)
        east, north = dice.uniform(-SPREAD_DEG, SPREAD_DEG), dice.uniform(-SPREAD_DEG, SPREAD_DEG)
        made["properties"]["id"] = f"made-{number}"
        made["geometry"]["coordinates"] = [[lon + east, lat + north] for lon, lat in made["geometry"]["coordinates"]]
        movements.append(made)
        missing -= dated(item)
    return replace(scene, events=tuple(events), movements=tuple(movements))


def dated(item: dict[str, Any]) -> int:
    return sum(day is not None for day in item["properties"]["when"])


if __name__ == "__main__":
    sys.exit(main())
