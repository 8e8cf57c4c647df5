"""Lowers functions, methods and lambdas, with the lines that take keywords out of a last options object.

    def f(x, axis=-1): …        function f(x, axis = -1) {
                                  const named = py.keywords(F, arguments);
                                  if (named) ({ x, axis = -1 } = named);
A default that is not a constant is evaluated once, where the function is defined, as in Python.
"""

from __future__ import annotations

import ast
import inspect
from dataclasses import dataclass

from node_mlx.compile import estree as js
from node_mlx.compile.hoist_declarations import hoist_declarations
from node_mlx.compile.infer_types import defaults_of, falls_through
from node_mlx.compile.lower import Context, Lowerer, lowers
from node_mlx.compile.lower_names import is_integral_float, marked_float
from node_mlx.compile.lower_slices import escaping
from node_mlx.compile.program import FunctionInfo
from node_mlx.compile.scopes import Binding, FunctionNode, arguments_of
from node_mlx.names import js_variable

# Methods that Python itself calls, with positions only.
_CALLED_BY_NAME = ("__init__", "__call__", "__new__", "__init_subclass__", "__post_init__")


@dataclass
class Lowered:
    """The parts of a function, for a declaration, an expression or a method."""

    params: list[js.Expression]
    body: js.BlockStatement
    generator: bool
    asynchronous: bool
    moment: list[tuple[js.Identifier, js.Expression]]
    """Defaults that each definition evaluates anew, and their names."""

    def expression(self, name: str | None) -> js.FunctionExpression:
        identifier = js.Identifier(name) if name else None
        return js.FunctionExpression(identifier, self.params, self.body, self.generator, self.asynchronous)

    def definition(self, name: str | None) -> js.Expression:
        """The function; where it has such defaults, as what `((x_now) => function …)(x)` returns."""
        function = self.expression(name)
        if not self.moment:
            return function
        arrow = js.ArrowFunctionExpression([now for now, _ in self.moment], function)
        return js.CallExpression(arrow, [value for _, value in self.moment])


@lowers(ast.FunctionDef, ast.AsyncFunctionDef)
def lower_function_statement(lower: Lowerer, node: FunctionNode) -> list[js.Statement]:
    info = lower.module.function_of[node]
    binding = lower.module.scopes.by_node[node].parent.bindings.get(node.name)  # type: ignore[union-attr]
    name = lower.name_of(binding) if binding else js_variable(node.name)
    lowered = lower_function(lower, node, info, is_method=False)
    document = docstring(node)
    decorators = [d for d in node.decorator_list if not _is_erased(lower, d)]
    if not decorators and not lowered.moment and _is_declaration(lower, node):
        declaration = js.FunctionDeclaration(
            js.Identifier(name), lowered.params, lowered.body, lowered.generator, lowered.asynchronous
        )
        return [*document, declaration]
    value = lowered.definition(name)
    for decorator in reversed(decorators):
        value = decorated(lower, decorator, value)
    return [*document, js.statement(js.assign(js.Identifier(name), value))]


def _is_declaration(lower: Lowerer, node: FunctionNode) -> bool:
    """Whether it may be a function declaration: defined once, directly in the body of a function or
    module."""
    scope = lower.module.scopes.by_node[node].parent
    assert scope is not None
    binding = scope.bindings.get(node.name)
    body = getattr(scope.node, "body", [])
    return binding is not None and binding.stores == 1 and isinstance(body, list) and node in body


def _is_erased(lower: Lowerer, node: ast.expr) -> bool:
    name = lower.dotted(node.func if isinstance(node, ast.Call) else node)
    return name.rpartition(".")[2] in ("abstractmethod", "override", "overload", "final", "no_type_check")


def decorated(lower: Lowerer, decorator: ast.expr, value: js.Expression) -> js.Expression:
    """`@decorator` as a call: `partial(mx.compile, shapeless=True)` becomes a call of mx.compile itself."""
    from node_mlx.compile.resolve_keyword_arguments import keywords, lower_call

    if isinstance(decorator, ast.Call) and lower.dotted(decorator.func) == "functools.partial":
        first, *rest = decorator.args
        whole = ast.copy_location(ast.Call(first, [], decorator.keywords), decorator)
        callee = lower.expression(first)
        given = [*lower.expressions(rest), value, *keywords(lower, whole, direct=True)]
        return js.CallExpression(callee, given)
    callee = lower_call(lower, decorator) if isinstance(decorator, ast.Call) else lower.expression(decorator)
    return js.call(callee, value)


