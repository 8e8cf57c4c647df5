"""The source text of a case does in Python and in Node what the runners do."""

import contextlib
import io
import shutil
import subprocess

import pytest

from node_mlx.parity.case import Case
from node_mlx.parity.generate import generate
from node_mlx.parity.show import javascript_source, python_source
from node_mlx.project import ROOT
from node_mlx.surface import read_surface

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


@pytest.fixture(scope="module")
def cases() -> dict[str, Case]:
    return {case.id: case for case in generate(read_surface())}


@pytest.mark.parametrize("name", SHOWN)
def test_both_texts_print_the_same(cases: dict[str, Case], name: str) -> None:
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(python_source(cases[name]), {})
    node = shutil.which("node")
    assert node is not None
    ran = subprocess.run(
        [node, "-e", javascript_source(cases[name])], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert _words(ran.stdout) == _words(printed.getvalue())


def _words(text: str) -> list[str]:
    """Without line breaks and brackets: util.inspect lays out lists of arrays in its own way."""
    return "".join(character for character in text if character not in "[](),").split()


def test_every_case_can_be_shown(cases: dict[str, Case]) -> None:
    for case in list(cases.values())[::97]:
        compile(python_source(case), case.id, "exec")
        assert "mx" in javascript_source(case)
