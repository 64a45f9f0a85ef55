"""How smoothly the map follows the date: `python tests/benchmarks/scrub.py`, on a machine that is otherwise idle."""

from __future__ import annotations

import json
import sys
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import Page
from setting import browsing, exported, quantile, table

FRAME_MS = 1000 / 60
SCRIPT = ("FireAnimationFrame", "HandlePostMessage")
CATEGORIES = ["blink.user_timing", "devtools.timeline", "disabled-by-default-devtools.timeline"]
COUNT_FRAMES = """() => {
    window.frames = [];
    window.counting = true;
    let before = null;
    const look = (now) => {
        if (before !== null) window.frames.push(now - before);
        before = now;
        if (window.counting) requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
}"""


VIEWS = {"home": "", "zoom 5": "#view=51,20,5", "zoom 7": "#view=51.5,17,7"}
HEAD = ("", "days", "frames", "within 16.7 ms", "not late", "frame p95 ms", "script p50/p95 ms", "with style and paint", "with commit")


def main() -> int:
    with exported() as file, browsing() as open_page:
        print(f"an empty page that redraws one box: {floor(open_page):.1%} of frames within 16.7 ms; no map can do better here\n")
        table(HEAD, [measure(open_page, file, way, name, link) for name, link in VIEWS.items() for way in ("drag", "play")])
    return 0


def floor(open_page: Callable[..., Page]) -> float:
    """Return the share of frames within 16.7 ms of a page with nothing to do: what the machine's own clock leaves to be had."""
    from driver import until

    page = open_page(viewport={"width": 1440, "height": 900})
    page.set_content("<div style='height: 500px; background: silver'></div>")
    page.evaluate(COUNT_FRAMES)
    page.evaluate("""() => {
        const box = document.querySelector("div");
        const redraw = () => { box.style.width = `${800 + (frames.length % 100)}px`; if (counting) requestAnimationFrame(redraw); };
        redraw();
    }""")
    until(page, "() => frames.length >= 1000", seconds=60)
    frames = page.evaluate("() => { counting = false; return frames; }")
    page.context.close()
    return share(frames, FRAME_MS + 0.1)


def measure(open_page: Callable[..., Page], file: Path, way: str, name: str, link: str) -> tuple[Any, ...]:
    """Drag or play through all days with fronts; return a row of figures."""
    from driver import AtlasMap, frames_pass, until

    page = open_page(viewport={"width": 1440, "height": 900})
    page.goto(file.as_uri() + link)
    atlas = AtlasMap(page, page.main_frame)
    atlas.button("Days with fronts").click()
    page.keyboard.press("Home")
    frames_pass(page, milliseconds=3000)
    page.evaluate("() => { heard.day.length = 0; twofronts.on('day', () => performance.mark('day')); }")
    browser = page.context.browser
    assert browser is not None
    browser.start_tracing(page=page, categories=CATEGORIES)
    if way == "drag":
        page.mouse.move(*atlas.thumb())
        page.mouse.down()
        low, high = (int(str(atlas.slider.get_attribute(name))) for name in ("min", "max"))
        places = [atlas.thumb(half / 2) for half in range(low * 2, high * 2)]
        page.evaluate(COUNT_FRAMES)
        for place in places:
            page.mouse.move(*place)
        page.evaluate("() => { counting = false; }")
        page.mouse.up()
    else:
        page.get_by_role("button", name="Speed: 7 days per second").click()
        page.get_by_role("button", name="Play (space)").click()
        page.evaluate(COUNT_FRAMES)
        until(page, "() => document.querySelector('[aria-label=\"Play (space)\"]')", seconds=90)
        page.evaluate("() => { counting = false; }")
    trace = json.loads(browser.stop_tracing())["traceEvents"]
    frames = page.evaluate("() => frames")
    ours = [f"{quantile(spent, 0.5):.1f} / {quantile(spent, 0.95):.1f}" for spent in work_per_day(trace)]
    within = [f"{share(frames, limit):.1%}" for limit in (FRAME_MS + 0.1, FRAME_MS * 1.5)]
    days = len(atlas.heard("day"))
    page.context.close()
    return (f"{way}, {name}", days, len(frames), *within, f"{quantile(frames, 0.95):.1f}", *ours)


def share(numbers: list[float], limit: float) -> float:
    return sum(number <= limit for number in numbers) / len(numbers)


def work_per_day(trace: list[dict[str, Any]]) -> tuple[list[float], list[float], list[float]]:
    """Milliseconds of processor time on the main thread for each day: script; that with style, layout and paint; all, with the commit.

    A day is the frame that writes it, the message with its picture, and the frame that shows the picture.
    """
    marks = [event for event in trace if event["name"] == "day" and "user_timing" in event["cat"]]
    thread = (marks[0]["pid"], marks[0]["tid"])
    ours = sorted(
        (event for event in trace if event["ph"] == "X" and (event["pid"], event["tid"]) == thread), key=lambda event: event["ts"]
    )
    tasks = [event for event in ours if event["name"] == "RunTask"]
    starts = [task["ts"] for task in tasks]
    firsts = [bisect_right(starts, mark["ts"]) - 1 for mark in marks]
    found = []
    for first, end in zip(firsts, [*firsts[1:], len(tasks)], strict=True):
        spent = Counter(within(ours, tasks[first]))
        came = False
        for task in tasks[first + 1 : end]:
            inside = within(ours, task)
            if "HandlePostMessage" in inside or (came and "Commit" in inside):
                spent.update(inside)
            if came and "Commit" in inside:
                break
            came = came or "HandlePostMessage" in inside
        found.append((sum(spent[name] for name in SCRIPT), spent["RunTask"] - spent["Commit"], spent["RunTask"]))
    script, shown, whole = zip(*found, strict=True)
    return list(script), list(shown), list(whole)


def within(events: list[dict[str, Any]], task: dict[str, Any]) -> dict[str, float]:
    """Milliseconds of processor time by name, of a task and what it did."""
    spent: dict[str, float] = {}
    for event in events[bisect_left(events, task["ts"], key=lambda event: event["ts"]) :]:
        if event["ts"] > task["ts"] + task["dur"]:
            break
        spent[event["name"]] = spent.get(event["name"], 0) + event.get("tdur", 0) / 1000
    return spent


if __name__ == "__main__":
    sys.exit(main())
