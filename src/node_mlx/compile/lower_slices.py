"""Lowers subscripts: reading, assigning, deleting and changing in place.

x[..., 1:, None] → x.get('...', '1:', null)        xs[-1] → xs.at(-1)        s[a:b] → s.slice(a, b)
x[0] = v → x.set([0], v)        d["k"] = v → d.k = v        unknown[i] → py.getitem(unknown, i)
x.at[0].add(v) → x.at(0).add(v)
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable

from node_mlx.compile import estree as js
from node_mlx.compile import types as t
from node_mlx.compile.infer_types import constant_int, is_update
from node_mlx.compile.lower import Lowerer, lowers
from node_mlx.compile.lower_names import marked_float


@lowers(ast.Subscript)
def lower_subscript(lower: Lowerer, node: ast.Subscript) -> js.Expression:
    if lower.dotted(node.value) in ("typing.Literal", "typing_extensions.Literal"):
        # Its values can be asked for at run time.
        values = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
        return js.CallExpression(lower.py_name("typing.Literal"), lower.expressions(values))
    if is_update(node):
        owner: ast.expr = node.value.value  # type: ignore[attr-defined]
        return js.method_call(lower.expression(owner), "at", *array_index(lower, node.slice))
    kind = t.without_none(lower.type_of(node.value))
    if t.is_array(kind) or _indexes_array(node.slice):
        return js.CallExpression(
            js.member(lower.expression(node.value), "get"), array_index(lower, node.slice)
        )
    target = lower.expression(node.value)
    if isinstance(node.slice, ast.Slice):
        return _slice_value(lower, target, kind, node.slice)
    index = constant_int(node.slice)
    if t.is_sequence(kind) and index is not None and not lower.context.in_try:
        return element(target, index)
    if _is_counter(lower, node.slice) and t.is_sequence(kind):
        return js.MemberExpression(target, lower.expression(node.slice), computed=True)
    if _is_module_item(lower, kind, node.slice):
        return js.member(target, node.slice.value)  # type: ignore[attr-defined]
    return lower.py("getitem", target, _key(lower, node.slice))


def element(target: js.Expression, index: int) -> js.Expression:
    if index < 0:
        return js.method_call(target, "at", js.Literal(index))
    return js.MemberExpression(target, js.Literal(index), computed=True)


def _is_counter(lower: Lowerer, node: ast.expr) -> bool:
    """Whether an index counts a `for … in range(…)`, so that it is not negative."""
    if not isinstance(node, ast.Name):
        return False
    binding = lower.binding(node)
    return binding is not None and binding.is_counter


_NAME = re.compile(r"[A-Za-z_$][\w$]*\Z")


def _is_module_item(lower: Lowerer, kind: t.Type, index: ast.expr) -> bool:
    """`self["weight"]` of a module: its items are its attributes."""
    from node_mlx.compile.lower_classes import is_module_class

    named = isinstance(index, ast.Constant) and isinstance(index.value, str) and _NAME.match(index.value)
    return bool(named) and kind.kind == "instance" and is_module_class(lower, kind.name)


def _indexes_array(index: ast.expr) -> bool:
    """Whether only an array takes such an index: with an ellipsis, a new axis, or slices in a tuple."""
    if isinstance(index, ast.Tuple):
        return any(
            isinstance(item, ast.Slice) or (isinstance(item, ast.Constant) and item.value in (None, Ellipsis))
            for item in index.elts
        )
    return isinstance(index, ast.Constant) and (index.value is None or index.value is Ellipsis)


def array_index(lower: Lowerer, index: ast.expr) -> list[js.Expression]:
    """The arguments of `get`."""
    if isinstance(index, ast.Tuple):
        return [_array_item(lower, item) for item in index.elts]
    if isinstance(index, ast.Slice | ast.Constant | ast.UnaryOp):
        return [_array_item(lower, index)]
    kind = lower.type_of(index)
    value = lower.expression(index)
    if isinstance(value, js.ArrayExpression) and isinstance(index, ast.List):
        return [value]
    if t.is_tuple(kind):
        return [js.SpreadElement(value)]
    if t.is_kind(kind, "int", "array", "list", "slice", "bool", "none"):
        return [value]
    return [js.SpreadElement(lower.py("index_items", value))]


def _array_item(lower: Lowerer, node: ast.expr) -> js.Expression:
    if isinstance(node, ast.Starred):
        return js.SpreadElement(lower.expression(node.value))
    return _slice_object(lower, node) if isinstance(node, ast.Slice) else lower.expression(node)


def _slice_object(lower: Lowerer, node: ast.Slice) -> js.Expression:
    """Text where the bounds are constants, a slice object where they are computed."""
    parts = [node.lower, node.upper, node.step]
    constants = [constant_int(part) if part is not None else None for part in parts]
    if all(part is None or value is not None for part, value in zip(parts, constants, strict=True)):
        texts = ["" if value is None else str(value) for value in constants]
        return js.Literal(":".join(texts if parts[2] is not None else texts[:2]))
    values = [js.Literal(None) if part is None else lower.expression(part) for part in parts]
    return lower.mx("slice_", *(values if parts[2] is not None else values[:2]))


def _slice_value(lower: Lowerer, target: js.Expression, kind: t.Type, node: ast.Slice) -> js.Expression:
    plain = t.is_kind(kind, "list", "tuple", "record", "str")
    bounds_known = all(
        part is None or t.is_kind(lower.type_of(part), "int", "none") for part in (node.lower, node.upper)
    )
    if plain and node.step is None and bounds_known:
        arguments: list[js.Expression] = []
        if node.upper is not None:
            may_lack = t.may_be(lower.type_of(node.upper), "none")
            upper = lower.expression(node.upper)
            arguments = [lower.expression(node.lower) if node.lower else js.Literal(0)]
            arguments.append(
                js.LogicalExpression("??", upper, js.Identifier("undefined")) if may_lack else upper
            )
        elif node.lower is not None:
            arguments = [lower.expression(node.lower)]
        return js.method_call(target, "slice", *arguments)
    return lower.py("getitem", target, lower_slice(lower, node))


def _key(lower: Lowerer, node: ast.expr) -> js.Expression:
    if isinstance(node, ast.Slice):
        return lower_slice(lower, node)
    if isinstance(node, ast.Tuple):
        items = [_array_item(lower, item) for item in node.elts]
        return js.CallExpression(lower.py_name("Tuple.of"), items)
    return lower.expression(node)


@lowers(ast.Slice)
def lower_slice(lower: Lowerer, node: ast.Slice) -> js.Expression:
    """A slice as an object, for whatever is subscripted."""
    parts = [node.lower, node.upper] if node.step is None else [node.lower, node.upper, node.step]
    values = [js.Literal(None) if part is None else lower.expression(part) for part in parts]
    return lower.mx("slice_", *values)


def store_item(lower: Lowerer, node: ast.Subscript, value: js.Expression) -> js.Expression:
    """`target[index] = value`, as an expression for its effect."""
    kind = t.without_none(lower.type_of(node.value))
    target = lower.expression(node.value)
    if t.is_array(kind) or _indexes_array(node.slice):
        return js.method_call(target, "set", js.ArrayExpression(array_index(lower, node.slice)), value)
    if isinstance(node.slice, ast.Constant) and isinstance(node.slice.value, str):
        name = node.slice.value
        if _is_module_item(lower, kind, node.slice):
            return js.assign(js.member(target, name), value)
    index = constant_int(node.slice)
    counts = (index is not None and index >= 0) or _is_counter(lower, node.slice)
    if t.is_kind(kind, "list") and counts:
        return js.assign(js.MemberExpression(target, lower.expression(node.slice), computed=True), value)
    return lower.py("setitem", target, _key(lower, node.slice), value)


def augment_item(
    lower: Lowerer, node: ast.Subscript, update: Callable[[js.Expression], js.Expression]
) -> js.Expression:
    """`target[index] += value`: target and index are evaluated once."""
    if isinstance(node.value, ast.Name | ast.Attribute) and _is_simple_index(node.slice):
        return store_item(lower, node, update(lower_subscript(lower, node)))
    target = lower.temporary("target")
    key = lower.temporary("key")
    read = lower.py("getitem", target, key)
    write = lower.py("setitem", target, key, update(read))
    first = js.assign(target, lower.expression(node.value))
    second = js.assign(key, _key(lower, node.slice))
    return lower.py("sequence", first, second, write)


def _is_simple_index(node: ast.expr) -> bool:
    return not any(isinstance(part, ast.Call | ast.NamedExpr) for part in ast.walk(node))


@lowers(ast.Delete)
def lower_delete(lower: Lowerer, node: ast.Delete) -> list[js.Statement]:
    out: list[js.Statement] = []
    for target in node.targets:
        if isinstance(target, ast.Subscript):
            call = lower.py("delitem", lower.expression(target.value), _key(lower, target.slice))
            out.append(js.statement(call))
        elif isinstance(target, ast.Attribute):
            call = lower.py("delattr", lower.expression(target.value), js.Literal(target.attr))
            out.append(js.statement(call))
        else:
            # A deleted variable is given up: what it held can be collected.
            out.append(js.statement(js.assign(lower.expression(target), js.Identifier("undefined"))))
    return out


def items_of(lower: Lowerer, nodes: list[ast.expr]) -> list[js.Expression]:
    """Elements of a display, with stars spread."""
    out: list[js.Expression] = []
    for node in nodes:
        if isinstance(node, ast.Starred):
            out.append(js.SpreadElement(iterable(lower, node.value)))
        else:
            out.append(escaping(lower, node, lower.expression(node)))
    return out


def escaping(lower: Lowerer, node: ast.expr, value: js.Expression) -> js.Expression:
    """A value that is kept: a shape, which JavaScript has as a plain array, becomes the tuple it stands
    for."""
    part = node.value if isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Slice) else node
    is_shape = isinstance(part, ast.Attribute) and part.attr == "shape" and lower.type_of(part) == t.SHAPE
    return lower.py("tuple", value) if is_shape else value


def iterable(lower: Lowerer, node: ast.expr) -> js.Expression:
    """The expression as something that JavaScript can iterate over in Python's way: a dict gives its keys."""
    kind = t.without_none(lower.type_of(node))
    value = lower.expression(node)
    if t.is_kind(kind, "list", "tuple", "record", "array", "str", "set", "iterator", "range", "keys"):
        return value
    return lower.py("iter", value)


