"""Every text of the interface, German and English, complete in both."""

from __future__ import annotations

import json
from functools import lru_cache
from importlib import resources

LANGUAGES = ("de", "en")


def _read(name: str) -> dict[str, str]:
    found: dict[str, str] = json.loads((resources.files("twofronts.words") / name).read_text("utf-8"))
    return found


@lru_cache(maxsize=1)
def map_words() -> dict[str, dict[str, str]]:
    """Return the texts of the map document by language and key."""
    return {language: _read(f"{language}.json") for language in LANGUAGES}


@lru_cache(maxsize=2)
def page_words(language: str) -> dict[str, str]:
    """Return the texts of the page in one language by key."""
    return _read(f"page_{language}.json")
