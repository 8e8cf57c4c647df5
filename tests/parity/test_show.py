"""The source text of a case does in Python and in Node what the runners do."""

import contextlib
import io
import shutil
import subprocess

import pytest

from node_mlx.parity.case import Case
from node_mlx.parity.show import javascript_source, python_source
from node_mlx.project import ROOT

SHOWN = [
    "mlx.core.sum#17",
    "mlx.core.add#3",
    "mlx.core.random.normal#5",
    "mlx.core.fft.fft#4",
    "mlx.core.array.__getitem__@indexing#30",
    "mlx.core.array.__setitem__@indexing#7",
    "mlx.core.ArrayAt.add@indexing#5",
    "mlx.core.grad@transforms#0",
    "mlx.core.quantize#0",
    "mlx.core.clip#4",
]


@pytest.mark.parametrize("name", SHOWN)
def test_both_texts_print_the_same(cases: list[Case], name: str) -> None:
    (case,) = (case for case in cases if case.id == name)
    node = shutil.which("node")
    assert node is not None
    command = [node, "-e", javascript_source(case)]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    printed = io.StringIO()
    try:
        with contextlib.redirect_stdout(printed):
            exec(python_source(case), {})
    except Exception as problem:
        assert type(problem).__name__ in ran.stderr
    else:
        assert _words(ran.stdout) == _words(printed.getvalue()), ran.stderr


def _words(text: str) -> list[str]:
    """Without line breaks and brackets: util.inspect lays out lists of arrays in its own way."""
    return "".join(character for character in text if character not in "[](),").split()


def test_every_case_can_be_shown(cases: list[Case]) -> None:
    for case in cases[::97]:
        compile(python_source(case), case.id, "exec")
        assert "mx" in javascript_source(case)
