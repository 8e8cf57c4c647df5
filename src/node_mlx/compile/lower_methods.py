"""Lowers calls of methods that builtin types have: JavaScript's where the receiver's type is known.

    xs.append(x) → xs.push(x)        s.startswith("a") → s.startsWith('a')        d.items() → py.items(d)
A method that several types have, on a receiver of unknown type, becomes a helper that asks the object first.
"""

from __future__ import annotations

import ast

from node_mlx.compile import estree as js
from node_mlx.compile import types as t
from node_mlx.compile.lower import Lowerer
from node_mlx.compile.lower_slices import iterable

# Same meaning under another name, for so many arguments.
_STRING: dict[tuple[str, int], str] = {
    ("lower", 0): "toLowerCase", ("upper", 0): "toUpperCase", ("startswith", 1): "startsWith",
    ("endswith", 1): "endsWith", ("replace", 2): "replaceAll",
}  # fmt: skip

# Methods by the types that have them. Objects of the program may have them too, so helpers ask those first.
_LIST = frozenset("append extend insert pop remove index count sort reverse copy clear".split())
_DICT = frozenset("items keys values get pop setdefault update copy clear popitem".split())
_SET = frozenset(
    "add discard remove pop update difference_update intersection_update union intersection difference "
    "copy issubset issuperset isdisjoint clear symmetric_difference".split()
)
_STR = frozenset(
    "join split rsplit strip lstrip rstrip startswith endswith replace lower upper title capitalize find "
    "rfind index count format zfill isdigit isalpha isspace isalnum isupper islower partition rpartition "
    "removeprefix removesuffix splitlines center ljust rjust encode swapcase isnumeric isdecimal "
    "isidentifier expandtabs casefold format_map".split()
)
_NUMBER = frozenset(("is_integer", "bit_length", "conjugate"))
_DEQUE = frozenset(("popleft", "appendleft", "extendleft", "rotate"))
_GENERATOR = frozenset(("send", "close"))

# Helpers whose plain name is that of a builtin function or module.
_HELPERS = {"add": "add_item", "format": "str_format", "copy": "copied", "index": "index_of"}

BUILTIN_METHODS = _LIST | _DICT | _SET | _STR | _NUMBER | _GENERATOR
_TABLES = {"list": _LIST, "dict": _DICT, "set": _SET, "str": _STR, "int": _NUMBER, "float": _NUMBER}


def lower_method(
    lower: Lowerer, function: ast.Attribute, node: ast.Call, kind: t.Type
) -> js.Expression | None:
    """None where the call is an ordinary one."""
    name = function.attr
    if name not in BUILTIN_METHODS or kind.kind in ("instance", "class", "array", "module"):
        return None
    simple = not node.keywords and not any(isinstance(a, ast.Starred) for a in node.args)
    if simple and (found := _idiom(lower, function, node, kind)) is not None:
        return found
    target = lower.expression(function.value)
    return js.CallExpression(lower.py_name(_HELPERS.get(name, name)), [target, *_given(lower, node)])


def _given(lower: Lowerer, node: ast.Call) -> list[js.Expression]:
    from node_mlx.compile.resolve_keyword_arguments import arguments

    for argument in node.args:
        if isinstance(argument, ast.GeneratorExp):
            argument.as_list = True  # type: ignore[attr-defined]
    return arguments(lower, node)


def _idiom(lower: Lowerer, function: ast.Attribute, node: ast.Call, kind: t.Type) -> js.Expression | None:
    name, count = function.attr, len(node.args)
    if kind == t.STR:
        return _string(lower, function, node)
    if kind.kind == "list":
        target = lower.expression(function.value)
        if name == "append" and count == 1:
            return js.method_call(target, "push", lower.expression(node.args[0]))
        if name == "extend" and count == 1:
            if isinstance(node.args[0], ast.GeneratorExp):
                node.args[0].as_list = True  # type: ignore[attr-defined]
            value = iterable(lower, node.args[0])
            return js.CallExpression(js.member(target, "push"), [js.SpreadElement(value)])
        if name == "pop" and count == 0 and not lower.context.in_try:
            return js.method_call(target, "pop")
        if name == "copy" and count == 0:
            return js.method_call(target, "slice")
    if kind.kind == "set" and name == "add" and t.is_kind(lower.type_of(node.args[0]), "str", "int"):
        return js.method_call(lower.expression(function.value), "add", lower.expression(node.args[0]))
    return None


def _string(lower: Lowerer, function: ast.Attribute, node: ast.Call) -> js.Expression | None:
    name, arguments = function.attr, node.args
    strings = all(t.is_kind(lower.type_of(a), "str") for a in arguments)
    found = _STRING.get((name, len(arguments)))
    if found is not None and strings:
        return js.method_call(lower.expression(function.value), found, *lower.expressions(arguments))
    if name == "split" and len(arguments) == 1 and strings:
        return js.method_call(lower.expression(function.value), "split", lower.expression(arguments[0]))
    if name == "join" and len(arguments) == 1:
        if isinstance(arguments[0], ast.GeneratorExp):
            arguments[0].as_list = True  # type: ignore[attr-defined]
        kind = lower.type_of(arguments[0])
        if t.is_sequence(kind) and t.is_kind(t.item_of(kind), "str"):
            return js.method_call(lower.expression(arguments[0]), "join", lower.expression(function.value))
    return None
