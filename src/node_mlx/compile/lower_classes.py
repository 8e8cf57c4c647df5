"""Lowers classes: methods stay methods, `__init__` included, and what JavaScript's classes lack is set up in
a
static block.

    class Linear(Module): …        class Linear extends Module { __init__(…) {…} __call__(x) {…} }
    class A(Mixin, Base): …        class A extends py.bases(Mixin, Base) {…}
    @dataclass class Args: n: int = 1        class Args … { static { py.dataclass(this, { n: 1 }); } }
"""

from __future__ import annotations

import ast

from node_mlx.compile import estree as js
from node_mlx.compile.lower import Context, Lowerer, lowers
from node_mlx.compile.lower_functions import decorated, docstring, lower_function
from node_mlx.compile.lower_names import EXCEPTIONS
from node_mlx.compile.program import ClassInfo
from node_mlx.compile.scopes import FunctionNode

_ERASED_BASES = ("Generic", "Protocol", "ABC", "object")
_ERASED_DECORATORS = (
    "abstractmethod",
    "override",
    "overload",
    "final",
    "runtime_checkable",
    "total_ordering",
)
_KINDS = ("property", "staticmethod", "classmethod", "setter", "cached_property", "getter")


@lowers(ast.ClassDef)
def lower_class(lower: Lowerer, node: ast.ClassDef) -> list[js.Statement]:
    info = lower.module.class_of[node]
    scope = lower.module.scopes.by_node[node].parent
    assert scope is not None
    binding = scope.bindings.get(node.name)
    name = js.Identifier(lower.name_of(binding) if binding else node.name)
    for keyword in node.keywords:
        lower.report(
            keyword.value,
            f"the class argument {keyword.arg!r} is not supported",
            "do it in __init__, or in a decorator",
        )
    outer, before = lower.context, lower.before
    lower.context = Context(
        lower.module.scopes.by_node[node], owner=info, self_name=outer.self_name, method=outer
    )
    lower.before = []
    try:
        body = _members(lower, node, info, name)
        hoisted = lower.before
    finally:
        lower.context, lower.before = outer, before
    superclass = _superclass(lower, node, info)
    statements: list[js.Statement] = [*hoisted, *docstring(node)]
    decorators = [d for d in node.decorator_list if not _is_erased(lower, d)]
    if decorators:
        value: js.Expression = js.ClassExpression(name, superclass, body)
        for decorator in reversed(decorators):
            value = decorated(lower, decorator, value)
        return [*statements, js.statement(js.assign(name, value))]
    assert binding is not None
    parent = getattr(scope.node, "body", [])
    if binding.stores == 1 and isinstance(parent, list) and node in parent:
        return [*statements, js.ClassDeclaration(name, superclass, body)]
    return [*statements, js.statement(js.assign(name, js.ClassExpression(name, superclass, body)))]


def _is_erased(lower: Lowerer, node: ast.expr) -> bool:
    name = lower.dotted(node.func if isinstance(node, ast.Call) else node)
    return name.rpartition(".")[2] in ("dataclass", "runtime_checkable", "final", "total_ordering")


# ---- bases


def _superclass(lower: Lowerer, node: ast.ClassDef, info: ClassInfo) -> js.Expression:
    bases = [base for base in node.bases if _last(base) not in _ERASED_BASES]
    if not bases:
        return lower.py_name("Object")
    values = [_base(lower, base, info) for base in bases]
    return values[0] if len(values) == 1 else lower.py("bases", *values)


def _base(lower: Lowerer, node: ast.expr, info: ClassInfo) -> js.Expression:
    if isinstance(node, ast.Subscript):
        node = node.value
    if lower.is_builtin(node, "dict"):
        # A dict whose class handles attributes is one whose attributes are its items.
        return lower.py_name("AttributeDict" if "__setattr__" in info.methods else "DictObject")
    if lower.is_builtin(node, "list", "tuple", "set", "str", "int", "float"):
        raise lower.unsupported(
            node,
            f"a subclass of {node.id} is not supported",  # type: ignore[attr-defined]
            "keep the value in an attribute, and define the methods that are needed",
        )
    if _last(node) in ("NamedTuple", "Enum", "IntEnum", "TypedDict"):
        raise lower.unsupported(
            node, f"a subclass of {_last(node)} is not supported", "write a dataclass, or class attributes"
        )
    return lower.expression(node)


