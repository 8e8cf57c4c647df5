"""Networks of mlx.nn, compiled JavaScript against the Python it was compiled from.

Input: tests/compile/programs/networks.py. Output: tables on the terminal, build/benchmarks/training.json;
with --write a section of docs/benchmarks.md and its chart. A Python and a Node live side by side and take
turns, a few calls at a time, so that both see the same noise. What they compute has to stay equal, or the
times would mean nothing.
usage: python -m benchmarks.training.run [--rounds N] [--clock wall] [--write]
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.chart import Bar, bars
from benchmarks.report import NODE, PYTHON, ROOT, conditions, save, table, write_section
from benchmarks.worker import Worker

HERE = Path(__file__).parent
PROGRAMS = ROOT / "tests" / "compile" / "programs"
OUT = ROOT / "build" / "benchmarks" / "programs"
# V8 compiles a network's code while it runs, what is called most first: done after some seconds.
WARM_MILLISECONDS = 4000
# Node's usual OpenBLAS is faster than Python's BLAS, and has other bits: here the code is compared.
ENVIRONMENT = {"MLX_BLAS": "reference"}


@dataclass(frozen=True)
class Action:
    """`often`: how many calls a turn has for each training step that it would have."""

    name: str
    title: str
    often: int


ACTIONS = (
    Action("construct", "Construction", 2),
    Action("forward", "Forward", 4),
    Action("eager", "Training steps, eager", 1),
    Action("compiled", "Training steps, compiled", 1),
)


@dataclass(frozen=True)
class Network:
    """`steps`: how many training steps one turn takes."""

    name: str
    title: str
    arguments: dict[str, int]
    steps: int


NETWORKS = (
    Network("mlp", "MLP, 3 layers of 64, batch 32", {"size": 32, "batch": 32}, 100),
    Network("mlp", "MLP, 3 layers of 256, batch 64", {"size": 128, "batch": 64}, 40),
    Network("cnn", "CNN, 16 and 32 channels, batch 16", {"size": 16, "batch": 16}, 20),
    Network("cnn", "CNN, 32 and 64 channels, batch 32", {"size": 32, "batch": 32}, 6),
    Network("lstm", "LSTM of 64, 16 tokens, batch 8", {"size": 64, "batch": 8, "length": 16}, 10),
    Network("lstm", "LSTM of 128, 32 tokens, batch 8", {"size": 128, "batch": 8, "length": 32}, 4),
    Network("transformer", "transformer, 2 layers of 64, batch 8 × 32 tokens",
            {"size": 64, "batch": 8, "length": 32}, 10),
    Network("transformer", "transformer, 2 layers of 128, batch 8 × 32 tokens",
            {"size": 128, "batch": 8, "length": 32}, 4),
)  # fmt: skip


@dataclass
class Row:
    network: Network
    action: Action
    times: dict[str, list[float]] = field(default_factory=lambda: {"python": [], "node": []})

    @property
    def title(self) -> str:
        return f"{self.action.title}: {self.network.title}"

    def median(self, side: str) -> float:
        return statistics.median(self.times[side])

    @property
    def ratio(self) -> Bar:
        """Of turns that followed each other, which saw the same noise; the range is the middle half's."""
        pairs = zip(self.times["python"], self.times["node"], strict=True)
        ratios = [node / python for python, node in pairs]
        several = len(ratios) > 1
        low, middle, high = statistics.quantiles(ratios, n=4, method="inclusive") if several else ratios * 3
        return Bar(middle, low, high)


def measure(row: Row, rounds: int, clock: str) -> None:
    sides = {
        "python": Worker([PYTHON, str(HERE / "measure.py")], ENVIRONMENT),
        "node": Worker([NODE, str(HERE / "measure.mjs"), str(OUT / "networks.js")], ENVIRONMENT),
    }
    request = {
        "network": row.network.name,
        "arguments": row.network.arguments,
        "action": row.action.name,
        "calls": row.network.steps * row.action.often,
        "clock": clock,
    }
    warmed = 0.0
    measured = 0
    while measured < rounds:
        answers = {side: worker.ask(request) for side, worker in sides.items()}
        values = {answer["value"] for answer in answers.values()}
        if len(values) > 1:
            raise SystemExit(f"{row.title}: {values}: both sides should compute the same")
        if warmed < WARM_MILLISECONDS:
            warmed += answers["node"]["milliseconds"] * request["calls"]
            continue
        measured += 1
        for side, answer in answers.items():
            row.times[side].append(answer["milliseconds"])
    for worker in sides.values():
        worker.close()


def show(rows: list[Row], action: Action) -> str:
    figures = [
        [
            row.network.title,
            f"{row.median('python'):.2f}",
            f"{row.median('node'):.2f}",
            f"{row.ratio.value:.2f}",
        ]
        for row in rows
        if row.action == action
    ]
    return f"### {action.title}\n\n" + table(["", "Python, ms", "Node, ms", "Node / Python"], figures)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=25)
    parser.add_argument(
        "--clock", choices=("cpu", "wall"), default="cpu", help="on a GPU CPU time tells little"
    )
    parser.add_argument("--write", action="store_true", help="write docs/benchmarks.md and its chart")
    options = parser.parse_args()
    compiler = [str(Path(sys.executable).parent / "node-mlx"), "compile", str(PROGRAMS), "-o", str(OUT)]
    subprocess.run(compiler, check=True, stdout=subprocess.DEVNULL)
    rows = [Row(network, action) for action in ACTIONS for network in NETWORKS]
    for row in rows:
        measure(row, options.rounds, options.clock)
        print(f"{row.title}: {row.ratio.value:.2f}", file=sys.stderr)
    shown = "\n\n".join(show(rows, action) for action in ACTIONS)
    print(shown)
    save("training", [{"name": row.title, "milliseconds": row.times} for row in rows])
    if options.write:
        picture = "![Node against Python by network](images/benchmarks-training.svg)"
        write_section("training", f"{conditions(options.rounds)}\n\n{picture}\n\n{shown}")
        bars(
            "training",
            "CPU time of networks, Node / Python (medians, and the range of the rounds' middle half)",
            {a.title: {r.network.title: r.ratio for r in rows if r.action == a} for a in ACTIONS},
        )


if __name__ == "__main__":
    main()
