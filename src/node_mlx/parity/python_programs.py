"""Programs: small functions as a user writes them, which transforms are applied to, in Python.

Input: arrays, or trees of them. Output: arrays, or trees of them. node_programs.mjs has the same functions
under the same names, written as a user of JavaScript writes them; recipes/programs.py says what they are
called with. The actions at the end wrap programs so that every transform can be applied to each of them.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import mlx.core as mx


class OwnError(Exception):
    """What a program raises: transforms must pass it on as it is."""


def _gathered(x: Any) -> Any:
    return mx.take(x, mx.array([0, 2, 1, 0]), axis=-1) * x[..., :1]


def _updated_slice(x: Any) -> Any:
    y = x * 1
    y[..., 0:2] = x[..., 1:3] * 2
    return y * y


def _in_place(x: Any) -> Any:
    y = x + 1
    y += x
    y *= x
    y -= 0.5
    return y


def _newton(x: Any) -> Any:
    y = mx.ones_like(x)
    for _ in range(4):
        y = (y + (mx.abs(x) + 1) / y) / 2
    return y


def _recurrent(x: Any, w: Any) -> Any:
    state = mx.zeros(w.shape[-1:], x.dtype)
    states = []
    for i in range(x.shape[0]):
        state = mx.tanh(x[i] + state @ w)
        states.append(state)
    return mx.stack(states)


def _attention(q: Any, k: Any, v: Any) -> Any:
    scores = mx.softmax(q @ mx.swapaxes(k, -1, -2) / math.sqrt(q.shape[-1]), axis=-1)
    return scores @ v


def _cross_entropy(x: Any) -> Any:
    labels = mx.array([[1], [0], [2]])
    return mx.mean(mx.logsumexp(x, axis=-1) - mx.take_along_axis(x, labels, axis=-1).squeeze(-1))


def _normalised(x: Any) -> Any:
    mean = mx.mean(x, axis=-1, keepdims=True)
    return (x - mean) * mx.rsqrt(mx.var(x, axis=-1, keepdims=True) + 1e-5)


def _evaluated(x: Any) -> Any:
    return x * x.sum().item()


def _raises(x: Any) -> Any:
    raise OwnError("raised by the program")


PROGRAMS: dict[str, Callable[..., Any]] = {
    # elementwise
    "square": lambda x: x * x,
    "waves": lambda x: mx.sin(x) * mx.cos(x * 2),
    "polynomial": lambda x: 3 * x**3 - 2 * x**2 + x - 1,
    "logistic": lambda x: 1 / (1 + mx.exp(-x)),
    "softplus": lambda x: mx.log1p(mx.exp(x)),
    "gelu": lambda x: x * (1 + mx.erf(x / math.sqrt(2))) / 2,
    "silu": lambda x: x * mx.sigmoid(x),
    "hyperbolic": lambda x: mx.tanh(x) + mx.arcsinh(x) - mx.sinh(x) / mx.cosh(x),
    "powers": lambda x, y: mx.abs(x) ** y,
    "angle": lambda x, y: mx.arctan2(x, y) * mx.sqrt(x * x + y * y),
    "logaddexp": lambda x, y: mx.logaddexp(x, mx.logaddexp(y, 0.5)),
    "clipped": lambda x: mx.clip(x, -0.5, 0.5) * x,
    "leaky": lambda x: mx.where(x > 0, x, 0.1 * x),
    "piecewise": lambda x: mx.where(x > 0.5, x * x, mx.where(x < -0.5, -x, mx.exp(x))),
    "huber": lambda x, y: mx.where(mx.abs(x - y) < 1, 0.5 * (x - y) ** 2, mx.abs(x - y) - 0.5),
    "extremes": lambda x, y: mx.maximum(x, y) * mx.minimum(x, 0.25),
    "remainders": lambda x: x % 0.75 + mx.floor(x) * x,
    "signs": lambda x: mx.sign(x) * mx.square(x) + mx.round(x),
    "masked": lambda x: x * (x > 0).astype(x.dtype) + mx.logical_not(x > 0) * 2,
    "half_precision": lambda x: x.astype(mx.float16) * 3,
    # reductions and scans
    "mean_of_squares": lambda x: mx.mean(x * x),
    "normalised": _normalised,
    "softmax": lambda x: mx.softmax(x, axis=-1) * x,
    "log_softmax": lambda x: x - mx.logsumexp(x, axis=-1, keepdims=True),
    "largest": lambda x: mx.max(x, axis=-1) - mx.min(x),
    "product": lambda x: mx.prod(x, axis=-1),
    "running_mean": lambda x: mx.cumsum(x, axis=-1) / mx.arange(1, x.shape[-1] + 1),
    "running_product": lambda x: mx.cumprod(x, axis=-1),
    "running_maximum": lambda x: mx.cummax(x, axis=-1) * x,
    "two_smallest": lambda x: mx.sort(x, axis=-1)[..., :2],
    "ranked": lambda x: x * mx.argsort(x, axis=-1),
    "norm": lambda x: mx.linalg.norm(x, axis=-1),
    # shapes and indexing
    "transposed": lambda x: mx.transpose(x) + mx.transpose(x * 2),
    "reshaped": lambda x: mx.reshape(x, (-1,)) * 2,
    "stacked": lambda x: mx.stack([x, x * 2, mx.exp(x)], axis=-1),
    "concatenated": lambda x, y: mx.concatenate([x, y * x], axis=-1),
    "split": lambda x: [part * part for part in mx.split(x, [1, 2], axis=-1)],
    "padded": lambda x: mx.pad(x, 1) * 3,
    "tiled": lambda x: mx.tile(x, (1, 2)) + 1,
    "repeated": lambda x: mx.repeat(x, 2, axis=-1) * 2,
    "broadcast": lambda x, y: mx.expand_dims(x, -1) * mx.expand_dims(y, -2),
    "differences": lambda x: x[..., 1:] - x[..., :-1],
    "reversed": lambda x: x[..., ::-1] * x,
    "gathered": _gathered,
    "scattered": lambda x: x.at[..., mx.array([0, 0, 1])].add(x[..., :3] * 2),
    "updated_slice": _updated_slice,
    "in_place": _in_place,
    "diagonal": lambda x: mx.diagonal(x @ mx.swapaxes(x, -1, -2)),
    "rolled": lambda x: mx.roll(x, 1, -1) * x,
    # products
    "quadratic_form": lambda x, w: mx.sum((x @ w) * x),
    "outer": lambda x, y: mx.outer(x, y),
    "einsum": lambda x, y: mx.einsum("ij,kj->ik", x, y),
    "tensordot": lambda x, y: mx.tensordot(x, y, [[1], [1]]),
    "addmm": lambda x, w: mx.addmm(mx.ones((w.shape[-1],), x.dtype), x, w, 0.5, 2.0),
    "dense": lambda x, w, b: mx.tanh(x @ w + b),
    "two_layers": lambda p, x: mx.maximum(x @ p["w"] + p["b"], 0) @ mx.swapaxes(p["w"], -1, -2),
    "attention": _attention,
    "recurrent": _recurrent,
    "convolution": lambda x: mx.conv1d(mx.expand_dims(x, -1), mx.ones((2, 2, 1), x.dtype), padding=1),
    "rms_norm": lambda x: mx.fast.rms_norm(x, None, 1e-5),
    "layer_norm": lambda x, y: mx.fast.layer_norm(x, mx.mean(y, axis=0), None, 1e-5),
    "cross_entropy": _cross_entropy,
    "distances": lambda x, y: mx.sum((mx.expand_dims(x, -2) - mx.expand_dims(y, -3)) ** 2, axis=-1),
    "cosine": lambda x, y: mx.sum(x * y, axis=-1) / (mx.linalg.norm(x) * mx.linalg.norm(y)),
    "spectrum": lambda x: mx.square(mx.abs(mx.fft.rfft(x))),
    # control flow, trees, randomness, constants
    "newton": _newton,
    "two_results": lambda x: (mx.sin(x), mx.cos(x)),
    "nested_results": lambda x: {"a": x * 2, "b": [mx.exp(x), {"c": mx.sum(x)}]},
    "tree_argument": lambda p: p["a"] * p["b"][0] + p["b"][1],
    "stopped": lambda x: mx.stop_gradient(x) * x * x,
    "constant": lambda x: mx.ones((2,)) * 3,
    "dropout": lambda x: x * mx.random.bernoulli(0.5, x.shape, key=mx.random.key(7)) * 2,
    "noisy": lambda x: x + mx.random.normal(x.shape, key=mx.random.key(3)) * 0.1,
    # wrong ones
    "raises": _raises,
    "evaluated": _evaluated,
    "bad_product": lambda x: x @ mx.ones((7, 7)),
    "bad_axis": lambda x: mx.sum(x, axis=9),
    "bad_dtype": lambda x: x.astype(mx.int32) & x,
    "no_array": lambda x: 3,
    "no_result": lambda x: None,
    "text": lambda x: "text",
    "mixed_results": lambda x: (x, 3),
}


def _arrays(tree: Any) -> list[mx.array]:
    if isinstance(tree, mx.array):
        return [tree]
    if isinstance(tree, (list, tuple)):
        return [array for item in tree for array in _arrays(item)]
    if isinstance(tree, dict):
        return [array for item in tree.values() for array in _arrays(item)]
    return []


def _total(function: Callable[..., Any]) -> Callable[..., Any]:
    """The sum of everything that the function returns, weighted so that each result counts differently."""

    def total(*args: Any) -> Any:
        result = function(*args)
        arrays = _arrays(result)
        if not arrays:
            return result
        parts = [mx.sum(array.astype(mx.float32)) * (i + 1) for i, array in enumerate(arrays)]
        return sum(parts[1:], parts[0])

    return total


def _as_list(function: Callable[..., Any]) -> Callable[..., Any]:
    def listed(*args: Any) -> Any:
        result = function(*args)
        return _arrays(result) or result

    return listed


def _along(array: mx.array) -> mx.array:
    """A direction that differs in each element."""
    steps = mx.arange(array.size, dtype=mx.float32).reshape(array.shape)
    return mx.cos(steps).astype(array.dtype)


def _product_ahead(function: Callable[..., Any], *args: Any) -> Any:
    return mx.jvp(_as_list(function), list(args), [_along(array) for array in args])


def _product_back(function: Callable[..., Any], *args: Any) -> Any:
    outputs = _arrays(function(*args))
    return mx.vjp(_as_list(function), list(args), [_along(array) for array in outputs])


def _with_rules(function: Callable[..., Any]) -> Any:
    """The function with rules of its own, which double what the default ones give."""
    listed = _as_list(function)
    custom = mx.custom_function(listed)

    def primals_of(primals: Any) -> list[Any]:
        return list(primals) if isinstance(primals, (list, tuple)) else [primals]

    @custom.vjp
    def back(primals: Any, cotangents: Any, outputs: Any) -> Any:
        return [g * 2 for g in mx.vjp(listed, primals_of(primals), list(cotangents))[1]]

    @custom.jvp
    def ahead(primals: Any, tangents: Any) -> Any:
        return [g * 2 for g in mx.jvp(listed, primals_of(primals), primals_of(tangents))[1]]

    return custom


PROGRAM_ACTIONS: dict[str, Callable[..., Any]] = {
    "program": lambda name: PROGRAMS[name],
    "total": _total,
    "product_ahead": _product_ahead,
    "product_back": _product_back,
    "with_rules": _with_rules,
}
