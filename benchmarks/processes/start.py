"""Milliseconds from the beginning of the import to the first result."""

import json
import time

start = time.perf_counter()
import mlx.core as mx  # noqa: E402

value = (mx.array([1.0, 2.0]) + 1).sum().item()
print(json.dumps({"import to first result, ms": (time.perf_counter() - start) * 1000}))
assert value == 5
