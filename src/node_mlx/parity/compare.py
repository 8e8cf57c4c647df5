"""Compares the result of a case in Python with that in Node. Pure functions over tagged values.

Input: two tagged results. Output: None where they are the same, else the difference in one line.
Bits must be equal, NaN payloads included. What JavaScript has no words for counts as equal: list and tuple,
a number for an int within ±2^53 and for a float, any NaN as a number (a JavaScript number has one NaN).
"""

from __future__ import annotations

import base64
import math
import struct
from collections.abc import Callable
from typing import Any

from node_mlx.parity.dtypes import FLOATS, SIZES, bits, is_nan
from node_mlx.parity.processes import Outcome
from node_mlx.parity.values import Value

MAX_SAFE = 2**53 - 1


def compare_outcomes(expected: Outcome, actual: Outcome, mode: str = "bits") -> str | None:
    """`expected` is Python's. A crash of Node is a difference; cases that crash Python are not compared."""
    if actual.crash is not None:
        return f"Node ended with {actual.crash}"
    if len(expected.results) != len(actual.results):
        at = min(len(expected.results), len(actual.results)) - 1
        return (
            compare_values(expected.results[at], actual.results[at], mode)
            or "a different number of steps ran"
        )
    for number, (left, right) in enumerate(zip(expected.results, actual.results, strict=True)):
        difference = compare_values(left, right, mode)
        if difference is not None:
            return difference if len(expected.results) == 1 else f"step {number}: {difference}"
    return None


def compare_values(expected: Value, actual: Value, mode: str = "bits") -> str | None:
    (left,), (right,) = expected, actual
    if right == "unbound":
        return f"not bound: {actual[right]}"
    if left == "error" or right == "error":
        return _compare_errors(expected, actual)
    rule = RULES.get(left)
    if rule is None:
        return None if expected == actual else f"{_brief(expected)} became {_brief(actual)}"
    return rule(expected[left], actual, mode)


def _compare_errors(expected: Value, actual: Value) -> str | None:
    if "error" not in actual:
        return f"Python raised {_brief(expected)}, Node returned {_brief(actual)}"
    raised = actual["error"]
    if "error" not in expected:
        return f"Python returned {_brief(expected)}, Node threw {_brief(actual)}"
    name = expected["error"]["name"]
    if not str(raised.get("code") or "").startswith("ERR_MLX_"):
        return f"Node threw a {raised['name']} that is not the package's own: {raised['message'][:160]}"
    if not raised["message"] and name != "StopIteration":
        return f"Node's {raised['name']} has no message"
    if name != raised["name"]:
        return f"Python raised {_brief(expected)}, Node threw {_brief(actual)}"
    return None


def _compare_arrays(expected: dict[str, Any], actual: Value, mode: str) -> str | None:
    if "array" not in actual:
        return f"an array became {_brief(actual)}"
    found = actual["array"]
    for key in ("dtype", "shape"):
        if expected[key] != found[key]:
            return f"{key} {expected[key]} became {found[key]}"
    if mode == "kind" or expected["data"] == found["data"]:
        return None
    return _first_difference(expected, found)


def elements(array: dict[str, Any]) -> list[int]:
    """Bit patterns of the elements; both halves of a complex number count."""
    data = base64.b64decode(array["data"])
    width = 4 if array["dtype"] == "complex64" else SIZES[array["dtype"]]
    code = {1: "B", 2: "H", 4: "I", 8: "Q"}[width]
    return list(struct.unpack(f"={len(data) // width}{code}", data))


def _first_difference(expected: dict[str, Any], found: dict[str, Any]) -> str:
    left, right = elements(expected), elements(found)
    if len(left) != len(right):
        return f"{len(left)} elements became {len(right)}"
    differing = [i for i, pair in enumerate(zip(left, right, strict=True)) if pair[0] != pair[1]]
    i = differing[0]
    return f"{len(differing)} of {len(left)} elements differ, first [{i}]: {left[i]:#x} became {right[i]:#x}"


def _compare_int(expected: str, actual: Value, mode: str) -> str | None:
    number = int(expected)
    if "number" in actual and abs(number) <= MAX_SAFE + 1:
        found: float | int = _double(actual["number"])
    elif "int" in actual and abs(number) > MAX_SAFE:
        found = int(actual["int"])
    else:
        return f"int {expected} became {_brief(actual)}"
    return None if mode == "kind" or found == number else f"int {expected} became {found}"


def _double(text: str) -> float:
    return float(struct.unpack(">d", bytes.fromhex(text))[0])


def _same_double(left: str, right: str) -> bool:
    return left == right or (math.isnan(_double(left)) and math.isnan(_double(right)))


def _compare_float(expected: str, actual: Value, mode: str) -> str | None:
    if "number" not in actual:
        return f"float {_double(expected)} became {_brief(actual)}"
    if mode == "kind" or _same_double(expected, actual["number"]):
        return None
    return f"float {_double(expected)!r} became {_double(actual['number'])!r}"


