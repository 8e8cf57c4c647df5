"""The verdict on each case: equal, different, not bound, or dropped, with decisions.toml applied.

Input: cases, outcomes of both sides, the [[parity.…]] sections. Output: one Verdict per case.
    [[parity.exclude]]    names = case ids: not run, since upstream leaves the result undefined
    [[parity.error]]      names = functions, python, node = error classes, message = Python's where only that
                          one counts: Node's class is the right one
    [[parity.tolerance]]  names = functions, ulp: how far floats may be apart
"""

from __future__ import annotations

import enum
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from node_mlx.decisions import Decisions, Section
from node_mlx.diagnostics import DecisionError, error
from node_mlx.parity.case import Case
from node_mlx.parity.compare import compare_outcomes, compare_with_rule, ulp_distance
from node_mlx.parity.processes import Outcome


class State(enum.Enum):
    EQUAL = "equal"
    DIFFERENT = "different"
    NOT_BOUND = "not bound"
    DROPPED = "dropped"


@dataclass(frozen=True)
class Verdict:
    case: Case
    state: State
    difference: str = ""


class Judge:
    """Applies the decisions and keeps account of which were used."""

    def __init__(self, decisions: Decisions) -> None:
        self._exclude = decisions.section("parity.exclude")
        self._error = decisions.section("parity.error")
        self._tolerance = decisions.section("parity.tolerance")

    def without_excluded(self, cases: Sequence[Case]) -> list[Case]:
        return [case for case in cases if self._exclude.find(case.id) is None]

    def judge(
        self, cases: Sequence[Case], python: Mapping[str, Outcome], node: Mapping[str, Outcome]
    ) -> list[Verdict]:
        return [self._verdict(case, python[case.id], node[case.id]) for case in cases]

    def check_all_used(self) -> None:
        """Raises DecisionError where an entry excuses nothing any more. For complete runs only."""
        unused = [problem for section in self._sections() for problem in section.unused()]
        if unused:
            raise DecisionError(unused)

    def _sections(self) -> tuple[Section, ...]:
        return self._exclude, self._error, self._tolerance

    def _verdict(self, case: Case, python: Outcome, node: Outcome) -> Verdict:
        if python.crash is not None:
            return Verdict(case, State.DROPPED, f"Python itself ended with {python.crash}")
        if any("unbound" in result for result in node.results):
            return Verdict(case, State.NOT_BOUND, compare_outcomes(python, node, case.compare) or "not bound")
        difference = compare_outcomes(python, node, case.compare)
        if difference is not None and self._excused(case, python, node):
            difference = None
        if difference is None and case.expected is not None:
            difference = _against_rule(case, python, node)
        if difference is None:
            return Verdict(case, State.EQUAL)
        return Verdict(case, State.DIFFERENT, difference)

    def _excused(self, case: Case, python: Outcome, node: Outcome) -> bool:
        if not python.results or len(python.results) != len(node.results):
            return False
        left, right = python.results[-1], node.results[-1]
        if "error" in left and "error" in right:
            if not str(right["error"].get("code") or "").startswith("ERR_MLX_"):
                return False
            classes = {"python": left["error"]["name"], "node": right["error"]["name"]}
            messages = (left["error"]["message"], None)
            return any(
                self._error.find(case.function, message=message, **classes) is not None
                for message in messages
            )
        distance = ulp_distance(left, right)
        if distance is None:
            return False
        entry = self._tolerance.find(case.function)
        return entry is not None and distance <= _ulp(entry.fields.get("ulp"), case.function)


def _ulp(value: object, function: str) -> int:
    if not isinstance(value, int):
        raise DecisionError(error(f"the tolerance of {function} needs `ulp`, a number"))
    return value


def _is_unsupported(result: Mapping[str, Any]) -> bool:
    """Whether MLX refused what this device cannot do, which no rule knows."""
    return "error" in result and "not supported on the GPU" in result["error"]["message"]


def _against_rule(case: Case, python: Outcome, node: Outcome) -> str | None:
    """Both sides against the result that was computed without MLX."""
    assert case.expected is not None
    if all(_is_unsupported(outcome.results[-1]) for outcome in (python, node)):
        return None
    for side, outcome in (("Python", python), ("Node", node)):
        if difference := compare_with_rule(case.expected, outcome.results[-1]):
            return f"{side} breaks the rule: {difference}"
    return None
