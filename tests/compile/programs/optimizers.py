"""Every optimizer and schedule, with every argument at least once."""

import mlx.core as mx
import mlx.nn as nn
import mlx.optimizers as optim

from .facts import bits, leaves, normal, optimizer, refused, schedule, total


def gradients():
    return {"a": normal(3), "b": [normal(2, 2), {"c": normal(1)}]}


def by_hand():
    """What update does, in its parts; state is kept and taken over."""
    model = nn.Linear(3, 2)
    first = optim.Adam(learning_rate=0.1)
    first.init(model.trainable_parameters())
    found = [leaves(first.state)]
    slopes = mx.grad(lambda p: total(p))(model.parameters())
    model.update(first.apply_gradients(slopes, model.parameters()))
    found.append([leaves(first.state), leaves(model.parameters())])
    second = optim.Adam(learning_rate=0.1)
    second.state = first.state
    first.learning_rate = 0.5
    second.update(model, slopes)
    found.append([leaves(second.state), leaves(model.parameters()), bits(first.learning_rate)])
    return found


def several():
    """Weights and biases with an optimizer each."""
    return optim.MultiOptimizer(
        [optim.Adam(learning_rate=0.1), optim.SGD(learning_rate=0.2, momentum=0.9)],
        filters=[lambda name, value: name.endswith("weight")],
    )


def several_steps():
    optimizer_of_both = several()
    model = nn.Linear(3, 2)
    optimizer_of_both.init(model.trainable_parameters())
    for _ in range(3):
        slopes = mx.grad(lambda p: total(p))(model.parameters())
        optimizer_of_both.update(model, slopes)
    return [leaves(model.parameters()), leaves(optimizer_of_both.state)]


CASES = [
    lambda: optimizer(optim.SGD(0.1)),
    lambda: optimizer(optim.SGD(learning_rate=0.1, momentum=0.9, weight_decay=0.01, nesterov=True)),
    lambda: optimizer(optim.SGD(0.1, momentum=0.9, dampening=0.1)),
    lambda: optimizer(optim.SGD(optim.linear_schedule(0.0, 0.1, 3), momentum=0.5)),
    lambda: optimizer(optim.RMSprop(0.01)),
    lambda: optimizer(optim.RMSprop(0.01, alpha=0.9, eps=1e-4)),
    lambda: optimizer(optim.Adagrad(0.01)),
    lambda: optimizer(optim.Adagrad(0.01, eps=1e-4)),
    lambda: optimizer(optim.AdaDelta(0.1)),
    lambda: optimizer(optim.AdaDelta(0.1, rho=0.5, eps=1e-4)),
    lambda: optimizer(optim.Adam(0.01)),
    lambda: optimizer(optim.Adam(0.01, betas=[0.8, 0.99], eps=1e-4, bias_correction=True)),
    lambda: optimizer(optim.Adam(optim.cosine_decay(0.1, 3))),
    lambda: optimizer(optim.AdamW(0.01)),
    lambda: optimizer(optim.AdamW(0.01, betas=[0.8, 0.99], eps=1e-4, weight_decay=0.1, bias_correction=True)),
    lambda: optimizer(optim.Adamax(0.01)),
    lambda: optimizer(optim.Adamax(0.01, betas=[0.8, 0.99], eps=1e-4)),
    lambda: optimizer(optim.Lion(0.01)),
    lambda: optimizer(optim.Lion(0.01, betas=[0.8, 0.95], weight_decay=0.1)),
    lambda: optimizer(optim.Adafactor()),
    lambda: optimizer(
        optim.Adafactor(
            learning_rate=0.01,
            eps=(1e-20, 1e-2),
            clip_threshold=0.5,
            decay_rate=-0.5,
            beta_1=0.9,
            weight_decay=0.01,
            scale_parameter=False,
            relative_step=False,
        )
    ),
    lambda: optimizer(optim.Adafactor(warmup_init=True)),
    lambda: optimizer(optim.Muon(0.01)),
    lambda: optimizer(optim.Muon(0.01, momentum=0.8, weight_decay=0.1, nesterov=False, ns_steps=3)),
    lambda: leaves(optim.Optimizer().state),
    lambda: leaves(optim.Optimizer(schedulers={"learning_rate": optim.step_decay(0.1, 0.5, 2)}).state),
    several_steps,
    lambda: refused(lambda: optim.Optimizer().init({"a": normal(2)})),
    lambda: refused(lambda: optim.Optimizer().apply_single(normal(2), normal(2), {})),
    by_hand,
    # schedules
    lambda: schedule(optim.exponential_decay(0.1, 0.9)),
    lambda: schedule(optim.step_decay(0.1, 0.9, 3)),
    lambda: schedule(optim.cosine_decay(0.1, 7)),
    lambda: schedule(optim.cosine_decay(0.1, 7, end=0.01)),
    lambda: schedule(optim.linear_schedule(0.0, 0.1, 5)),
    lambda: schedule(
        optim.join_schedules([optim.linear_schedule(0.0, 0.1, 5), optim.cosine_decay(0.1, 6)], [5])
    ),
    # gradients
    lambda: leaves(optim.clip_grad_norm(gradients(), max_norm=0.5)),
    lambda: leaves(optim.clip_grad_norm(gradients(), 100.0)),
]
