"""What changed hands between two days."""

from __future__ import annotations

from twofronts.build.ground import Ground
from twofronts.build.overlay import Area, intersect, subtract

Change = tuple[str, Area]
"""Who gained ground, and the plane area of it (lon, lat, not cut to the coast)."""


def changes(before: Ground, after: Ground) -> list[Change]:
    """Return all ground that changed hands between two days."""
    old, new = ({"axis": ground.axis, **ground.held} for ground in (before, after))
    lost = {side: subtract(area, new[side]) for side, area in old.items()}
    found = [
        (winner, intersect(area, new[winner]))
        for loser, area in lost.items() if not area.is_empty
        for winner in new if winner != loser
    ]  # fmt: skip
    return [(winner, area) for winner, area in found if not area.is_empty]