def _compare_complex(expected: list[str], actual: Value, mode: str) -> str | None:
    if "complex" not in actual:
        return f"a complex number became {_brief(actual)}"
    pairs = zip(expected, actual["complex"], strict=True)
    if mode == "kind" or all(_same_double(*pair) for pair in pairs):
        return None
    return f"complex {[*map(_double, expected)]} became {[*map(_double, actual['complex'])]}"


def _compare_sequences(expected: list[Value], actual: Value, mode: str) -> str | None:
    found = actual.get("list", actual.get("tuple"))
    if found is None:
        return f"a sequence became {_brief(actual)}"
    if len(expected) != len(found):
        return f"{len(expected)} items became {len(found)}"
    for i, pair in enumerate(zip(expected, found, strict=True)):
        if difference := compare_values(*pair, mode):
            return f"item {i}: {difference}"
    return None


def _compare_dicts(expected: dict[str, Value], actual: Value, mode: str) -> str | None:
    if "dict" not in actual:
        return f"a dict became {_brief(actual)}"
    found = actual["dict"]
    if sorted(expected) != sorted(found):
        return f"keys {sorted(expected)} became {sorted(found)}"
    for key, value in expected.items():
        if difference := compare_values(value, found[key], mode):
            return f"[{key!r}]: {difference}"
    return None


def _compare_objects(expected: dict[str, Any], actual: Value, mode: str) -> str | None:
    found = actual.get("object")
    if found is None:
        return f"a {expected['type']} became {_brief(actual)}"
    if expected["type"] != found["type"]:
        return f"a {expected['type']} became a {found['type']}"
    if mode == "kind" or expected["repr"] is None or expected["repr"] == found["repr"]:
        return None
    return f"{expected['repr']} became {found['repr']}"


RULES: dict[str, Callable[[Any, Value, str], str | None]] = {
    "array": _compare_arrays,
    "int": _compare_int,
    "float": _compare_float,
    "complex": _compare_complex,
    "list": _compare_sequences,
    "tuple": _compare_sequences,
    "dict": _compare_dicts,
    "object": _compare_objects,
}


def compare_with_rule(expected: Value, actual: Value) -> str | None:
    """A result against one computed without MLX, where any NaN stands for any other."""
    if "array" in expected and "array" in actual and expected["array"]["dtype"] in FLOATS:
        actual = {"array": {**actual["array"], "data": _with_nans_of(expected["array"], actual["array"])}}
    if "bool" in expected or "dtype" in expected:
        return None if expected == actual else f"{_brief(expected)} expected, got {_brief(actual)}"
    return compare_values(expected, actual)


def _with_nans_of(expected: dict[str, Any], actual: dict[str, Any]) -> str:
    """The data of `actual`, in which every NaN that should be one has the expected bits."""
    dtype = expected["dtype"]
    left, right = elements(expected), elements(actual)
    if expected["data"] == actual["data"] or len(left) != len(right) or dtype != actual["dtype"]:
        return str(actual["data"])
    merged = [a if is_nan(dtype, a) and is_nan(dtype, b) else b for a, b in zip(left, right, strict=True)]
    code = {1: "B", 2: "H", 4: "I", 8: "Q"}[SIZES[dtype]]
    return base64.b64encode(struct.pack(f"={len(merged)}{code}", *merged)).decode("ascii")


def ulp_distance(expected: Value, actual: Value) -> int | None:
    """Largest distance of two float arrays in units in the last place; None where they are incomparable."""
    if "array" not in expected or "array" not in actual:
        return None
    left, right = expected["array"], actual["array"]
    if left["dtype"] != right["dtype"] or left["shape"] != right["shape"] or left["dtype"] not in FLOATS:
        return None
    width = bits(left["dtype"])
    distances = [
        abs(_ordered(a, width) - _ordered(b, width))
        for a, b in zip(elements(left), elements(right), strict=True)
    ]
    return max(distances, default=0)


def _ordered(pattern: int, width: int) -> int:
    """Floats as integers in the same order: negative ones count down from zero."""
    sign = 1 << (width - 1)
    return -(pattern & ~sign) if pattern & sign else pattern


def _brief(value: Value) -> str:
    """A value in a few words, for reports."""
    ((tag, content),) = value.items()
    match tag:
        case "array":
            return f"array({content['dtype']}, {content['shape']})"
        case "error":
            return f"{content['name']}: {content['message'][:120]!r}"
        case "number" | "float":
            return f"{_double(content)!r}"
        case "list" | "tuple":
            return (
                f"{tag}[{', '.join(_brief(item) for item in content[:4])}{', …' if len(content) > 4 else ''}]"
            )
        case "none":
            return "None"
        case "object":
            return f"{content['type']} {content['repr'] or ''}".strip()
        case "str":
            return repr(content[:120])
        case _:
            return f"{tag} {str(content)[:80]}"
