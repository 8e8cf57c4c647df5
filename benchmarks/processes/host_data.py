"""Nanoseconds to make an array of a NumPy array, and to see an array as one, by size.

MLX copies what it takes from NumPy; a NumPy array of an MLX array shares its memory.
"""

import json
import statistics
import time
from collections.abc import Callable

import mlx.core as mx
import numpy as np

SIZES = {"1 KB": 2**8, "1 MB": 2**18, "32 MB": 2**23, "1 GB": 2**28}


def median(calls: int, action: Callable[[], object]) -> float:
    times = []
    for _ in range(calls):
        start = time.perf_counter_ns()
        result = action()
        times.append(time.perf_counter_ns() - start)
        del result
    return statistics.median(times)


def measure(size: int) -> dict[str, float]:
    calls = 5 if size > 2**24 else 101
    data = np.ones(size, np.float32)
    array = mx.ones(size)
    mx.eval(array)
    return {
        "in": median(calls, lambda: mx.array(data)),
        "out": median(calls, lambda: np.array(array, copy=False)),
    }


report = {}
for name, size in SIZES.items():
    for way, cost in measure(size).items():
        report[f"{way}, {name}, ns"] = cost
print(json.dumps(report))
