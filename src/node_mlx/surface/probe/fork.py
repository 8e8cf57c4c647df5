"""Runs work in a copy of this process, which may change any global state and may even crash.

Input: a function that finds disagreements. Output: a report for process.py, whatever happens to the copy.
"""

from __future__ import annotations

import json
import os
import signal
import tempfile
from collections.abc import Callable, Sequence

from node_mlx.surface.disagreement import Disagreement
from node_mlx.surface.probe.process import to_json


def in_fork(name: str, work: Callable[[], Sequence[Disagreement]]) -> dict[str, object]:
    """{"disagreements": …} or {"problem": …}; `name` is what the work is about."""
    read_end, write_end = os.pipe()
    if (child := os.fork()) == 0:
        os.close(read_end)
        try:
            _report(name, work, write_end)
        finally:
            # The copy must not run what the original set up for its own end.
            os._exit(0)
    os.close(write_end)
    with os.fdopen(read_end) as stream:
        text = stream.read()
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        return {"problem": f"{name}: a probing call crashed with {signal.Signals(os.WTERMSIG(status)).name}"}
    if not text:
        return {"problem": f"{name}: a probing call ended the process"}
    report: dict[str, object] = json.loads(text)
    return report


def _report(name: str, work: Callable[[], Sequence[Disagreement]], write_end: int) -> None:
    _silence()
    with tempfile.TemporaryDirectory() as folder, os.fdopen(write_end, "w") as stream:
        # Some calls write files.
        os.chdir(folder)
        try:
            report = json.dumps({"disagreements": [to_json(d) for d in work()]})
        except Exception as problem:
            report = json.dumps({"problem": f"{name}: {type(problem).__name__}: {problem}"})
        stream.write(report)


def _silence() -> None:
    """Deprecation notices of MLX are not ours to print."""
    sink = os.open(os.devnull, os.O_WRONLY)
    os.dup2(sink, 1)
    os.dup2(sink, 2)
