"""Lowers comprehensions and generator expressions.

    [f(x) for x in xs] → xs.map((x) => f(x))
    [i for i in range(n)] → Array.from({ length: n }, (_, i) => i)
    {k: f(v) for k, v in d.items()} → py.dict(Array.from(py.items(d), ([k, v]) => [k, f(v)]))
What has several loops, or an assignment inside, becomes a generator function that is run at once.
"""

from __future__ import annotations

import ast
from collections.abc import Callable
from dataclasses import replace

from node_mlx.compile import estree as js
from node_mlx.compile import types as t
from node_mlx.compile.lower import Lowerer, lowers
from node_mlx.compile.lower_operators import test
from node_mlx.compile.lower_slices import iterable

_Make = Callable[[], js.Expression]
_Comprehension = ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp


@lowers(ast.ListComp)
def lower_list_comprehension(lower: Lowerer, node: ast.ListComp) -> js.Expression:
    return _array(lower, node, lambda: lower.expression(node.elt))


@lowers(ast.SetComp)
def lower_set_comprehension(lower: Lowerer, node: ast.SetComp) -> js.Expression:
    return lower.py("set", _array(lower, node, lambda: lower.expression(node.elt)))


@lowers(ast.DictComp)
def lower_dict_comprehension(lower: Lowerer, node: ast.DictComp) -> js.Expression:
    def pair() -> js.Expression:
        return js.ArrayExpression([lower.expression(node.key), lower.expression(node.value)])

    entries = _array(lower, node, pair)
    if t.is_kind(lower.type_of(node.key), "str"):
        return js.method_call(js.Identifier("Object"), "fromEntries", entries)
    return lower.py("dict", entries)


@lowers(ast.GeneratorExp)
def lower_generator_expression(lower: Lowerer, node: ast.GeneratorExp) -> js.Expression:
    if getattr(node, "as_list", False):
        return _array(lower, node, lambda: lower.expression(node.elt))
    only = node.generators[0]
    if len(node.generators) > 1 or _needs_statements(lower, node):
        return _generator(lower, node, lambda: lower.expression(node.elt))
    source = lower_iterable(lower, only.iter)
    parameter = pattern(lower, only.target)
    given: list[js.Expression] = [
        source, js.ArrowFunctionExpression([parameter], lower.expression(node.elt)),
    ]  # fmt: skip
    if only.ifs:
        given.append(js.ArrowFunctionExpression([parameter], _condition(lower, only.ifs)))
    return lower.py("generate", *given)


def lower_iterable(lower: Lowerer, node: ast.expr) -> js.Expression:
    """What a loop runs over."""
    return iterable(lower, node)


def quantifier(lower: Lowerer, node: ast.GeneratorExp, method: str) -> js.Expression:
    """`any` and `all` of a generator: stop at the first that decides."""
    only = node.generators[0]
    if len(node.generators) > 1 or _needs_statements(lower, node) or only.ifs:
        return lower.py("any" if method == "some" else "all", lower_generator_expression(lower, node))
    source = _as_array(lower, only.iter)
    return js.method_call(
        source, method, js.ArrowFunctionExpression([pattern(lower, only.target)], test(lower, node.elt))
    )


def _array(lower: Lowerer, node: _Comprehension, make: _Make) -> js.Expression:
    """An Array of the comprehension's elements."""
    if _needs_statements(lower, node):
        return js.ArrayExpression([js.SpreadElement(_generator(lower, node, make))])
    *outer, last = node.generators
    out = _mapped(lower, last, make)
    for generator in reversed(outer):
        source = _filtered(lower, generator)
        out = js.method_call(
            source, "flatMap", js.ArrowFunctionExpression([pattern(lower, generator.target)], out)
        )
    return out


def _mapped(lower: Lowerer, generator: ast.comprehension, make: _Make) -> js.Expression:
    value = make()
    parameter = pattern(lower, generator.target)
    if _is_identity(parameter, value) and generator.ifs:
        return _filtered(lower, generator)
    if generator.ifs:
        source = _filtered(lower, generator)
    else:
        count = _range_length(lower, generator.iter)
        if count is not None:
            ignored = _unused(lower, generator.target)
            params: list[js.Expression] = [] if ignored else [js.Identifier("_"), parameter]
            if not ignored and isinstance(parameter, js.Identifier) and parameter.name == "_":
                params = []
            length = js.ObjectExpression([js.Property(js.Literal("length"), count)])
            arrow = js.ArrowFunctionExpression(params, value)
            return js.method_call(js.Identifier("Array"), "from", length, arrow)
        source = lower_iterable(lower, generator.iter)
        if not _is_list(lower, generator.iter):
            if _is_identity(parameter, value):
                return js.ArrayExpression([js.SpreadElement(source)])
            arrow = js.ArrowFunctionExpression([parameter], value)
            return js.method_call(js.Identifier("Array"), "from", source, arrow)
    if _is_identity(parameter, value):
        return js.method_call(source, "slice")
    return js.method_call(source, "map", js.ArrowFunctionExpression([parameter], value))


