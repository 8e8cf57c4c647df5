"""Ten steps of training for each network: every parameter and the optimizer's state after every step."""

import mlx.core as mx

from .facts import bits, leaves
from .networks import cnn, lstm, mlp, transformer


def run(task, compiled: bool):
    step = task.step(compiled)
    found = []
    for _ in range(10):
        loss = step(*task.batch)
        mx.eval(loss, task.state)
        found.append([bits(loss), leaves(task.model.state), leaves(task.optimizer.state)])
    return found


CASES = [
    lambda: run(mlp(), compiled=False),
    lambda: run(mlp(), compiled=True),
    lambda: run(cnn(), compiled=False),
    lambda: run(cnn(), compiled=True),
    lambda: run(lstm(), compiled=False),
    lambda: run(lstm(), compiled=True),
    lambda: run(transformer(), compiled=False),
    lambda: run(transformer(), compiled=True),
]
