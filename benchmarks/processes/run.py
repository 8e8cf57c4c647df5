"""What processes cost: start, memory, host data, the event loop. Python and Node in turn, medians.

Input: the pairs of programs beside this file, each of which prints its figures as a JSON object. Output: a
table on the terminal; with --write a section of docs/benchmarks.md.
usage: python -m benchmarks.processes.run [--rounds N] [--only NAME,…] [--write]
"""

from __future__ import annotations

import argparse
import statistics
import sys
from dataclasses import dataclass
from pathlib import Path

from benchmarks.report import NODE, PYTHON, conditions, run, save, table, write_section

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Suite:
    """A pair of programs, `program`.py and `program`.mjs, and what both are given."""

    program: str
    title: str
    arguments: tuple[str, ...] = ()


SUITES = {
    "start": Suite("start", "Start"),
    "host_data": Suite("host_data", "Host data"),
    "memory": Suite("memory", "A training loop's memory, parameters of 2 MB", ("2000", "512", "1024")),
    "memory_large": Suite("memory", "A training loop's memory, parameters of 16 MB", ("300", "2048", "2048")),
    "event_loop": Suite("event_loop", "The event loop"),
}

Figures = dict[str, dict[str, list[float]]]


def measure(suite: Suite, rounds: int) -> Figures:
    """The values of each figure, for Python and for Node."""
    found: Figures = {}
    for _ in range(rounds):
        commands = {
            "Python": [PYTHON, "-m", f"benchmarks.processes.{suite.program}"],
            "Node": [NODE, str(HERE / f"{suite.program}.mjs")],
        }
        for side, command in commands.items():
            for figure, value in run([*command, *suite.arguments]).items():
                found.setdefault(figure, {}).setdefault(side, []).append(value)
        print(f"{suite.title}: measured", file=sys.stderr)
    return found


def show(figures: Figures) -> str:
    rows = []
    for figure, sides in figures.items():
        python, node = (statistics.median(sides[side]) for side in ("Python", "Node"))
        ratio = f"{node / python:.2f}" if python > 0 else ""
        rows.append([figure, f"{python:,.1f}", f"{node:,.1f}", ratio])
    return table(["", "Python", "Node", "Node / Python"], rows)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--only", type=lambda text: text.split(","), default=list(SUITES))
    parser.add_argument("--write", action="store_true", help="write docs/benchmarks.md")
    arguments = parser.parse_args()
    found = {name: measure(SUITES[name], arguments.rounds) for name in arguments.only}
    parts = [f"### {SUITES[name].title}\n\n{show(figures)}" for name, figures in found.items()]
    print("\n\n".join(parts))
    save("processes", found)
    if arguments.write:
        write_section("processes", "\n\n".join([conditions(arguments.rounds), *parts]))


if __name__ == "__main__":
    main()
