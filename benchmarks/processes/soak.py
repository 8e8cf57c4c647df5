"""How much memory a training loop takes that runs for long, in Python and in Node at the same time.

Input: the loops beside this file, each with one thread of BLAS. Output: a table on the terminal, the samples
in build/benchmarks/soak.json; with --write a section of docs/benchmarks.md and its chart. Memory is what the
system counts as resident, read every second from outside, so that measuring costs the loops nothing.
usage: python -m benchmarks.processes.soak [--minutes N] [--write]
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import statistics
import subprocess
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.chart import lines
from benchmarks.report import NODE, PYTHON, ROOT, conditions, save, table, write_section

HERE = Path(__file__).parent
PYTHON_LOOP, NODE_LOOP = "Python", "Node"
LOOPS = {
    PYTHON_LOOP: [PYTHON, "-m", "benchmarks.processes.soak_loop", "SECONDS"],
    NODE_LOOP: [NODE, str(HERE / "soak_loop.mjs"), "SECONDS", "sync"],
    "Node, async_eval": [NODE, str(HERE / "soak_loop.mjs"), "SECONDS", "async"],
}
# The loops share the processors.
ENVIRONMENT = {"OPENBLAS_NUM_THREADS": "1"}
# The goal: Node may take this much of what Python takes, on top of its own base.
SHARE = 1.3


@dataclass
class Loop:
    """A process that trains; its samples are seconds since its first and megabytes."""

    process: subprocess.Popen[str]
    base: float
    steps: int = 0
    samples: list[tuple[float, float]] = field(default_factory=list)

    def sample(self, started: float) -> None:
        pages = int(Path(f"/proc/{self.process.pid}/statm").read_text().split()[1])
        self.samples.append((time.monotonic() - started, pages * resource.getpagesize() / 2**20))

    def at(self, second: float) -> float:
        """The median of ten seconds that end then."""
        return statistics.median(size for when, size in self.samples if second - 10 <= when <= second + 0.5)

    @property
    def seconds(self) -> float:
        return self.samples[-1][0]

    @property
    def steady(self) -> float:
        return statistics.median(size for when, size in self.samples if when > self.seconds / 2)

    @property
    def growth(self) -> float:
        return self.at(self.seconds) - self.at(self.seconds / 2)

    @property
    def peak(self) -> float:
        return max(size for _, size in self.samples)


def start(command: list[str], seconds: float) -> Loop:
    words = [str(seconds) if word == "SECONDS" else word for word in command]
    pipe = subprocess.PIPE
    process = subprocess.Popen(
        words, stdin=pipe, stdout=pipe, text=True, cwd=ROOT, env={**os.environ, **ENVIRONMENT}
    )
    return Loop(process, _line(process)["base"])


def _line(process: subprocess.Popen[str]) -> Any:
    assert process.stdout is not None
    line = process.stdout.readline()
    if not line:
        raise SystemExit(f"{process.args!r} ended with status {process.wait()}")
    return json.loads(line)


def measure(seconds: float) -> dict[str, Loop]:
    loops = {name: start(command, seconds) for name, command in LOOPS.items()}
    for loop in loops.values():
        assert loop.process.stdin is not None
        loop.process.stdin.close()
    started = time.monotonic()
    while time.monotonic() < started + seconds - 1:
        time.sleep(1)
        for loop in loops.values():
            loop.sample(started)
    for loop in loops.values():
        loop.steps = _line(loop.process)["steps"]
        loop.process.wait()
    return loops


def limit(loops: dict[str, Loop]) -> float:
    return SHARE * loops[PYTHON_LOOP].steady + loops[NODE_LOOP].base


def show(loops: dict[str, Loop]) -> str:
    minute = min(60, loops[PYTHON_LOOP].seconds / 4)
    after = "after a minute" if minute == 60 else f"after {minute:.0f} s"
    figures = {
        "steps": [f"{loop.steps:,}" for loop in loops.values()],
        "an empty process": [f"{loop.base:.1f}" for loop in loops.values()],
        after: [f"{loop.at(minute):.1f}" for loop in loops.values()],
        "at half time": [f"{loop.at(loop.seconds / 2):.1f}" for loop in loops.values()],
        "at the end": [f"{loop.at(loop.seconds):.1f}" for loop in loops.values()],
        "growth in the second half": [f"{loop.growth:+.1f}" for loop in loops.values()],
        "peak": [f"{loop.peak:.1f}" for loop in loops.values()],
    }
    lasting = "\n".join(
        f"- {name}: {loops[name].steady:.1f} MB in the second half, the limit is {limit(loops):.1f} MB."
        for name in LOOPS
        if name != PYTHON_LOOP
    )
    return table(["resident, MB", *loops], [[name, *row] for name, row in figures.items()]) + f"\n\n{lasting}"


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--write", action="store_true", help="write docs/benchmarks.md and its chart")
    options = parser.parse_args()
    loops = measure(options.minutes * 60)
    print(show(loops))
    save("soak", {name: {"steps": loop.steps, "samples": loop.samples} for name, loop in loops.items()})
    if options.write:
        said = f"{conditions()} All loops at the same time, for {options.minutes:g} minutes."
        picture = "![Memory over time](images/benchmarks-soak.svg)"
        write_section("soak", f"{said}\n\n{picture}\n\n{show(loops)}")
        points = {name: [(when / 60, size) for when, size in loop.samples] for name, loop in loops.items()}
        lines("soak", "Memory of a training loop", "minutes", "resident, MB", points, {"limit": limit(loops)})


if __name__ == "__main__":
    main()
