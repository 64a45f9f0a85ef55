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

    def number(self, name: str) -> int:
        """Return the number of a work."""
        if name not in self._numbers:
            self._numbers[name] = len(self.values)
            work = self._known[name]
            self.values.append({key: work.get(key, "") for key in ("title", "author", "publisher", "year", "url", "kind")})
        return self._numbers[name]

    def numbers(self, names: list[str]) -> list[int]:
        """Return the numbers of some works."""
        return [self.number(name) for name in names]

    def cited(self, sources: list[dict[str, str]]) -> list[list[Any]]:
        """Return number and locator of each source."""
        return [[self.number(source["id"]), source.get("locator", "")] for source in sources]