def lower_function(
    lower: Lowerer, node: FunctionNode | ast.Lambda, info: FunctionInfo | None, *, is_method: bool
) -> Lowered:
    """Parameters and body. In a method the first parameter is `this`."""
    scope = lower.module.scopes.by_node[node]
    outer = lower.context
    static = info is not None and info.owner is not None and node.name in info.owner.statics  # type: ignore[union-attr]
    positional = [*node.args.posonlyargs, *node.args.args]
    takes_self = is_method and not static and bool(positional)
    context = Context(scope, owner=outer.owner, static=static)
    if takes_self:
        context.self_name, context.this_is_self = positional[0].arg, True
        positional = positional[1:]
        if scope.bindings[context.self_name].stores > 1:
            lower.report(
                node,
                f"{context.self_name!r} is assigned to: not supported",
                "use another variable: it is `this` in JavaScript",
            )
    elif not is_method:
        context.self_name = outer.self_name
        context.method = outer
    elif node.args.vararg:
        lower.report(node, "a method without a first parameter is not supported", "name it self")
    context.owner = info.owner if info is not None and info.owner is not None else outer.owner
    lower.context = context
    try:
        return _lower_function(lower, node, info, positional, context)
    finally:
        lower.context = outer


def _lower_function(
    lower: Lowerer,
    node: FunctionNode | ast.Lambda,
    info: FunctionInfo | None,
    positional: list[ast.arg],
    context: Context,
) -> Lowered:
    arguments = node.args
    scope = context.scope
    verbatim = _passes_keywords_on(lower, node)
    signature = None if verbatim else _signature(lower, node, info, positional)
    defaults = defaults_of(arguments)
    outer = scope.parent
    assert outer is not None
    values = {name: default_value(lower, node, info, name, value) for name, value in defaults.items()}
    params: list[js.Expression] = []
    for argument in positional:
        target = _parameter(lower, argument)
        value = values.get(argument.arg)
        params.append(js.AssignmentPattern(target, value) if value is not None else target)
    if arguments.vararg:
        params.append(js.RestElement(_parameter(lower, arguments.vararg)))
    prologue: list[js.Statement] = []
    if signature is not None:
        prologue = _prologue(lower, node, positional, values, signature)
    if arguments.vararg and not verbatim and _is_kept(lower, scope.bindings[arguments.vararg.arg]):
        rest = _parameter(lower, arguments.vararg)
        prologue.append(js.statement(js.assign(rest, lower.py("tuple", rest))))
    body = _body(lower, node)
    names = _variables(lower, node, context)
    block = hoist_declarations([*prologue, *body], names, _captured(lower, node))
    if context.self_alias_needed and context.self_name:
        alias = js.declare("const", js.Identifier(js_variable(context.self_name)), js.ThisExpression())
        block.insert(0, alias)
    asynchronous = isinstance(node, ast.AsyncFunctionDef)
    return Lowered(params, js.BlockStatement(block), scope.is_generator, asynchronous, context.moment)


# Functions that only look at what they are given.
_LOOKING = frozenset(
    "len list tuple set sum any all sorted min max enumerate zip map filter isinstance".split()
)


def _is_kept(lower: Lowerer, binding: Binding) -> bool:
    """Whether *args is used as a value, and not only spread, measured, or run over: then it must be a
    tuple."""
    looked_at: set[ast.AST] = set()
    for part in ast.walk(binding.scope.node):
        if isinstance(part, ast.Starred | ast.Subscript):
            looked_at.add(part.value)
        elif isinstance(part, ast.For | ast.comprehension):
            looked_at.add(part.iter)
        elif isinstance(part, ast.If | ast.IfExp | ast.While):
            looked_at.add(part.test)
        elif isinstance(part, ast.Call) and isinstance(part.func, ast.Name) and part.func.id in _LOOKING:
            looked_at.update(part.args)
    return any(use not in looked_at for use in binding.uses)


def _parameter(lower: Lowerer, argument: ast.arg) -> js.Identifier:
    scope = lower.context.scope
    return js.Identifier(lower.name_of(scope.bindings[argument.arg]))


def _body(lower: Lowerer, node: FunctionNode | ast.Lambda) -> list[js.Statement]:
    if isinstance(node, ast.Lambda):
        return [js.ReturnStatement(lower.expression(node.body))]
    statements = node.body
    if statements and _is_docstring(statements[0]):
        statements = statements[1:]
    lower.context.returns_value = _returns_value(lower, node) and not lower.context.scope.is_generator
    out = lower.body(statements, (node.end_lineno or 0) + 3)
    if lower.context.returns_value and falls_through(node.body):
        out.append(js.ReturnStatement(js.Literal(None)))
    return out


