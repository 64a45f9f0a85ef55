"""The map document: one self-contained HTML page with the atlas and its time line."""

from twofronts.mapdoc.document import build_document
from twofronts.mapdoc.render import render

__all__ = ["build_document", "render"]
