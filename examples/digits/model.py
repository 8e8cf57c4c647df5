"""A classifier of handwritten digits, in ordinary Python MLX.

`make demo` compiles this file to build/digits/model.js. Node trains the compiled model, Python trains this
one, and both see the same losses.
"""

from collections.abc import Iterator
from functools import partial

import mlx.core as mx
import mlx.nn as nn
import mlx.optimizers as optim

SEED = 7


class Classifier(nn.Module):
    """One hidden layer. Rows of pixels in, one score per class out."""

    def __init__(self, inputs: int = 64, hidden: int = 128, classes: int = 10):
        super().__init__()
        self.hidden = nn.Linear(inputs, hidden)
        self.output = nn.Linear(hidden, classes)

    def __call__(self, x: mx.array) -> mx.array:
        return self.output(nn.relu(self.hidden(x)))


def prepare(images: mx.array) -> mx.array:
    """Images of shape (n, 8, 8) with values from 0 to 16, as rows of 64 values between 0 and 1."""
    return images.reshape(len(images), 64).astype(mx.float32) / 16


def loss_fn(model: Classifier, x: mx.array, labels: mx.array) -> mx.array:
    return nn.losses.cross_entropy(model(x), labels, reduction="mean")


def train(
    model: Classifier, x: mx.array, labels: mx.array, epochs: int = 30, batch: int = 32
) -> Iterator[float]:
    """Trains in place, and yields the loss of every step."""
    optimizer = optim.SGD(learning_rate=0.05, momentum=0.9)
    loss_and_gradients = nn.value_and_grad(model, loss_fn)
    state = [model.state, optimizer.state]

    @partial(mx.compile, inputs=state, outputs=state)
    def step(x: mx.array, labels: mx.array) -> mx.array:
        loss, gradients = loss_and_gradients(model, x, labels)
        optimizer.update(model, gradients)
        return loss

    for _ in range(epochs):
        order = mx.random.permutation(len(x))
        for start in range(0, len(x), batch):
            chosen = order[start : start + batch]
            loss = step(x[chosen], labels[chosen])
            mx.eval(loss, state)
            yield loss.item()
