"""What counts as different. Every rule is shown with a pair that it tells apart."""

import struct

import pytest

from node_mlx.parity import values
from node_mlx.parity.compare import compare_outcomes, compare_values, compare_with_rule, ulp_distance
from node_mlx.parity.processes import Outcome
from node_mlx.parity.values import Value


def floats(*patterns: int) -> Value:
    return values.array("float32", (len(patterns),), struct.pack(f"<{len(patterns)}I", *patterns))


def number(value: float) -> Value:
    return {"number": struct.pack(">d", value).hex()}


def failure(name: str, message: str = "what is wrong", code: str | None = "ERR_MLX_VALUE") -> Value:
    return {"error": {"name": name, "message": message, "code": code}}


ONE, QUIET_NAN, NAN_WITH_PAYLOAD = 0x3F800000, 0x7FC00000, 0x7FC00005

SAME: list[tuple[Value, Value]] = [
    (floats(ONE, NAN_WITH_PAYLOAD), floats(ONE, NAN_WITH_PAYLOAD)),
    (values.integer(5), number(5.0)),
    (values.integer(2**60), values.integer(2**60)),
    (values.floating(1.0), number(1.0)),
    (values.floating(float("nan")), number(float("nan"))),
    (values.integer_tuple((1, 2)), values.sequence([number(1.0), number(2.0)])),
    (
        values.mapping({"a": values.TRUE, "b": values.NONE}),
        values.mapping({"b": values.NONE, "a": values.TRUE}),
    ),
    (failure("IndexError"), failure("IndexError", "other words")),
    ({"object": {"type": "Device", "repr": None}}, {"object": {"type": "Device", "repr": "Device(cpu, 0)"}}),
]

DIFFERENT: list[tuple[Value, Value, str]] = [
    (floats(ONE, QUIET_NAN), floats(ONE, NAN_WITH_PAYLOAD), "1 of 2 elements differ, first [1]"),
    (floats(0), floats(0x80000000), "0x0 became 0x80000000"),
    (floats(ONE), values.array("int32", (1,), bytes(4)), "dtype float32 became int32"),
    (floats(ONE), values.array("float32", (), bytes(4)), "shape [1] became []"),
    (values.integer(5), number(6.0), "int 5 became 6.0"),
    (values.integer(5), values.integer(5), "int 5 became int 5"),  # a BigInt where a number will do
    (values.integer(2**60), number(2.0**60), "became"),
    (values.floating(0.0), number(-0.0), "float 0.0 became -0.0"),
    (values.TRUE, number(1.0), "became"),
    (values.NONE, values.string(""), "became"),
    (values.sequence([values.TRUE]), values.sequence([values.TRUE, values.TRUE]), "1 items became 2"),
    (values.sequence([values.TRUE]), values.sequence([values.FALSE]), "item 0"),
    (values.mapping({"a": values.TRUE}), values.mapping({"b": values.TRUE}), "keys"),
    (values.string("array(1)"), values.string("array(1 )"), "became"),
    (failure("IndexError"), failure("ValueError"), "Node threw ValueError"),
    (failure("ValueError"), values.TRUE, "Node returned"),
    (values.TRUE, failure("ValueError"), "Node threw ValueError"),
    (failure("TypeError"), failure("TypeError", code=None), "not the package's own"),
    (failure("ValueError"), failure("ValueError", message=""), "no message"),
    (values.TRUE, {"unbound": "mlx.core.sum"}, "not bound"),
    (
        {"object": {"type": "Device", "repr": "Device(cpu, 0)"}},
        {"object": {"type": "Device", "repr": "Device(gpu, 0)"}},
        "became",
    ),
]


@pytest.mark.parametrize(("expected", "actual"), SAME)
def test_equal_results(expected: Value, actual: Value) -> None:
    assert compare_values(expected, actual) is None


@pytest.mark.parametrize(("expected", "actual", "words"), DIFFERENT)
def test_different_results_are_reported(expected: Value, actual: Value, words: str) -> None:
    difference = compare_values(expected, actual)
    assert difference is not None
    assert words in difference


def test_by_kind_only_the_structure_counts() -> None:
    assert compare_values(values.integer(5), number(6.0), "kind") is None
    assert compare_values(floats(ONE), floats(0), "kind") is None
    assert compare_values(values.integer(5), values.string("5"), "kind") is not None


def test_a_crash_and_a_missing_step_are_differences() -> None:
    fine = Outcome((values.TRUE, values.TRUE))
    assert compare_outcomes(fine, fine) is None
    assert "SIGSEGV" in (compare_outcomes(fine, Outcome(crash="SIGSEGV")) or "")
    assert compare_outcomes(fine, Outcome((failure("ValueError"),))) is not None
    assert "step 1" in (compare_outcomes(fine, Outcome((values.TRUE, values.FALSE))) or "")


def test_against_a_rule_any_nan_will_do_but_no_number() -> None:
    assert compare_with_rule(floats(QUIET_NAN), floats(NAN_WITH_PAYLOAD)) is None
    assert compare_with_rule(floats(QUIET_NAN), floats(ONE)) is not None
    assert compare_with_rule(floats(ONE), floats(ONE + 1)) is not None
    assert compare_with_rule({"dtype": "int8"}, {"dtype": "int16"}) is not None


def test_distance_in_units_in_the_last_place() -> None:
    assert ulp_distance(floats(ONE), floats(ONE + 3)) == 3
    assert ulp_distance(floats(0), floats(0x80000000)) == 0
    assert ulp_distance(floats(1), floats(0x80000001)) == 2
    assert ulp_distance(floats(ONE), values.array("float32", (), bytes(4))) is None
