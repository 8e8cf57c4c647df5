"""What the suites share: commands run in turn, tables, and the sections of docs/benchmarks.md.

A suite measures Python and Node in turn, several rounds, prints a Markdown table, writes its figures to
build/benchmarks/<suite>.json and with --write its section of docs/benchmarks.md, between the comments that
carry its name.
"""

from __future__ import annotations

import json
import math
import os
import platform
import statistics
import subprocess
import sys
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
NODE = os.environ.get("NODE", "node")
PYTHON = sys.executable


def run(command: list[str], task: object = None) -> Any:
    """Runs one side's share of a round: a task as JSON on stdin, a report as JSON on stdout."""
    done = subprocess.run(
        command, input=json.dumps(task), stdout=subprocess.PIPE, text=True, check=True, cwd=ROOT
    )
    return json.loads(done.stdout)


def geometric_mean(ratios: Iterable[float]) -> float:
    return math.exp(statistics.fmean(math.log(max(ratio, 1e-3)) for ratio in ratios))


def _cpu() -> str:
    info = Path("/proc/cpuinfo")
    for line in info.read_text().splitlines() if info.exists() else []:
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


def node_version(node: str) -> str:
    asked = subprocess.run([node, "--version"], stdout=subprocess.PIPE, text=True, check=True)
    return asked.stdout.strip().removeprefix("v")


def conditions(rounds: int = 0, versions: Sequence[str] = ()) -> str:
    """When and where a suite was measured, as a sentence; some have no rounds, some several Nodes."""
    nodes = " and ".join(versions or [node_version(NODE)])
    return (
        f"{date.today()}, {_cpu()}, {os.cpu_count()} cores, Node {nodes} against Python "
        f"{platform.python_version()}{f', {rounds} rounds' if rounds else ''}."
    )


def table(header: list[str], rows: Iterable[Iterable[str]]) -> str:
    """A Markdown table: the first column is text, the others are numbers."""
    lines = [f"| {' | '.join(header)} |", "|---|" + "---:|" * (len(header) - 1)]
    lines += [f"| {' | '.join(row)} |" for row in rows]
    return "\n".join(lines)


def save(suite: str, figures: object) -> None:
    """Writes a suite's figures to build/benchmarks."""
    out = ROOT / "build" / "benchmarks" / f"{suite}.json"
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(json.dumps(figures, indent=1) + "\n")


DOCUMENT = ROOT / "docs" / "benchmarks.md"


def _parts(suite: str) -> tuple[str, str, str]:
    """The document before a suite's section, the section, and what follows."""
    begin, end = f"<!-- {suite} -->\n", f"<!-- /{suite} -->\n"
    before, found, rest = DOCUMENT.read_text("utf-8").partition(begin)
    section, closed, after = rest.partition(end)
    if not (found and closed):
        raise SystemExit(f"{DOCUMENT.relative_to(ROOT)} has no section {suite}")
    return before + begin, section, end + after


def read_section(suite: str) -> str:
    """A suite's section of docs/benchmarks.md."""
    return _parts(suite)[1]


def write_section(suite: str, body: str) -> None:
    """Replaces a suite's section of docs/benchmarks.md."""
    before, _, after = _parts(suite)
    DOCUMENT.write_text(f"{before}{body}\n{after}", "utf-8")
