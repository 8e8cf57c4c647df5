"""The probes find what they look for, shown on functions whose behaviour is known."""

import inspect
import os
import signal
from collections.abc import Callable, Sequence
from pathlib import Path

import mlx.core as mx
import pytest

from node_mlx.surface import Signature, Surface
from node_mlx.surface.disagreement import Disagreement, Topic
from node_mlx.surface.probe import samples
from node_mlx.surface.probe.call import Subject, attempt
from node_mlx.surface.probe.conformance import conforms
from node_mlx.surface.probe.defaults import default_disagreements
from node_mlx.surface.probe.fork import in_fork
from node_mlx.surface.probe.passing import Caller, NoSampleCall, passing_disagreements
from node_mlx.surface.probe.returns import describe, return_disagreements
from node_mlx.surface.probe.types import type_disagreements
from node_mlx.surface.stubs import read_stubs

REFUSAL = "f(): incompatible function arguments"


def _caller(declared: str, function: Callable[..., object]) -> Caller:
    """A caller of a function that refuses wrong arguments as nanobind does."""
    real = inspect.signature(function)

    def bound(*args: object, **kwargs: object) -> object:
        try:
            real.bind(*args, **kwargs)
        except TypeError as problem:
            raise TypeError(REFUSAL) from problem
        return function(*args, **kwargs)

    return Caller(Subject("f", bound, Signature.parse(declared)))


def _demand(accepted: bool) -> None:
    if not accepted:
        raise TypeError(REFUSAL)


def _texts(found: Sequence[Disagreement]) -> list[str]:
    return [f"{d.topic.value} {d.parameter}: {d.run_time}" for d in found]


def _passing(declared: str, function: Callable[..., object]) -> list[str]:
    return _texts(list(passing_disagreements(_caller(declared, function), ["a", "b", "c", "x"])))


def test_ways_of_passing_that_agree() -> None:
    def function(a: int, /, b: int, *, c: int = 0) -> None: ...

    assert _passing("(a: int, /, b: int, *, c: int = 0)", function) == []


def test_ways_of_passing_that_differ() -> None:
    def unnamed(a: int, b: int, /, *, c: int = 0) -> None: ...

    def all_named(a: int, b: int, c: int = 0) -> None: ...

    def renamed(x: int, b: int) -> None: ...

    def optional(a: int, b: int | None = None) -> None: ...

    assert _passing("(a: int, b: int, c: int = 0)", unnamed) == [
        "refuses-keyword a: positional-only",
        "refuses-keyword b: positional-only",
        "refuses-position c: keyword-only",
    ]
    assert _passing("(a: int, /, *, b: int, c: int = 0)", all_named) == [
        "accepts-keyword a: positional or keyword",
        "accepts-position b: positional or keyword",
        "accepts-position c: positional or keyword",
    ]
    assert _passing("(a: int, b: int)", renamed) == [
        "refuses-keyword a: positional-only",
        "other-keyword a: x",
    ]
    assert _passing("(a: int, b: int)", optional) == ["optional b: None"]


def test_what_follows_a_variadic_parameter_has_no_position() -> None:
    def function(*a: int, b: int = 0) -> None: ...

    assert _passing("(*a: int, b: int = 0)", function) == []


def test_samples_that_fit_no_call_are_an_error() -> None:
    def function(a: str) -> None:
        _demand(isinstance(a, str))

    with pytest.raises(NoSampleCall):
        _passing("(a: int)", function)


def test_types() -> None:
    def function(a: object, b: object = 0, c: object = None) -> None:
        _demand(a is not None and not isinstance(a, complex))
        _demand(b is None or isinstance(b, (int, float)))
        _demand(not isinstance(c, str))

    caller = _caller("(a: array, b: int | array = 0, c: str | int | None = None)", function)
    assert _texts(list(type_disagreements(caller))) == [
        "accepts-scalar a: bool | int | float",
        "accepts-scalar b: float",
        "accepts-none b: None",
        "refuses-type b: array",
        "refuses-type c: str",
    ]


def test_scalars_and_shapes() -> None:
    def function(a: object, shape: object, scale: object) -> None:
        _demand(not isinstance(scale, complex) and scale is not None)
        _demand(a is not None and shape is not None)

    caller = _caller("(a: array, shape: Sequence[int], scale: scalar)", function)
    assert _texts(list(type_disagreements(caller))) == [
        "accepts-scalar a: scalar",
        "accepts-type shape: int",
        "refuses-type scale: complex",
    ]


