"""Builds every row in Python and prints what it made, as JSON: texts, and arrays as hex of their bytes."""

from __future__ import annotations

import importlib
import json
import sys
from typing import Any

import mlx.core as mx
import numpy as np

# Upstream's stubs do not name what these re-export.
nn: Any = importlib.import_module("mlx.nn")
optimizers: Any = importlib.import_module("mlx.optimizers")
tree_flatten: Any = importlib.import_module("mlx.utils").tree_flatten


def facts(array: mx.array) -> list[Any]:
    view = array.view(mx.uint16) if array.dtype == mx.bfloat16 else array
    return [str(array.dtype), list(array.shape), np.array(view).tobytes().hex()]


def show(tree: Any) -> list[Any]:
    return [[name, facts(leaf)] for name, leaf in tree_flatten(tree) if isinstance(leaf, mx.array)]


def make_input(shape: Any) -> mx.array | None:
    if shape is None:
        return None
    if isinstance(shape, dict):
        return mx.random.randint(0, shape["below"], shape["ints"])
    return mx.random.normal(shape)


def as_argument(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def module_facts(row: dict[str, Any]) -> dict[str, Any]:
    mx.random.seed(7)
    arguments = [as_argument(a) for a in row["arguments"]]
    module = getattr(nn, row["name"])(*arguments, **row["keywords"])
    inputs = [make_input(shape) for shape in row["inputs"]]

    def loss(module: Any, *inputs: Any) -> Any:
        out = module(*inputs)
        return sum(leaf.square().sum() for _, leaf in tree_flatten(out))

    found = {"repr": repr(module), "parameters": show(module.parameters()), "output": show(module(*inputs))}
    if module.trainable_parameters() and tree_flatten(module.trainable_parameters()):
        found["gradients"] = show(nn.value_and_grad(module, loss)(module, *inputs))
    found["after"] = show(module.parameters())
    module.eval()
    found["evaluated"] = show(module(*inputs))
    return found


def optimizer_facts(row: dict[str, Any]) -> dict[str, Any]:
    mx.random.seed(3)
    model = nn.Sequential(nn.Linear(6, 8), nn.ReLU(), nn.Linear(8, 2))
    optimizer = getattr(optimizers, row["name"])(*row["arguments"], **row["keywords"])
    x, y = mx.random.normal((4, 6)), mx.random.normal((4, 2))

    def loss(model: Any, x: mx.array, y: mx.array) -> Any:
        return nn.losses.mse_loss(model(x), y)

    step = nn.value_and_grad(model, loss)
    values = []
    for _ in range(4):
        value, gradients = step(model, x, y)
        optimizer.update(model, gradients)
        mx.eval(model.parameters(), optimizer.state)
        values.append(facts(value))
    return {"values": values, "parameters": show(model.parameters()), "state": show(optimizer.state)}


def schedule_facts(row: dict[str, Any]) -> list[Any]:
    schedule = getattr(optimizers, row["name"])(*row["arguments"], **row["keywords"])
    return [facts(mx.array(schedule(mx.array(i)))) for i in range(10)]


rows = json.load(sys.stdin)
kinds = {"modules": module_facts, "optimizers": optimizer_facts, "schedules": schedule_facts}
json.dump({kind: [make(row) for row in rows[kind]] for kind, make in kinds.items()}, sys.stdout)
