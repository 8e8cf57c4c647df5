"""Matrix products, inference and training of an MLP in Node MLX, Python MLX, PyTorch and ONNX Runtime.

Input: the tasks of models.py. Output: a table on the terminal, build/benchmarks/libraries.json; with --write
a section of docs/benchmarks.md and its chart. All libraries live at the same time and take turns, each with
the same number of threads; what they compute has to be equal up to rounding, or the times would mean nothing.
usage: python -m benchmarks.libraries.run [--rounds N] [--threads N] [--seconds S] [--write]
"""

from __future__ import annotations

import argparse
import math
import os
import statistics
import sys
from dataclasses import dataclass, field

from benchmarks.chart import Bar, bars
from benchmarks.libraries.models import Task, prepare
from benchmarks.report import NODE, PYTHON, ROOT, conditions, save, table, write_section
from benchmarks.worker import Worker

# `make bench` installs ONNX Runtime here.
FOLDER = ROOT / "build" / "benchmarks" / "libraries"
# Sums of float32 in another order; the losses are those of the third step.
TOLERANCE = 1e-4
REFERENCE = "Node MLX, OpenBLAS"


@dataclass(frozen=True)
class Library:
    command: list[str]
    kinds: tuple[str, ...] = ("matmul", "forward", "step")
    environment: dict[str, str] = field(default_factory=dict)


HERE = "benchmarks/libraries"
LIBRARIES = {
    REFERENCE: Library([NODE, f"{HERE}/node_mlx.mjs"]),
    "Node MLX, reference BLAS": Library(
        [NODE, f"{HERE}/node_mlx.mjs"], environment={"MLX_BLAS": "reference"}
    ),
    "Python MLX": Library([PYTHON, "-m", "benchmarks.libraries.python_mlx"]),
    "PyTorch": Library([PYTHON, "-m", "benchmarks.libraries.pytorch"]),
    "ONNX Runtime": Library([NODE, f"{HERE}/onnx_runtime.mjs", str(FOLDER)], ("matmul", "forward")),
}


@dataclass
class Result:
    """The milliseconds of each round, by library."""

    task: Task
    times: dict[str, list[float]] = field(default_factory=dict)

    def figure(self, library: str) -> str:
        if library not in self.times:
            return ""
        milliseconds = statistics.median(self.times[library])
        if self.task.operations:
            return f"{self.task.operations / milliseconds / 1e6:,.0f}"
        return f"{milliseconds:.2f}"

    def ratio(self, library: str) -> Bar:
        """Time against Node MLX's in the same round, with OpenBLAS."""
        pairs = zip(self.times[library], self.times[REFERENCE], strict=True)
        ratios = [time / ours for time, ours in pairs]
        return Bar(statistics.median(ratios), min(ratios), max(ratios))


def measure(tasks: list[Task], rounds: int, threads: int, seconds: float) -> list[Result]:
    variables = ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS")
    limits = dict.fromkeys(variables, str(threads))
    workers = {name: Worker(each.command, limits | each.environment) for name, each in LIBRARIES.items()}
    results = [Result(task) for task in tasks]
    for number in range(rounds):
        for result in results:
            task = result.task
            request = {"task": task.kind, "inputs": task.inputs, "seconds": seconds}
            able = [name for name, library in LIBRARIES.items() if task.kind in library.kinds]
            answers = {name: workers[name].ask(request) for name in able}
            check(task, {name: answer["value"] for name, answer in answers.items()})
            for name, answer in answers.items():
                result.times.setdefault(name, []).append(answer["milliseconds"])
        print(f"round {number + 1} of {rounds}", file=sys.stderr)
    for worker in workers.values():
        worker.close()
    return results


def check(task: Task, values: dict[str, float]) -> None:
    wrong = [
        name
        for name, value in values.items()
        if not math.isclose(value, values[REFERENCE], rel_tol=TOLERANCE)
    ]
    if wrong:
        raise SystemExit(f"{task.title}: {', '.join(wrong)} computed something else: {values}")


def show(results: list[Result], unit: str) -> str:
    rows = [[each.task.title, *(each.figure(name) for name in LIBRARIES)] for each in results]
    return table([unit, *LIBRARIES], rows)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--threads", type=int, default=os.cpu_count())
    parser.add_argument("--seconds", type=float, default=0.5, help="how long a turn takes at least")
    parser.add_argument("--write", action="store_true", help="write docs/benchmarks.md and its chart")
    options = parser.parse_args()
    FOLDER.mkdir(parents=True, exist_ok=True)
    results = measure(prepare(FOLDER), options.rounds, options.threads, options.seconds)
    shown = "\n\n".join(
        [
            show([each for each in results if each.task.operations], "GFLOP/s"),
            show([each for each in results if not each.task.operations], "milliseconds"),
        ]
    )
    print(shown)
    save("libraries", [{"name": each.task.title, "milliseconds": each.times} for each in results])
    if options.write:
        said = f"{conditions(options.rounds)} Each library may use {options.threads} threads."
        picture = "![Time against Node MLX](images/benchmarks-libraries.svg)"
        write_section("libraries", f"{said}\n\n{picture}\n\n{shown}")
        bars(
            "libraries",
            "Time against Node MLX with OpenBLAS (less is better; medians, and the range of the rounds)",
            {name: {r.task.title: r.ratio(name) for r in results if name in r.times} for name in LIBRARIES},
            logarithmic=True,
        )


if __name__ == "__main__":
    main()
