"""What calls cost: Python and Node side by side in one run, rounds interleaved, ratios of medians.

Input: rows.toml. Output: a table on the terminal; with --write a section of docs/benchmarks.md and its
chart. The times are CPU time of whole processes, so V8's compiler and collector threads are paid for.
usage: python -m benchmarks.dispatch.run [--rounds N] [--groups NAME,…] [--write]
"""

from __future__ import annotations

import argparse
import statistics
import sys
from dataclasses import dataclass
from pathlib import Path

from benchmarks.report import NODE, PYTHON, ROOT, conditions, geometric_mean, run, save, table, write_section

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

HERE = Path(__file__).parent
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
    """The set-up code of both sides, and every row."""
    content = tomllib.loads((HERE / "rows.toml").read_text("utf-8"))
    rows = [
        Row(group, row["python"], row.get("javascript", row["python"]), row.get("calls", BLOCK))
        for group, entries in content["rows"].items()
        for row in entries
    ]
    return content["setup"], rows


def measure(rounds: int, wanted: list[str]) -> list[Result]:
    setup, rows = read_rows()
    rows = [row for row in rows if not wanted or row.group in wanted]
    commands = {
        "python": [PYTHON, str(HERE / "measure.py")],
        "javascript": [NODE, str(HERE / "measure.mjs")],
    }
    found: dict[str, list[list[float]]] = {side: [[] for _ in rows] for side in commands}
    for number in range(rounds):
        for side, command in commands.items():
            statements = [{"statement": getattr(row, side), "calls": row.calls} for row in rows]
            report = run(command, {"setup": setup[side], "rows": statements, "warm": 2, "passes": 4})
            for values, more in zip(found[side], report["rows"], strict=True):
                values += more
        print(f"round {number + 1} of {rounds}", file=sys.stderr)
    return [
        Result(row, statistics.median(python), statistics.median(node))
        for row, python, node in zip(rows, found["python"], found["javascript"], strict=True)
    ]


def mean(results: list[Result]) -> float:
    return geometric_mean(result.ratio for result in results)


def groups(results: list[Result]) -> dict[str, list[Result]]:
    found: dict[str, list[Result]] = {}
    for result in results:
        found.setdefault(result.row.group, []).append(result)
    return found


def every_row(results: list[Result]) -> str:
    return table(
        ["", "Python, ns", "Node, ns", "Node / Python"],
        [[f"`{r.row.javascript}`", f"{r.python:,.0f}", f"{r.node:,.0f}", f"{r.ratio:.2f}"] for r in results],
    )


def summary(results: list[Result]) -> str:
    rows = [[name, str(len(part)), f"{mean(part):.2f}"] for name, part in groups(results).items()]
    rows.append(["**all**", str(len(results)), f"**{mean(results):.2f}**"])
    return table(["", "rows", "geometric mean of Node / Python"], rows)


def chart(results: list[Result]) -> str:
    """An SVG with one bar per group: the geometric mean, and a line from the smallest to the largest."""
    parts = groups(results)
    scale = 220.0
    lines = []
    for i, (name, part) in enumerate(parts.items()):
        y = 40 + 26 * i
        ratio, low, high = mean(part), min(r.ratio for r in part), max(r.ratio for r in part)
        end = min(high, 2.6)
        lines += [
            f'<text x="150" y="{y + 13}" text-anchor="end">{name}</text>',
            f'<rect x="160" y="{y}" width="{ratio * scale:.1f}" height="18" fill="#3b82c4"/>',
            f'<path d="M{160 + low * scale:.1f} {y + 9}H{160 + end * scale:.1f}" stroke="#222"/>',
            f'<text x="{165 + max(ratio, end) * scale:.1f}" y="{y + 13}">{ratio:.2f}</text>',
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


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--groups", type=lambda text: text.split(","), default=[])
    parser.add_argument("--write", action="store_true", help="write docs/benchmarks.md and its chart")
    arguments = parser.parse_args()
    results = measure(arguments.rounds, arguments.groups)
    print(every_row(results), summary(results), sep="\n\n")
    save("dispatch", [{"name": r.row.javascript, "python": r.python, "node": r.node} for r in results])
    if arguments.write:
        parts = [conditions(arguments.rounds), summary(results), "### Every row", every_row(results)]
        write_section("dispatch", "\n\n".join(parts))
        (ROOT / "docs" / "images" / "benchmarks-dispatch.svg").write_text(chart(results), "utf-8")


if __name__ == "__main__":
    main()
