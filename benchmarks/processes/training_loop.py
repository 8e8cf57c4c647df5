"""The training loop whose memory is measured: a network of two layers and a step that learns in place."""

from __future__ import annotations

from collections.abc import Callable

import mlx.core as mx


def loss(p, x, y):  # type: ignore[no-untyped-def]
    return mx.mean(mx.square(mx.maximum(x @ p["w1"] + p["b1"], 0.0) @ p["w2"] - y))


def training_loop(inputs: int = 512, hidden: int = 1024) -> Callable[[], None]:
    """A step, which evaluates what it changes.

    The first layer takes `inputs` numbers and makes `hidden` ones.
    """
    p = {
        "w1": mx.random.normal((inputs, hidden)) * 0.02,
        "b1": mx.zeros((hidden,)),
        "w2": mx.random.normal((hidden, 16)) * 0.02,
    }
    x, y = mx.random.normal((64, inputs)), mx.random.normal((64, 16))
    mx.eval(p, x, y)
    gradients = mx.value_and_grad(loss)

    def step() -> None:
        value, grads = gradients(p, x, y)
        for k in p:
            p[k] = p[k] - 0.01 * grads[k]
        mx.eval(value, p)

    return step
