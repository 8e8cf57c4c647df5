"""Lowers calls: keywords become the properties of a last options object, classes are made with `new`.

f(x, axis=1) → f(x, { axis: 1 })        f(*xs, **options) → f(...xs, ...py.kwargs(options))
nn.Linear(2, 3) → new nn.Linear(2, 3)        super().__init__() → super.__init__()
"""

from __future__ import annotations

import ast
import re

from node_mlx.compile import core_types
from node_mlx.compile import estree as js
from node_mlx.compile import types as t
from node_mlx.compile.infer_types import PYTHON_MODULES, defaults_of, is_update
from node_mlx.compile.lower import Lowerer, lowers
from node_mlx.compile.lower_builtins import lower_builtin
from node_mlx.compile.lower_methods import lower_method
from node_mlx.compile.lower_names import EXCEPTIONS, definition_of, lower_python_member, marked_float
from node_mlx.compile.lower_slices import iterable, plain_items
from node_mlx.compile.program import ClassInfo, FunctionInfo

_CLASS_NAME = re.compile(r"_*[A-Z][A-Za-z0-9]*[a-z][A-Za-z0-9]*\Z|_*[A-Z][A-Z0-9]{1,4}\Z")
# Variables that by their name hold a class.
HOLDS_CLASS = re.compile(r"(^|_)(cls|klass|class|type)$|(Class|Type)$")
_CONSTANT = re.compile(r"_*[A-Z][A-Z0-9_]*\Z")

# Classes of Python's own modules.
_PYTHON_CLASSES = {
    "collections.defaultdict", "collections.OrderedDict", "collections.deque", "collections.Counter",
}  # fmt: skip


@lowers(ast.Call)
def lower_call(lower: Lowerer, node: ast.Call) -> js.Expression:
    function = node.func
    if isinstance(function, ast.Name) and lower.binding(function) is None:
        if function.id in EXCEPTIONS:
            return js.NewExpression(lower.py_name(function.id), arguments(lower, node))
        found = lower_builtin(lower, function.id, node)
        if found is not None:
            return found
    if _is_super_call(lower, function):
        return _super_method(lower, function, node)  # type: ignore[arg-type]
    name = lower.dotted(function)
    if name.startswith("mlx.core."):
        return _core_call(lower, node, name)
    if _python_module(name):
        return _python_call(lower, node, name)
    if isinstance(function, ast.Attribute):
        found = _attribute_call(lower, function, node)
        if found is not None:
            return found
    callee = (
        lower.expression(function) if not isinstance(function, ast.Attribute) else _callee(lower, function)
    )
    if isinstance(function, ast.Call) and _is_partial(lower, function):
        # partial(f, k=v)(x) is f(x, k=v).
        return _applied_partial(lower, function, node)
    if _makes_instance(lower, function):
        return js.NewExpression(callee, arguments(lower, node))
    if _may_be_class(lower, function):
        return js.CallExpression(lower.py_name("call"), [callee, *arguments(lower, node)])
    return js.CallExpression(callee, arguments(lower, node))


def _python_module(name: str) -> bool:
    owner = name.rpartition(".")[0]
    return owner in PYTHON_MODULES or owner.partition(".")[0] in PYTHON_MODULES


def _callee(lower: Lowerer, node: ast.Attribute) -> js.Expression:
    """A method that is called where it is read needs no binding."""
    return js.member(lower.expression(node.value), node.attr)


def arguments(lower: Lowerer, node: ast.Call, direct: bool = False) -> list[js.Expression]:
    """`direct`: they go straight to MLX, which takes plain arrays for tuples and has to know floats."""
    known = definition_of(lower, node.func)
    out: list[js.Expression] = []
    for i, argument in enumerate(node.args):
        if isinstance(argument, ast.Starred):
            out.append(js.SpreadElement(iterable(lower, argument.value)))
        elif direct:
            out.append(plain_items(lower, argument))
        else:
            out.append(_argument(lower, argument, known, i))
    out += keywords(lower, node, direct, known)
    return out


