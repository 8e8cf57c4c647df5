"""Each case compiles to the expected files, and writes in Node what it writes in Python."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from node_mlx.project import ROOT
from tests.compile import goldens

HERE = Path(__file__).parent
CASES = {goldens.name_of(path): path for path in goldens.cases()}
ERRORS = {path.stem: path for path in goldens.errors()}


@pytest.mark.parametrize("name", CASES)
def test_compiles_to_the_expected_files(name: str) -> None:
    for target, text in goldens.expected_files(CASES[name]).items():
        assert target.read_text(encoding="utf-8") == text, f"{target.name}: python -m tests.compile.goldens"


@pytest.mark.parametrize("name", ERRORS)
def test_reports_what_is_not_supported(name: str) -> None:
    report = goldens.expected_report(ERRORS[name])
    assert "error: " in report
    assert ERRORS[name].with_suffix(".txt").read_text(encoding="utf-8") == report


def _outputs(command: list[str], files: dict[str, Path]) -> dict[str, str]:
    names = json.dumps({name: str(path) for name, path in files.items()})
    done = subprocess.run(command, input=names, capture_output=True, text=True, cwd=ROOT, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    outputs: dict[str, str] = json.loads(done.stdout)
    return outputs


@pytest.fixture(scope="module")
def outputs() -> tuple[dict[str, str], dict[str, str]]:
    python = _outputs([sys.executable, str(HERE / "run_cases.py")], CASES)
    node = _outputs(
        ["node", str(HERE / "run_cases.mjs")], {name: path.with_suffix(".js") for name, path in CASES.items()}
    )
    return python, node


@pytest.mark.parametrize("name", CASES)
def test_writes_the_same(outputs: tuple[dict[str, str], dict[str, str]], name: str) -> None:
    python, node = outputs
    assert not python[name].startswith("!!")
    assert node[name] == python[name]
