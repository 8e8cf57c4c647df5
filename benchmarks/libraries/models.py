"""What every library gets: the inputs of the tasks as files of float32, and the models for ONNX Runtime.

Output: for each task its name and its inputs. Their numbers are the same in every run.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

SIZES = (256, 512, 1024, 2048)
LAYERS = (784, 256, 256, 10)
BATCHES = (32, 256)

FLOAT = TensorProto.FLOAT
# What every release of ONNX Runtime since 2022 reads.
OPSET = helper.make_opsetid("", 17)
IR_VERSION = 8


@dataclass
class Task:
    """`operations`: how many multiplications and additions, where they are counted."""

    kind: str
    title: str
    operations: int = 0
    inputs: list[dict[str, Any]] = field(default_factory=list)


def prepare(folder: Path) -> list[Task]:
    """Writes inputs and models; the tasks that use them."""
    random = np.random.default_rng(0)

    def write(name: str, values: Any) -> dict[str, Any]:
        path = folder / f"{name}.f32"
        values.astype(np.float32).tofile(path)
        return {"file": str(path), "shape": values.shape}

    weights = {}
    for i, (inputs, outputs) in enumerate(pairwise(LAYERS)):
        scaled = random.standard_normal((inputs, outputs)) * (2 / inputs) ** 0.5
        weights[f"w{i}"] = scaled.astype(np.float32)
        weights[f"b{i}"] = np.zeros(outputs, np.float32)
    onnx.save(matmul_model(), folder / "matmul.onnx")
    onnx.save(forward_model(weights), folder / "forward.onnx")

    tasks = []
    for size in SIZES:
        a, b = (write(f"{name}-{size}", random.standard_normal((size, size))) for name in "ab")
        tasks.append(Task("matmul", f"matrix product, {size}³", 2 * size**3, [a, b]))
    parameters = [write(name, weight) for name, weight in weights.items()]
    layers = "-".join(map(str, LAYERS))
    for batch in BATCHES:
        x = write(f"x-{batch}", random.standard_normal((batch, LAYERS[0])))
        labels = write(f"labels-{batch}", random.integers(0, LAYERS[-1], batch))
        tasks.append(Task("forward", f"MLP {layers}, forward, batch {batch}", 0, [x, *parameters]))
        tasks.append(Task("step", f"MLP {layers}, training step, batch {batch}", 0, [labels, x, *parameters]))
    return sorted(tasks, key=lambda task: ("matmul", "forward", "step").index(task.kind))


def matmul_model() -> onnx.ModelProto:
    given = [helper.make_tensor_value_info(name, FLOAT, ["n", "n"]) for name in "ab"]
    return model([helper.make_node("MatMul", ["a", "b"], ["result"])], given, [])


def forward_model(weights: dict[str, Any]) -> onnx.ModelProto:
    """The weights are part of the model, as usual, so that ONNX Runtime may order them as it likes."""
    nodes = []
    x = "x"
    last = len(LAYERS) - 2
    for i in range(last + 1):
        y = "result" if i == last else f"sum{i}"
        nodes.append(helper.make_node("Gemm", [x, f"w{i}", f"b{i}"], [y]))
        if i < last:
            x = f"x{i}"
            nodes.append(helper.make_node("Relu", [y], [x]))
    given = [helper.make_tensor_value_info("x", FLOAT, ["batch", LAYERS[0]])]
    return model(nodes, given, [numpy_helper.from_array(value, name) for name, value in weights.items()])


def model(nodes: list[Any], given: list[Any], initializers: list[Any]) -> onnx.ModelProto:
    result = helper.make_tensor_value_info("result", FLOAT, ["rows", "columns"])
    graph = helper.make_graph(nodes, "compared", given, [result], initializers)
    made = helper.make_model(graph, opset_imports=[OPSET], ir_version=IR_VERSION)
    onnx.checker.check_model(made)
    return made
