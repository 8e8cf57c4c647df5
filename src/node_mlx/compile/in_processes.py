"""Applies a function to many items, in as many processes as there are cores.

The processes are forks: they see what this one knows, so only results travel. Where there are few items, or
the
system cannot fork, everything happens here.
"""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

T = TypeVar("T")
R = TypeVar("R")

_FEW = 16

# What the forks inherit.
_work: tuple[Callable[[Any], Any], Sequence[Any]] | None = None


def in_processes(function: Callable[[T], R], items: Sequence[T]) -> list[R]:
    """The results in the order of the items."""
    global _work
    count = min(os.cpu_count() or 1, 8)
    if len(items) < _FEW or count < 2 or "fork" not in multiprocessing.get_all_start_methods():
        return [function(item) for item in items]
    _work = (function, items)
    try:
        with multiprocessing.get_context("fork").Pool(count) as pool:
            return pool.map(_one, range(len(items)), chunksize=4)
    finally:
        _work = None


def _one(index: int) -> Any:
    assert _work is not None
    function, items = _work
    return function(items[index])
