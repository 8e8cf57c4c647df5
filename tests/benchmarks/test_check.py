"""`make bench-check` finds what became slower, and does not take noise for it."""

from __future__ import annotations

import pytest

from benchmarks.check import GROUP, compare
from benchmarks.report import read_section

WRITTEN = {"unary": 1.4, "binary": 1.0, "shapes": 1.6}


def slower(rounds: dict[str, list[float]]) -> list[str]:
    return [group.name for group in compare(WRITTEN, rounds) if group.slower]


def test_a_regression_is_found_and_named() -> None:
    rounds = {"unary": [1.38, 1.41, 1.42], "binary": [1.28, 1.3, 1.31], "shapes": [1.58, 1.6, 1.63]}
    [found] = [group for group in compare(WRITTEN, rounds) if group.slower]
    assert str(found) == "binary: 1.30 × Python, was 1.00; noise explains 1.15"


@pytest.mark.parametrize(
    "rounds",
    [
        {"unary": [1.5, 1.52, 1.55], "binary": [1.05, 1.08, 1.1], "shapes": [1.7, 1.72, 1.75]},
        {"unary": [1.3, 1.75, 1.9], "binary": [0.9, 1.25, 1.4], "shapes": [1.5, 1.9, 2.1]},
    ],
    ids=["another run", "noisy rounds"],
)
def test_noise_is_no_regression(rounds: dict[str, list[float]]) -> None:
    assert slower(rounds) == []


def test_rounds_that_agree_by_chance_do_not_count_as_quiet() -> None:
    rounds = {"unary": [1.3, 1.45, 1.6], "binary": [1.24, 1.24, 1.24], "shapes": [1.4, 1.6, 1.75]}
    assert slower(rounds) == []


def test_a_quicker_group_passes() -> None:
    assert slower({"unary": [0.7], "binary": [0.5], "shapes": [0.8]}) == []


def test_a_new_group_has_nothing_to_be_compared_with() -> None:
    assert compare(WRITTEN, {"indexing": [9.0]}) == []


def test_the_document_has_groups() -> None:
    assert {"unary", "transforms"} <= {name for name, _ in GROUP.findall(read_section("dispatch"))}
