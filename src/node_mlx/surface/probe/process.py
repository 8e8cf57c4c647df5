"""Runs the probing process and reads its answers.

`python -m node_mlx.surface.probe` (see __main__.py) prints one JSON object per function:
{"disagreements": …}, or {"problem": …} where the function could not be probed.
"""

from __future__ import annotations

import json
import subprocess
import sys

from node_mlx.diagnostics import ToolError, error
from node_mlx.surface.disagreement import Disagreement, Topic


class ProbeError(ToolError):
    """A function could not be probed: its samples do not fit, or a call ended the interpreter."""


def probe() -> tuple[Disagreement, ...]:
    """Every disagreement of the installed MLX. Takes some seconds. Raises ProbeError."""
    run = subprocess.run(
        [sys.executable, "-m", "node_mlx.surface.probe"], capture_output=True, text=True, check=False
    )
    if run.returncode != 0:
        raise ProbeError(error("the probing process failed", hint=run.stderr[-2000:]))
    reports = [json.loads(line) for line in run.stdout.splitlines()]
    if problems := [report["problem"] for report in reports if "problem" in report]:
        raise ProbeError([error(problem, hint="see surface/probe/samples.py") for problem in problems])
    return tuple(from_json(entry) for report in reports for entry in report["disagreements"])


def to_json(disagreement: Disagreement) -> list[str]:
    return [disagreement.topic.value, disagreement.subject, disagreement.stub, disagreement.run_time]


def from_json(entry: list[str]) -> Disagreement:
    topic, subject, stub, run_time = entry
    return Disagreement.about(Topic(topic), subject, stub, run_time)
