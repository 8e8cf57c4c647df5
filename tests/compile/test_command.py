"""The command: a package, problems, and what `--print-after` shows."""

from __future__ import annotations

from pathlib import Path

import pytest

from node_mlx import cli


def package(folder: Path, **files: str) -> Path:
    folder.mkdir()
    for name, text in files.items():
        (folder / f"{name}.py").write_text(text)
    return folder


def test_a_package_keeps_its_relative_imports(tmp_path: Path) -> None:
    source = package(
        tmp_path / "shapes",
        __init__="from .square import area\n",
        square="from ._base import _scale, UNIT\n\ndef area(x: float):\n    return _scale(x) * x * UNIT\n",
        _base="UNIT = 1\nUNUSED = 2\n\ndef _scale(x):\n    return x\n\ndef _hidden():\n    return 1\n",
    )
    assert cli.main(["compile", str(source), "-o", str(tmp_path / "out")]) == 0
    out = tmp_path / "out"
    assert "export { area } from './square.js';" in (out / "index.js").read_text()
    assert "import { UNIT, _scale } from './_base.js';" in (out / "square.js").read_text().replace(
        "{ _scale, UNIT }", "{ UNIT, _scale }"
    )
    base = (out / "_base.js").read_text()
    assert "export function _scale" in base
    assert "export function _hidden" not in base
    assert (out / "square.js.map").is_file()
    assert "export function area(x: number)" in (out / "square.d.ts").read_text()


def test_problems_are_collected_and_nothing_is_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = package(tmp_path / "p", a="eval('1')\n", b="x = nothing\ny = dir(x)\n")
    assert cli.main(["compile", str(source), "-o", str(tmp_path / "out")]) == 1
    report = capsys.readouterr().err
    assert "a.py:1:1: error: eval() is not supported" in report
    assert "b.py:1:5: error: the name 'nothing' is not defined" in report
    assert "b.py:2:5: error: dir() is not supported" in report
    assert "3 problems in 2 files; nothing was written" in report
    assert not (tmp_path / "out").exists()


def test_a_missing_import_is_a_warning(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = tmp_path / "a.py"
    source.write_text("import numpy as np\n\ndef f(x):\n    return np.array(x)\n")
    assert cli.main(["compile", str(source), "-o", str(tmp_path)]) == 0
    assert "a.py:1: warning: nothing provides 'numpy'" in capsys.readouterr().err


def test_print_after_shows_a_pass(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = tmp_path / "a.py"
    source.write_text("from typing import cast\n\ndef f(n: int):\n    m = cast(int, n) + 1\n    return m\n")
    assert cli.main(["compile", str(source), "--print-after", "erase_typing"]) == 0
    assert "m = n + 1" in capsys.readouterr().out
    assert cli.main(["compile", str(source), "--print-after", "infer_types"]) == 0
    assert "f.m: int" in capsys.readouterr().out
    assert cli.main(["compile", str(source), "--print-after", "lower"]) == 0
    assert "const m = n + 1;" in capsys.readouterr().out
    assert not source.with_suffix(".js").exists()
