"""Lowers calls of builtin functions: a JavaScript idiom where types allow it, a helper of the same name
otherwise.

len(xs) → xs.length        isinstance(x, mx.array) → x instanceof mx.array        max(a, b) → Math.max(a, b)
"""

from __future__ import annotations

import ast
from collections.abc import Callable

from node_mlx.compile import estree as js
from node_mlx.compile import types as t
from node_mlx.compile.lower import Lowerer
from node_mlx.compile.lower_slices import items_of, iterable

Handler = Callable[[Lowerer, ast.Call], "js.Expression | None"]


def lower_builtin(lower: Lowerer, name: str, node: ast.Call) -> js.Expression | None:
    """None for a name that is no builtin function."""
    if name in _HANDLERS:
        found = _HANDLERS[name](lower, node)
        if found is not None:
            return found
    if name in _SIMPLE or name in _HANDLERS:
        return js.CallExpression(lower.py_name(name), _given(lower, node))
    if name in _UNSUPPORTED:
        raise lower.unsupported(node, f"{name}() is not supported", _UNSUPPORTED[name])
    return None


# Helpers of the runtime that take the arguments as they are.
_SIMPLE = frozenset(
    "int float str bool repr len abs min max sum sorted list tuple set frozenset dict range enumerate zip "
    "map filter any all iter next reversed round isinstance getattr setattr hasattr delattr callable "
    "print ord chr divmod pow id hash type format issubclass vars input hex bin bytes complex slice".split()
)

_UNSUPPORTED = {
    "eval": "compiled code holds no Python; write the expression out",
    "exec": "compiled code holds no Python; write the statements out",
    "compile": "compiled code holds no Python; for mlx use mx.compile",
    "locals": "pass a dict with the values that are needed",
    "open": "read files in JavaScript, or with mx.load",
    "__import__": "use an import statement",
    "dir": "name the attributes that are needed",
    "memoryview": "use an array",
    "bytearray": "use bytes",
    "breakpoint": "set it in the debugger: source maps show the Python lines",
}


def _given(lower: Lowerer, node: ast.Call) -> list[js.Expression]:
    from node_mlx.compile.resolve_keyword_arguments import arguments

    return arguments(lower, node)


def _len(lower: Lowerer, node: ast.Call) -> js.Expression | None:
    kind = t.without_none(lower.type_of(node.args[0]))
    value = lower.expression(node.args[0])
    if t.is_kind(kind, "list", "tuple", "record", "str"):
        return js.member(value, "length")
    if kind.kind == "set":
        return js.member(value, "size")
    return lower.py("len", value)


def _isinstance(lower: Lowerer, node: ast.Call) -> js.Expression:
    from node_mlx.compile.lower_classes import is_plain_class

    value, kind = node.args
    options = kind.elts if isinstance(kind, ast.Tuple) else _alternatives(kind)
    if len(options) == 1 and is_plain_class(lower, options[0]):
        return js.BinaryExpression("instanceof", lower.expression(value), lower.expression(options[0]))
    if len(options) == 1:
        if lower.is_builtin(options[0], "str"):
            test = js.UnaryExpression("typeof", lower.expression(value))
            return js.BinaryExpression("===", test, js.Literal("string"))
        if lower.is_builtin(options[0], "bool"):
            test = js.UnaryExpression("typeof", lower.expression(value))
            return js.BinaryExpression("===", test, js.Literal("boolean"))
        return lower.py("isinstance", lower.expression(value), _class_value(lower, options[0]))
    classes: list[js.Expression] = [_class_value(lower, option) for option in options]
    return lower.py("isinstance", lower.expression(value), js.ArrayExpression(classes))


def _class_value(lower: Lowerer, node: ast.expr) -> js.Expression:
    name = node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""
    if name in ("Callable", "Sequence", "Mapping", "Iterable", "Iterator", "Number", "Integral", "Real"):
        return lower.py_name(f"abc.{name}")
    if isinstance(node, ast.Constant) and node.value is None:
        return js.Literal(None)
    return lower.expression(node)


def _alternatives(node: ast.expr) -> list[ast.expr]:
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitOr):
        return [*_alternatives(node.left), *_alternatives(node.right)]
    return [node]


def _extreme(name: str) -> Handler:
    def lower_extreme(lower: Lowerer, node: ast.Call) -> js.Expression | None:
        plain = len(node.args) > 1 and not node.keywords
        if plain and all(t.is_kind(lower.type_of(a), "int", "float") for a in node.args):
            return js.method_call(js.Identifier("Math"), name, *lower.expressions(node.args))
        return None

    return lower_extreme


def _abs(lower: Lowerer, node: ast.Call) -> js.Expression | None:
    kind = lower.type_of(node.args[0])
    if t.is_array(kind):
        return lower.mx("abs", lower.expression(node.args[0]))
    if t.is_number(kind):
        return js.method_call(js.Identifier("Math"), "abs", lower.expression(node.args[0]))
    return None


