"""Lowers statements: assignments, conditions, loops, exceptions, `with`, assertions.

a, *b, c = xs → const [a, b, c] = py.unpack(xs, 1, 1)        for i in range(n) → for (let i = 0; i < n; i++)
except ValueError as e → catch (error) { if (!(error instanceof py.ValueError)) throw error; … }
"""

from __future__ import annotations

import ast

from node_mlx.compile import estree as js
from node_mlx.compile import types as t
from node_mlx.compile.infer_types import constant_int
from node_mlx.compile.lower import Lowerer, lowers
from node_mlx.compile.lower_comprehensions import lower_iterable
from node_mlx.compile.lower_operators import negated, test
from node_mlx.compile.lower_slices import escaping, items_of, store_item
from node_mlx.compile.resolve_keyword_arguments import HOLDS_CLASS
from node_mlx.names import js_variable


@lowers(ast.Expr)
def lower_expression_statement(lower: Lowerer, node: ast.Expr) -> list[js.Statement]:
    if isinstance(node.value, ast.Constant):
        return []
    return [js.statement(lower.expression(node.value))]


@lowers(ast.Pass)
def lower_pass(lower: Lowerer, node: ast.Pass) -> list[js.Statement]:
    return []


@lowers(ast.Global, ast.Nonlocal)
def lower_scope_declaration(lower: Lowerer, node: ast.stmt) -> list[js.Statement]:
    return []


# ---- assignments


@lowers(ast.Assign)
def lower_assign(lower: Lowerer, node: ast.Assign) -> list[js.Statement]:
    if len(node.targets) == 1:
        return assign_to(lower, node.targets[0], node.value, _value_for(lower, node.targets[0], node.value))
    # a = b = value: the value is computed once.
    if isinstance(node.value, ast.Constant):
        return [
            s
            for target in node.targets
            for s in assign_to(lower, target, node.value, lower.expression(node.value))
        ]
    # A variable among the targets holds the value for the others.
    first = next((target for target in node.targets if isinstance(target, ast.Name)), None)
    others = [target for target in node.targets if target is not first]
    shared: js.Expression = lower.temporary("value") if first is None else lower.expression(first)
    out: list[js.Statement] = [js.statement(js.assign(shared, lower.expression(node.value)))]
    for target in others:
        out += assign_to(lower, target, node.value, shared)
    return out


def _value_for(lower: Lowerer, target: ast.expr, value: ast.expr) -> js.Expression:
    if isinstance(target, ast.Tuple | ast.List) and isinstance(value, ast.Tuple):
        # Taken apart at once: no tuple is made.
        return js.ArrayExpression(items_of(lower, value.elts))
    return lower.expression(value)


@lowers(ast.AnnAssign)
def lower_annotated_assign(lower: Lowerer, node: ast.AnnAssign) -> list[js.Statement]:
    if node.value is None:
        return []
    return assign_to(lower, node.target, node.value, lower.expression(node.value))


def assign_to(lower: Lowerer, target: ast.expr, source: ast.expr, value: js.Expression) -> list[js.Statement]:
    if isinstance(target, ast.Subscript):
        if isinstance(target.slice, ast.Slice) and not t.is_array(lower.type_of(target.value)):
            return [js.statement(lower.py(
                "setitem", lower.expression(target.value), lower.expression(target.slice), value
            ))]  # fmt: skip
        return [js.statement(store_item(lower, target, value))]
    if isinstance(target, ast.Attribute):
        if _patches_class(lower, target):
            owner = lower.expression(target.value)
            return [js.statement(lower.py("setattr", owner, js.Literal(target.attr), value))]
        kept = escaping(lower, source, value)
        return [js.statement(js.assign(js.member(lower.expression(target.value), target.attr), kept))]
    if isinstance(target, ast.Tuple | ast.List):
        return _unpack(lower, target, source, value)
    return [js.statement(js.assign(lower.expression(target), value))]


def _patches_class(lower: Lowerer, target: ast.Attribute) -> bool:
    """`klass.__call__ = …` changes what instances do."""
    kind = lower.type_of(target.value)
    owner = target.value.id if isinstance(target.value, ast.Name) else ""
    if kind.kind == "class" or HOLDS_CLASS.search(owner):
        return True
    return target.attr.startswith("__") and target.attr.endswith("__")


