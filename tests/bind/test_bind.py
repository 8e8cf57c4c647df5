"""The bind stage: every function is accounted for, tables hold nothing unused, the output is stable."""

from __future__ import annotations

from functools import cache

import pytest

from node_mlx.bind import emit_cpp, emit_js, rules
from node_mlx.bind.binding import RESULTS, Binding, Expressions, UnboundError, bind
from node_mlx.bind.command import Plan, emit, make_plan
from node_mlx.bind.guards import Guards
from node_mlx.bind.kinds import KINDS
from node_mlx.decisions import load_decisions
from node_mlx.names import cpp_identifier, js_identifier
from node_mlx.surface import Signature, read_surface


@cache
def plan() -> Plan:
    return make_plan(read_surface(), load_decisions().section("bind"))


def binding(text: str, name: str = "sort") -> Binding:
    return bind("mlx.core", name, Signature.parse(text), Expressions(), Guards())


def test_everything_is_accounted_for() -> None:
    assert plan().problems == []
    for name in ("sum", "linalg.norm", "random.normal", "fft.fftn", "fast.rope"):
        module, _, function = f"mlx.core.{name}".rpartition(".")
        assert any(b.name == function for b in plan().functions[module]), name


def test_output_is_byte_identical() -> None:
    again = make_plan(read_surface(), load_decisions().section("bind"))
    assert emit(read_surface(), plan())._files == emit(read_surface(), again)._files


def test_generated_files_are_up_to_date() -> None:
    assert emit(read_surface(), plan()).check() == []


def test_every_kind_is_used() -> None:
    used = {argument.kind_name for b in plan().bindings for argument in b.arguments}
    assert used == KINDS.keys()


def test_every_result_is_used() -> None:
    used = {b.result for b in plan().bindings}
    assert used == {*RESULTS.values(), "in_place"}


def test_every_alias_names_a_method() -> None:
    methods = {b.name for b in plan().methods} | rules.HAND_WRITTEN_METHODS
    assert set(rules.METHOD_ALIASES.values()) <= methods


def test_native_names_are_unique() -> None:
    names = [b.native for b in plan().bindings]
    assert len(names) == len(set(names))


def test_an_unknown_annotation_is_an_error() -> None:
    with pytest.raises(UnboundError, match="no rule for parameter"):
        binding("(a: array, x: frozenset[int]) -> array")


def test_an_unknown_result_is_an_error() -> None:
    with pytest.raises(UnboundError, match="no rule for a result"):
        binding("(a: array) -> frozenset[int]")


def test_cpp_reads_like_the_call() -> None:
    text = emit_cpp.function(
        binding("(a: array, /, axis: int | None = -1, *, stream: StreamOrDevice = None) -> array")
    )
    assert text.splitlines()[1:] == [
        "void core_sort(Call& call) {",
        "  const mx::array& a = call.array(0);",
        "  auto axis = call.maybe_integer(1);",
        "  auto stream = call.stream(2);",
        "  call.result(axis ? mx::sort(a, *axis, stream) : mx::sort(a, stream));",
        "}",
    ]


def test_javascript_stores_the_registers_last() -> None:
    text = emit_js.function(
        binding("(a: array, /, axis: int | None = -1, *, stream: StreamOrDevice = None) -> array")
    )
    body = text[text.index("const a_ =") :]
    assert body.index("$.array(") < body.index("$.maybeInt(") < body.index("$.ints[0] = a_;")


def test_reserved_names() -> None:
    assert (js_identifier("var"), js_identifier("sum")) == ("var_", "sum")
    assert (cpp_identifier("array"), cpp_identifier("axis")) == ("array_", "axis")