def _list(lower: Lowerer, node: ast.Call) -> js.Expression:
    if not node.args:
        return js.ArrayExpression([])
    if isinstance(node.args[0], ast.GeneratorExp):
        return lower.expression(ast.copy_location(_as_list(node.args[0]), node.args[0]))
    return js.ArrayExpression([js.SpreadElement(iterable(lower, node.args[0]))])


def _as_list(node: ast.GeneratorExp) -> ast.GeneratorExp:
    node.as_list = True  # type: ignore[attr-defined]
    return node


def _consumed(lower: Lowerer, node: ast.Call) -> js.Expression | None:
    """Functions that use up an iterable: a generator in it may be a list."""
    if node.args and isinstance(node.args[0], ast.GeneratorExp):
        _as_list(node.args[0])
    return None


def _dict(lower: Lowerer, node: ast.Call) -> js.Expression | None:
    if node.args:
        return None
    properties: list[js.Expression] = []
    for keyword in node.keywords:
        value = lower.expression(keyword.value)
        if keyword.arg is None:
            properties.append(js.SpreadElement(lower.py("entries_as_object", value)))
        else:
            properties.append(js.Property(js.Literal(keyword.arg), value))
    return js.ObjectExpression(properties)


def _quantifier(method: str) -> Handler:
    """any(f(x) for x in xs) → xs.some((x) => f(x))"""

    def lower_quantifier(lower: Lowerer, node: ast.Call) -> js.Expression | None:
        from node_mlx.compile.lower_comprehensions import quantifier

        if isinstance(node.args[0], ast.GeneratorExp):
            return quantifier(lower, node.args[0], method)
        return None

    return lower_quantifier


def _bool(lower: Lowerer, node: ast.Call) -> js.Expression:
    from node_mlx.compile.lower_operators import test

    if not node.args:
        return js.Literal(False)
    value = test(lower, node.args[0])
    if isinstance(value, js.BinaryExpression) or t.is_kind(lower.type_of(node.args[0]), "bool"):
        return value
    if isinstance(value, js.CallExpression):
        return value
    return js.UnaryExpression("!", js.UnaryExpression("!", value))


def _str(lower: Lowerer, node: ast.Call) -> js.Expression | None:
    from node_mlx.compile.lower_fstrings import text_of

    if not node.args:
        return js.Literal("")
    return text_of(lower, node.args[0], "str")


def _repr(lower: Lowerer, node: ast.Call) -> js.Expression | None:
    from node_mlx.compile.lower_fstrings import text_of

    return text_of(lower, node.args[0], "repr")


def _print(lower: Lowerer, node: ast.Call) -> js.Expression:
    from node_mlx.compile.lower_fstrings import shown

    given: list[js.Expression] = []
    for argument in node.args:
        if isinstance(argument, ast.Starred):
            given.append(js.SpreadElement(iterable(lower, argument.value)))
        else:
            given.append(shown(lower, argument))
    options: list[js.Expression] = [
        js.Property(js.Literal(k.arg), lower.expression(k.value)) for k in node.keywords if k.arg
    ]
    if options:
        given.append(js.ObjectExpression(options))
    return lower.py("print", *given)


def _super(lower: Lowerer, node: ast.Call) -> js.Expression:
    raise lower.unsupported(node, "super() as a value is not supported", "write super().method(…)")


def _slice(lower: Lowerer, node: ast.Call) -> js.Expression:
    return lower.mx("slice_", *lower.expressions(node.args))


def _globals(lower: Lowerer, node: ast.Call) -> js.Expression:
    return lower.py("globals_of", js.ArrowFunctionExpression([], _namespace(lower)))


def _namespace(lower: Lowerer) -> js.Expression:
    """The module's own classes and functions by name."""
    names = [*lower.module.classes, *lower.module.functions]
    properties: list[js.Expression] = [js.Property(js.Literal(name), js.Identifier(name)) for name in names]
    return js.ObjectExpression(properties)


def _set(lower: Lowerer, node: ast.Call) -> js.Expression | None:
    if not node.args:
        return lower.py("set")
    return _consumed(lower, node)


def _tuple(lower: Lowerer, node: ast.Call) -> js.Expression | None:
    if node.args and isinstance(node.args[0], ast.GeneratorExp):
        _as_list(node.args[0])
    if node.args and isinstance(node.args[0], ast.List):
        return js.CallExpression(lower.py_name("Tuple.of"), items_of(lower, node.args[0].elts))
    return None


_HANDLERS: dict[str, Handler] = {
    "len": _len,
    "isinstance": _isinstance,
    "max": _extreme("max"),
    "min": _extreme("min"),
    "abs": _abs,
    "list": _list,
    "tuple": _tuple,
    "set": _set,
    "sorted": _consumed,
    "sum": _consumed,
    "dict": _dict,
    "any": _quantifier("some"),
    "all": _quantifier("every"),
    "bool": _bool,
    "str": _str,
    "repr": _repr,
    "print": _print,
    "super": _super,
    "slice": _slice,
    "globals": _globals,
}
