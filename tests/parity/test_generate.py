"""The cases as a whole: enough of them, the same ones every time, and nothing of the surface forgotten."""

from collections import Counter
from collections.abc import Iterator

import pytest

from node_mlx.decisions import load_decisions
from node_mlx.parity.case import Case, unique_ids
from node_mlx.parity.checklist import LeftOut, surface_items
from node_mlx.parity.generate import generate
from node_mlx.surface import Function, read_surface


@pytest.fixture(scope="module")
def counts(cases: list[Case]) -> Counter[str]:
    return Counter(case.function for case in cases)


def taking_arrays() -> Iterator[str]:
    """Functions and array methods with an array among their parameters."""
    surface = read_surface()
    for module in surface.modules:
        for function in module.functions:
            if _takes_array(function):
                yield f"{module.name}.{function.name}"
    for method in next(cls for cls in surface.module("mlx.core").classes if cls.name == "array").methods:
        yield f"mlx.core.array.{method.name}"


def _takes_array(function: Function) -> bool:
    parameters = [p for overload in function.overloads for p in overload.parameters]
    return any("array" in (p.annotation or "") for p in parameters)


# Not an operation on the contents of the array it belongs to, or only the protocol around one.
FEW = {
    "mlx.core.array.__init__": "counted as mlx.core.array",
    "mlx.core.array.__deepcopy__": "a copy, shown with one array",
    "mlx.core.array.__format__": "text of a scalar in four formats and four dtypes",
}


def test_at_least_twenty_thousand_cases(cases: list[Case]) -> None:
    assert len(cases) >= 20_000


def test_at_least_twenty_cases_for_every_function_that_takes_an_array(counts: Counter[str]) -> None:
    left_out = LeftOut(load_decisions().section("bind"))
    few = {
        name: counts[name]
        for name in taking_arrays()
        if counts[name] < 20 and name not in FEW and left_out.find(name) is None
    }
    assert few == {}


def test_at_least_fifteen_hundred_cases_of_indexing(cases: list[Case]) -> None:
    assert sum(case.topic == "indexing" for case in cases) >= 1500


def test_every_item_of_the_surface_has_a_case_or_a_decision(counts: Counter[str]) -> None:
    left_out = LeftOut(load_decisions().section("bind"))
    forgotten = [
        name
        for name, _ in surface_items(read_surface())
        if not counts[name]
        and left_out.find(name) is None
        and not any(counted.startswith(f"{name}.") for counted in counts)
    ]
    assert forgotten == []


def test_no_case_counts_for_something_outside_of_the_surface(counts: Counter[str]) -> None:
    assert set(counts) <= {name for name, _ in surface_items(read_surface())}


def test_generating_twice_gives_the_same_cases(cases: list[Case]) -> None:
    assert generate(read_surface()) == cases


def test_a_larger_scale_keeps_the_ids(cases: list[Case]) -> None:
    surface = read_surface()
    by_id = {case.id: case for case in generate(surface, 2)}
    assert len(by_id) > len(cases)
    assert all(by_id[case.id] == case for case in cases)


def test_ids_are_unique(cases: list[Case]) -> None:
    with pytest.raises(ValueError, match=r"mlx\.core"):
        unique_ids([cases[0], cases[0]])


def test_cases_survive_being_written_as_json(cases: list[Case]) -> None:
    for case in cases[:: len(cases) // 500]:
        assert Case.from_json(case.to_json()) == case
