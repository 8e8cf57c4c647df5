"""Lowers constants, names and attributes.

None → null        self.weight → this.weight        math.pi → Math.PI        10**20 → 100000000000000000000n
"""

from __future__ import annotations

import ast

from node_mlx.compile import estree as js
from node_mlx.compile import types as t
from node_mlx.compile.infer_types import PYTHON_MODULES
from node_mlx.compile.lower import Lowerer, lowers
from node_mlx.compile.program import ClassInfo, FunctionInfo, ModuleInfo
from node_mlx.names import js_variable

EXCEPTIONS = frozenset(
    "BaseException Exception ValueError TypeError IndexError KeyError RuntimeError OverflowError "
    "MemoryError NotImplementedError AttributeError StopIteration AssertionError ZeroDivisionError "
    "LookupError ArithmeticError OSError IOError FileNotFoundError ImportError ModuleNotFoundError "
    "KeyboardInterrupt NameError EOFError RecursionError UnicodeError UnicodeDecodeError Warning "
    "UserWarning DeprecationWarning GeneratorExit PermissionError TimeoutError ConnectionError "
    "SystemExit".split()
)

# Builtins used as values: as arguments of map and isinstance, as factories.
_VALUES = frozenset(
    "int float str bool list dict tuple set frozenset object type range slice len abs min max sum "
    "sorted repr print enumerate zip map filter any all iter next reversed round isinstance getattr "
    "setattr hasattr callable ord chr bytes complex divmod pow id hash property super vars format "
    "input".split()
)

_MATH = {"pi": ("Math", "PI"), "e": ("Math", "E")}
_GLOBALS = {"inf": "Infinity", "nan": "NaN"}


@lowers(ast.Constant)
def lower_constant(lower: Lowerer, node: ast.Constant) -> js.Expression:
    value = node.value
    if value is None or isinstance(value, bool | str):
        return js.Literal(value)
    if isinstance(value, int):
        return js.Literal(value)
    if isinstance(value, float):
        if value in (float("inf"), float("-inf")):
            return js.Identifier("Infinity")
        return js.Literal(value)
    if value is Ellipsis:
        return js.Literal("...")
    if isinstance(value, complex):
        return lower.mx("complex", js.Literal(value.real), js.Literal(value.imag))
    if isinstance(value, bytes):
        items: list[js.Expression] = [js.Literal(byte) for byte in value]
        return js.method_call(js.Identifier("Uint8Array"), "of", *items)
    raise lower.unsupported(node, f"a constant of type {type(value).__name__} is not supported")


def is_integral_float(node: ast.AST) -> bool:
    """A literal such as 1.0 or -2.0, which as a JavaScript number would be an int."""
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        node = node.operand
    return (
        isinstance(node, ast.Constant)
        and isinstance(node.value, float)
        and node.value.is_integer()
        and abs(node.value) < 2**63
    )


def marked_float(lower: Lowerer, node: ast.expr) -> js.Expression:
    """The expression, marked where it is a literal whose being a float would be lost."""
    value = lower.expression(node)
    return lower.mx("float", value) if is_integral_float(node) else value


@lowers(ast.Name)
def lower_name(lower: Lowerer, node: ast.Name) -> js.Expression:
    binding = lower.binding(node)
    if binding is None:
        return _lower_builtin(lower, node)
    if lower.is_self(node):
        return lower.this(node)
    if binding.kind == "import":
        return lower_imported(lower, node, lower.module.imports.get(node.id, node.id))
    return js.Identifier(lower.name_of(binding))


def _lower_builtin(lower: Lowerer, node: ast.Name) -> js.Expression:
    name = node.id
    if name in EXCEPTIONS or name in _VALUES:
        return lower.py_name(name)
    if name == "__name__":
        return js.Literal(lower.module.name)
    if name == "__file__":
        return js.member(js.MemberExpression(js.Identifier("import"), js.Identifier("meta")), "url")
    for star in lower.module.stars:
        if lower.program.find(f"{star}.{name}") is not None:
            return js.Identifier(js_variable(name))
    if name == "NotImplemented":
        return lower.py_name(name)
    raise lower.unsupported(
        node, f"the name {name!r} is not defined", "define it, import it, or rename what it refers to"
    )


