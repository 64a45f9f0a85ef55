"""An answer to "when did the front pass here?": who held a spot when, how sure the day is, what it rests on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from twofronts.days import to_iso
from twofronts.scene.store import Feature


@dataclass(frozen=True)
class Spell:
    """Days on which one side held the spot, both ends included."""

    holder: str
    start: int
    end: int


@dataclass(frozen=True)
class Witness:
    """A dated capture nearby."""

    capture: Feature
    km: float


@dataclass(frozen=True)
class Answer:
    """Who held a spot when. `date` is the first day after the last Axis spell; `low` to `high` should hold it in nine of ten cases.

    Without a `date` there is a `reason`: sea, neutral, outside, free_before or held_to_the_end.
    """

    lon: float
    lat: float
    reason: str | None
    spells: tuple[Spell, ...] = ()
    date: int | None = None
    low: int | None = None
    high: int | None = None
    captures: tuple[Witness, ...] = ()
    front: Feature | None = None

    @property
    def side(self) -> str | None:
        """Return who came."""
        return None if self.date is None else next(spell.holder for spell in self.spells if spell.start == self.date)

    def record(self) -> dict[str, Any]:
        """Return the answer for programs, days as ISO dates, sources as keys of `sources.json`."""
        line = self.front["properties"] if self.front else {}
        return {
            "lat": self.lat, "lon": self.lon, "reason": self.reason,
            "spells": [{"holder": spell.holder, "start": to_iso(spell.start), "end": to_iso(spell.end)} for spell in self.spells],
            **{name: None if day is None else to_iso(day) for name, day in (("date", self.date), ("low", self.low), ("high", self.high))},
            "side": self.side,
            "evidence": {
                "captures": [
                    {"id": item["id"], "place": item["place"], "km": round(witness.km, 1), "date_start": item["start"],
                     "date_end": item["end"], "side": item["side"], "certainty": item["certainty"], "sources": item["sources"]}
                    for witness in self.captures for item in (witness.capture["properties"],)
                ],
                "keyframes": list(line.get("from_keyframes", [])), "theatre": line.get("theatre"), "status": line.get("status"),
                "uncertainty_km": line.get("uncertainty_km"),
            },
        }  # fmt: skip