def _unpack(
    lower: Lowerer, target: ast.Tuple | ast.List, source: ast.expr, value: js.Expression
) -> list[js.Statement]:
    stars = [i for i, part in enumerate(target.elts) if isinstance(part, ast.Starred)]
    count = len(target.elts)
    middle = bool(stars) and stars[0] != count - 1
    kind = t.without_none(lower.type_of(source))
    exact = isinstance(value, js.ArrayExpression) or (kind.kind == "record" and len(kind.items) == count)
    if middle or (stars and not exact):
        after = count - 1 - stars[0]
        value = lower.py("unpack", value, js.Literal(stars[0]), js.Literal(after))
    elif not stars and not exact and not _is_trusted(lower, source):
        value = lower.py("unpack", value, js.Literal(count))
    parts: list[js.Expression] = []
    later: list[js.Statement] = []
    for part in target.elts:
        inner = part.value if isinstance(part, ast.Starred) else part
        item = _target_pattern(lower, inner, later)
        parts.append(js.RestElement(item) if isinstance(part, ast.Starred) and not middle and exact else item)
    _rename_repeated(lower, parts)
    first = js.statement(js.assign(js.ArrayPattern(parts), value))
    return [first, *later]


def _is_trusted(lower: Lowerer, source: ast.expr) -> bool:
    """Whether the length is sure to fit: shapes are checked by whoever uses them, MLX returns what it
    says."""
    if isinstance(source, ast.Attribute) and source.attr == "shape":
        return True
    return isinstance(source, ast.Call) and lower.dotted(source.func).startswith("mlx.core.")


def _target_pattern(lower: Lowerer, target: ast.expr, later: list[js.Statement]) -> js.Expression:
    """A part of a pattern. What is no place in JavaScript gets a variable, and is stored afterwards."""
    if isinstance(target, ast.Tuple | ast.List):
        return js.ArrayPattern([_target_pattern(lower, part, later) for part in target.elts])
    if isinstance(target, ast.Subscript):
        part = lower.temporary("part")
        later.append(js.statement(store_item(lower, target, part)))
        return part
    return lower.expression(target)


def _rename_repeated(lower: Lowerer, parts: list[js.Expression], seen: set[str] | None = None) -> None:
    """`_, x, _ = …`: JavaScript declares each name once."""
    seen = set() if seen is None else seen
    for i, part in enumerate(parts):
        inner = part.argument if isinstance(part, js.RestElement) else part
        if isinstance(inner, js.ArrayPattern):
            _rename_repeated(lower, inner.elements, seen)
        elif isinstance(inner, js.Identifier):
            if inner.name in seen:
                parts[i] = lower.temporary(inner.name)
            seen.add(inner.name)


# ---- conditions and loops


@lowers(ast.If)
def lower_if(lower: Lowerer, node: ast.If) -> list[js.Statement]:
    if _is_main(node.test):
        # Runs when the file is a program, which a module never is.
        return lower.body(node.orelse)
    alternate: js.Statement | None = None
    condition = test(lower, node.test)
    consequent = js.BlockStatement(lower.body(node.body))
    if len(node.orelse) == 1 and isinstance(node.orelse[0], ast.If):
        inner = lower.body(node.orelse)
        alternate = inner[0] if len(inner) == 1 else js.BlockStatement(inner)
    elif node.orelse:
        alternate = js.BlockStatement(lower.body(node.orelse))
    return [js.IfStatement(condition, consequent, alternate)]


def _is_main(node: ast.expr) -> bool:
    return isinstance(node, ast.Compare) and isinstance(node.left, ast.Name) and node.left.id == "__name__"


@lowers(ast.For)
def lower_for(lower: Lowerer, node: ast.For) -> list[js.Statement]:
    loop = _counting_loop(lower, node)
    if loop is None:
        later: list[js.Statement] = []
        left = _loop_target(lower, node.target, later)
        right = lower_iterable(lower, node.iter)
        body = [*later, *_loop_body(lower, node)]
        loop = js.ForOfStatement(left, right, js.BlockStatement(body))
    return _with_else(lower, node, loop)


def _loop_target(lower: Lowerer, target: ast.expr, later: list[js.Statement]) -> js.Expression:
    if isinstance(target, ast.Tuple | ast.List) and any(isinstance(e, ast.Starred) for e in target.elts):
        item = lower.temporary("item")
        later += _unpack(lower, target, ast.Constant(None), item)
        return item
    found = _target_pattern(lower, target, later)
    if isinstance(found, js.ArrayPattern):
        _rename_repeated(lower, found.elements)
    return found


