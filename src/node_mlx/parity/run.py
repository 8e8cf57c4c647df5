"""Runs cases on both sides, phase by phase, and returns the outcomes of each.

Input: cases. Output: outcomes by case id for Python and for Node. The two runners work at the same time;
each phase ends when both are done, so that a later phase may read the files that the other side wrote.
"""

from __future__ import annotations

import dataclasses
import os
import shutil
import sys
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from node_mlx.diagnostics import ToolError, error
from node_mlx.parity.case import Case, write_cases
from node_mlx.parity.processes import Outcome, Runner, run_cases

HERE = Path(__file__).resolve().parent


def python_runner(folder: Path, extra: Mapping[str, str] | None = None) -> Runner:
    environment = {**os.environ, **(extra or {})}
    return Runner(
        "Python", (sys.executable, "-m", "node_mlx.parity.python_runner"), folder / "python", environment
    )


def node_runner(folder: Path) -> Runner:
    """Raises ToolError where there is no Node."""
    node = shutil.which("node")
    if node is None:
        raise ToolError(error("there is no `node` to run the cases with", hint="install Node.js 20 or newer"))
    # Python's MLX has no OpenBLAS, whose sums are rounded in another order. MLX_BLAS=openblas asks how much.
    environment = {"MLX_BLAS": "reference", **os.environ}
    return Runner("Node", (node, str(HERE / "node_runner.mjs")), folder / "node", environment)


def run_both(
    cases: Sequence[Case], folder: Path, jobs: int = 1
) -> tuple[dict[str, Outcome], dict[str, Outcome]]:
    """Outcomes of Python and of Node."""
    sides = (python_runner(folder), node_runner(folder))
    python, node = run_sides(cases, folder, sides, jobs)
    return python, node


def run_sides(
    cases: Sequence[Case], folder: Path, sides: Sequence[Runner], jobs: int = 1
) -> list[dict[str, Outcome]]:
    """Outcomes of each side. The other side of a runner is the next one; of a runner alone, itself.

    `jobs` processes work on each side at a time: a GPU's kernels are compiled by the processor.
    """
    outcomes: list[dict[str, Outcome]] = [{} for _ in sides]
    folder.mkdir(parents=True, exist_ok=True)
    for phase in sorted({case.phase for case in cases}):
        chosen = [case for case in cases if case.phase == phase]
        parts = [chosen[first::jobs] for first in range(min(jobs, len(chosen)))]
        with ThreadPoolExecutor(len(sides) * jobs) as pool:
            running = []
            for number, part in enumerate(parts):
                label = f"{phase}-{number}"
                case_file = folder / f"cases-{label}.jsonl"
                write_cases(part, case_file)
                running += [
                    (found, pool.submit(run_cases, side, part, case_file, sides[i - 1].files, label))
                    for i, (found, side) in enumerate(zip(outcomes, sides, strict=True))
                ]
            for found, future in running:
                found.update(future.result())
    return outcomes


def unstable_cases(cases: Sequence[Case], folder: Path) -> list[tuple[Case, str]]:
    """Cases that Python itself answers differently when they run in another order on other memory.

    Such a case proves nothing: it reads memory that nobody wrote, or depends on what ran before it.
    """
    answers = []
    for label, order, extra in (
        ("first", list(cases), {}),
        ("second", list(reversed(cases)), {"MALLOC_PERTURB_": "165"}),
    ):
        (outcomes,) = run_sides(order, folder / label, [python_runner(folder / label, extra)])
        answers.append(outcomes)
    first, second = answers
    return [
        (case, f"{_comparable(first[case.id])} / {_comparable(second[case.id])}"[:300])
        for case in cases
        if case.compare == "bits" and _comparable(first[case.id]) != _comparable(second[case.id])
    ]


def _comparable(outcome: Outcome) -> Outcome:
    """Without messages, which name files."""
    results = tuple(
        {"error": result["error"]["name"]} if "error" in result else result for result in outcome.results
    )
    return dataclasses.replace(outcome, results=results)