def _last(node: ast.expr) -> str:
    if isinstance(node, ast.Subscript):
        node = node.value
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")


def is_exception_class(lower: Lowerer, info: ClassInfo) -> bool:
    return any(base.rpartition(".")[2] in EXCEPTIONS for base in lower.program.unknown_bases(info))


def is_module_class(lower: Lowerer, name: str) -> bool:
    """Whether a class is a dict whose attributes are its items, as nn.Module is."""
    info = lower.program.find(name)
    if not isinstance(info, ClassInfo):
        return False
    return any(
        "__setattr__" in c.methods and any(_last(base) == "dict" for base in c.node.bases)
        for c in lower.program.ancestors(info)
    )


def is_plain_class(lower: Lowerer, node: ast.expr) -> bool:
    """Whether `isinstance` of it is JavaScript's `instanceof`."""
    name = lower.dotted(node)
    if name == "mlx.core.array":
        return True
    found = lower.program.find(name) if name else None
    return isinstance(found, ClassInfo) and not is_exception_class(lower, found) and name not in EXCEPTIONS


# ---- members


def _members(lower: Lowerer, node: ast.ClassDef, info: ClassInfo, name: js.Identifier) -> list[js.Statement]:
    out: list[js.Statement] = []
    setup: list[js.Statement] = []
    shared: list[str] = []
    body = node.body[1:] if _has_docstring(node) else node.body
    if is_exception_class(lower, info) and "__init__" in info.methods:
        out.append(_exception_constructor())
    for item in body:
        leading = lower._comments_above(_first_line(item))
        made: list[js.Statement] = []
        if isinstance(item, ast.FunctionDef | ast.AsyncFunctionDef):
            made = _method(lower, item, info, shared, setup)
        elif isinstance(item, ast.Assign):
            made = _constants(lower, item, shared)
        elif isinstance(item, ast.AnnAssign):
            if item.value is not None and not info.is_dataclass and isinstance(item.target, ast.Name):
                shared.append(item.target.id)
                made = [
                    js.PropertyDefinition(js.Identifier(item.target.id), lower.expression(item.value), True)
                ]
        elif isinstance(item, ast.ClassDef):
            made = _inner_class(lower, item, shared)
        elif isinstance(item, ast.Pass) or _is_text(item):
            pass
        else:
            lower.report(
                item,
                f"{type(item).__name__} in the body of a class is not supported",
                "a class body may hold methods and attributes",
            )
        if made:
            made[0].leading = leading + made[0].leading
            made[0].place = made[0].place or (item.lineno, item.col_offset)
            trailing = lower.source.trailing.pop(item.lineno, None) if not hasattr(item, "body") else None
            made[0].trailing = trailing if trailing is not None else made[0].trailing
        out += made
    if info.is_dataclass:
        setup.insert(0, js.statement(lower.py("dataclass", js.ThisExpression(), *_dataclass(lower, node))))
    if shared:
        names = [js.Literal(item) for item in shared]
        setup.insert(0, js.statement(lower.py("shared", js.ThisExpression(), *names)))
    if setup:
        out.append(js.StaticBlock(setup))
    return out


def _inner_class(lower: Lowerer, node: ast.ClassDef, shared: list[str]) -> list[js.Statement]:
    """A class inside a class is a constant of it."""
    *before, last = lower_class(lower, node)
    value: js.Expression
    if isinstance(last, js.ClassDeclaration):
        value = js.ClassExpression(last.id, last.superclass, last.body)
    else:
        assert isinstance(last, js.ExpressionStatement) and isinstance(
            last.expression, js.AssignmentExpression
        )
        value = last.expression.right
    shared.append(node.name)
    document = [item for item in before if isinstance(item, js.JSDoc)]
    lower.before += [item for item in before if not isinstance(item, js.JSDoc)]
    return [*document, js.PropertyDefinition(js.Identifier(node.name), value, True)]


def _has_docstring(node: ast.ClassDef) -> bool:
    return bool(node.body) and _is_text(node.body[0])


