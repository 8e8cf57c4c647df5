"""Constructs networks in this Python, calls them, trains them and times it, as run.py asks.

Input: a line of JSON for each request, {"network", "arguments", "action", "calls", "clock"}. Output: a line
of JSON for each answer, the milliseconds per call and a number that both sides have to agree on: the last
loss, or a sum of what was computed. The clock is CPU time or the wall's. A network is made at its first
request. measure.mjs does it in Node.
"""

from __future__ import annotations

import importlib
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

import mlx.core as mx
from mlx.utils import tree_flatten

sys.path.insert(0, str(Path(__file__).parents[2] / "tests" / "compile"))
networks: Any = importlib.import_module("programs.networks")


def construct(task: Any) -> Callable[[], mx.array]:
    def call() -> mx.array:
        model = task.construct()
        mx.eval(model.parameters())
        first: mx.array = tree_flatten(model.parameters())[0][1]  # type: ignore[index]
        return first

    return call


def forward(task: Any) -> Callable[[], mx.array]:
    task.model.eval()

    def call() -> mx.array:
        result = task.model(task.batch[0])
        mx.eval(result)
        return cast(mx.array, result)

    return call


def step(compiled: bool) -> Callable[[Any], Callable[[], mx.array]]:
    def make(task: Any) -> Callable[[], mx.array]:
        train = task.step(compiled)

        def call() -> mx.array:
            loss = train(*task.batch)
            mx.eval(loss, task.state)
            return cast(mx.array, loss)

        return call

    return make


ACTIONS = {"construct": construct, "forward": forward, "eager": step(False), "compiled": step(True)}
CLOCKS = {"cpu": time.process_time_ns, "wall": time.perf_counter_ns}
made: dict[str, Callable[[], mx.array]] = {}


def answer(request: dict[str, Any]) -> dict[str, float]:
    name = f"{request['network']} {request['action']}"
    if name not in made:
        mx.random.seed(0)
        task = getattr(networks, request["network"])(**request["arguments"])
        mx.eval(task.state, task.batch)
        made[name] = ACTIONS[request["action"]](task)
    call = made[name]
    clock = CLOCKS[request["clock"]]
    start = clock()
    for _ in range(request["calls"]):
        result = call()
    milliseconds = (clock() - start) / request["calls"] / 1e6
    return {"milliseconds": milliseconds, "value": float(mx.sum(result).item())}  # type: ignore[arg-type]


for line in sys.stdin:
    print(json.dumps(answer(json.loads(line))), flush=True)
