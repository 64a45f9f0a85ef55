"""The map document in the page: one component holds it, another passes it commands.

They are two because a component's data travels whole whenever it changes: the document (1-2 MB) must
never change, a command is some hundred bytes.
"""

from __future__ import annotations

import contextlib
import ctypes
import gzip
from collections.abc import Callable
from functools import lru_cache
from importlib import resources
from typing import Any

import streamlit as st

_M_MMAP_THRESHOLD = -3
_LARGE_BYTES = 256 * 1024


def _asset(name: str) -> str:
    return (resources.files("twofronts.page") / name).read_text("utf-8")


@lru_cache(maxsize=1)
def _host() -> Any:
    return st.components.v2.component("twofronts_map", html='<div class="twofronts"></div>', css=_asset("host.css"), js=_asset("host.js"))


@lru_cache(maxsize=1)
def _remote() -> Any:
    return st.components.v2.component("twofronts_remote", html="<span hidden></span>", js=_asset("remote.js"))


def pack(document: str) -> bytes:
    """Return the document as it travels to the browser (gzip, same bytes every time)."""
    return gzip.compress(document.encode("utf-8"), compresslevel=9, mtime=0)


def return_large_blocks() -> None:
    """Have the C library give freed large blocks back to the system, where it is glibc; elsewhere do nothing.

    Every run of the page is a thread, and glibc would keep some megabytes of the map's message for each: 3 to 5 MB a visit.
    """
    with contextlib.suppress(AttributeError, OSError, TypeError):
        ctypes.CDLL(None).mallopt(_M_MMAP_THRESHOLD, _LARGE_BYTES)


def show_map(packed: bytes, on_moment: Callable[[], None]) -> bool:
    """Mount the map and return whether the browser has opened it (or given up), which it tells by a first moment.

    `on_moment` runs when the reader settled on a day, an event or a view (state "map").
    """
    told = _host()(key="map", data=packed, on_moment_change=on_moment)
    return told.get("moment") is not None


def pass_on(title: str, seek: str, start: dict[str, Any], command: dict[str, Any] | None) -> None:
    """Tell the map its title, what to open with, and the latest command (`seq` tells a new one from a rerun).

    `seek` is what stands before a text in the search that is none of its options.
    """
    _remote()(key="remote", data={"title": title, "seek": seek, "start": start, "command": command})
