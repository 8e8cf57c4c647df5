"""Tagged values: how arguments and results are written in case and result files.

Input: plain Python facts (a dtype name, a shape, bytes, numbers). Output: JSON objects with one key, the tag.
Both runners read them, so nothing here may depend on MLX or on what JSON can express by itself:
    5                      →  {"int": "5"}
    1.0                    →  {"float": "3ff0000000000000"}     exact bits, so NaN, -0.0 and 1.0 survive
    mx.array([1], int8)    →  {"array": {"dtype": "int8", "shape": [1], "data": "AQ=="}}
"""

from __future__ import annotations

import base64
import math
import struct
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeAlias

Value: TypeAlias = dict[str, Any]

NONE: Value = {"none": 1}
TRUE: Value = {"bool": True}
FALSE: Value = {"bool": False}
ELLIPSIS: Value = {"ellipsis": 1}
# An instance of a class that MLX knows nothing about.
OBJECT: Value = {"object": 1}

# Memory layouts of an array argument: same contents, other strides or offset.
LAYOUTS = ("transposed", "strided", "offset")


def integer(value: int) -> Value:
    return {"int": str(value)}


def floating(value: float) -> Value:
    return {"float": struct.pack(">d", value).hex()}


def complex_number(value: complex) -> Value:
    return {"complex": [floating(value.real)["float"], floating(value.imag)["float"]]}


def boolean(value: bool) -> Value:
    return {"bool": value}


def string(value: str) -> Value:
    return {"str": value}


def raw(value: bytes) -> Value:
    return {"bytes": base64.b64encode(value).decode("ascii")}


def sequence(values: Iterable[Value]) -> Value:
    return {"list": list(values)}


def tuple_of(values: Iterable[Value]) -> Value:
    return {"tuple": list(values)}


def mapping(values: Mapping[str, Value]) -> Value:
    return {"dict": dict(values)}


def integers(values: Iterable[int]) -> Value:
    return sequence(integer(value) for value in values)


def integer_tuple(values: Iterable[int]) -> Value:
    return tuple_of(integer(value) for value in values)


def name(path: str) -> Value:
    """The object of that dotted path: a dtype, a category, a device type, a constant."""
    return {"name": path}


def dtype(key: str) -> Value:
    return name("mlx.core.bool_" if key == "bool" else f"mlx.core.{key}")


def array(dtype_key: str, shape: Sequence[int], data: bytes, layout: str | None = None) -> Value:
    """Row-major contents in native byte order. `layout` asks for the same contents in other strides."""
    fields: dict[str, Any] = {
        "dtype": dtype_key,
        "shape": list(shape),
        "data": base64.b64encode(data).decode("ascii"),
    }
    if layout is not None:
        fields["layout"] = layout
    return {"array": fields}


def typed_data(kind: str, data: bytes) -> Value:
    """One-dimensional host data: a NumPy array in Python, a TypedArray in JavaScript."""
    return {"typed": {"kind": kind, "data": base64.b64encode(data).decode("ascii")}}


def slice_of(
    start: int | None, stop: int | None, step: int | None = None, *, as_object: bool = False
) -> Value:
    """A slice in an index: JavaScript writes it as "start:stop:step", or as mx.slice_(…) if `as_object`."""
    parts = [None if part is None else str(part) for part in (start, stop, step)]
    return {"slice_object" if as_object else "slice": parts}


def call(path: str, args: Sequence[Value] = (), kwargs: Mapping[str, Value] | None = None) -> Value:
    """A value computed by a call when the case runs."""
    return {"call": {"call": path, "args": list(args), "kwargs": dict(kwargs or {})}}


def reference(step: int) -> Value:
    """The result of an earlier step of the same case."""
    return {"ref": step}


def function(body: Value) -> Value:
    """A callback that evaluates `body`, in which parameter(…) stands for its arguments."""
    return {"function": {"body": body}}


def parameter(which: int | str) -> Value:
    """An argument of the innermost callback, by position or by name."""
    return {"param": which}


def path(file_name: str, *, other_side: bool = False) -> Value:
    """A file in this runner's folder, or in the folder that the other runner wrote."""
    return {"path": {"name": file_name, "other": other_side}}


def tag_of(value: Value) -> str:
    (tag,) = value
    return tag


def shape_of(value: Value) -> tuple[int, ...]:
    """Shape of an array argument; scalars and everything else count as 0-d."""
    return tuple(value["array"]["shape"]) if "array" in value else ()


def dtype_of(value: Value) -> str | None:
    found = value.get("array", {}).get("dtype")
    return None if found is None else str(found)


def data_of(value: Value) -> bytes:
    return base64.b64decode(value["array"]["data"])


def to_float(value: Value) -> float:
    """The number in a {"float": …} value."""
    return float(struct.unpack(">d", bytes.fromhex(value["float"]))[0])


def size(shape: Iterable[int]) -> int:
    return math.prod(shape)