def _is_identity(parameter: js.Expression, value: js.Expression) -> bool:
    return (
        isinstance(parameter, js.Identifier)
        and isinstance(value, js.Identifier)
        and parameter.name == value.name
    )


def _filtered(lower: Lowerer, generator: ast.comprehension) -> js.Expression:
    source = _as_array(lower, generator.iter)
    if not generator.ifs:
        return source
    arrow = js.ArrowFunctionExpression([pattern(lower, generator.target)], _condition(lower, generator.ifs))
    return js.method_call(source, "filter", arrow)


def _is_list(lower: Lowerer, node: ast.expr) -> bool:
    return t.is_kind(lower.type_of(node), "list")


def _as_array(lower: Lowerer, node: ast.expr) -> js.Expression:
    source = lower_iterable(lower, node)
    if _is_list(lower, node) or isinstance(source, js.ArrayExpression):
        return source
    return js.ArrayExpression([js.SpreadElement(source)])


def _condition(lower: Lowerer, conditions: list[ast.expr]) -> js.Expression:
    out = test(lower, conditions[0])
    for condition in conditions[1:]:
        out = js.LogicalExpression("&&", out, test(lower, condition))
    return out


def _range_length(lower: Lowerer, node: ast.expr) -> js.Expression | None:
    """The `n` of `range(n)`, where it is known to be an int."""
    if not (isinstance(node, ast.Call) and lower.is_builtin(node.func, "range") and len(node.args) == 1):
        return None
    return lower.expression(node.args[0]) if t.is_kind(lower.type_of(node.args[0]), "int") else None


def _unused(lower: Lowerer, target: ast.expr) -> bool:
    binding = lower.binding(target) if isinstance(target, ast.Name) else None
    return binding is not None and all(isinstance(use.ctx, ast.Store) for use in binding.uses)


def pattern(lower: Lowerer, target: ast.expr, seen: set[str] | None = None) -> js.Expression:
    """The target of a loop as a parameter.

    `seen` holds the names that are taken: `_` may stand for several.
    """
    seen = set() if seen is None else seen
    if not isinstance(target, ast.Tuple | ast.List):
        found = lower.expression(target)
        if isinstance(found, js.Identifier):
            while found.name in seen:
                found = js.Identifier(f"{found.name}_")
            seen.add(found.name)
        return found
    parts: list[js.Expression] = []
    for part in target.elts:
        if not isinstance(part, ast.Starred):
            parts.append(pattern(lower, part, seen))
        elif part is target.elts[-1]:
            parts.append(js.RestElement(pattern(lower, part.value, seen)))
        else:
            raise lower.unsupported(
                target, "a star before the last target is not supported here", "take it apart inside the loop"
            )
    return js.ArrayPattern(parts)


def _refuse_async(lower: Lowerer, node: _Comprehension) -> None:
    if any(generator.is_async for generator in node.generators):
        raise lower.unsupported(node, "an asynchronous comprehension is not supported", "write the loop out")


def _needs_statements(lower: Lowerer, node: _Comprehension) -> bool:
    """Whether arrows would change the meaning: a closure sees the last value of a loop's variable."""
    _refuse_async(lower, node)
    scope = lower.module.scopes.by_node[node]
    if any(binding.captured for binding in scope.bindings.values()):
        return True
    return any(
        isinstance(part, ast.NamedExpr | ast.Await | ast.Yield)
        for generator in node.generators
        for condition in generator.ifs
        for part in ast.walk(condition)
    )


def _generator(lower: Lowerer, node: _Comprehension, make: _Make) -> js.Expression:
    """`(function* () { for (…) if (…) yield …; })()`"""
    outer = lower.context
    if outer.this_is_self:
        # `this` is another one inside: the method gets a name for it.
        lower.context = replace(outer, this_is_self=False, method=outer)
    try:
        return _generator_call(lower, node, make)
    finally:
        lower.context = outer


def _generator_call(lower: Lowerer, node: _Comprehension, make: _Make) -> js.Expression:
    scope = lower.module.scopes.by_node[node]
    late = any(binding.captured for binding in scope.bindings.values())
    names: list[js.Statement] = []
    body: js.Statement = js.statement(js.YieldExpression(make()))
    for generator in reversed(node.generators):
        if generator.ifs:
            body = js.IfStatement(_condition(lower, generator.ifs), js.BlockStatement([body]))
        target = pattern(lower, generator.target)
        left: js.Node = js.VariableDeclaration("const", [js.VariableDeclarator(target, None)])
        if late:
            # Closures see the last value: one variable for all rounds.
            identifiers = [part for part in js.walk(target) if isinstance(part, js.Identifier)]
            names += [js.declare("let", identifier, None) for identifier in identifiers]
            left = target
        body = js.ForOfStatement(left, lower_iterable(lower, generator.iter), js.BlockStatement([body]))
    return js.call(js.FunctionExpression(None, [], js.BlockStatement([*names, body]), generator=True))
