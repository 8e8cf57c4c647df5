"""Answers the requests of run.py in this Python: makes a task at its first request, then times calls of it.

Input: lines of JSON, {"task", "inputs": [{"file", "shape"}], "seconds"}. Output: for each a line of JSON, the
median of the calls in milliseconds, and the value that the task had after its first calls, by which run.py
sees that every library computes the same. serve.mjs does the same in Node.
"""

from __future__ import annotations

import json
import statistics
import sys
import time
from collections.abc import Callable
from typing import Any

import numpy as np

FIRST_CALLS = 3

Arrays = list[np.ndarray[Any, Any]]
# A call of the task, which ends when its result is computed, and returns it; what reduces it to a number.
Task = tuple[Callable[[], Any], Callable[[Any], float]]


def read(inputs: list[dict[str, Any]]) -> Arrays:
    return [np.fromfile(entry["file"], np.float32).reshape(entry["shape"]) for entry in inputs]


def milliseconds(call: Callable[[], Any], seconds: float) -> float:
    """The median over this time, and over the first calls at least."""
    times: list[float] = []
    end = time.perf_counter() + seconds
    while len(times) < FIRST_CALLS or time.perf_counter() < end:
        start = time.perf_counter()
        call()
        times.append((time.perf_counter() - start) * 1000)
    return statistics.median(times)


def serve(makers: dict[str, Callable[[Arrays], Task]]) -> None:
    made: dict[str, tuple[Callable[[], Any], float]] = {}
    for line in sys.stdin:
        request = json.loads(line)
        name = json.dumps([request["task"], request["inputs"]])
        if name not in made:
            call, value = makers[request["task"]](read(request["inputs"]))
            made[name] = (call, [value(call()) for _ in range(FIRST_CALLS)][-1])
        call, found = made[name]
        taken = milliseconds(call, request["seconds"])
        print(json.dumps({"milliseconds": taken, "value": found}), flush=True)
