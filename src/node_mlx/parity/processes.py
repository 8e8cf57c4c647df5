"""Runs a case file in a runner process that may crash or hang, and still gets a result for every case.

Input: a case file and the command of a runner. Output: results by case id. The runner appends one line per
case, so the first case without a line is the one that took the process down: it is noted as a crash or a
hang, and a new process goes on after it.
"""

from __future__ import annotations

import signal
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from node_mlx.diagnostics import ToolError, error
from node_mlx.parity.case import Case, read_lines

# Cases per process: bounds what one process can accumulate.
BATCH = 6000
# Seconds without a finished case before a runner counts as hanging.
PATIENCE = 120.0
POLL = 0.05


@dataclass(frozen=True)
class Outcome:
    """What one runner made of one case: its steps' results, or how the process ended ("SIGSEGV", "hang")."""

    results: tuple[dict[str, Any], ...] = ()
    crash: str | None = None


@dataclass(frozen=True)
class Runner:
    """A command that takes: case file, result file, own folder, other folder, first case, count."""

    name: str
    command: tuple[str, ...]
    folder: Path
    environment: dict[str, str]

    @property
    def files(self) -> Path:
        return self.folder / "files"


class RunnerFailed(ToolError):
    """The runner cannot start at all."""


def run_cases(
    runner: Runner, cases: Sequence[Case], case_file: Path, other_files: Path, label: str
) -> dict[str, Outcome]:
    """Outcomes by id for the cases of the file, in which they stand in this order."""
    runner.files.mkdir(parents=True, exist_ok=True)
    result_file = runner.folder / f"results-{label}.jsonl"
    result_file.unlink(missing_ok=True)
    outcomes: dict[str, Outcome] = {}
    while len(outcomes) < len(cases):
        started = len(outcomes)
        ending = _run_process(runner, case_file, result_file, other_files, started, BATCH)
        _read_new(result_file, outcomes)
        expected = min(started + BATCH, len(cases))
        if len(outcomes) < expected:
            if ending == "exit 0":
                raise RunnerFailed(error(f"{runner.name} stopped without running {cases[len(outcomes)].id}"))
            if len(outcomes) == started and ending.startswith("exit"):
                log = (runner.folder / "log.txt").read_text(errors="replace")[-2000:]
                message = f"{runner.name} does not start ({ending}):\n{log}"
                raise RunnerFailed(error(message, hint="`make build` makes both packages"))
            outcomes[cases[len(outcomes)].id] = Outcome(crash=ending)
            _end_last_line(result_file)
    return outcomes


def _read_new(result_file: Path, outcomes: dict[str, Outcome]) -> None:
    if result_file.exists():
        for line in read_lines(result_file):
            outcomes.setdefault(line["id"], Outcome(tuple(line["results"])))


def _end_last_line(result_file: Path) -> None:
    """A line that the crash cut off must not swallow the first line of the next process."""
    if result_file.exists() and not result_file.read_bytes().endswith(b"\n"):
        with result_file.open("ab") as out:
            out.write(b"\n")


def _run_process(
    runner: Runner, case_file: Path, result_file: Path, other_files: Path, first: int, count: int
) -> str:
    """How the process ended: "exit 0", "SIGSEGV", "hang"."""
    arguments = [str(path) for path in (case_file, result_file, runner.files, other_files)]
    with (runner.folder / "log.txt").open("ab") as log:
        process = subprocess.Popen(
            [*runner.command, *arguments, str(first), str(count)],
            stdout=log,
            stderr=log,
            stdin=subprocess.DEVNULL,
            env=runner.environment,
        )
    try:
        return _watch(process, result_file)
    finally:
        if process.poll() is None:
            process.kill()
            process.wait()


def _watch(process: subprocess.Popen[bytes], result_file: Path) -> str:
    size, since = -1, time.monotonic()
    while process.poll() is None:
        time.sleep(POLL)
        current = result_file.stat().st_size if result_file.exists() else 0
        if current != size:
            size, since = current, time.monotonic()
        elif time.monotonic() - since > PATIENCE:
            process.kill()
            process.wait()
            return "hang"
    code = process.returncode
    return signal.Signals(-code).name if code < 0 else f"exit {code}"
