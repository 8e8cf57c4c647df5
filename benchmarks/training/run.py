"""Training steps of small networks, compiled JavaScript against the Python it was compiled from.

Input: tests/compile/programs/networks.py. Output: a table on the terminal, and the marked part of
docs/benchmarks.md with --write. A Python and a Node live side by side and train in turn, a few steps at a
time, so that both see the same noise. Their losses have to stay equal, or the times would mean nothing.
usage: python -m benchmarks.training.run [--rounds N] [--write]
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.report import NODE, PYTHON, ROOT, conditions, save, table, write_section

HERE = Path(__file__).parent
PROGRAMS = ROOT / "tests" / "compile" / "programs"
OUT = ROOT / "build" / "benchmarks" / "programs"
WARM_ROUNDS = 2


@dataclass(frozen=True)
class Network:
    """`steps`: how many one turn takes."""

    name: str
    title: str
    arguments: dict[str, int]
    steps: int


NETWORKS = (
    Network("mlp", "MLP, 3 layers of 256, batch 64", {"size": 128, "batch": 64}, 40),
    Network("cnn", "CNN, 16 and 32 channels, batch 16", {"size": 16, "batch": 16}, 20),
    Network("lstm", "LSTM of 64, 16 tokens, batch 8", {"size": 64, "batch": 8, "length": 16}, 10),
    Network("transformer", "transformer, 2 layers of 64, batch 8 × 32 tokens",
            {"size": 64, "batch": 8, "length": 32}, 10),
    Network("transformer", "transformer, 2 layers of 128, batch 8 × 32 tokens",
            {"size": 128, "batch": 8, "length": 32}, 4),
)  # fmt: skip


@dataclass
class Row:
    network: Network
    compiled: bool
    times: dict[str, list[float]] = field(default_factory=lambda: {"python": [], "node": []})

    @property
    def title(self) -> str:
        return f"{self.network.title}, {'compiled' if self.compiled else 'eager'}"

    def median(self, side: str) -> float:
        return statistics.median(self.times[side])

    @property
    def ratio(self) -> float:
        """Of turns that followed each other, which saw the same noise."""
        pairs = zip(self.times["python"], self.times["node"], strict=True)
        return statistics.median(node / python for python, node in pairs)


class Side:
    """A process that trains on request."""

    def __init__(self, command: list[str]) -> None:
        pipe = subprocess.PIPE
        # Node's usual OpenBLAS is faster than Python's BLAS, and has other bits: here the code is compared.
        environment = {**os.environ, "MLX_BLAS": "reference"}
        self._process = subprocess.Popen(
            command, stdin=pipe, stdout=pipe, text=True, cwd=ROOT, env=environment
        )

    def train(self, row: Row) -> dict[str, Any]:
        network = row.network
        request = {"network": network.name, "arguments": network.arguments, "compiled": row.compiled}
        assert self._process.stdin is not None and self._process.stdout is not None
        self._process.stdin.write(json.dumps({**request, "steps": network.steps}) + "\n")
        self._process.stdin.flush()
        answer: dict[str, Any] = json.loads(self._process.stdout.readline())
        return answer

    def close(self) -> None:
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait()


def measure(row: Row, rounds: int) -> None:
    sides = {
        "python": Side([PYTHON, str(HERE / "measure.py")]),
        "node": Side([NODE, str(HERE / "measure.mjs"), str(OUT / "networks.js")]),
    }
    for number in range(WARM_ROUNDS + rounds):
        answers = {side: process.train(row) for side, process in sides.items()}
        losses = {answer["loss"] for answer in answers.values()}
        if len(losses) > 1:
            raise SystemExit(f"{row.title}: losses of {losses}: both sides should compute the same")
        if number >= WARM_ROUNDS:
            for side, answer in answers.items():
                row.times[side].append(answer["milliseconds"])
    for process in sides.values():
        process.close()


def show(rows: list[Row]) -> str:
    return table(
        ["training step", "Python, ms", "Node, ms", "Node / Python"],
        [
            [row.title, f"{row.median('python'):.2f}", f"{row.median('node'):.2f}", f"{row.ratio:.2f}"]
            for row in rows
        ],
    )


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=25)
    parser.add_argument("--write", action="store_true", help="write docs/benchmarks.md")
    options = parser.parse_args()
    compiler = [str(Path(sys.executable).parent / "node-mlx"), "compile", str(PROGRAMS), "-o", str(OUT)]
    subprocess.run(compiler, check=True, stdout=subprocess.DEVNULL)
    rows = [Row(network, compiled) for network in NETWORKS for compiled in (False, True)]
    for row in rows:
        measure(row, options.rounds)
        print(f"{row.title}: {row.ratio:.2f}", file=sys.stderr)
    print(show(rows))
    save("training", [{"name": row.title, "ratio": row.ratio} for row in rows])
    if options.write:
        write_section("training", f"{conditions(options.rounds)}\n\n{show(rows)}")


if __name__ == "__main__":
    main()
