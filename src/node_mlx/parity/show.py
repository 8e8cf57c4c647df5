"""A case as source text, to be pasted into Python and into Node.

Input: a case. Output: lines of Python and of JavaScript that build the arguments and make the calls. Arrays
are written as bytes, because literals cannot hold every bit pattern; a comment shows their elements.
    print(mx.sum(a0, axis=0))          console.log(mx.sum(a0, { axis: 0 }))
"""

from __future__ import annotations

import base64
import struct
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from node_mlx.parity import values
from node_mlx.parity.case import Case, Step
from node_mlx.parity.compare import elements
from node_mlx.parity.dtypes import FLOATS, bits, decode_float
from node_mlx.parity.values import Value, to_float

SHOWN_ELEMENTS = 8
# What an array comes from.
ARRAY_TAGS = ("array", "call", "ref", "param")


@dataclass
class Writer:
    """Source text of one language. `lines` collects the arrays, which calls then name."""

    language: str
    lines: list[str] = field(default_factory=list)
    arrays: int = 0

    @property
    def python(self) -> bool:
        return self.language == "python"


def python_source(case: Case) -> str:
    return _source(case, Writer("python", ["import mlx.core as mx", "import numpy as np", ""]))


def javascript_source(case: Case) -> str:
    return _source(case, Writer("javascript", ["const { core: mx } = require('mlx');", ""]))


def _source(case: Case, writer: Writer) -> str:
    if case.seed is not None:
        writer.lines.append(f"mx.random.seed({case.seed})")
    last = len(case.steps) - 1
    for number, step in enumerate(case.steps):
        call = _call(step, writer)
        if number < last:
            prefix = "" if writer.python else "const "
            writer.lines.append(f"{prefix}r{number} = {call}")
        else:
            writer.lines.append(f"print({call})" if writer.python else f"console.log({call})")
    return "\n".join(writer.lines)


def _call(step: Step | Mapping[str, Any], writer: Writer) -> str:
    if not isinstance(step, Step):
        step = Step.from_json(step)
    args = [_value(argument, writer) for argument in step.args]
    named = {name: _value(argument, writer) for name, argument in step.kwargs.items()}
    if writer.python:
        args += [f"{name}={text}" for name, text in named.items()]
    elif named:
        args.append(f"{{ {', '.join(f'{name}: {text}' for name, text in named.items())} }}")
    if notation := NOTATIONS.get(step.call):
        return notation(args, step, writer)
    path = step.call.replace("mlx.core.", "mx.", 1)
    if not path.startswith("mx.array."):
        return f"{path}({', '.join(args)})"
    method = path.removeprefix("mx.array.")
    if step.args and values.tag_of(step.args[0]) in ARRAY_TAGS:
        return f"{args[0]}.{method}({', '.join(args[1:])})"
    # A method called on something that has none of that name.
    return f"{path if writer.python else f'mx.array.prototype.{method}.call'}({', '.join(args)})"


def _get_item(args: list[str], step: Step, writer: Writer) -> str:
    if writer.python:
        return f"{args[0]}[{args[1]}]"
    parts = step.args[1].get("tuple", [step.args[1]])
    return f"{args[0]}.get({', '.join(_value(part, writer) for part in parts)})"


def _set_item(args: list[str], step: Step, writer: Writer) -> str:
    if writer.python:
        return f"mx.array.__setitem__({', '.join(args)}) or {args[0]}"
    index = f"[{args[1]}]" if "list" in step.args[1] else args[1]
    return f"({args[0]}.set({index}, {args[2]}), {args[0]})"


def _at(args: list[str], step: Step, writer: Writer) -> str:
    method = step.args[2]["str"]
    if writer.python:
        return f"{args[0]}.at[{args[1]}].{method}({args[3]})"
    parts = step.args[1].get("tuple", [step.args[1]])
    return f"{args[0]}.at({', '.join(_value(part, writer) for part in parts)}).{method}({args[3]})"


NOTATIONS: dict[str, Callable[[list[str], Step, Writer], str]] = {
    "getitem": _get_item,
    "setitem": _set_item,
    "at": _at,
    "getattr": lambda args, step, _: f"{args[0]}.{step.args[1]['str']}",
    "identity": lambda args, _step, _writer: args[0],
    "item_of": lambda args, _step, _writer: f"{args[0]}[{args[1]}]",
    "apply": lambda args, _step, _writer: f"{args[0]}({', '.join(args[1:])})",
}