def _is_text(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _first_line(node: ast.stmt) -> int:
    decorators: list[ast.expr] = getattr(node, "decorator_list", [])
    return min([node.lineno, *(d.lineno for d in decorators)])


def _exception_constructor() -> js.Statement:
    """Errors are made by JavaScript's constructor; `__init__` runs after it."""
    rest = js.RestElement(js.Identifier("args"))
    body: list[js.Statement] = [
        js.statement(js.CallExpression(js.Super(), [])),
        js.statement(
            js.CallExpression(
                js.member(js.ThisExpression(), "__init__"), [js.SpreadElement(js.Identifier("args"))]
            )
        ),
    ]
    function = js.FunctionExpression(None, [rest], js.BlockStatement(body))
    return js.MethodDefinition(js.Identifier("constructor"), function)


def _method(
    lower: Lowerer, node: FunctionNode, info: ClassInfo, shared: list[str], setup: list[js.Statement]
) -> list[js.Statement]:
    found = lower.module.function_of[node]
    kinds = [_last(d.func if isinstance(d, ast.Call) else d) for d in node.decorator_list]
    if "overload" in kinds:
        return []
    if node.name in ("__new__", "__init_subclass__", "__class_getitem__"):
        hint = "do it in __init__, or in a function that makes the object"
        raise lower.unsupported(node, f"{node.name} is not supported", hint)
    static = "staticmethod" in kinds or "classmethod" in kinds
    lowered = lower_function(lower, node, found, is_method=True)
    if static:
        shared.append(node.name)
    kind = "method"
    if "property" in kinds:
        kind = "get"
    elif "setter" in kinds:
        kind = "set"
    elif "cached_property" in kinds:
        kind = "get"
        setup.append(_setup_call(lower, "cached_property", node.name))
    elif "getter" in kinds or "deleter" in kinds:
        raise lower.unsupported(node, "a deleter of a property is not supported", "write a method")
    others = [
        d
        for d, name in zip(node.decorator_list, kinds, strict=True)
        if name not in _KINDS and name not in _ERASED_DECORATORS
    ]
    for decorator in reversed(others):
        parameter = js.Identifier("method")
        wrap = js.ArrowFunctionExpression([parameter], decorated(lower, decorator, parameter))
        setup.append(
            js.statement(lower.py("decorate_method", js.ThisExpression(), js.Literal(node.name), wrap))
        )
    definition = js.MethodDefinition(js.Identifier(node.name), lowered.expression(None), kind, static)
    return [*docstring(node), definition]


def _setup_call(lower: Lowerer, helper: str, name: str) -> js.Statement:
    return js.statement(lower.py(helper, js.ThisExpression(), js.Literal(name)))


def _constants(lower: Lowerer, node: ast.Assign, shared: list[str]) -> list[js.Statement]:
    out: list[js.Statement] = []
    for target in node.targets:
        if not isinstance(target, ast.Name):
            raise lower.unsupported(
                target, "several targets in the body of a class are not supported", "assign them one by one"
            )
        if target.id == "__slots__":
            continue
        shared.append(target.id)
        out.append(js.PropertyDefinition(js.Identifier(target.id), lower.expression(node.value), True))
    return out


# ---- dataclasses


def _dataclass(lower: Lowerer, node: ast.ClassDef) -> list[js.Expression]:
    """The fields with their defaults, and the options of the decorator."""
    properties: list[js.Expression] = []
    for item in node.body:
        if not (isinstance(item, ast.AnnAssign) and isinstance(item.target, ast.Name)):
            continue
        annotation = ast.unparse(item.annotation)
        if annotation.startswith("ClassVar"):
            continue
        properties.append(js.Property(js.Literal(item.target.id), _field(lower, item.value, annotation)))
    options: list[js.Expression] = []
    for decorator in node.decorator_list:
        if isinstance(decorator, ast.Call) and _last(decorator.func) == "dataclass":
            options = [
                js.Property(js.Literal(k.arg), lower.expression(k.value)) for k in decorator.keywords if k.arg
            ]
    fields: list[js.Expression] = [js.ObjectExpression(properties)]
    return [*fields, js.ObjectExpression(options)] if options else fields


def _field(lower: Lowerer, value: ast.expr | None, annotation: str) -> js.Expression:
    if value is None:
        return lower.py_name("required")
    is_call = isinstance(value, ast.Call) and _last(value.func) == "field"
    default: js.Expression
    if isinstance(value, ast.Call) and is_call:
        given: list[js.Expression] = [
            js.Property(js.Literal(k.arg), lower.expression(k.value)) for k in value.keywords if k.arg
        ]
        default = lower.py("field", js.ObjectExpression(given))
    else:
        default = lower.expression(value)
    if annotation == "float" and isinstance(default, js.Literal):
        return lower.py("float_field", default)
    return default
