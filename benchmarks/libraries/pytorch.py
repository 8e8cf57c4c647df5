"""The tasks of the comparison in PyTorch, on the CPU; how they are divided follows python_mlx.py."""

from __future__ import annotations

import os

import torch
from torch.nn import functional

from benchmarks.libraries.serve import Arrays, Task, serve

RATE = 0.1

torch.set_num_threads(int(os.environ["OMP_NUM_THREADS"]))


def logits(weights: list[torch.Tensor], x: torch.Tensor) -> torch.Tensor:
    for i in range(0, len(weights) - 2, 2):
        x = functional.relu(torch.addmm(weights[i + 1], x, weights[i]))
    return torch.addmm(weights[-1], x, weights[-2])


def value(result: torch.Tensor) -> float:
    return float(result.abs().max().item())


def matmul(inputs: Arrays) -> Task:
    a, b = map(torch.from_numpy, inputs)
    return lambda: a @ b, value


def forward(inputs: Arrays) -> Task:
    x, *weights = map(torch.from_numpy, inputs)

    def call() -> torch.Tensor:
        with torch.inference_mode():
            return logits(weights, x)

    return call, value


def step(inputs: Arrays) -> Task:
    labels, x, *weights = map(torch.from_numpy, inputs)
    labels = labels.to(torch.int64)
    for weight in weights:
        weight.requires_grad_()

    def call() -> torch.Tensor:
        loss = functional.cross_entropy(logits(weights, x), labels)
        slopes = torch.autograd.grad(loss, weights)
        with torch.no_grad():
            for weight, slope in zip(weights, slopes, strict=True):
                weight -= RATE * slope
        return loss.detach()

    return call, value


serve({"matmul": matmul, "forward": forward, "step": step})
