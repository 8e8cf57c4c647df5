"""The programs that transforms are applied to: the same ones on both sides, all of them used."""

import re
from collections import Counter

from node_mlx.parity.case import Case
from node_mlx.parity.python_programs import PROGRAM_ACTIONS, PROGRAMS
from node_mlx.parity.recipes import programs
from node_mlx.parity.run import HERE


def names_in_javascript(table: str) -> set[str]:
    """Keys of an object literal of node_programs.mjs that ends with a line `};`."""
    text = (HERE / "node_programs.mjs").read_text("utf-8")
    body = re.search(rf"const {table} = {{\n(.*?)\n}};", text, re.DOTALL)
    assert body is not None
    return set(re.findall(r"^  (\w+)[:(]", body[1], re.MULTILINE))


def test_both_languages_have_the_same_programs() -> None:
    assert names_in_javascript("PROGRAMS") == set(PROGRAMS)
    assert names_in_javascript("PROGRAM_ACTIONS") == set(PROGRAM_ACTIONS)


def test_every_program_is_called() -> None:
    assert {*programs.PROGRAMS, *programs.WRONG} == set(PROGRAMS)
    assert len(programs.PROGRAMS) >= 60


def test_at_least_two_thousand_cases_of_transforms(cases: list[Case]) -> None:
    counts = Counter(case.function for case in cases if case.topic in (programs.TOPIC, "transforms"))
    assert sum(counts.values()) >= 2000
    for name in (
        "grad value_and_grad vjp jvp vmap compile checkpoint custom_function.vjp custom_function.jvp".split()
    ):
        assert counts[f"mlx.core.{name}"] >= 50, name