def _returns_value(lower: Lowerer, node: FunctionNode) -> bool:
    return any(part.value is not None for part in lower.module.scopes.by_node[node].returns)


def _variables(lower: Lowerer, node: ast.AST, context: Context) -> set[str]:
    scope = context.scope
    names = {
        lower.name_of(binding)
        for binding in scope.bindings.values()
        if binding.kind in ("variable", "function", "class", "import")
    }
    return names | context.declared


def _captured(lower: Lowerer, node: ast.AST) -> set[str]:
    scope = lower.module.scopes.by_node[node]
    return {lower.name_of(b) for b in scope.bindings.values() if b.captured}


# ---- keywords


def _signature(
    lower: Lowerer, node: FunctionNode | ast.Lambda, info: FunctionInfo | None, positional: list[ast.arg]
) -> js.Identifier | None:
    """The constant with the signature; None where the function takes no keywords."""
    arguments = node.args
    if isinstance(node, ast.Lambda):
        if not (arguments.kwonlyargs or arguments.kwarg):
            return None
    elif not _takes_keywords(lower, node, info, positional):
        return None
    name = "lambda" if isinstance(node, ast.Lambda) else node.name
    owner = info.owner if info is not None else None
    label = f"{owner.name}_{name.strip('_')}" if owner is not None else name.strip("_")
    title = f"{owner.name}.{name}" if owner is not None else name
    if name == "__init__" and owner is not None:
        title = owner.name
    constant = js.Identifier(lower.unique(_screaming(label)))
    text = f"{title}({_parameters_text(node, positional)})"
    lower.before.append(js.declare("const", constant, lower.py("signature", js.Literal(text))))
    return constant


def _takes_keywords(
    lower: Lowerer, node: FunctionNode, info: FunctionInfo | None, positional: list[ast.arg]
) -> bool:
    arguments = node.args
    if arguments.kwonlyargs or arguments.kwarg:
        return True
    named = [a for a in positional if a not in arguments.posonlyargs]
    if not named:
        return False
    if node.name.startswith("__") and node.name.endswith("__"):
        return node.name in _CALLED_BY_NAME
    if info is None or any(not _is_erased(lower, d) for d in node.decorator_list if info.owner is None):
        return True
    if info.owner is not None and node.name in info.owner.setters:
        return False
    if info.private and not info.keyword_calls:
        return info.escapes and (
            info.owner is not None
            or _is_returned(lower, node)
            or any(argument.arg in lower.module.keyword_names for argument in named)
        )
    return True


def _is_returned(lower: Lowerer, node: FunctionNode) -> bool:
    """Whether the function leaves its scope otherwise than as an argument or by being called."""
    scope = lower.module.scopes.by_node[node].parent
    assert scope is not None
    binding = scope.bindings.get(node.name)
    if binding is None:
        return True
    passed = lower.passed_values()
    return any(isinstance(use.ctx, ast.Load) and use not in passed for use in binding.uses)


def _screaming(name: str) -> str:
    return "_".join(_words(part) for part in name.split("_")).upper()


def _words(name: str) -> str:
    out = ""
    for i, c in enumerate(name):
        if c.isupper() and i and (not name[i - 1].isupper() or (i + 1 < len(name) and name[i + 1].islower())):
            out += "_"
        out += c
    return out


def _parameters_text(node: FunctionNode | ast.Lambda, positional: list[ast.arg]) -> str:
    """The signature as Python source."""
    arguments = node.args
    defaults = defaults_of(arguments)
    parts: list[str] = []
    positional_only = [a for a in positional if a in arguments.posonlyargs]
    for argument in positional:
        parts.append(_parameter_text(argument, defaults))
        if positional_only and argument is positional_only[-1]:
            parts.append("/")
    if arguments.vararg:
        parts.append(f"*{arguments.vararg.arg}")
    elif arguments.kwonlyargs:
        parts.append("*")
    parts += [_parameter_text(argument, defaults) for argument in arguments.kwonlyargs]
    if arguments.kwarg:
        parts.append(f"**{arguments.kwarg.arg}")
    return ", ".join(parts)


def _parameter_text(argument: ast.arg, defaults: dict[str, ast.expr]) -> str:
    typed = f": {ast.unparse(argument.annotation)}" if argument.annotation else ""
    default = defaults.get(argument.arg)
    equals = " = " if typed else "="
    return f"{argument.arg}{typed}{equals + ast.unparse(default) if default is not None else ''}"


