"""The tasks of the comparison in Python MLX; node_mlx.mjs is the same in Node."""

from __future__ import annotations

import mlx.core as mx
import mlx.nn as nn

from benchmarks.libraries.serve import Arrays, Task, serve

RATE = 0.1


def logits(weights: list[mx.array], x: mx.array) -> mx.array:
    for i in range(0, len(weights) - 2, 2):
        x = mx.maximum(mx.addmm(weights[i + 1], x, weights[i]), 0.0)
    return mx.addmm(weights[-1], x, weights[-2])


def value(result: mx.array) -> float:
    return float(mx.max(mx.abs(result)).item())  # type: ignore[arg-type]


def matmul(inputs: Arrays) -> Task:
    a, b = map(mx.array, inputs)

    def call() -> mx.array:
        product = a @ b
        mx.eval(product)
        return product

    return call, value


def forward(inputs: Arrays) -> Task:
    x, *weights = map(mx.array, inputs)

    def call() -> mx.array:
        result = logits(weights, x)
        mx.eval(result)
        return result

    return call, value


def step(inputs: Arrays) -> Task:
    labels, x, *weights = map(mx.array, inputs)
    labels = labels.astype(mx.int32)

    def loss(weights: list[mx.array]) -> mx.array:
        return nn.losses.cross_entropy(logits(weights, x), labels, reduction="mean")

    gradients = mx.value_and_grad(loss)

    def call() -> mx.array:
        found, slopes = gradients(weights)
        for i, slope in enumerate(slopes):
            weights[i] = weights[i] - RATE * slope
        mx.eval(found, weights)
        return found

    return call, value


serve({"matmul": matmul, "forward": forward, "step": step})