def _argument(
    lower: Lowerer, node: ast.expr, known: object, position: int | None, name: str | None = None
) -> js.Expression:
    """An argument; a literal float is marked where the parameter does not say that it is a float."""
    if _has_annotation(known, position, name):
        return lower.expression(node)
    return marked_float(lower, node)


def _has_annotation(known: object, position: int | None, name: str | None) -> bool:
    if isinstance(known, ClassInfo):
        if known.is_dataclass:
            return True
        known = known.methods.get("__init__")
        position = None if position is None else position + 1
    if not isinstance(known, FunctionInfo):
        return isinstance(known, ClassInfo) or known is not None
    names = [*known.node.args.posonlyargs, *known.node.args.args, *known.node.args.kwonlyargs]
    if position is not None:
        return position < len(names) and names[position].annotation is not None
    return any(a.arg == name and a.annotation is not None for a in names)


def keywords(
    lower: Lowerer, node: ast.Call, direct: bool = False, known: object = None
) -> list[js.Expression]:
    if not node.keywords or getattr(node, "verbatim", False):
        return []
    if len(node.keywords) == 1 and node.keywords[0].arg is None:
        value = lower.expression(node.keywords[0].value)
        return [js.SpreadElement(lower.py("kwargs", value))]
    properties: list[js.Expression] = []
    for keyword in node.keywords:
        if keyword.arg is None:
            properties.append(js.SpreadElement(lower.expression(keyword.value)))
            continue
        value = (
            plain_items(lower, keyword.value)
            if direct
            else _argument(lower, keyword.value, known, None, keyword.arg)
        )
        properties.append(js.Property(js.Literal(keyword.arg), value))
    return [js.ObjectExpression(properties)]


# The value decides the dtype of what they return.
_DECIDED_BY_VALUE = ("mlx.core.array", "mlx.core.full", "mlx.core.arange")


def _is_float_parameter(lower: Lowerer, node: ast.expr) -> bool:
    """A parameter that is declared as a float, and not with an int as its default: 1.0 may arrive."""
    binding = lower.binding(node) if isinstance(node, ast.Name) else None
    if binding is None or binding.kind != "parameter" or lower.type_of(node) != t.FLOAT:
        return False
    default = defaults_of(binding.scope.node.args).get(binding.name)  # type: ignore[attr-defined]
    return not (isinstance(default, ast.Constant) and isinstance(default.value, int))


def _core_call(lower: Lowerer, node: ast.Call, name: str) -> js.Expression:
    callee = lower.expression(node.func)
    given = arguments(lower, node, direct=True)
    if name in _DECIDED_BY_VALUE and not any(keyword.arg == "dtype" for keyword in node.keywords):
        for i, argument in enumerate(node.args):
            if _is_float_parameter(lower, argument):
                given[i] = lower.py("as_float", given[i])
    if core_types.kind_of(name).kind == "class":
        return js.NewExpression(callee, given)
    return js.CallExpression(callee, given)


def _python_call(lower: Lowerer, node: ast.Call, name: str) -> js.Expression:
    owner, _, last = name.rpartition(".")
    callee = lower_python_member(lower, node.func, owner, last)
    given = arguments(lower, node)
    if name in _PYTHON_CLASSES:
        return js.NewExpression(callee, given)
    if owner == "typing" and last == "cast":
        return lower.expression(node.args[1])
    return js.CallExpression(callee, given)


def _is_partial(lower: Lowerer, node: ast.Call) -> bool:
    return lower.dotted(node.func) == "functools.partial" and not any(k.arg is None for k in node.keywords)


def _applied_partial(lower: Lowerer, partial: ast.Call, node: ast.Call) -> js.Expression:
    whole = ast.Call(partial.args[0], [*partial.args[1:], *node.args], [*node.keywords, *partial.keywords])
    return lower_call(lower, ast.copy_location(whole, node))


# ---- methods


def _is_super_call(lower: Lowerer, node: ast.expr) -> bool:
    return (
        isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Call)
        and lower.is_builtin(node.value.func, "super")
    )


