"""A process that measures on request: Python and Node live side by side and take turns.

Input: requests; each becomes a line of JSON on the process's stdin. Output: the line of JSON that it answers.
Short turns of processes that stay alive see the same noise, which runs one after the other do not.
"""

from __future__ import annotations

import json
import os
import subprocess
from typing import Any

from benchmarks.report import ROOT


class Worker:
    def __init__(self, command: list[str], environment: dict[str, str]) -> None:
        pipe = subprocess.PIPE
        self._process = subprocess.Popen(
            command, stdin=pipe, stdout=pipe, text=True, cwd=ROOT, env={**os.environ, **environment}
        )

    def ask(self, request: object) -> Any:
        assert self._process.stdin is not None and self._process.stdout is not None
        self._process.stdin.write(json.dumps(request) + "\n")
        self._process.stdin.flush()
        answer = self._process.stdout.readline()
        if not answer:
            raise SystemExit(f"{self._process.args!r} ended with status {self._process.wait()}")
        return json.loads(answer)

    def close(self) -> None:
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait()
