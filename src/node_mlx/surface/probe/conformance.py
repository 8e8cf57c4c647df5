"""Whether a value is what an annotation says.

Understands the annotations of the stubs, no more; exact types count (a bool is no int).
"""

from __future__ import annotations

import ast
import types
from collections.abc import Callable

import numpy

_SCALARS = (bool, int, float, complex)

_NAMES: dict[str, Callable[[object], bool]] = {
    "Any": lambda value: True,
    "object": lambda value: True,
    # Type variables: results of the user's function.
    "R": lambda value: True,
    "None": lambda value: value is None,
    "scalar": lambda value: type(value) in _SCALARS,
    "list_or_scalar": lambda value: type(value) in (*_SCALARS, list),
    "Callable": callable,
    "NDArray": lambda value: isinstance(value, numpy.ndarray),
    "types.ModuleType": lambda value: isinstance(value, types.ModuleType),
}


def conforms(value: object, annotation: str) -> bool:
    return _conforms(value, ast.parse(annotation, mode="eval").body)


def _conforms(value: object, node: ast.expr) -> bool:
    match node:
        case ast.BinOp(left=left, op=ast.BitOr(), right=right):
            return _conforms(value, left) or _conforms(value, right)
        case ast.Subscript(value=ast.Name(id="list"), slice=member):
            return isinstance(value, list) and all(_conforms(v, member) for v in value)
        case ast.Subscript(value=ast.Name(id="dict"), slice=ast.Tuple(elts=[key, member])):
            return isinstance(value, dict) and all(
                _conforms(k, key) and _conforms(v, member) for k, v in value.items()
            )
        case ast.Subscript(
            value=ast.Name(id="tuple"), slice=ast.Tuple(elts=[member, ast.Constant(value=more)])
        ) if more is ...:
            return isinstance(value, tuple) and all(_conforms(v, member) for v in value)
        case ast.Subscript(value=ast.Name(id="tuple"), slice=inner):
            members = inner.elts if isinstance(inner, ast.Tuple) else [inner]
            return (
                isinstance(value, tuple)
                and len(value) == len(members)
                and all(_conforms(v, member) for v, member in zip(value, members, strict=True))
            )
        case ast.Subscript(value=ast.Name(id="Callable")):
            return callable(value)
    name = ast.unparse(node)
    return _NAMES[name](value) if name in _NAMES else type(value).__name__ == name