def _super_method(lower: Lowerer, function: ast.Attribute, node: ast.Call) -> js.Expression:
    owner = lower.context.owner
    given = arguments(lower, node)
    if function.attr == "__new__":
        return lower.py("create", *given)
    if function.attr == "__getattribute__":
        return lower.py("getattr", lower.this(node), *given)
    if function.attr == "__setattr__" and _is_attribute_dict(lower, function.value):
        return lower.py("object_setattr", lower.this(node), *given)
    if function.attr in ("__setattr__", "__delattr__"):
        return lower.py(function.attr.strip("_"), lower.this(node), *given)
    if owner is not None and not owner.node.bases and not lower.context.static:
        # A mixin: what comes next is only known when it is mixed in.
        name = js.Identifier(owner.name)
        return js.CallExpression(
            js.member(lower.py("super_of", name, lower.this(node)), function.attr), given
        )
    if not lower.context.this_is_self:
        raise lower.unsupported(
            node,
            "super() inside a nested function is not supported",
            "call the method of the base class in the method itself",
        )
    return js.CallExpression(js.MemberExpression(js.Super(), js.Identifier(function.attr)), given)


def _is_attribute_dict(lower: Lowerer, node: ast.expr) -> bool:
    """Whether `super(Module, self)` names the class that makes attributes items, and so goes past it."""
    if not (isinstance(node, ast.Call) and node.args):
        return False
    known = definition_of(lower, node.args[0])
    return isinstance(known, ClassInfo) and "__setattr__" in known.methods


def _attribute_call(lower: Lowerer, function: ast.Attribute, node: ast.Call) -> js.Expression | None:
    kind = lower.type_of(function.value)
    name = function.attr
    if name == "__new__":
        return lower.py("create", lower.expression(node.args[0]))
    if name == "__setattr__" and lower.is_builtin(function.value, "object"):
        return lower.py("object_setattr", *arguments(lower, node))
    if name == "__setattr__" or name == "__getattribute__":
        helper = "setattr" if name == "__setattr__" else "getattr"
        return lower.py(helper, lower.expression(function.value), *arguments(lower, node))
    if kind.kind == "class":
        return _class_call(lower, function, node, kind)
    if t.is_array(kind) or is_update(function.value):
        return js.CallExpression(
            js.member(lower.expression(function.value), name), arguments(lower, node, direct=True)
        )
    if kind.kind == "module":
        return None
    return lower_method(lower, function, node, t.without_none(kind))


def _class_call(
    lower: Lowerer, function: ast.Attribute, node: ast.Call, kind: t.Type
) -> js.Expression | None:
    """`Base.method(self, x)`: a method called through its class."""
    info = lower.program.find(kind.name) if kind.name else None
    if not isinstance(info, ClassInfo):
        return None
    for ancestor in lower.program.ancestors(info):
        if function.attr in ancestor.methods:
            target = js.member(lower.expression(function.value), "prototype", function.attr, "call")
            return js.CallExpression(target, arguments(lower, node))
        if function.attr in ancestor.statics or function.attr in ancestor.classmethods:
            return None
    return None


# ---- classes


def _makes_instance(lower: Lowerer, node: ast.expr) -> bool:
    kind = lower.type_of(node)
    if kind.kind == "class":
        return bool(kind.name)
    known = definition_of(lower, node)
    if known is not None:
        return isinstance(known, ClassInfo)
    if kind.kind in ("function", "method", "instance"):
        return False
    last = node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""
    binding = lower.binding(node) if isinstance(node, ast.Name) else None
    if binding is not None and binding.kind != "import":
        return False
    if _CONSTANT.match(last) and len(last) > 5:
        return False
    return bool(_CLASS_NAME.match(last))


def _may_be_class(lower: Lowerer, node: ast.expr) -> bool:
    """Whether only run time can tell if a call makes an object."""
    kind = lower.type_of(node)
    if any(part.kind == "class" for part in t.members(kind)):
        return True
    if isinstance(node, ast.Subscript | ast.Call | ast.IfExp | ast.BoolOp):
        return kind.kind not in ("function", "instance")
    last = node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""
    if kind not in (t.ANY, t.UNBOUND):
        return False
    return bool(HOLDS_CLASS.search(last)) or bool(_CLASS_NAME.match(last))
