"""How long a caller is blocked while 800 products and tanh of 256×256 matrices are evaluated, in ms."""

import json
import time

import mlx.core as mx

x = mx.random.normal((256, 256)) * 0.05
mx.eval(x)
y = x
for _ in range(800):
    y = mx.tanh(y @ x)
start = time.perf_counter()
mx.async_eval(y)  # type: ignore[no-untyped-call]
blocked = (time.perf_counter() - start) * 1000
mx.eval(y)
print(json.dumps({"longest block, ms": blocked, "evaluation, ms": (time.perf_counter() - start) * 1000}))
