"""Sources of the payload under numbers, each once."""

from __future__ import annotations

from typing import Any


class Numbered:
    """Gives each distinct source a number; `values` are the sources in their order."""

    def __init__(self, known: dict[str, dict[str, str]]) -> None:
        """`known` has every work by its id."""
        self.values: list[dict[str, str]] = []
        self._known = known
        self._numbers: dict[str, int] = {}

    def numbers(self, names: list[str]) -> list[int]:
        """Return the numbers of works known by their ids."""
        return [self._number(self._known[name]) for name in names]

    def cited(self, sources: list[dict[str, str]]) -> list[list[Any]]:
        """Return number and locator of each source; what it does not tell of the work is known by its id."""
        return [[self._number({**self._known.get(source["id"], {}), **source}), source.get("locator", "")] for source in sources]

    def _number(self, work: dict[str, str]) -> int:
        name = work["id"]
        if name not in self._numbers:
            self._numbers[name] = len(self.values)
            self.values.append({key: work.get(key, "") for key in ("title", "author", "publisher", "year", "url", "kind")})
        return self._numbers[name]
