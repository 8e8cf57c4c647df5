"""The benchmarks: Python and Node side by side in one run, rounds interleaved, ratios of medians.

Input: benchmarks/dispatch/rows.toml. Output: a table on the terminal; docs/benchmarks.md and its chart with
--write; all figures as JSON in build/benchmarks/dispatch.json. The times are CPU time of whole processes,
so V8's compiler and collector threads are paid for.
usage: run.py [--rounds N] [--write]
"""

from __future__ import annotations

import argparse
import json
import math
import os
import platform
import statistics
import subprocess
import sys
from dataclasses import dataclass
from datetime import date
from pathlib import Path

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

HERE = Path(__file__).parent
ROOT = HERE.parent
BLOCK = 20_000


@dataclass(frozen=True)
class Row:
    group: str
    python: str
    javascript: str
    calls: int


@dataclass(frozen=True)
class Result:
    row: Row
    python: float
    node: float

    @property
    def ratio(self) -> float:
        return self.node / self.python


def read_rows() -> tuple[dict[str, str], list[Row]]:
    table = tomllib.loads((HERE / "dispatch" / "rows.toml").read_text("utf-8"))
    rows = [
        Row(group, row["python"], row.get("javascript", row["python"]), row.get("calls", BLOCK))
        for group, entries in table["rows"].items()
        for row in entries
    ]
    return table["setup"], rows


def measure(command: list[str], setup: str, statements: list[tuple[str, int]]) -> dict[str, object]:
    """One process's share of a round."""
    rows = [{"statement": statement, "calls": calls} for statement, calls in statements]
    task = json.dumps({"setup": setup, "rows": rows, "warm": 2, "passes": 4})
    done = subprocess.run(command, input=task, stdout=subprocess.PIPE, text=True, check=True, cwd=ROOT)
    report: dict[str, object] = json.loads(done.stdout)
    return report


def run(rounds: int) -> tuple[list[Result], list[str]]:
    setup, rows = read_rows()
    node = [os.environ.get("NODE", "node"), str(HERE / "dispatch" / "measure.mjs")]
    python = [sys.executable, str(HERE / "dispatch" / "measure.py")]
    found: dict[str, list[list[float]]] = {"python": [[] for _ in rows], "node": [[] for _ in rows]}
    runtimes: list[str] = []
    for number in range(rounds):
        reports = {
            "python": measure(python, setup["python"], [(row.python, row.calls) for row in rows]),
            "node": measure(node, setup["javascript"], [(row.javascript, row.calls) for row in rows]),
        }
        for side, report in reports.items():
            measured = report["rows"]
            assert isinstance(measured, list)
            for values, more in zip(found[side], measured, strict=True):
                values += more
        runtimes = [str(report["runtime"]) for report in reports.values()]
        print(f"round {number + 1} of {rounds}", file=sys.stderr)
    results = [
        Result(row, statistics.median(python_values), statistics.median(node_values))
        for row, python_values, node_values in zip(rows, found["python"], found["node"], strict=True)
    ]
    return results, runtimes


def geometric_mean(results: list[Result]) -> float:
    return math.exp(statistics.fmean(math.log(max(r.ratio, 1e-3)) for r in results))


def cpu_name() -> str:
    for line in Path("/proc/cpuinfo").read_text().splitlines() if Path("/proc/cpuinfo").exists() else []:
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


def table(results: list[Result]) -> str:
    lines = ["| | Python, ns | Node, ns | Node / Python |", "|---|---:|---:|---:|"]
    lines += [f"| `{r.row.javascript}` | {r.python:,.0f} | {r.node:,.0f} | {r.ratio:.2f} |" for r in results]
    return "\n".join(lines)


def groups(results: list[Result]) -> dict[str, list[Result]]:
    found: dict[str, list[Result]] = {}
    for result in results:
        found.setdefault(result.row.group, []).append(result)
    return found


def summary(results: list[Result]) -> str:
    lines = ["| | rows | geometric mean of Node / Python |", "|---|---:|---:|"]
    parts = groups(results).items()
    lines += [f"| {name} | {len(part)} | {geometric_mean(part):.2f} |" for name, part in parts]
    lines.append(f"| **all** | {len(results)} | **{geometric_mean(results):.2f}** |")
    return "\n".join(lines)


def chart(results: list[Result]) -> str:
    """An SVG with one bar per group: the geometric mean, and a line from the smallest to the largest."""
    parts = groups(results)
    scale = 220.0
    lines = []
    for i, (name, part) in enumerate(parts.items()):
        y = 40 + 26 * i
        mean, low, high = geometric_mean(part), min(r.ratio for r in part), max(r.ratio for r in part)
        end = min(high, 2.6)
        lines += [
            f'<text x="150" y="{y + 13}" text-anchor="end">{name}</text>',
            f'<rect x="160" y="{y}" width="{mean * scale:.1f}" height="18" fill="#3b82c4"/>',
            f'<path d="M{160 + low * scale:.1f} {y + 9}H{160 + end * scale:.1f}" stroke="#222"/>',
            f'<text x="{165 + max(mean, end) * scale:.1f}" y="{y + 13}">{mean:.2f}</text>',
        ]
    height = 50 + 26 * len(parts)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="800" height="{height}" font-family="sans-serif" '
        f'font-size="13"><rect width="800" height="{height}" fill="white"/>'
        '<text x="160" y="20">CPU time of a call, Node / Python (bar: geometric mean, line: all rows)</text>'
        f'<path d="M{160 + scale} 28V{height - 10}" stroke="#c43b3b" stroke-dasharray="4 3"/>'
        + "".join(lines)
        + "</svg>\n"
    )


BEGIN, END = "<!-- dispatch -->\n", "<!-- /dispatch -->\n"


def write(results: list[Result], runtimes: list[str], rounds: int) -> None:
    """Replaces the part of docs/benchmarks.md that this run measures."""
    document = ROOT / "docs" / "benchmarks.md"
    text = document.read_text("utf-8")
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    measured = f"{date.today()}, {cpu_name()}, {os.cpu_count()} cores, {' against '.join(reversed(runtimes))}"
    body = f"{measured}, {rounds} rounds.\n\n{summary(results)}\n\n### Every row\n\n{table(results)}\n"
    document.write_text(before + BEGIN + body + END + after, "utf-8")
    (ROOT / "docs" / "images" / "benchmarks-dispatch.svg").write_text(chart(results), "utf-8")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--write", action="store_true", help="write docs/benchmarks.md and its chart")
    arguments = parser.parse_args()
    results, runtimes = run(arguments.rounds)
    print(table(results), summary(results), sep="\n\n")
    out = ROOT / "build" / "benchmarks" / "dispatch.json"
    out.parent.mkdir(parents=True, exist_ok=True)
    rows = [{"name": r.row.javascript, "python": r.python, "node": r.node} for r in results]
    out.write_text(json.dumps({"runtimes": runtimes, "rows": rows}, indent=1) + "\n")
    if arguments.write:
        write(results, runtimes, arguments.rounds)


if __name__ == "__main__":
    main()
