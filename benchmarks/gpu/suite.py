"""The GPU suite in Python: prints one JSON line per benchmark. suite.mjs is the same in JavaScript."""

import json
import time
from collections.abc import Callable
from functools import partial
from typing import Any

import mlx.core as mx

Parameters = Any


def seconds(body: Callable[[], None]) -> float:
    start = time.perf_counter()
    body()
    return time.perf_counter() - start


def report(name: str, value: float) -> None:
    print(json.dumps({"name": name, "value": value}), flush=True)


def matmul_chain() -> None:
    n, steps = 4096, 100
    w = (mx.random.normal([n, n]) * n**-0.5).astype(mx.bfloat16)

    def chain() -> None:
        x = w
        for _ in range(steps):
            x = x @ w
        mx.eval(x)

    chain()
    report("matmul 4096³ bf16, TFLOP/s", 2 * n**3 * steps / seconds(chain) / 1e12)


def transformer(layers: int, d: int, vocabulary: int) -> Parameters:
    def weight(*shape: int) -> mx.array:
        return mx.random.normal(shape) * 0.02

    return {
        "embedding": weight(vocabulary, d),
        "layers": [
            {
                "norm1": mx.ones([d]),
                "qkv": weight(d, 3 * d),
                "out": weight(d, d),
                "norm2": mx.ones([d]),
                "up": weight(d, 4 * d),
                "down": weight(4 * d, d),
            }
            for _ in range(layers)
        ],
    }


def forward(model: Parameters, tokens: mx.array, heads: int, caches: list[Any] | None = None) -> mx.array:
    b, n = tokens.shape
    x = model["embedding"][tokens]
    d = x.shape[2]
    for i, layer in enumerate(model["layers"]):
        split = (mx.fast.rms_norm(x, layer["norm1"], 1e-5) @ layer["qkv"]).split(3, -1)
        q, k, v = (part.reshape(b, n, heads, d // heads).transpose(0, 2, 1, 3) for part in split)
        if caches is not None:
            if i < len(caches):
                k = mx.concatenate([caches[i][0], k], 2)
                v = mx.concatenate([caches[i][1], v], 2)
                caches[i] = [k, v]
            else:
                caches.append([k, v])
        scale = (d // heads) ** -0.5
        mask = "causal" if n > 1 else None
        attended = mx.fast.scaled_dot_product_attention(q, k, v, scale=scale, mask=mask)
        x = x + attended.transpose(0, 2, 1, 3).reshape(b, n, d) @ layer["out"]
        hidden = mx.fast.rms_norm(x, layer["norm2"], 1e-5) @ layer["up"]
        x = x + (hidden * mx.sigmoid(hidden)) @ layer["down"]
    logits: mx.array = x @ model["embedding"].T
    return logits


def training_step() -> None:
    mx.random.seed(0)
    model = transformer(4, 256, 1024)
    tokens = mx.random.randint(0, 1024, [8, 129])
    inputs, targets = tokens[:, :-1], tokens[:, 1:]

    def loss(parameters: Parameters) -> mx.array:
        logits = forward(parameters, inputs, 8)
        chosen = mx.take_along_axis(logits, targets.reshape(8, 128, 1), -1).squeeze(-1)
        return mx.mean(mx.logsumexp(logits, -1) - chosen)

    loss_and_gradient = mx.value_and_grad(loss)

    def update(p: Parameters, g: Parameters) -> Parameters:
        if isinstance(p, mx.array):
            return p - g * 0.01
        if isinstance(p, list):
            return [update(item, g[i]) for i, item in enumerate(p)]
        return {key: update(p[key], g[key]) for key in p}

    def run(step: Callable[[Parameters], Any], count: int) -> None:
        parameters = model
        for _ in range(count):
            value, parameters = step(parameters)
            mx.eval(value, parameters)

    def eager(parameters: Parameters) -> tuple[mx.array, Parameters]:
        value, gradient = loss_and_gradient(parameters)
        return value, update(parameters, gradient)

    for name, step in (("eager", eager), ("compiled", mx.compile(eager))):
        run(step, 5)
        took = seconds(partial(run, step, 50))
        report(f"transformer training step, {name}, ms", took / 50 * 1000)


def decoding() -> None:
    mx.random.seed(0)
    model = transformer(8, 512, 1024)

    def decode(count: int) -> None:
        caches: list[Any] = []
        token = mx.array([[1]])
        for _ in range(count):
            logits = forward(model, token, 8, caches)
            token = mx.argmax(logits[:, -1], axis=-1, keepdims=True)
            mx.eval(token)

    decode(20)
    report("transformer decoding, ms per token", seconds(lambda: decode(200)) / 200 * 1000)


matmul_chain()
training_step()
decoding()
