"""The verb `parity` on the package of this repository: everything is equal and docs/parity.md tells so."""

import pytest

from node_mlx import cli
from node_mlx.parity.command import DOCUMENT


def test_python_and_node_agree_in_every_case(capsys: pytest.CaptureFixture[str]) -> None:
    status = cli.main(["parity", "--check"])
    assert status == 0, capsys.readouterr().out[-8000:]


def test_one_case_is_shown_as_source_with_both_results(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["parity", "--case", "mlx.core.sum#17"]) == 0
    printed = capsys.readouterr().out
    for words in ("print(mx.sum(", "console.log(mx.sum(", "Python's result", "Node's result"):
        assert words in printed


def test_one_function_alone(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["parity", "--function", "mlx.core.exp"]) == 0
    assert "mlx.core.exp" in capsys.readouterr().out


def test_an_unknown_name_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["parity", "--function", "mlx.core.summ"]) == 1
    assert "no case has that name" in capsys.readouterr().err


def test_the_document_lists_the_precision_checks() -> None:
    text = DOCUMENT.read_text(encoding="utf-8")
    for words in ("all 65,536 patterns", "halfway point", "Every item of the surface", "Allowed differences"):
        assert words in text