@lowers(ast.List)
def lower_list(lower: Lowerer, node: ast.List) -> js.Expression:
    return js.ArrayExpression(items_of(lower, node.elts))


@lowers(ast.Tuple)
def lower_tuple(lower: Lowerer, node: ast.Tuple) -> js.Expression:
    return js.CallExpression(lower.py_name("Tuple.of"), items_of(lower, node.elts))


def plain_items(lower: Lowerer, node: ast.expr) -> js.Expression:
    """An expression whose tuples may be plain arrays: nobody can tell there."""
    if isinstance(node, ast.Tuple | ast.List):
        elements = [
            js.SpreadElement(iterable(lower, item.value))
            if isinstance(item, ast.Starred)
            else plain_items(lower, item)
            for item in node.elts
        ]
        return js.ArrayExpression(elements)
    return marked_float(lower, node)


@lowers(ast.Set)
def lower_set(lower: Lowerer, node: ast.Set) -> js.Expression:
    return js.CallExpression(lower.py_name("set"), [js.ArrayExpression(items_of(lower, node.elts))])


@lowers(ast.Dict)
def lower_dict(lower: Lowerer, node: ast.Dict) -> js.Expression:
    if node in lower.map_displays:
        return js.NewExpression(js.Identifier("Map"), [])
    keys = [key for key in node.keys if key is not None]
    named = all(isinstance(key, ast.Constant) and isinstance(key.value, str) for key in keys)
    if named or all(t.is_kind(lower.type_of(key), "str") for key in keys):
        properties: list[js.Expression] = []
        for key, value in zip(node.keys, node.values, strict=True):
            if key is None:
                properties.append(js.SpreadElement(lower.py("entries_as_object", lower.expression(value))))
            elif isinstance(key, ast.Constant):
                # A key `__proto__` would set the prototype.
                computed = key.value == "__proto__"
                properties.append(js.Property(js.Literal(str(key.value)), lower.expression(value), computed))
            else:
                properties.append(js.Property(lower.expression(key), lower.expression(value), computed=True))
        return js.ObjectExpression(properties)
    entries: list[js.Expression] = []
    for key, value in zip(node.keys, node.values, strict=True):
        if key is None:
            entries.append(js.SpreadElement(lower.py("items", lower.expression(value))))
        else:
            entries.append(js.ArrayExpression([lower.expression(key), lower.expression(value)]))
    return lower.py("dict", js.ArrayExpression(entries))


@lowers(ast.Starred)
def lower_starred(lower: Lowerer, node: ast.Starred) -> js.Expression:
    return js.SpreadElement(iterable(lower, node.value))
