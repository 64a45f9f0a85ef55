"""What the benchmarks share: a browser, the exported map, tables."""

from __future__ import annotations

import contextlib
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests" / "browser"))

from driver import FLAGS, chromium  # noqa: E402
from playwright.sync_api import Page, sync_playwright  # noqa: E402


@contextlib.contextmanager
def browsing() -> Iterator[Callable[..., Page]]:
    """Pages, each in a context of its own."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        yield lambda **options: browser.new_context(locale="en-GB", **options).new_page()
        browser.close()


@contextlib.contextmanager
def exported() -> Iterator[Path]:
    """The map as `twofronts export` writes it."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "map.html"
        subprocess.run([sys.executable, "-m", "twofronts.cli", "--root", str(ROOT), "export", str(file)], check=True, capture_output=True)
        yield file


def quantile(numbers: Sequence[float], share: float) -> float:
    """The number that `share` of the numbers do not exceed."""
    return sorted(numbers)[min(len(numbers) - 1, int(share * len(numbers)))]


def table(head: Sequence[Any], rows: Sequence[Sequence[Any]]) -> None:
    """Print a table as Markdown."""
    print("| " + " | ".join(map(str, head)) + " |")
    print("|" + " --- |" * len(head))
    for row in rows:
        print("| " + " | ".join(map(str, row)) + " |")
