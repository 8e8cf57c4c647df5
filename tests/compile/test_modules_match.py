"""Modules, optimizers and schedules of the compiled nn are what Python's are, bit by bit."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from node_mlx.project import ROOT
from tests.compile.modules import specification

HERE = Path(__file__).parent / "modules"
ROWS = {
    "modules": specification.ROWS,
    "optimizers": specification.OPTIMIZERS,
    "schedules": specification.SCHEDULES,
}


def run(command: list[str]) -> Any:
    done = subprocess.run(
        command, input=json.dumps(ROWS), capture_output=True, text=True, cwd=ROOT, check=False
    )
    assert done.returncode == 0, done.stderr[-3000:]
    # A function's repr holds its address.
    return json.loads(re.sub(r" at 0x[0-9a-f]+>", ">", done.stdout))


@pytest.fixture(scope="module")
def both() -> tuple[Any, Any]:
    return run([sys.executable, str(HERE / "python_side.py")]), run(["node", str(HERE / "node_side.mjs")])


@pytest.mark.parametrize(
    ("kind", "index"), [(kind, i) for kind, rows in ROWS.items() for i in range(len(rows))],
    ids=[f"{r['name']}-{i}" for rows in ROWS.values() for i, r in enumerate(rows)],
)  # fmt: skip
def test_same_bits(both: tuple[Any, Any], kind: str, index: int) -> None:
    expected, actual = both[0][kind][index], both[1][kind][index]
    if isinstance(actual, dict) and "error" in actual:
        pytest.fail(actual["error"])
    if isinstance(expected, dict):
        for key, value in expected.items():
            assert actual[key] == value, key
    else:
        assert actual == expected