def test_errors_about_values_are_no_refusals() -> None:
    def function(a: object) -> None:
        raise ValueError(f"bad value {a}")

    caller = _caller("(a: int)", function)
    found = [d for d in type_disagreements(caller) if d.topic is Topic.REFUSES_TYPE]
    assert found == []
    assert attempt(lambda: NotImplemented).refused


def test_defaults() -> None:
    def function(a: float, b: float = 2.0, c: float = 3.0) -> mx.array:
        return mx.array([a, b, c])

    caller = _caller("(a: float, b: float = 2.0, c: float = 4.0) -> array", function)
    (found,) = default_disagreements(caller)
    assert (found.topic, found.parameter, found.stub) == (Topic.DEFAULT, "c", "4.0")
    assert found.run_time == (
        "array([0.5, 2.0, 4.0], mlx.core.float32) instead of array([0.5, 2.0, 3.0], mlx.core.float32)"
    )


@pytest.mark.parametrize(
    ("declared", "function", "run_time"),
    [
        ("(n: int) -> array", lambda n: [mx.array(n)], "list[array]"),
        ("(n: int) -> array", lambda n: (mx.array(n), mx.array(n)), "tuple[array, array]"),
        ("(n: int)", lambda n: None, "None"),
        ("(n: int, b: bool = False) -> int", lambda n, b=False: "text" if b else 1, "int | str"),
        ("(n: int | str) -> int", lambda n: n, "int | str"),
        ("(*n: int) -> array", lambda *n: list(n) if len(n) > 1 else n[0], "int | list[int]"),
    ],
)
def test_returns(declared: str, function: Callable[..., object], run_time: str) -> None:
    (found,) = return_disagreements(_caller(declared, function))
    assert (found.topic, found.run_time) == (Topic.RETURNS, run_time)


def test_returns_that_agree() -> None:
    caller = _caller("(n: int) -> tuple[int, ...] | None", lambda n: (n, n))
    assert list(return_disagreements(caller)) == []


@pytest.mark.parametrize(
    ("value", "annotation"),
    [
        (None, "None"),
        ([1, 2], "list[int]"),
        ([], "list"),
        ((1, 2), "tuple[int, ...]"),
        ((), "tuple"),
        ({"a": 1, "b": "c"}, "dict[str, int | str]"),
        (True, "bool"),
        (1j, "complex"),
        (mx.float32, "Dtype"),
        (mx.cpu, "DeviceType"),
        (len, "Callable"),
        (object(), "object"),
        (os, "types.ModuleType"),
    ],
)
def test_descriptions_conform(value: object, annotation: str) -> None:
    assert describe(value) == annotation
    assert conforms(value, annotation) or annotation in ("list", "tuple")


@pytest.mark.parametrize(
    ("value", "annotation"),
    [
        (True, "int"),
        ([1], "list[str]"),
        ((1,), "tuple[int, int]"),
        ([1], "tuple[int, ...]"),
        ({"a": 1}, "dict[str, str]"),
        (1, "Callable[P, R]"),
        (None, "int | str"),
    ],
)
def test_other_values_do_not_conform(value: object, annotation: str) -> None:
    assert not conforms(value, annotation)


def test_a_crash_is_reported_by_name() -> None:
    def crash() -> list[Disagreement]:
        os.kill(os.getpid(), signal.SIGKILL)
        return []

    def leave() -> list[Disagreement]:
        os._exit(3)

    def fail() -> list[Disagreement]:
        raise LookupError("no sample")

    assert in_fork("f", crash) == {"problem": "f: a probing call crashed with SIGKILL"}
    assert in_fork("f", leave) == {"problem": "f: a probing call ended the process"}
    assert in_fork("f", fail) == {"problem": "f: LookupError: no sample"}


def test_a_fork_reports_and_changes_nothing() -> None:
    before = Path.cwd()
    found = Disagreement(Topic.RETURNS, "f", "int", "str")
    assert in_fork("f", lambda: [found]) == {"disagreements": [["returns", "f", "int", "str"]]}
    assert Path.cwd() == before


def test_samples_are_for_functions_that_exist() -> None:
    names = {name for name, _ in Surface("", read_stubs()).functions()}
    for table in (samples.BY_FUNCTION, samples.NEEDED, samples.SETUP, samples.FAILS):
        assert table.keys() <= names
