"""Tagged values in Python: arguments become MLX and Python objects, results become tagged values.

Input and output as in values.py. This file and node_values.mjs are the two halves of one protocol: a tag
that one knows the other must know too.
    decode({"int": "5"})  →  5          encode(mx.array(1.5))  →  {"array": {"dtype": "float32", …}}
"""

from __future__ import annotations

import base64
import struct
from collections.abc import Callable
from pathlib import Path
from typing import Any

import mlx.core as mx
import numpy as np

from node_mlx.parity.values import Value


class Unknown:
    """An object of a class that MLX knows nothing about."""


class Context:
    """What a case may refer to while it runs: folders, results of earlier steps, arguments of callbacks."""

    def __init__(self, own: Path, other: Path, call: Callable[[Value, Context], Any]) -> None:
        self.own = own
        self.other = other
        self.results: list[Any] = []
        self.parameters: dict[int | str, Any] = {}
        self._call = call

    def call(self, step: Value) -> Any:
        return self._call(step, self)


def lookup(path: str) -> Any:
    """The object of a dotted path below mlx.core. AttributeError if there is none."""
    found: Any = mx
    for part in path.split(".")[2:]:
        found = getattr(found, part)
    return found


# Dtypes whose name differs from their key.
DTYPE_PATHS = {"bool": "mlx.core.bool_"}


def _unpack_double(text: str) -> float:
    return float(struct.unpack(">d", bytes.fromhex(text))[0])


def _decode_array(fields: dict[str, Any]) -> mx.array:
    dtype = lookup(DTYPE_PATHS.get(fields["dtype"], f"mlx.core.{fields['dtype']}"))
    shape = fields["shape"]
    data = base64.b64decode(fields["data"])
    if not data:
        return mx.zeros(shape, dtype)
    # Through bytes, so that no conversion can touch a NaN payload.
    flat = mx.array(np.frombuffer(data, np.uint8)).view(dtype)
    array = flat.reshape(shape) if shape else flat.reshape(())
    match fields.get("layout"):
        case "transposed":
            array = mx.contiguous(array.transpose()).transpose()
        case "strided":
            array = mx.repeat(array, 2, -1)[..., ::2]
        case "offset":
            array = mx.concatenate([array, array], 0)[shape[0] :]
    mx.eval(array)
    return array


def _slice_part(text: str | None) -> int | None:
    return None if text is None else int(text)


def _decode_path(fields: dict[str, Any], context: Context) -> str:
    folder = context.other if fields["other"] else context.own
    return str(folder / fields["name"]) if fields["name"] else ""


def _decode_function(fields: dict[str, Any], context: Context) -> Callable[..., Any]:
    def body(*args: Any, **kwargs: Any) -> Any:
        outer = context.parameters
        context.parameters = dict(enumerate(args))
        context.parameters.update(kwargs)
        try:
            return decode(fields["body"], context)
        finally:
            context.parameters = outer

    return body


DECODERS: dict[str, Callable[[Any, Context], Any]] = {
    "int": lambda text, _: int(text),
    "float": lambda text, _: _unpack_double(text),
    "complex": lambda parts, _: complex(*map(_unpack_double, parts)),
    "bool": lambda value, _: value,
    "none": lambda _value, _: None,
    "str": lambda text, _: text,
    "bytes": lambda text, _: base64.b64decode(text),
    "list": lambda items, context: [decode(item, context) for item in items],
    "tuple": lambda items, context: tuple(decode(item, context) for item in items),
    "dict": lambda items, context: {key: decode(item, context) for key, item in items.items()},
    "array": lambda fields, _: _decode_array(fields),
    "typed": lambda fields, _: np.frombuffer(base64.b64decode(fields["data"]), fields["kind"]),
    "name": lambda path, _: lookup(path),
    "slice": lambda parts, _: slice(*map(_slice_part, parts)),
    "slice_object": lambda parts, _: slice(*map(_slice_part, parts)),
    "ellipsis": lambda _value, _: ...,
    "object": lambda _value, _: Unknown(),
    "call": lambda step, context: context.call(step),
    "ref": lambda index, context: context.results[index],
    "param": lambda which, context: context.parameters[which],
    "path": _decode_path,
    "function": _decode_function,
}


def decode(value: Value, context: Context) -> Any:
    ((tag, content),) = value.items()
    return DECODERS[tag](content, context)


def _encode_array(array: mx.array) -> Value:
    # Reading through the buffer protocol would lose the error of a failed evaluation.
    mx.eval(array)
    name = str(array.dtype).rpartition(".")[2]
    unsigned = {1: mx.uint8, 2: mx.uint16, 4: mx.uint32, 8: mx.uint64}[array.dtype.size]
    data = np.array(array.view(unsigned)).tobytes() if array.size else b""
    return {
        "array": {
            "dtype": name,
            "shape": list(array.shape),
            "data": base64.b64encode(data).decode("ascii"),
        }
    }


def _double(value: float) -> str:
    return struct.pack(">d", value).hex()


def _encode_object(value: object) -> Value:
    if callable(value):
        return {"callable": 1}
    text = repr(value)
    # An address differs from run to run; such objects have no text to compare.
    return {"object": {"type": type(value).__name__, "repr": None if " at 0x" in text else text}}


def encode(value: Any) -> Value:
    match value:
        case None:
            return {"none": 1}
        case mx.array():
            return _encode_array(value)
        case bool():
            return {"bool": value}
        case int():
            return {"int": str(value)}
        case float():
            return {"float": _double(value)}
        case complex():
            return {"complex": [_double(value.real), _double(value.imag)]}
        case str():
            return {"str": value}
        case bytes():
            return {"bytes": base64.b64encode(value).decode("ascii")}
        case list():
            return {"list": [encode(item) for item in value]}
        case tuple():
            return {"tuple": [encode(item) for item in value]}
        case dict():
            return {"dict": {str(key): encode(item) for key, item in value.items()}}
        case mx.Dtype():
            return {"dtype": str(value).rpartition(".")[2]}
        case _:
            return _encode_object(value)
