"""Decisions on differences: what they excuse, and that one which excuses nothing is an error."""

import struct
from pathlib import Path

import pytest

from node_mlx.decisions import Decisions, load_decisions
from node_mlx.diagnostics import DecisionError
from node_mlx.parity import values
from node_mlx.parity.case import Case, Step
from node_mlx.parity.checklist import LeftOut, checklist
from node_mlx.parity.judge import Judge, State, Verdict
from node_mlx.parity.processes import Outcome
from node_mlx.parity.values import Value
from node_mlx.surface import read_surface

CASE = Case("mlx.core.exp#0", "mlx.core.exp", "elementwise", (Step("mlx.core.exp"),))


def decisions(tmp_path: Path, text: str) -> Decisions:
    file = tmp_path / "decisions.toml"
    file.write_text(text)
    return load_decisions(file)


def floats(*patterns: int) -> Value:
    return values.array("float32", (len(patterns),), struct.pack(f"<{len(patterns)}I", *patterns))


def failure(name: str, message: str = "m") -> Value:
    return {"error": {"name": name, "message": message, "code": f"ERR_MLX_{name}"}}


def verdict(judge: Judge, python: Outcome | Value, node: Outcome | Value, case: Case = CASE) -> Verdict:
    sides = [{case.id: side if isinstance(side, Outcome) else Outcome((side,))} for side in (python, node)]
    (found,) = judge.judge([case], *sides)
    return found


def test_states(tmp_path: Path) -> None:
    judge = Judge(decisions(tmp_path, ""))
    assert verdict(judge, values.TRUE, values.TRUE).state is State.EQUAL
    assert verdict(judge, values.TRUE, values.FALSE).state is State.DIFFERENT
    assert verdict(judge, values.TRUE, Outcome(crash="SIGSEGV")).state is State.DIFFERENT
    assert verdict(judge, Outcome(crash="SIGSEGV"), values.TRUE).state is State.DROPPED
    assert verdict(judge, values.TRUE, {"unbound": "mlx.core.exp"}).state is State.NOT_BOUND


def test_a_tolerance_reaches_as_far_as_it_says(tmp_path: Path) -> None:
    judge = Judge(
        decisions(tmp_path, '[[parity.tolerance]]\nnames = ["mlx.core.exp"]\nulp = 1\nreason = "r"\n')
    )
    assert verdict(judge, floats(5), floats(6)).state is State.EQUAL
    assert verdict(judge, floats(5), floats(7)).state is State.DIFFERENT
    judge.check_all_used()


@pytest.mark.parametrize("kind", ["tolerance", "error", "exclude"])
def test_an_unused_decision_is_an_error(tmp_path: Path, kind: str) -> None:
    judge = Judge(
        decisions(tmp_path, f'[[parity.{kind}]]\nnames = ["mlx.core.exp"]\nulp = 1\nreason = "r"\n')
    )
    verdict(judge, floats(5), floats(5))
    judge.without_excluded([CASE])
    with pytest.raises(DecisionError, match=r"mlx\.core\.exp"):
        judge.check_all_used()


def test_another_error_class_needs_the_decision_for_that_pair(tmp_path: Path) -> None:
    text = (
        '[[parity.error]]\nnames = ["mlx.core.exp"]\npython = "RuntimeError"\nmessage = "std::bad_cast"\n'
        'node = "TypeError"\nreason = "r"\n'
    )
    judge = Judge(decisions(tmp_path, text))
    leaked = failure("RuntimeError", "std::bad_cast")
    assert verdict(judge, leaked, failure("TypeError")).state is State.EQUAL
    assert verdict(judge, leaked, failure("ValueError")).state is State.DIFFERENT
    assert verdict(judge, failure("RuntimeError"), failure("TypeError")).state is State.DIFFERENT


def test_excluded_cases_do_not_run(tmp_path: Path) -> None:
    judge = Judge(decisions(tmp_path, '[[parity.exclude]]\nnames = ["mlx.core.exp#0"]\nreason = "r"\n'))
    assert judge.without_excluded([CASE]) == []
    judge.check_all_used()


def test_a_broken_rule_is_a_difference_also_where_both_sides_agree(tmp_path: Path) -> None:
    judge = Judge(decisions(tmp_path, ""))
    ruled = Case(CASE.id, CASE.function, CASE.topic, CASE.steps, expected=floats(1))
    assert verdict(judge, floats(1), floats(1), ruled).state is State.EQUAL
    broken = verdict(judge, floats(2), floats(2), ruled)
    assert broken.state is State.DIFFERENT
    assert "Python breaks the rule" in broken.difference


def test_the_checklist_tells_what_is_proven_and_what_is_left_out(tmp_path: Path) -> None:
    text = '[[bind]]\nnames = ["compile"]\ndecision = "pending"\nreason = "r"\n'
    left_out = LeftOut(decisions(tmp_path, text).section("bind"))
    verdicts = [Verdict(CASE, State.EQUAL)]
    status = {item.name: item.status for item in checklist(read_surface(), verdicts, left_out)}
    assert status["mlx.core.exp"] == "proven"
    assert status["mlx.core.compile"] == "pending"
    assert status["mlx.core.sum"] == "no case"
