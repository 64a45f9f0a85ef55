"""Work spread over the processor's cores; the answer does not depend on how many there are."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable, Sequence
from multiprocessing import get_context
from typing import Any, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")

MOST = 4
"""More processes than this would not fit into the memory of a small machine."""

_work: list[Callable[[Any], Any]] = []


def spread(work: Callable[[Item], Result], items: Sequence[Item]) -> list[Result]:
    """Return `work` of every item, in order.

    Results travel between processes, so they must pickle; `work` and the items need not, because each process is a
    fork of this one. Where forking is not safe (it is on Linux), or with one core, the work is done here.

    >>> spread(abs, [-1, 2])
    [1, 2]
    """
    processes = min(len(items), _cores(), MOST)
    if processes < 2 or not sys.platform.startswith("linux"):
        return [work(item) for item in items]
    _work.append(work)
    # what is here stays: sweeping it for garbage in every process would copy all of it
    gc.freeze()
    try:
        with get_context("fork").Pool(processes) as pool:
            return pool.map(_call, items, chunksize=max(1, len(items) // 500))
    finally:
        gc.unfreeze()
        _work.pop()


def _call(item: Any) -> Any:
    return _work[-1](item)


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
