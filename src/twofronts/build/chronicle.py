"""The days one after another: how each divides the plane, where its front runs and what it changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from twofronts.build.changes import Change, changes
from twofronts.build.ground import Divider, Ground
from twofronts.build.lines import Stretch, Surveyor
from twofronts.build.parallel import spread

CHUNK_DAYS = 15


@dataclass(frozen=True)
class Page:
    """One day: its ground, the stretches of its front, and what changed hands since the day before."""

    day: int
    ground: Ground
    lines: list[Stretch]
    changed: list[Change]


def write_chronicle(divider: Divider, surveyor: Surveyor, first: int, last: int) -> list[Page]:
    """Return a page for each day from `first` to `last`, both included; days on which nothing moved share one ground."""
    chunks = [range(start, min(start + CHUNK_DAYS, last + 1)) for start in range(first, last + 1, CHUNK_DAYS)]

    def write(chunk: range) -> list[Page]:
        # the evening before the chunk tells what its first day changed
        days = [max(first, chunk[0] - 1), *chunk]
        grounds = divider.each(days)
        return [
            Page(day, ground, surveyor.lines(ground, day), [] if ground is before else changes(before, ground))
            for day, (before, ground) in zip(chunk, pairwise(grounds), strict=True)
        ]

    return _bound(spread(write, chunks))


def _bound(chunks: Sequence[list[Page]]) -> list[Page]:
    """Bind the chunks; a ground that goes on over a seam becomes one object again."""
    pages: list[Page] = []
    for chunk in chunks:
        opening = chunk[0].ground
        carried = pages[-1].ground if pages and not chunk[0].changed else opening
        pages += [Page(page.day, carried if page.ground is opening else page.ground, page.lines, page.changed) for page in chunk]
    return pages
