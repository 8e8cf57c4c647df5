"""Lowers f-strings to template literals, and what turns values into text.

    f"{name}: {n}" → `${name}: ${n}`        f"{x:.3f}" → `${py.format(x, '.3f')}`
A value of an unknown type goes through py.str, which writes what Python writes: None, True, 1e-05, [1, 2].
"""

from __future__ import annotations

import ast

from node_mlx.compile import estree as js
from node_mlx.compile import types as t
from node_mlx.compile.lower import Lowerer, lowers


@lowers(ast.JoinedStr)
def lower_fstring(lower: Lowerer, node: ast.JoinedStr) -> js.Expression:
    quasis = [""]
    values: list[js.Expression] = []
    for part in node.values:
        if isinstance(part, ast.Constant):
            quasis[-1] += str(part.value)
        else:
            assert isinstance(part, ast.FormattedValue)
            values.append(_formatted(lower, part))
            quasis.append("")
    if not values:
        return js.Literal(quasis[0])
    return js.TemplateLiteral(quasis, values)


def _formatted(lower: Lowerer, node: ast.FormattedValue) -> js.Expression:
    conversion = {114: "repr", 115: "str", 97: "ascii"}.get(node.conversion)
    if node.format_spec is None:
        if t.is_kind(lower.type_of(node.value), "int"):
            return lower.expression(node.value)
        return text_of(lower, node.value, conversion or "str")
    value = text_of(lower, node.value, conversion) if conversion else shown(lower, node.value)
    return lower.py("format", value, lower_fstring(lower, node.format_spec))  # type: ignore[arg-type]


def text_of(lower: Lowerer, node: ast.expr, how: str) -> js.Expression:
    """Python's `str(x)` or `repr(x)`."""
    kind = lower.type_of(node)
    if how == "str" and t.is_kind(kind, "str"):
        return lower.expression(node)
    if t.is_kind(kind, "int"):
        return js.call(js.Identifier("String"), lower.expression(node))
    return lower.py(how, shown(lower, node))


def shown(lower: Lowerer, node: ast.expr) -> js.Expression:
    """A value on its way into text, with what its type says about it: floats and tuples look different."""
    kind = lower.type_of(node)
    value = lower.expression(node)
    if t.is_floating(kind):
        return lower.py("as_float", value)
    if t.is_tuple(t.without_none(kind)) and kind.kind != "union" and not _is_tuple_already(value):
        return lower.py("tuple", value)
    return value


def _is_tuple_already(value: js.Expression) -> bool:
    callee = value.callee if isinstance(value, js.CallExpression) else None
    while isinstance(callee, js.MemberExpression):
        callee = callee.object
    return isinstance(callee, js.Identifier) and callee.name == "py"


@lowers(ast.FormattedValue)
def lower_formatted(lower: Lowerer, node: ast.FormattedValue) -> js.Expression:
    return _formatted(lower, node)
