"""Turns a Python annotation into a Type.

Input: the annotation's syntax tree, and a function that resolves the names in it. Output: the Type; ANY
where it
says nothing, or nothing that the compiler can use.
    Optional[mx.array]  →  union of array and none
"""

from __future__ import annotations

import ast
from collections.abc import Callable

from node_mlx.compile import types as t

_NAMES = {
    "int": t.INT, "float": t.FLOAT, "bool": t.BOOL, "str": t.STR, "bytes": t.BYTES, "None": t.NONE,
    "complex": t.ANY, "slice": t.SLICE, "object": t.ANY, "list": t.list_of(), "List": t.list_of(),
    "typing.List": t.list_of(), "dict": t.dict_of(), "Dict": t.dict_of(), "typing.Dict": t.dict_of(),
    "tuple": t.tuple_of(), "typing.Tuple": t.tuple_of(), "set": t.set_of(), "typing.Set": t.set_of(),
    "frozenset": t.set_of(), "typing.Callable": t.FUNCTION, "collections.abc.Callable": t.FUNCTION,
    "mlx.core.array": t.ARRAY, "mlx.core.Dtype": t.DTYPE, "array": t.ARRAY, "Dtype": t.DTYPE,
    "Callable": t.FUNCTION,
}  # fmt: skip

_ITERATORS = ("Iterator", "Generator", "AsyncIterator", "AsyncGenerator")


def read_annotation(node: ast.expr | None, resolve: Callable[[ast.expr], str]) -> t.Type:
    """`resolve` gives the dotted name of an expression; classes of the program become instances by that
    name."""
    if node is None:
        return t.ANY
    if isinstance(node, ast.Constant):
        if node.value is None:
            return t.NONE
        if isinstance(node.value, str):
            try:
                return read_annotation(ast.parse(node.value, mode="eval").body, resolve)
            except SyntaxError:
                return t.ANY
        return t.ANY
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitOr):
        return t.union([read_annotation(node.left, resolve), read_annotation(node.right, resolve)])
    if isinstance(node, ast.Subscript):
        return _generic(node, resolve)
    name = resolve(node)
    if name in _NAMES:
        return _NAMES[name]
    last = name.rpartition(".")[2]
    if name.startswith("!"):
        return t.instance(name[1:])
    return t.iterator_of(t.ANY) if last in _ITERATORS else t.ANY


def _generic(node: ast.Subscript, resolve: Callable[[ast.expr], str]) -> t.Type:
    name = resolve(node.value).rpartition(".")[2]
    inner = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]

    def part(index: int) -> t.Type:
        return read_annotation(inner[index], resolve) if index < len(inner) else t.ANY

    if name == "Optional":
        return t.join(part(0), t.NONE)
    if name == "Union":
        return t.union(part(i) for i in range(len(inner)))
    if name == "Literal":
        return t.union(_literal(item) for item in inner)
    if name in ("list", "List"):
        return t.list_of(part(0))
    if name in ("set", "Set", "frozenset", "FrozenSet"):
        return t.set_of(part(0))
    if name in ("dict", "Dict", "defaultdict", "DefaultDict", "OrderedDict"):
        return t.dict_of(part(0), part(1))
    if name in ("tuple", "Tuple"):
        if len(inner) == 2 and isinstance(inner[1], ast.Constant) and inner[1].value is Ellipsis:
            return t.tuple_of(part(0))
        if len(inner) == 1:
            # Tuple[int] is often written for a tuple of any length.
            return t.tuple_of(part(0))
        return t.tuple_with(part(i) for i in range(len(inner)))
    if name in _ITERATORS:
        return t.iterator_of(part(0))
    if name in ("Type", "type"):
        found = part(0)
        return t.class_(found.name) if found.kind == "instance" else t.class_("")
    if name in ("Annotated", "Final", "ClassVar", "Required", "NotRequired"):
        return part(0)
    if name == "Callable":
        return t.FUNCTION
    return t.ANY


def _literal(node: ast.expr) -> t.Type:
    value = node.value if isinstance(node, ast.Constant) else None
    kinds = {bool: t.BOOL, int: t.INT, str: t.STR, type(None): t.NONE}
    return kinds.get(type(value), t.ANY)
