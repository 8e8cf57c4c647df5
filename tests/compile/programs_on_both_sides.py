"""Runs programs of tests/compile/programs in Python and, compiled, in Node.

Output of `run`: for each program the results of its CASES, of both sides. `labels` names the cases by their
source text.
"""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from node_mlx import cli
from node_mlx.project import BUILD

HERE = Path(__file__).parent
PROGRAMS = HERE / "programs"
COMPILED = BUILD / "tests" / "programs"


@dataclass(frozen=True)
class Results:
    python: list[Any]
    node: list[Any]


def labels(program: str) -> list[str]:
    """What each case calls, on one line."""
    tree = ast.parse((PROGRAMS / f"{program}.py").read_text(encoding="utf-8"))
    for node in tree.body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "CASES":
            assert isinstance(node.value, ast.List)
            cases = [case.body if isinstance(case, ast.Lambda) else case for case in node.value.elts]
            return [re.sub(r"\s+", " ", ast.unparse(case)) for case in cases]
    raise AssertionError(f"{program}.py has no list CASES")


def run(programs: list[str], folder: Path) -> dict[str, Results]:
    """`folder` is where the programs write files."""
    assert cli.main(["compile", str(PROGRAMS), "-o", str(COMPILED)]) == 0
    python = _run([sys.executable, str(HERE / "run_programs.py"), str(PROGRAMS), *programs], folder)
    node = ["node", "--enable-source-maps", str(HERE / "run_programs.mjs"), str(COMPILED), *programs]
    actual = _run(node, folder)
    return {name: Results(python[name], actual[name]) for name in programs}


def _run(command: list[str], folder: Path) -> Any:
    done = subprocess.run(command, capture_output=True, text=True, cwd=folder, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout)


def difference(expected: Any, actual: Any, where: str = "") -> str:
    """The first place where two results differ; "" where they are equal."""
    if isinstance(expected, dict) and isinstance(actual, dict):
        if list(expected) != list(actual):
            return f"{where.lstrip('.')}: Python has {list(expected)}, Node {list(actual)}"
        parts = [(f"{where}.{key}", expected[key], actual[key]) for key in expected]
    elif isinstance(expected, list) and isinstance(actual, list) and len(expected) == len(actual):
        parts = [(f"{where}[{i}]", *both) for i, both in enumerate(zip(expected, actual, strict=True))]
    elif type(expected) is type(actual) and expected == actual:
        return ""
    else:
        return f"{where.lstrip('.')}: Python {str(expected)[:400]}, Node {str(actual)[:400]}"
    return next((found for name, a, b in parts if (found := difference(a, b, name))), "")


def check(results: Results, index: int) -> None:
    """Fails with Node's stack trace, or with the place of the first difference."""
    expected, actual = results.python[index], results.node[index]
    for side, value in (("Python", expected), ("Node", actual)):
        assert not (isinstance(value, dict) and "error" in value), f"{side}: {value['error']}"
    found = difference(expected, actual)
    assert not found, found
