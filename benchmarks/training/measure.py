"""Trains networks in this Python and times the steps, as run.py asks.

Input: a line of JSON for each request, {"network", "arguments", "compiled", "steps"}. Output: a line of JSON
for each answer, the milliseconds of CPU time per step and the last loss. A network is made at its first
request. measure.mjs does the same in Node.
"""

from __future__ import annotations

import importlib
import json
import sys
import time
from pathlib import Path
from typing import Any

import mlx.core as mx

sys.path.insert(0, str(Path(__file__).parents[2] / "tests" / "compile"))
networks: Any = importlib.import_module("programs.networks")
made: dict[str, tuple[Any, Any]] = {}


def train(request: dict[str, Any]) -> dict[str, float]:
    name = f"{request['network']} {request['compiled']}"
    if name not in made:
        mx.random.seed(0)
        task = getattr(networks, request["network"])(**request["arguments"])
        mx.eval(task.state, task.batch)
        made[name] = (task, task.step(request["compiled"]))
    task, step = made[name]
    start = time.process_time_ns()
    for _ in range(request["steps"]):
        loss = step(*task.batch)
        mx.eval(loss, task.state)
    return {"milliseconds": (time.process_time_ns() - start) / request["steps"] / 1e6, "loss": loss.item()}


for line in sys.stdin:
    print(json.dumps(train(json.loads(line))), flush=True)