def _prologue(
    lower: Lowerer,
    node: FunctionNode | ast.Lambda,
    positional: list[ast.arg],
    values: dict[str, js.Expression],
    signature: js.Identifier,
) -> list[js.Statement]:
    arguments = node.args
    out: list[js.Statement] = []
    for argument in arguments.kwonlyargs:
        out.append(js.declare("let", _parameter(lower, argument), values.get(argument.arg)))
    if arguments.kwarg:
        out.append(js.declare("let", _parameter(lower, arguments.kwarg), js.ObjectExpression([])))
    properties: list[js.Expression] = []
    for argument in [
        *positional,
        *filter(None, [arguments.vararg]),
        *arguments.kwonlyargs,
        *filter(None, [arguments.kwarg]),
    ]:
        target: js.Expression = _parameter(lower, argument)
        if argument.arg in values:
            target = js.AssignmentPattern(target, values[argument.arg])
        properties.append(js.Property(js.Literal(argument.arg), target))
    named = (
        js.Identifier(lower.unique("named"))
        if "named" in lower.context.scope.bindings
        else js.Identifier("named")
    )
    found = lower.py("keywords", signature, js.Identifier("arguments"))
    out.append(js.declare("const", named, found))
    take = js.statement(js.assign(js.ObjectPattern(properties), named))
    out.append(js.IfStatement(named, js.BlockStatement([take])))
    return out


def _passes_keywords_on(lower: Lowerer, node: FunctionNode | ast.Lambda) -> bool:
    """Whether *args and **kwargs are only handed on together: then they travel as they came."""
    arguments = node.args
    if arguments.vararg is None or arguments.kwarg is None or arguments.kwonlyargs:
        return False
    scope = lower.module.scopes.by_node[node]
    kwargs, args = scope.bindings[arguments.kwarg.arg], scope.bindings[arguments.vararg.arg]
    together: set[ast.AST] = set()
    for part in ast.walk(node):
        if not isinstance(part, ast.Call):
            continue
        stars = [k.value for k in part.keywords if k.arg is None]
        last = part.args[-1] if part.args else None
        if len(part.keywords) == 1 and stars and isinstance(last, ast.Starred):
            names = [stars[0], last.value]
            bound = [lower.binding(name) for name in names if isinstance(name, ast.Name)]
            if bound == [kwargs, args]:
                together.update(names)
                part.verbatim = True  # type: ignore[attr-defined]
    uses = [use for use in [*kwargs.uses, *args.uses] if use not in together]
    if uses:
        for part in ast.walk(node):
            if getattr(part, "verbatim", False):
                part.verbatim = False  # type: ignore[attr-defined]
    return not uses


# ---- defaults


def default_value(
    lower: Lowerer, node: FunctionNode | ast.Lambda, info: FunctionInfo | None, name: str, value: ast.expr
) -> js.Expression:
    """The default as written where it is constant; otherwise a constant that is made once."""
    context = lower.context
    outer = context.method if context.method is not None else None
    annotated = any(a.arg == name and a.annotation is not None for a in arguments_of(node.args))
    if is_integral_float(value) and not annotated:
        return marked_float(lower, value)
    if _is_constant(lower, value):
        return lower.expression(value)
    lower.context = outer if outer is not None else Context(lower.module.scopes.module)
    try:
        lowered = lower.expression(value)
    finally:
        lower.context = context
    label = info.owner.name + "_" if info is not None and info.owner is not None else ""
    own = "lambda" if isinstance(node, ast.Lambda) else node.name.strip("_")
    scope = lower.module.scopes.by_node[node].parent
    assert scope is not None
    if scope.kind in ("module", "class") and node in getattr(scope.node, "body", []):
        constant = js.Identifier(lower.unique(_screaming(f"{label}{own}_{name}")))
        lower.before.append(js.declare("const", constant, lowered))
        return constant
    # Defined again and again, each time with the default of that moment.
    now = js.Identifier(lower.unique(f"{js_variable(name)}_now"))
    context.moment.append((now, lowered))
    return now


def _is_constant(lower: Lowerer, node: ast.expr) -> bool:
    if isinstance(node, ast.Constant):
        return True
    if isinstance(node, ast.UnaryOp):
        return _is_constant(lower, node.operand)
    if isinstance(node, ast.BinOp):
        return _is_constant(lower, node.left) and _is_constant(lower, node.right)
    if isinstance(node, ast.Attribute):
        return lower.type_of(node.value).kind == "module"
    if isinstance(node, ast.Name):
        binding = lower.binding(node)
        if binding is None:
            return True
        once = binding.scope.kind == "module" and binding.stores == 1
        return binding.kind in ("import", "class", "function") or (once and _is_top_level(lower, binding))
    return False


