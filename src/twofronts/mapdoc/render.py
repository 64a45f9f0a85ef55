"""A scene as a document for one host."""

from __future__ import annotations

from twofronts.days import to_number
from twofronts.mapdoc.document import build_document
from twofronts.scene import Scene
from twofronts.scene.payload import build_payload


def render(scene: Scene, host: str, lang: str | None = None, date: str | None = None) -> str:
    """Return the map document for `host` "streamlit" or "file".

    `lang` and `date` (ISO) are what it opens with; without them the reader's browser and the link decide.
    """
    config = {"lang": lang, "date": to_number(date or scene.first_look), "event": None, "view": None, "theme": None, "host": host}
    return build_document(build_payload(scene, config))