def lower_imported(lower: Lowerer, node: ast.expr, target: str) -> js.Expression:
    """A name that an import bound."""
    if target.partition(".")[0] in PYTHON_MODULES or target in PYTHON_MODULES:
        owner, _, last = target.rpartition(".")
        return lower_python_member(lower, node, owner, last) if owner else lower.py_name(target)
    assert isinstance(node, ast.Name)
    binding = lower.binding(node)
    return js.Identifier(lower.name_of(binding) if binding else js_variable(node.id))


def lower_python_member(lower: Lowerer, node: ast.expr, owner: str, name: str) -> js.Expression:
    """A member of one of Python's own modules."""
    if owner == "math" and name in _MATH:
        return js.member(js.Identifier(_MATH[name][0]), _MATH[name][1])
    if owner == "math" and name in _GLOBALS:
        return js.Identifier(_GLOBALS[name])
    return lower.py_name(f"{owner}.{name}" if owner else name)


@lowers(ast.Attribute)
def lower_attribute(lower: Lowerer, node: ast.Attribute) -> js.Expression:
    owner = lower.type_of(node.value)
    if owner.kind == "module" and owner.name.partition(".")[0] in PYTHON_MODULES:
        return lower_python_member(lower, node, owner.name, node.attr)
    if node.attr == "__name__":
        return lower.py("name_of", lower.expression(node.value))
    if node.attr == "__class__":
        return lower.py("type", lower.expression(node.value))
    if node.attr == "__dict__":
        return lower.py("vars", lower.expression(node.value))
    if node.attr == "__cause__":
        return js.member(lower.expression(node.value), "cause")
    if node.attr == "__doc__":
        return js.Literal(None)
    if _is_super(lower, node.value):
        return js.MemberExpression(js.Super(), js.Identifier(node.attr))
    target = lower.expression(node.value)
    if _reads_method(lower, node, owner):
        return lower.py("bound", target, js.Literal(node.attr))
    return js.member(target, node.attr)


def _is_super(lower: Lowerer, node: ast.expr) -> bool:
    return isinstance(node, ast.Call) and lower.is_builtin(node.func, "super")


def _reads_method(lower: Lowerer, node: ast.Attribute, owner: t.Type) -> bool:
    """Whether the value is a method that is not called here: then it has to be bound to its object."""
    if not isinstance(node.ctx, ast.Load) or owner.kind == "module":
        return False
    if owner.kind == "class":
        info = lower.program.find(owner.name) if owner.name else None
        return isinstance(info, ClassInfo) and any(
            node.attr in c.classmethods for c in lower.program.ancestors(info)
        )
    kind = lower.type_of(node)
    if kind.kind == "method":
        return True
    if owner.kind == "union" and node.attr in _BOUND_OFTEN:
        return True
    stripped = t.without_none(owner)
    if stripped.kind in ("list", "dict", "set", "str"):
        return True
    if stripped.kind == "instance" and isinstance(info := lower.program.find(stripped.name), ClassInfo):
        classes = lower.program.ancestors(info)
        if any(node.attr in c.methods and node.attr not in c.attributes for c in classes):
            return True
        # What no class declares may be a method of a class that is not known here.
        unknown = not lower.is_self(node.value) and not any(c.declares(node.attr) for c in classes)
        return unknown and node in lower.passed_on()
    return stripped in (t.ANY, t.UNBOUND) and node.attr in _BOUND_OFTEN


# Methods of builtin types that programs take without calling them.
_BOUND_OFTEN = frozenset(("append", "extend", "update", "add", "lower", "upper", "strip"))


def definition_of(lower: Lowerer, node: ast.expr) -> ModuleInfo | ClassInfo | FunctionInfo | None:
    """What the program knows an expression refers to."""
    name = lower.dotted(node)
    return lower.program.find(name) if name else None