def _is_top_level(lower: Lowerer, binding: Binding) -> bool:
    """Whether a module's variable is assigned in a statement of its own, not in a loop."""
    return any(
        isinstance(item, ast.Assign | ast.AnnAssign) and binding.node in ast.walk(item)
        for item in lower.source.tree.body
    )


# ---- lambdas


@lowers(ast.Lambda)
def lower_lambda(lower: Lowerer, node: ast.Lambda) -> js.Expression:
    arguments = node.args
    captured = {
        name: value for name, value in defaults_of(arguments).items() if not _is_constant(lower, value)
    }
    if captured:
        # The default is what the variable holds now, not when the function is called.
        outside = {name: js.Identifier(lower.unique(f"{js_variable(name)}_now")) for name in captured}
        inner = _arrow(lower, node, dict(outside))
        values = [lower.expression(value) for value in captured.values()]
        return js.CallExpression(js.ArrowFunctionExpression(list(outside.values()), inner), values)
    if (arguments.kwonlyargs or arguments.kwarg) and not _passes_keywords_on(lower, node):
        if _is_unused(lower, node, arguments.kwarg) and not arguments.kwonlyargs:
            return _arrow(lower, node, {})
        return lower_function(lower, node, None, is_method=False).expression(None)
    return _arrow(lower, node, {})


def _is_unused(lower: Lowerer, node: ast.Lambda, argument: ast.arg | None) -> bool:
    return argument is not None and not lower.module.scopes.by_node[node].bindings[argument.arg].uses


def _arrow(lower: Lowerer, node: ast.Lambda, values: dict[str, js.Identifier]) -> js.Expression:
    arguments = node.args
    scope = lower.module.scopes.by_node[node]
    defaults = defaults_of(arguments)
    params: list[js.Expression] = []
    for argument in [*arguments.posonlyargs, *arguments.args]:
        target = js.Identifier(lower.name_of(scope.bindings[argument.arg]))
        if argument.arg in values:
            params.append(js.AssignmentPattern(target, values[argument.arg]))
        elif argument.arg in defaults:
            params.append(js.AssignmentPattern(target, marked_float(lower, defaults[argument.arg])))
        else:
            params.append(target)
    if arguments.vararg:
        name = lower.name_of(scope.bindings[arguments.vararg.arg])
        params.append(js.RestElement(js.Identifier(name)))
    _rename_repeated(params)
    if scope.is_generator:
        raise lower.unsupported(node, "a lambda that yields is not supported", "write a generator function")
    return js.ArrowFunctionExpression(params, lower.expression(node.body))


def _rename_repeated(params: list[js.Expression]) -> None:
    seen: set[str] = set()
    for param in params:
        if isinstance(param, js.Identifier):
            while param.name in seen:
                param.name += "_"
            seen.add(param.name)


# ---- docstrings


def _is_docstring(node: ast.stmt) -> bool:
    return (
        isinstance(node, ast.Expr)
        and isinstance(node.value, ast.Constant)
        and isinstance(node.value.value, str)
    )


def docstring(node: FunctionNode | ast.ClassDef | ast.Module) -> list[js.Statement]:
    """The docstring as JSDoc, to stand before the function or class."""
    if not node.body or not _is_docstring(node.body[0]):
        return []
    text = inspect.cleandoc(node.body[0].value.value)  # type: ignore[attr-defined]
    return [js.JSDoc(text)] if text.strip() else []


@lowers(ast.Return)
def lower_return(lower: Lowerer, node: ast.Return) -> list[js.Statement]:
    if node.value is None:
        # Where the result is used, None must not be undefined: that would ask for a default.
        return [js.ReturnStatement(js.Literal(None) if lower.context.returns_value else None)]
    return [js.ReturnStatement(escaping(lower, node.value, lower.expression(node.value)))]


@lowers(ast.Yield)
def lower_yield(lower: Lowerer, node: ast.Yield) -> js.Expression:
    return js.YieldExpression(lower.expression(node.value) if node.value else js.Literal(None))


@lowers(ast.YieldFrom)
def lower_yield_from(lower: Lowerer, node: ast.YieldFrom) -> js.Expression:
    from node_mlx.compile.lower_slices import iterable

    return js.YieldExpression(iterable(lower, node.value), delegate=True)


@lowers(ast.Await)
def lower_await(lower: Lowerer, node: ast.Await) -> js.Expression:
    return js.AwaitExpression(lower.expression(node.value))