def _array(fields: dict[str, Any], writer: Writer) -> str:
    name = f"a{writer.arrays}"
    writer.arrays += 1
    dtype = "bool_" if fields["dtype"] == "bool" else fields["dtype"]
    data = base64.b64decode(fields["data"]).hex()
    layout = f", stored {fields['layout']}" if "layout" in fields else ""
    note = f"{fields['dtype']} {fields['shape']}{layout}: {_elements(fields)}"
    shape = str(fields["shape"])
    if writer.python:
        built = f"mx.array(np.frombuffer(bytes.fromhex('{data}'), np.uint8))" if data else None
        made = f"{built}.view(mx.{dtype}).reshape({shape})" if built else f"mx.zeros({shape}, mx.{dtype})"
        writer.lines.append(f"{name} = {made}  # {note}")
    else:
        built = f"mx.array(new Uint8Array(Buffer.from('{data}', 'hex')))" if data else None
        made = f"{built}.view(mx.{dtype}).reshape({shape})" if built else f"mx.zeros({shape}, mx.{dtype})"
        writer.lines.append(f"const {name} = {made};  // {note}")
    return name


def _elements(fields: dict[str, Any]) -> str:
    dtype = "float32" if fields["dtype"] == "complex64" else fields["dtype"]
    patterns = elements(fields)
    shown = patterns[:SHOWN_ELEMENTS]
    if dtype in FLOATS:
        texts = [repr(decode_float(dtype, pattern)) for pattern in shown]
    elif dtype.startswith("int"):
        limit = 1 << (bits(dtype) - 1)
        texts = [str((pattern ^ limit) - limit) for pattern in shown]
    else:
        texts = [str(pattern) for pattern in shown]
    return " ".join(texts) + (" …" if len(patterns) > len(shown) else "")


def _float(text: str, writer: Writer) -> str:
    number = to_float({"float": text})
    if number != number or number in (float("inf"), float("-inf")):
        names = {"nan": "NaN", "inf": "Infinity", "-inf": "-Infinity"}
        return f"float('{number!r}')" if writer.python else names[repr(number)]
    return repr(number) if writer.python or not number.is_integer() else f"mx.float({number!r})"


def _integer(text: str, writer: Writer) -> str:
    return text if writer.python or abs(int(text)) < 2**53 else f"{text}n"


def _complex(parts: list[str], writer: Writer) -> str:
    re, im = (struct.unpack(">d", bytes.fromhex(part))[0] for part in parts)
    return f"complex({re!r}, {im!r})" if writer.python else f"mx.complex({re!r}, {im!r})"


def _slice(parts: list[str | None], writer: Writer) -> str:
    if writer.python:
        return f"slice({', '.join(str(part) for part in parts)})"
    start, stop, step = (part or "" for part in parts)
    return f"'{start}:{stop}{':' + step if step else ''}'"


def _slice_object(parts: list[str | None], writer: Writer) -> str:
    if writer.python:
        return _slice(parts, writer)
    return f"mx.slice_({', '.join('null' if part is None else part for part in parts)})"


def _list(items: list[Value], writer: Writer) -> str:
    return f"[{', '.join(_value(item, writer) for item in items)}]"


def _tuple(items: list[Value], writer: Writer) -> str:
    if not writer.python:
        return _list(items, writer)
    comma = "," if len(items) == 1 else ""
    return f"({', '.join(_value(item, writer) for item in items)}{comma})"


def _dict(items: dict[str, Value], writer: Writer) -> str:
    return f"{{{', '.join(f'{key!r}: {_value(item, writer)}' for key, item in items.items())}}}"


def _function(fields: dict[str, Any], writer: Writer) -> str:
    body = _value(fields["body"], writer)
    return f"(lambda *p, **k: {body})" if writer.python else f"((...p) => {body})"


def _parameter(which: int | str, writer: Writer) -> str:
    if isinstance(which, int):
        return f"p[{which}]"
    return f"k[{which!r}]" if writer.python else f"p.at(-1).{which}"


def _constant(python: str, javascript: str) -> Callable[[Any, Writer], str]:
    return lambda _content, writer: python if writer.python else javascript


WRITERS: dict[str, Callable[[Any, Writer], str]] = {
    "int": _integer,
    "float": _float,
    "complex": _complex,
    "bool": lambda value, writer: str(value) if writer.python else str(value).lower(),
    "none": _constant("None", "null"),
    "str": lambda text, _: repr(text),
    "bytes": lambda text, writer: (
        f"bytes.fromhex('{base64.b64decode(text).hex()}')"
        if writer.python
        else f"Buffer.from('{text}', 'base64')"
    ),
    "list": _list,
    "tuple": _tuple,
    "dict": _dict,
    "array": _array,
    "typed": lambda fields, writer: f"<{fields['kind']} data>",
    "name": lambda path, _: path.replace("mlx.core.", "mx.", 1).replace("mlx.core", "mx"),
    "slice": _slice,
    "slice_object": _slice_object,
    "ellipsis": _constant("...", "'...'"),
    "object": _constant("object()", "new (class {})()"),
    "call": _call,
    "ref": lambda index, _: f"r{index}",
    "param": _parameter,
    "path": lambda fields, _: repr(fields["name"]),
    "function": _function,
}


def _value(value: Value, writer: Writer) -> str:
    ((tag, content),) = value.items()
    return WRITERS[tag](content, writer)
