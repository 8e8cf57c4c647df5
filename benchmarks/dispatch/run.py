"""What calls cost: Python and Node side by side in one run, rounds interleaved, ratios of medians.

Input: rows.toml. Output: tables on the terminal, build/benchmarks/dispatch.json; with --write a section of
docs/benchmarks.md and its chart. The times are CPU time of whole processes, so V8's compiler and collector
threads are paid for. With --node, which may be repeated, these versions of Node are compared: they have a
section and a file of their own, nodes.
usage: python -m benchmarks.dispatch.run [--rounds N] [--groups NAME,…] [--node PATH]… [--write]
"""

from __future__ import annotations

import argparse
import statistics
import sys
from dataclasses import dataclass
from pathlib import Path

from benchmarks.chart import Bar, bars
from benchmarks.report import (
    NODE,
    PYTHON,
    conditions,
    geometric_mean,
    node_version,
    run,
    save,
    table,
    write_section,
)

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

HERE = Path(__file__).parent
BLOCK = 20_000
# Passes that are not counted: V8 compiles in each of the first ones.
WARM = 3
PASSES = 3


@dataclass(frozen=True)
class Row:
    group: str
    python: str
    javascript: str
    calls: int


@dataclass(frozen=True)
class Result:
    """Nanoseconds of a row, a median per round."""

    row: Row
    python: list[float]
    node: list[float]

    @property
    def ratio(self) -> float:
        return statistics.median(self.node) / statistics.median(self.python)


def read_rows() -> tuple[dict[str, str], list[Row]]:
    """The set-up code of both sides, and every row."""
    content = tomllib.loads((HERE / "rows.toml").read_text("utf-8"))
    rows = [
        Row(group, row["python"], row.get("javascript", row["python"]), row.get("calls", BLOCK))
        for group, entries in content["rows"].items()
        for row in entries
    ]
    return content["setup"], rows


def measure(rounds: int, wanted: list[str], nodes: list[str]) -> list[list[Result]]:
    """Every row for each Node, against the same rounds of Python."""
    setup, rows = read_rows()
    rows = [row for row in rows if not wanted or row.group in wanted]
    commands = [("python", [PYTHON, str(HERE / "measure.py")])]
    commands += [("javascript", [node, str(HERE / "measure.mjs")]) for node in nodes]
    found: list[list[list[float]]] = [[[] for _ in rows] for _ in commands]
    for number in range(rounds):
        for (language, command), times in zip(commands, found, strict=True):
            statements = [{"statement": getattr(row, language), "calls": row.calls} for row in rows]
            task = {"setup": setup[language], "rows": statements, "warm": WARM, "passes": PASSES}
            report = run(command, task)
            for values, passes in zip(times, report["rows"], strict=True):
                values.append(statistics.median(passes))
        print(f"round {number + 1} of {rounds}", file=sys.stderr)
    python, *others = found
    return [[Result(*parts) for parts in zip(rows, python, node, strict=True)] for node in others]


def mean(results: list[Result]) -> float:
    return geometric_mean(result.ratio for result in results)


def means_by_round(results: list[Result]) -> list[float]:
    rounds = range(len(results[0].python))
    return [geometric_mean(r.node[i] / max(r.python[i], 1) for r in results) for i in rounds]


def groups(results: list[Result]) -> dict[str, list[Result]]:
    found: dict[str, list[Result]] = {}
    for result in results:
        found.setdefault(result.row.group, []).append(result)
    return found


def every_row(results: list[Result]) -> str:
    rows = []
    for result in results:
        python, node = statistics.median(result.python), statistics.median(result.node)
        rows.append([f"`{result.row.javascript}`", f"{python:,.0f}", f"{node:,.0f}", f"{result.ratio:.2f}"])
    return table(["", "Python, ns", "Node, ns", "Node / Python"], rows)


def summary(results: list[Result]) -> str:
    rows = [[name, str(len(part)), f"{mean(part):.2f}"] for name, part in groups(results).items()]
    rows.append(["**all**", str(len(results)), f"**{mean(results):.2f}**"])
    return table(["", "rows", "geometric mean of Node / Python"], rows)


def compare_nodes(versions: list[str], found: list[list[Result]]) -> str:
    """The groups' means, a column for each version of Node."""
    parts = [groups(results) for results in found]
    rows = [[name, *(f"{mean(part[name]):.2f}" for part in parts)] for name in parts[0]]
    rows.append(["**all**", *(f"**{mean(results):.2f}**" for results in found)])
    return table(["Node / Python", *(f"Node {version}" for version in versions)], rows)


def chart(results: list[Result]) -> None:
    rounds = {name: means_by_round(part) for name, part in groups(results).items()}
    ratios = {name: Bar(statistics.median(found), min(found), max(found)) for name, found in rounds.items()}
    title = "CPU time of a call, Node / Python (geometric means of groups, and the range of the rounds)"
    bars("dispatch", title, {"": ratios})


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--groups", type=lambda text: text.split(","), default=[])
    parser.add_argument("--node", action="append", default=[], help="compare this Node")
    parser.add_argument("--write", action="store_true", help="write docs/benchmarks.md and its chart")
    options = parser.parse_args()
    if options.groups and options.write:
        parser.error("the document has all groups: --write goes without --groups")
    nodes = options.node or [NODE]
    versions = [node_version(node) for node in nodes]
    found = measure(options.rounds, options.groups, nodes)
    said = conditions(options.rounds, versions)
    for version, results in zip(versions, found, strict=True):
        print(f"Node {version}", every_row(results), summary(results), sep="\n\n")
    if options.node:
        compared = compare_nodes(versions, found)
        print(compared)
        save("nodes", {version: figures(each) for version, each in zip(versions, found, strict=True)})
        if options.write:
            write_section("nodes", f"{said}\n\n{compared}")
        return
    save("dispatch", figures(found[0]))
    if options.write:
        parts = [said, summary(found[0]), "### Every row", every_row(found[0])]
        write_section("dispatch", "\n\n".join(parts))
        chart(found[0])


def figures(results: list[Result]) -> list[dict[str, object]]:
    return [{"name": r.row.javascript, "python": r.python, "node": r.node} for r in results]


if __name__ == "__main__":
    main()
