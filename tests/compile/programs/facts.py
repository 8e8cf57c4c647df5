"""What is compared: texts, and the names, dtypes, shapes and bits of arrays."""

import mlx.core as mx
import mlx.nn as nn
import mlx.optimizers as optim
from mlx.utils import tree_flatten

# An element of 8 bytes is shown as two words: JavaScript's numbers are exact up to 2^53.
WORDS = {8: mx.uint32, 4: mx.uint32, 2: mx.uint16, 1: mx.uint8}


def normal(*shape: int) -> mx.array:
    return mx.random.normal(shape)


def ints(below: int, *shape: int) -> mx.array:
    return mx.random.randint(0, below, shape)


def bits(array: mx.array) -> list:
    words = array.reshape(-1).view(WORDS[array.itemsize]).tolist()
    return [str(array.dtype), list(array.shape), words]


def leaves(tree) -> list:
    """The name and the bits of every array of a tree; other leaves have a name only."""
    return [[name, bits(leaf) if isinstance(leaf, mx.array) else None] for name, leaf in tree_flatten(tree)]


def shapes(tree) -> list:
    return [[name, list(leaf.shape), str(leaf.dtype)] for name, leaf in tree_flatten(tree)]


def total(tree) -> mx.array:
    """A scalar that every float of the tree has a part in."""
    return sum((leaf.square().sum() for _, leaf in tree_flatten(tree)), start=mx.array(0.0))


def floats(arguments) -> list:
    return [
        i
        for i, value in enumerate(arguments)
        if isinstance(value, mx.array) and mx.issubdtype(value.dtype, mx.floating)
    ]


def function(fn, *arguments, **keywords) -> dict:
    """A function's values, and its gradients by every argument that holds floats."""

    def loss(*values):
        return total(fn(*values, **keywords))

    return {
        "output": leaves(fn(*arguments, **keywords)),
        "gradients": leaves(mx.grad(loss, argnums=floats(arguments))(*arguments)),
    }


def layer(module: nn.Module, *inputs, **keywords) -> dict:
    """Everything that a layer shows: text, state, values, gradients, and what evaluation mode changes."""

    def loss(model, *values):
        return total(model(*values, **keywords))

    found = {
        "repr": repr(module),
        "state": leaves(module.state),
        "output": leaves(module(*inputs, **keywords)),
    }
    if tree_flatten(module.trainable_parameters()):
        found["gradients"] = leaves(nn.value_and_grad(module, loss)(module, *inputs))
    by_input = floats(inputs)
    if by_input:
        found["input gradients"] = leaves(
            mx.grad(lambda *values: loss(module, *values), argnums=by_input)(*inputs)
        )
    found["state after"] = leaves(module.state)
    module.eval()
    found["evaluated"] = leaves(module(*inputs, **keywords))
    return found


def optimizer(optimizer: optim.Optimizer) -> list:
    """Losses, parameters and the optimizer's state of four steps of a small model."""
    model = nn.Sequential(nn.Linear(6, 8), nn.ReLU(), nn.Linear(8, 2))
    x, y = normal(4, 6), normal(4, 2)
    step = nn.value_and_grad(model, lambda net, x, y: nn.losses.mse_loss(net(x), y))
    found = []
    for _ in range(4):
        loss, gradients = step(model, x, y)
        optimizer.update(model, gradients)
        mx.eval(model.parameters(), optimizer.state)
        found.append([bits(loss), leaves(model.parameters()), leaves(optimizer.state)])
    return found


def schedule(rate) -> list:
    return [bits(mx.array(rate(mx.array(i)))) for i in range(12)]


def refused(action) -> str:
    """The kind and the text of the error that an action ends with."""
    try:
        action()
    except (ValueError, KeyError, TypeError, IndexError, NotImplementedError) as error:
        return f"{type(error).__name__}: {error}"
    return "no error"
