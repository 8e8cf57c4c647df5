"""Memory of a training loop, in MB: of the process before it, at its end, and the peak; and what grew."""

import json
import resource
import sys
from pathlib import Path

import mlx.core as mx

MB = 2**20


def resident() -> float:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() / MB


def loss(p, x, y):  # type: ignore[no-untyped-def]
    return mx.mean(mx.square(mx.maximum(x @ p["w1"] + p["b1"], 0.0) @ p["w2"] - y))


steps = int(sys.argv[1])
p = {
    "w1": mx.random.normal((512, 1024)) * 0.02,
    "b1": mx.zeros((1024,)),
    "w2": mx.random.normal((1024, 16)) * 0.02,
}
x, y = mx.random.normal((64, 512)), mx.random.normal((64, 16))
mx.eval(p, x, y)
base = resident()
step = mx.value_and_grad(loss)
middle = 0.0
for i in range(steps):
    value, grads = step(p, x, y)
    p = {k: p[k] - 0.01 * grads[k] for k in p}
    mx.eval(value, p)
    if i == steps // 2:
        middle = resident()
print(
    json.dumps(
        {
            "before, MB": base,
            "training, MB": resident() - base,
            "growth in the second half, MB": resident() - middle,
            "MLX's peak, MB": mx.get_peak_memory() / MB,
        }
    )
)