def _counting_loop(lower: Lowerer, node: ast.For) -> js.Statement | None:
    """`for i in range(…)` as a counting loop, where nothing else changes the counter or outlives it."""
    call = node.iter
    if not (
        isinstance(call, ast.Call)
        and lower.is_builtin(call.func, "range")
        and isinstance(node.target, ast.Name)
    ):
        return None
    binding = lower.binding(node.target)
    if binding is None or binding.stores > 1 or binding.captured or binding.scope.kind == "module":
        return None
    inside = set(ast.walk(node))
    if any(use not in inside for use in binding.uses):
        return None
    if not all(t.is_kind(lower.type_of(a), "int") for a in call.args) or len(call.args) > 3:
        return None
    step = constant_int(call.args[2]) if len(call.args) == 3 else 1
    if not step or not _is_fixed(lower, call.args[1] if len(call.args) > 1 else call.args[0], node):
        return None
    start = lower.expression(call.args[0]) if len(call.args) > 1 else js.Literal(0)
    stop = lower.expression(call.args[1] if len(call.args) > 1 else call.args[0])
    counter = js.Identifier(lower.name_of(binding))
    init = js.declare("let", counter, start)
    limit = js.BinaryExpression("<" if step > 0 else ">", counter, stop)
    update: js.Expression = js.UpdateExpression("++" if step > 0 else "--", counter)
    if abs(step) != 1:
        update = js.AssignmentExpression("+=" if step > 0 else "-=", counter, js.Literal(abs(step)))
    return js.ForStatement(init, limit, update, js.BlockStatement(_loop_body(lower, node)))


def _is_fixed(lower: Lowerer, node: ast.expr, loop: ast.For) -> bool:
    """Whether the end of a range may be computed in every round: nothing in the loop changes it."""
    if isinstance(node, ast.Constant):
        return True
    if isinstance(node, ast.Name):
        binding = lower.binding(node)
        changed = {p.id for p in ast.walk(loop) if isinstance(p, ast.Name) and isinstance(p.ctx, ast.Store)}
        return binding is not None and node.id not in changed and not binding.reassigned_from_inside
    if (
        isinstance(node, ast.Call)
        and lower.is_builtin(node.func, "len")
        and isinstance(node.args[0], ast.Name)
    ):
        name = node.args[0].id
        return not any(
            isinstance(part, ast.Name) and part.id == name and not _is_read(part, loop)
            for part in ast.walk(loop)
        )
    if isinstance(node, ast.BinOp):
        return _is_fixed(lower, node.left, loop) and _is_fixed(lower, node.right, loop)
    return False


def _is_read(name: ast.Name, loop: ast.For) -> bool:
    """Whether a list is only read here: subscripted, or measured."""
    for part in ast.walk(loop):
        if isinstance(part, ast.Subscript) and part.value is name:
            return isinstance(part.ctx, ast.Load)
        if isinstance(part, ast.Call) and name in part.args:
            return isinstance(part.func, ast.Name) and part.func.id == "len"
    return False


@lowers(ast.While)
def lower_while(lower: Lowerer, node: ast.While) -> list[js.Statement]:
    condition = test(lower, node.test)
    body = js.BlockStatement(_loop_body(lower, node))
    return _with_else(lower, node, js.WhileStatement(condition, body))


def _loop_body(lower: Lowerer, node: ast.For | ast.While) -> list[js.Statement]:
    flag = None
    if node.orelse:
        flag = lower.temporary("finished").name
    lower.context.loop_else.append(flag)
    try:
        return lower.body(node.body)
    finally:
        lower.context.last_flag = lower.context.loop_else.pop()


def _with_else(lower: Lowerer, node: ast.For | ast.While, loop: js.Statement) -> list[js.Statement]:
    """`else` of a loop: runs unless the loop was left by `break`."""
    if not node.orelse:
        return [loop]
    assert lower.context.last_flag is not None
    flag = js.Identifier(lower.context.last_flag)
    first = js.statement(js.assign(flag, js.Literal(True)))
    return [first, loop, js.IfStatement(flag, js.BlockStatement(lower.body(node.orelse)))]


@lowers(ast.Break)
def lower_break(lower: Lowerer, node: ast.Break) -> list[js.Statement]:
    flag = lower.context.loop_else[-1] if lower.context.loop_else else None
    leave = js.BreakStatement()
    return [js.statement(js.assign(js.Identifier(flag), js.Literal(False))), leave] if flag else [leave]


@lowers(ast.Continue)
def lower_continue(lower: Lowerer, node: ast.Continue) -> list[js.Statement]:
    return [js.ContinueStatement()]


# ---- exceptions


@lowers(ast.Raise)
def lower_raise(lower: Lowerer, node: ast.Raise) -> list[js.Statement]:
    if node.exc is None:
        if not lower.context.caught:
            raise lower.unsupported(
                node, "raise without an exception outside of except is not supported", "name the exception"
            )
        return [js.ThrowStatement(js.Identifier(lower.context.caught[-1]))]
    value = lower.expression(node.exc)
    if lower.type_of(node.exc).kind == "class" or _is_exception_name(lower, node.exc):
        value = js.NewExpression(value, [])
    if node.cause is not None and not (isinstance(node.cause, ast.Constant) and node.cause.value is None):
        value = lower.py("with_cause", value, lower.expression(node.cause))
    return [js.ThrowStatement(value)]


