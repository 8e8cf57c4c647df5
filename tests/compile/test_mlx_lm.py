"""The models of mlx_lm: all compile, their parameters are Python's, and they compute the same bits.

Both sides make every architecture in a tiny configuration and run it: a prompt, the prompt with a cache, and
one more token.
"""

from __future__ import annotations

import importlib.util
import json
import re
import resource
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from node_mlx import cli
from node_mlx.project import BUILD, ROOT
from tests.compile.mlx_lm.configurations import CHANGES, NOT_MADE, NOT_RUN, configuration

HERE = Path(__file__).parent / "mlx_lm"
OUT = BUILD / "tests" / "mlx_lm"
FILES = 137
# CPU time of compiling all of them; measured are 5 seconds.
COMPILE_SECONDS = 25
# NumPy is not MLX: compiled code has none.
NEED_NUMPY = {"dbrx": "results", "gpt_bigcode": "results", "plamo": "parameters"}


def source() -> Path:
    spec = importlib.util.find_spec("mlx_lm")
    assert spec is not None and spec.origin is not None, "make build installs mlx-lm"
    return Path(spec.origin).parent


def architectures() -> list[str]:
    files = sorted((source() / "models").glob("*.py"))
    return [p.stem for p in files if re.search(r"^class Model\(", p.read_text("utf-8"), re.MULTILINE)]


NAMES = [name for name in architectures() if name not in NOT_MADE]


def cpu_seconds() -> float:
    used = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in used)


@pytest.fixture(scope="module")
def compile_time() -> float:
    before = cpu_seconds()
    for part in ("models", "kernels"):
        assert cli.main(["compile", str(source() / part), "-o", str(OUT / part)]) == 0
    return cpu_seconds() - before


@pytest.fixture(scope="module")
def both(compile_time: float) -> tuple[dict[str, Any], dict[str, Any]]:
    python = run([sys.executable, str(HERE / "architectures.py")])
    return python, run(["node", "--enable-source-maps", str(HERE / "architectures.mjs"), str(OUT / "models")])


def run(command: list[str]) -> dict[str, Any]:
    given = json.dumps({name: configuration(name) for name in NAMES})
    done = subprocess.run(command, input=given, capture_output=True, text=True, cwd=ROOT, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_every_file_compiles(compile_time: float) -> None:
    assert len(list((source() / "models").glob("*.py"))) == FILES
    assert len(list((OUT / "models").glob("*.js"))) == FILES
    assert compile_time < COMPILE_SECONDS


def test_the_tables_name_architectures() -> None:
    assert len(NAMES) == 124
    assert {*CHANGES, *NOT_MADE, *NOT_RUN, *NEED_NUMPY} <= {*architectures()}


def error_of(facts: Any) -> str:
    return facts["error"] if isinstance(facts, dict) and "error" in facts else ""


@pytest.mark.parametrize("name", [name for name in NAMES if NEED_NUMPY.get(name) != "parameters"])
def test_parameters(both: tuple[dict[str, Any], dict[str, Any]], name: str) -> None:
    python, node = (side[name] for side in both)
    assert not error_of(python)
    assert not error_of(node)
    assert python["parameters"] == node["parameters"]
    assert len(python["parameters"]) > 5


@pytest.mark.parametrize("name", [name for name in NAMES if name not in NOT_RUN and name not in NEED_NUMPY])
def test_results(both: tuple[dict[str, Any], dict[str, Any]], name: str) -> None:
    python, node = (side[name]["results"] for side in both)
    assert not error_of(python)
    assert not error_of(node)
    assert python == node
    assert len(python) == 3


@pytest.mark.parametrize("name", NOT_RUN)
def test_what_python_cannot_run(both: tuple[dict[str, Any], dict[str, Any]], name: str) -> None:
    assert "No Metal back-end" in error_of(both[0][name]["results"])


@pytest.mark.parametrize("name", NEED_NUMPY)
def test_what_needs_numpy(both: tuple[dict[str, Any], dict[str, Any]], name: str) -> None:
    facts = both[1][name]
    problem = facts if NEED_NUMPY[name] == "parameters" else facts["results"]
    assert "No module named 'numpy'" in error_of(problem)
