"""Python as people write it with MLX, a statement per row of the table in docs/PORTING.md."""

import mlx.core as mx
import mlx.nn as nn
import mlx.optimizers as optim


def arithmetic(x: mx.array, y: mx.array, i: int, j: int) -> None:
    a = x * y + 1
    b = x @ y.T
    c = -x / 2.0
    d = x == y
    e = i // j
    x += y


def indexing(x: mx.array, i: int, j: int, mask: mx.array) -> None:
    a = x[0, ..., 1:3, None]
    b = x[i:j]
    c = x[mask]
    x[0, :] = 1
    n = len(x)


def calls(x: mx.array) -> None:
    a = mx.sum(x, axis=0, keepdims=True)
    b = mx.array([1.0, 2.0], dtype=mx.float16)
    c = x.astype(mx.float32).reshape(-1, 2)
    layer = nn.Linear(2, 3, bias=False)
    d = layer(x)
    optimizer = optim.Adam(learning_rate=1e-3)
    loss, gradients = mx.value_and_grad(lambda w: mx.sum(w * x))(x)
    mx.eval(x, optimizer.state)


def language(x: mx.array, names: list[str], sizes: dict[str, int], flag: bool) -> None:
    a = [name.upper() for name in names if name]
    b = f"{x.shape} {names[0]}"
    c = sizes.get("width", 1)
    d = x if flag else None
    e = flag and not names
