"""A small classifier in Python MLX: what `node-mlx compile` brings to Node."""

from dataclasses import dataclass

import mlx.core as mx
import mlx.nn as nn
import mlx.optimizers as optim


@dataclass
class Config:
    inputs: int = 2
    hidden: int = 16
    classes: int = 3
    layers: int = 2


class Block(nn.Module):
    """A residual block."""

    def __init__(self, dims: int):
        super().__init__()
        self.norm = nn.LayerNorm(dims)
        self.linear = nn.Linear(dims, dims)

    def __call__(self, x: mx.array) -> mx.array:
        return x + nn.gelu(self.linear(self.norm(x)))


class Classifier(nn.Module):
    def __init__(self, config: Config):
        super().__init__()
        self.embed = nn.Linear(config.inputs, config.hidden)
        self.blocks = [Block(config.hidden) for _ in range(config.layers)]
        self.head = nn.Linear(config.hidden, config.classes)

    def __call__(self, x: mx.array) -> mx.array:
        x = self.embed(x)
        for block in self.blocks:
            x = block(x)
        return self.head(x)


def spirals(count: int, classes: int = 3) -> tuple[mx.array, mx.array]:
    """Points on spiral arms, one arm for each class."""
    t = mx.linspace(0.2, 1.0, count)
    points, labels = [], []
    for k in range(classes):
        angle = 4 * t + k * 2.1 + 0.1 * mx.random.normal((count,))
        points.append(mx.stack([t * mx.cos(angle), t * mx.sin(angle)], axis=1))
        labels.append(mx.full((count,), k, dtype=mx.int32))
    return mx.concatenate(points), mx.concatenate(labels)


def loss_fn(model: Classifier, x: mx.array, y: mx.array) -> mx.array:
    return nn.losses.cross_entropy(model(x), y, reduction="mean")


def train(steps: int = 40, seed: int = 0) -> list[float]:
    """Trains from scratch and returns the loss of every step."""
    mx.random.seed(seed)
    model = Classifier(Config())
    optimizer = optim.AdamW(learning_rate=1e-2)
    x, y = spirals(60)
    step = nn.value_and_grad(model, loss_fn)
    losses = []
    for _ in range(steps):
        loss, gradients = step(model, x, y)
        optimizer.update(model, gradients)
        mx.eval(model.parameters(), optimizer.state)
        losses.append(loss.item())
    return losses
