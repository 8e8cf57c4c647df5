"""`node-mlx parity`: runs the cases, prints what differs, writes docs/parity.md.

Input: the surface, decisions.toml, the Python package `mlx` and the Node package `mlx` of this repository.
Output: a table on the terminal; docs/parity.md after a complete run; exit status 1 where anything differs.
"""

from __future__ import annotations

import argparse
import json
import shutil
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from node_mlx.decisions import load_decisions
from node_mlx.diagnostics import ToolError, error
from node_mlx.output import difference, write_if_changed
from node_mlx.parity.case import Case
from node_mlx.parity.checklist import Item, LeftOut, checklist
from node_mlx.parity.generate import generate
from node_mlx.parity.judge import Judge, State, Verdict
from node_mlx.parity.recipes import PRECISION_TOPICS
from node_mlx.parity.report import difference_lines, document, text_table
from node_mlx.parity.run import run_both, unstable_cases
from node_mlx.parity.show import javascript_source, python_source
from node_mlx.project import BUILD, ROOT, relative
from node_mlx.surface import read_surface

KEPT = BUILD / "parity"
DOCUMENT = ROOT / "docs" / "parity.md"
# --quick runs one in this many cases of every function.
QUICK_STEP = 8


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = subparsers.add_parser(
        "parity", help="compare every function, bit by bit, with Python", description=__doc__
    )
    some = parser.add_mutually_exclusive_group()
    some.add_argument("--quick", action="store_true", help=f"one case in {QUICK_STEP}")
    some.add_argument("--precision", action="store_true", help="only dtypes, promotion and rounding")
    some.add_argument("--function", metavar="NAME", help="only this function, such as mlx.core.sum")
    some.add_argument("--case", metavar="ID", help="one case as source text, with both results")
    parser.add_argument("--scale", type=int, default=1, metavar="N", help="draw N times as many calls")
    parser.add_argument("--jobs", type=int, default=1, metavar="N", help="N processes at a time on each side")
    parser.add_argument(
        "--stability", action="store_true", help="only Python, twice: do the cases prove anything?"
    )
    parser.add_argument("--check", action="store_true", help=f"fail where {relative(DOCUMENT)} would change")
    parser.add_argument("--keep", action="store_true", help=f"keep case and result files in {relative(KEPT)}")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    surface = read_surface()
    decisions = load_decisions()
    judge = Judge(decisions)
    left_out = LeftOut(decisions.section("bind"))
    generated = [case for case in generate(surface, options.scale) if left_out.find(case.function) is None]
    cases = judge.without_excluded(generated)
    chosen = _chosen(cases, options)
    if not chosen:
        hint = "names look like mlx.core.sum, ids like mlx.core.sum#3"
        raise ToolError(error("no case has that name", hint=hint))
    with _folder(options) as folder:
        if options.stability:
            return _report_stability(chosen, folder)
        start = time.monotonic()
        python, node = run_both(_with_writers(chosen, cases), folder, options.jobs)
        verdicts = judge.judge(chosen, python, node)
        seconds = time.monotonic() - start
    if options.case:
        (case,) = chosen
        _print_case(case, python[case.id].results, node[case.id].results)
    _print_report(verdicts, seconds)
    if not _is_complete(options):
        return _status(verdicts, [])
    items = checklist(surface, verdicts, left_out)
    text = document(surface, items, verdicts, decisions)
    status = _status(verdicts, _without_proof(items))
    if options.check:
        changes = difference(DOCUMENT, text)
        print(changes, end="")
        status = status or int(bool(changes))
    else:
        write_if_changed(DOCUMENT, text)
    judge.check_all_used()
    return status


@contextmanager
def _folder(options: argparse.Namespace) -> Iterator[Path]:
    """Where the case and result files of this run go."""
    if options.keep:
        shutil.rmtree(KEPT, ignore_errors=True)
        yield KEPT
        return
    BUILD.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="parity-", dir=BUILD) as folder:
        yield Path(folder)


def _is_complete(options: argparse.Namespace) -> bool:
    return not (options.quick or options.precision or options.function or options.case) and options.scale == 1


def _chosen(cases: Sequence[Case], options: argparse.Namespace) -> list[Case]:
    if options.case:
        return [case for case in cases if case.id == options.case]
    if options.function:
        return [case for case in cases if case.function == options.function]
    if options.precision:
        return [case for case in cases if case.topic in PRECISION_TOPICS]
    if options.quick:
        return _every_nth(cases, QUICK_STEP)
    return list(cases)


def _every_nth(cases: Sequence[Case], step: int) -> list[Case]:
    """Some cases of every function."""
    seen: Counter[str] = Counter()
    chosen = []
    for case in cases:
        if seen[case.function] % step == 0:
            chosen.append(case)
        seen[case.function] += 1
    return chosen


def _with_writers(chosen: Sequence[Case], cases: Sequence[Case]) -> list[Case]:
    """The chosen cases, and those of phase 1 that write the files which chosen ones of phase 2 read."""
    topics = {case.topic for case in chosen if case.phase == 2}
    ids = {case.id for case in chosen}
    return [case for case in cases if case.id in ids or (case.phase == 1 and case.topic in topics)]


def _print_report(verdicts: Sequence[Verdict], seconds: float) -> None:
    functions: dict[str, Counter[State]] = {}
    for verdict in verdicts:
        functions.setdefault(verdict.case.function, Counter())[verdict.state] += 1
    print(text_table(sorted(functions.items())))
    for line in difference_lines(verdicts):
        print(line)
    dropped = [verdict for verdict in verdicts if verdict.state is State.DROPPED]
    for verdict in dropped:
        print(f"{verdict.case.id}: dropped, {verdict.difference}")
    print(f"{len(verdicts):,} cases on both sides in {seconds:.0f} s")


def _print_case(case: Case, python: Sequence[object], node: Sequence[object]) -> None:
    for title, text in (
        ("Python", python_source(case)),
        ("JavaScript", javascript_source(case)),
        ("Python's result", "\n".join(json.dumps(result, ensure_ascii=False) for result in python)),
        ("Node's result", "\n".join(json.dumps(result, ensure_ascii=False) for result in node)),
    ):
        print(f"--- {title}\n{text}")


def _report_stability(cases: Sequence[Case], folder: Path) -> int:
    unstable = unstable_cases(cases, folder)
    for case, answers in unstable:
        print(f"{case.id}: {answers}")
    print(f"{len(cases):,} cases, {len(unstable)} of them unstable in Python itself")
    return 1 if unstable else 0


def _without_proof(items: Sequence[Item]) -> list[str]:
    """Items that neither a case nor a decision accounts for. Classes count by their members."""
    proven = {item.name for item in items if item.cases or item.decision}
    return [
        item.name
        for item in items
        if item.name not in proven and not any(name.startswith(f"{item.name}.") for name in proven)
    ]


def _status(verdicts: Sequence[Verdict], unaccounted: Sequence[str]) -> int:
    for name in unaccounted:
        print(f"{name}: no case, and no decision in decisions.toml")
    failed = any(verdict.state in (State.DIFFERENT, State.NOT_BOUND) for verdict in verdicts)
    return 1 if failed or unaccounted else 0