def _is_exception_name(lower: Lowerer, node: ast.expr) -> bool:
    return isinstance(node, ast.Name) and lower.binding(node) is None


@lowers(ast.Assert)
def lower_assert(lower: Lowerer, node: ast.Assert) -> list[js.Statement]:
    message = [lower.expression(node.msg)] if node.msg else []
    error = js.NewExpression(lower.py_name("AssertionError"), message)
    return [js.IfStatement(negated(test(lower, node.test)), js.BlockStatement([js.ThrowStatement(error)]))]


@lowers(ast.Try)
def lower_try(lower: Lowerer, node: ast.Try) -> list[js.Statement]:
    lower.context.in_try += 1
    try:
        block = lower.body(node.body)
    finally:
        lower.context.in_try -= 1
    before: list[js.Statement] = []
    after: list[js.Statement] = []
    if node.orelse:
        # Runs outside of the handlers' reach.
        flag = lower.temporary("succeeded")
        before = [js.statement(js.assign(flag, js.Literal(False)))]
        block.append(js.statement(js.assign(flag, js.Literal(True))))
        after = [js.IfStatement(flag, js.BlockStatement(lower.body(node.orelse)))]
    handler = _handlers(lower, node.handlers) if node.handlers else None
    finalizer = js.BlockStatement(lower.body(node.finalbody)) if node.finalbody else None
    if after and finalizer:
        inner = js.TryStatement(js.BlockStatement(block), handler, None)
        return [*before, js.TryStatement(js.BlockStatement([inner, *after]), None, finalizer)]
    return [*before, js.TryStatement(js.BlockStatement(block), handler, finalizer), *after]


def _handlers(lower: Lowerer, handlers: list[ast.ExceptHandler]) -> js.CatchClause:
    caught = js.Identifier(lower.unique("error"))
    lower.context.caught.append(caught.name)
    try:
        chain: js.Statement | None = js.BlockStatement([js.ThrowStatement(caught)])
        for handler in reversed(handlers):
            body = _handler_body(lower, handler, caught)
            condition = _catches(lower, handler.type, caught)
            if condition is None:
                chain = js.BlockStatement(body)
            else:
                chain = js.IfStatement(condition, js.BlockStatement(body), chain)
    finally:
        lower.context.caught.pop()
    statements = chain.body if isinstance(chain, js.BlockStatement) else [chain]
    assert chain is not None
    uses = any(isinstance(n, js.Identifier) and n.name == caught.name for s in statements for n in js.walk(s))  # type: ignore[arg-type]
    return js.CatchClause(caught if uses else None, js.BlockStatement(list(statements)))  # type: ignore[arg-type]


def _handler_body(lower: Lowerer, handler: ast.ExceptHandler, caught: js.Identifier) -> list[js.Statement]:
    body = lower.body(handler.body)
    if handler.name is None:
        return body
    binding = lower.context.scope.bindings.get(handler.name)
    if binding is not None and binding.kind == "exception":
        return [js.declare("const", js.Identifier(lower.name_of(binding)), caught), *body]
    name = js.Identifier(lower.name_of(binding) if binding else js_variable(handler.name))
    return [js.statement(js.assign(name, caught)), *body]


def _catches(lower: Lowerer, kind: ast.expr | None, caught: js.Identifier) -> js.Expression | None:
    """The condition under which a handler runs; None where it always does."""
    if kind is None or lower.is_builtin(kind, "BaseException", "Exception"):
        return None
    classes = kind.elts if isinstance(kind, ast.Tuple) else [kind]
    return lower.py("catches", caught, *lower.expressions(classes))


# ---- with


@lowers(ast.With)
def lower_with(lower: Lowerer, node: ast.With) -> list[js.Statement]:
    """`with a as x: …` → `const manager = py.enter(a); try { … } catch … finally { … }`"""
    first, *others = node.items
    inner = lower.body(node.body) if not others else lower_with(lower, _rest(node, others))
    manager = lower.temporary("manager")
    enter = js.statement(js.assign(manager, lower.py("enter", lower.expression(first.context_expr))))
    error = js.Identifier(lower.unique("error"))
    body: list[js.Statement] = []
    if first.optional_vars is not None:
        body += assign_to(lower, first.optional_vars, first.context_expr, js.member(manager, "value"))
    body += inner
    handler = js.CatchClause(error, js.BlockStatement([js.statement(js.method_call(manager, "fail", error))]))
    finalizer = js.BlockStatement([js.statement(js.method_call(manager, "exit"))])
    return [enter, js.TryStatement(js.BlockStatement(body), handler, finalizer)]


def _rest(node: ast.With, items: list[ast.withitem]) -> ast.With:
    return ast.copy_location(ast.With(items, node.body), node)
