"""mlx.nn, mlx.optimizers and mlx.utils do in Node what they do in Python: every case, bit by bit."""

from __future__ import annotations

import pytest

from tests.compile.programs_on_both_sides import Results, check, difference, labels, run

PROGRAMS = ["modules", "functions", "optimizers", "module_methods", "trees"]
CASES = [(program, i, label) for program in PROGRAMS for i, label in enumerate(labels(program))]


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Results]:
    return run(PROGRAMS, tmp_path_factory.mktemp("programs"))


@pytest.mark.parametrize(
    ("program", "index"),
    [(program, i) for program, i, _ in CASES],
    ids=[f"{program}-{label}" for program, _, label in CASES],
)
def test_same_bits(results: dict[str, Results], program: str, index: int) -> None:
    check(results[program], index)


@pytest.mark.parametrize("program", PROGRAMS)
def test_every_case_ran(results: dict[str, Results], program: str) -> None:
    assert len(results[program].python) == len(results[program].node) == len(labels(program))


def test_differences_are_seen() -> None:
    assert difference({"a": [1, [2, 3]]}, {"a": [1, [2, 3]]}) == ""
    assert difference({"a": [1, [2, 3]]}, {"a": [1, [2, 4]]}) == "a[1][1]: Python 3, Node 4"
    assert difference([1], [1, 2]) == ": Python [1], Node [1, 2]"
    # Order counts, and so does the type.
    assert difference({"a": 1, "b": 2}, {"b": 2, "a": 1})
    assert difference([True], [1])
