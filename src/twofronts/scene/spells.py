"""A spot's holders one after another."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from twofronts.scene.answer import Spell

OWN_DAYS = 15
"""A town's capture speaks of the same event as the drawn passage if the two are at most this far apart."""


def joined(runs: Sequence[tuple[int, int, str]]) -> tuple[Spell, ...]:
    """Return runs (first day, last day, holder), sorted, as spells without gap or overlap."""
    spells: list[Spell] = []
    for begin, end, holder in runs:
        # on a shared border two pieces answer: the one that came first stays
        start = max(begin, spells[-1].end + 1) if spells else begin
        if start > end:
            continue
        if spells and spells[-1].holder == holder:
            spells[-1] = Spell(holder, spells[-1].start, end)
        else:
            spells.append(Spell(holder, start, end))
    return tuple(spells)


def freed_days(spells: Sequence[Spell]) -> list[int]:
    """Return the days on which the Axis lost the ground."""
    return [after.start for before, after in pairwise(spells) if before.holder == "axis"]


def may_begin(side: str, day: int, spell: Spell, spells: Sequence[Spell]) -> bool:
    """Tell whether a capture by `side` on a day may be what began one of a spot's spells.

    The Allies' sides can stand for one another, unless that very side came in a spell of its own about then, as the
    Red Army came to Bucharest a week after Romania had changed sides.
    """
    if side == spell.holder or "axis" in (side, spell.holder):
        return side == spell.holder
    return not any(other.holder == side and abs(other.start - day) <= OWN_DAYS for other in spells)
