"""Lowers operators: JavaScript's own where both sides are known numbers, MLX's where one is an array, and a
helper
that decides at run time otherwise.

    i + 1 → i + 1        x * mx.exp(y) → mx.multiply(x, mx.exp(y))        a + b → py.add(a, b)
    x is None → x == null        not xs → xs.length === 0        0 <= b < 1 → 0 <= b && b < 1
"""

from __future__ import annotations

import ast

from node_mlx.compile import estree as js
from node_mlx.compile import types as t
from node_mlx.compile.infer_types import constant_power
from node_mlx.compile.lower import Lowerer, lowers
from node_mlx.compile.lower_names import is_integral_float, marked_float

# Python's operator: JavaScript's for numbers ("" if it differs), MLX's function, the helper.
_BINARY: dict[type[ast.operator], tuple[str, str, str]] = {
    ast.Add: ("+", "add", "add"),
    ast.Sub: ("-", "subtract", "sub"),
    ast.Mult: ("*", "multiply", "mul"),
    ast.Div: ("/", "divide", "truediv"),
    ast.FloorDiv: ("", "floor_divide", "floordiv"),
    ast.Mod: ("", "remainder", "mod"),
    ast.Pow: ("**", "power", "pow"),
    ast.MatMult: ("", "matmul", "matmul"),
    ast.BitAnd: ("", "bitwise_and", "and_"),
    ast.BitOr: ("", "bitwise_or", "or_"),
    ast.BitXor: ("", "bitwise_xor", "xor"),
    ast.LShift: ("", "left_shift", "lshift"),
    ast.RShift: ("", "right_shift", "rshift"),
}

_COMPARE: dict[type[ast.cmpop], tuple[str, str, str]] = {
    ast.Eq: ("===", "equal", "eq"),
    ast.NotEq: ("!==", "not_equal", "ne"),
    ast.Lt: ("<", "less", "lt"),
    ast.LtE: ("<=", "less_equal", "le"),
    ast.Gt: (">", "greater", "gt"),
    ast.GtE: (">=", "greater_equal", "ge"),
}

# In-place operators of arrays change the array itself.
_IN_PLACE = {
    "add": "iadd", "sub": "isub", "mul": "imul", "truediv": "itruediv", "floordiv": "ifloordiv",
    "mod": "imod",
    "pow": "ipow", "matmul": "imatmul", "and_": "iand", "or_": "ior", "xor": "ixor", "lshift": "ilshift",
    "rshift": "irshift",
}  # fmt: skip

_IDENTICAL = ("str", "none", "bool", "dtype", "int", "class")


@lowers(ast.BinOp)
def lower_binary(lower: Lowerer, node: ast.BinOp) -> js.Expression:
    left_type, right_type = lower.type_of(node.left), lower.type_of(node.right)
    if isinstance(node.op, ast.Mod) and t.is_kind(left_type, "str"):
        return lower.py("percent", lower.expression(node.left), lower.expression(node.right))
    if (folded := constant_power(node)) is not None:
        return js.Literal(folded)
    if _grows(lower, node):
        return lower.py(_BINARY[type(node.op)][2], lower.expression(node.left), lower.expression(node.right))
    return binary(lower, node.op, node.left, node.right, left_type, right_type)


def _grows(lower: Lowerer, node: ast.BinOp) -> bool:
    """Whether an int is multiplied again and again, so that it may leave the range in which numbers are
    exact."""
    return isinstance(node.op, ast.Mult | ast.Pow) and node in lower.growing_products()


def binary(
    lower: Lowerer, op: ast.operator, left: ast.expr, right: ast.expr, left_type: t.Type, right_type: t.Type
) -> js.Expression:
    _, array_function, helper = _BINARY[type(op)]
    if t.is_number(left_type) and t.is_number(right_type):
        a, b = lower.expression(left), lower.expression(right)
        return number_operation(lower, op, a, b, right)
    if t.is_array(left_type) or t.is_array(right_type):
        return lower.mx(array_function, marked_float(lower, left), marked_float(lower, right))
    if isinstance(op, ast.Add) and t.is_kind(left_type, "str") and t.is_kind(right_type, "str"):
        return js.BinaryExpression("+", lower.expression(left), lower.expression(right))
    if isinstance(op, ast.Add) and left_type.kind == right_type.kind == "list":
        return _concatenated(lower, left, right)
    return lower.py(helper, _operand(lower, left), _operand(lower, right))


def _concatenated(lower: Lowerer, left: ast.expr, right: ast.expr) -> js.Expression:
    """`xs + [y]` → `[...xs, y]`."""
    elements: list[js.Expression] = []
    for side in (left, right):
        value = lower.expression(side)
        if isinstance(value, js.ArrayExpression):
            elements += value.elements
        else:
            elements.append(js.SpreadElement(value))
    return js.ArrayExpression(elements)


def _operand(lower: Lowerer, node: ast.expr) -> js.Expression:
    """An operand beside one that may be an array."""
    return marked_float(lower, node)


def number_operation(
    lower: Lowerer, op: ast.operator, left: js.Expression, right: js.Expression, divisor: ast.expr
) -> js.Expression:
    """An operator on two numbers."""
    plain, _, helper = _BINARY[type(op)]
    if isinstance(op, ast.FloorDiv) and isinstance(divisor, ast.Constant) and divisor.value:
        return js.method_call(js.Identifier("Math"), "floor", js.BinaryExpression("/", left, right))
    if plain:
        return js.BinaryExpression(plain, left, right)
    return lower.py(helper, left, right)


@lowers(ast.UnaryOp)
def lower_unary(lower: Lowerer, node: ast.UnaryOp) -> js.Expression:
    kind = lower.type_of(node.operand)
    if isinstance(node.op, ast.Not):
        return negated(test(lower, node.operand))
    value = lower.expression(node.operand)
    if isinstance(node.op, ast.USub):
        if isinstance(value, js.Literal) and isinstance(value.value, int | float):
            return js.Literal(-value.value) if value.value != 0 else js.UnaryExpression("-", value)
        if t.is_number(kind):
            return js.UnaryExpression("-", value)
        return lower.mx("negative", value) if t.is_array(kind) else lower.py("neg", value)
    if isinstance(node.op, ast.UAdd):
        return value if t.is_kind(kind, "int", "float") else lower.py("pos", value)
    return lower.py("invert", value)


# ---- truth


def test(lower: Lowerer, node: ast.expr) -> js.Expression:
    """The expression as the condition of an `if`: what JavaScript finds true must be what Python does."""
    if isinstance(node, ast.BoolOp):
        operator = "&&" if isinstance(node.op, ast.And) else "||"
        out = test(lower, node.values[0])
        for value in node.values[1:]:
            out = js.LogicalExpression(operator, out, test(lower, value))
        return out
    if isinstance(node, ast.NamedExpr):
        return _truth(lower, lower.expression(node), lower.type_of(node.value))
    return _truth(lower, lower.expression(node), lower.type_of(node))


def _truth(lower: Lowerer, value: js.Expression, kind: t.Type) -> js.Expression:
    if t.is_kind(kind, "bool", "int", "str", "none"):
        return value
    if t.is_kind(kind, "list", "tuple", "record"):
        return js.BinaryExpression(">", js.member(value, "length"), js.Literal(0))
    if t.is_kind(kind, "set"):
        return js.BinaryExpression(">", js.member(value, "size"), js.Literal(0))
    return lower.py("bool", value)


_OPPOSITE = {"===": "!==", "!==": "===", "==": "!=", "!=": "=="}


def negated(value: js.Expression) -> js.Expression:
    if isinstance(value, js.BinaryExpression):
        if value.operator in _OPPOSITE:
            return js.BinaryExpression(_OPPOSITE[value.operator], value.left, value.right)
        length = isinstance(value.right, js.Literal) and value.right.value == 0 and value.operator == ">"
        if length and isinstance(value.left, js.MemberExpression):
            return js.BinaryExpression("===", value.left, value.right)
    if isinstance(value, js.UnaryExpression) and value.operator == "!":
        return js.UnaryExpression("!", js.UnaryExpression("!", value.argument))
    return js.UnaryExpression("!", value)


@lowers(ast.BoolOp)
def lower_logical(lower: Lowerer, node: ast.BoolOp) -> js.Expression:
    """`a or b` as a value: the first true operand, in Python's sense of true."""
    operator = "&&" if isinstance(node.op, ast.And) else "||"
    out = lower.expression(node.values[-1])
    for value in reversed(node.values[:-1]):
        kind = lower.type_of(value)
        left = lower.expression(value)
        if t.is_kind(kind, "bool", "str", "int", "none"):
            out = js.LogicalExpression(operator, left, out)
        elif isinstance(left, js.Identifier | js.ThisExpression):
            choice = (left, out) if operator == "||" else (out, left)
            out = js.ConditionalExpression(_truth(lower, left, kind), *choice)
        else:
            helper = "either" if operator == "||" else "both"
            out = lower.py(helper, left, js.ArrowFunctionExpression([], out))
    return out


@lowers(ast.IfExp)
def lower_conditional(lower: Lowerer, node: ast.IfExp) -> js.Expression:
    return js.ConditionalExpression(
        test(lower, node.test), lower.expression(node.body), lower.expression(node.orelse)
    )


@lowers(ast.NamedExpr)
def lower_walrus(lower: Lowerer, node: ast.NamedExpr) -> js.Expression:
    return js.assign(lower.expression(node.target), lower.expression(node.value))


# ---- comparisons


@lowers(ast.Compare)
def lower_compare(lower: Lowerer, node: ast.Compare) -> js.Expression:
    if len(node.ops) == 1:
        return _compare(lower, node.ops[0], node.left, node.comparators[0])
    # Each operand in the middle is used twice, but evaluated once.
    parts: list[js.Expression] = []
    operands: list[ast.expr | js.Expression] = [node.left]
    for comparator in node.comparators:
        operands.append(comparator)
    shared: dict[int, js.Identifier] = {}
    for i, operator in enumerate(node.ops):
        left, right = [node.left, *node.comparators][i], node.comparators[i]
        left_value: js.Expression | None = shared.get(i)
        right_value: js.Expression | None = None
        if i + 1 < len(node.ops) and not _is_stable(lower, right):
            shared[i + 1] = lower.temporary("middle")
            right_value = js.assign(shared[i + 1], lower.expression(right))
        parts.append(_compare(lower, operator, left, right, left_value, right_value))
    out = parts[0]
    all_plain = all(t.is_number(lower.type_of(part)) for part in [node.left, *node.comparators])
    for part in parts[1:]:
        out = js.LogicalExpression("&&", out if all_plain else _as_test(lower, out), part)
    return out


def _as_test(lower: Lowerer, value: js.Expression) -> js.Expression:
    is_helper = isinstance(value, js.CallExpression)
    return lower.py("bool", value) if is_helper else value


def _is_stable(lower: Lowerer, node: ast.expr) -> bool:
    """Whether evaluating it twice is the same as once."""
    if isinstance(node, ast.Constant | ast.Name):
        return True
    if isinstance(node, ast.Attribute):
        return _is_stable(lower, node.value) and lower.type_of(node.value).kind != "any"
    return isinstance(node, ast.UnaryOp) and _is_stable(lower, node.operand)


def _compare(
    lower: Lowerer,
    op: ast.cmpop,
    left: ast.expr,
    right: ast.expr,
    left_value: js.Expression | None = None,
    right_value: js.Expression | None = None,
) -> js.Expression:
    if isinstance(op, ast.Is | ast.IsNot):
        return _identity(lower, op, left, right)
    if isinstance(op, ast.In | ast.NotIn):
        found = contains(lower, left, right, left_value)
        return found if isinstance(op, ast.In) else js.UnaryExpression("!", found)
    plain, array_function, helper = _COMPARE[type(op)]
    left_type, right_type = lower.type_of(left), lower.type_of(right)
    a = left_value or marked_beside(lower, left, right_type)
    b = right_value or marked_beside(lower, right, left_type)
    if t.is_number(left_type) and t.is_number(right_type):
        # 1 == True in Python.
        mixed = ("bool" in (left_type.kind, right_type.kind)) and left_type != right_type
        if not mixed or plain not in ("===", "!=="):
            return js.BinaryExpression(plain, a, b)
    if t.is_kind(left_type, "str") and t.is_kind(right_type, "str"):
        if plain in ("===", "!=="):
            return js.BinaryExpression(plain, a, b)
    elif plain in ("===", "!==") and (
        _is_identical(left_type, right_type) or _is_identical(right_type, left_type)
    ):
        return js.BinaryExpression(plain, a, b)
    if (left_type == t.ARRAY and right_type == t.ARRAY) or _array_and_number(left_type, right_type):
        return lower.mx(array_function, a, b)
    return lower.py(helper, a, b)


def marked_beside(lower: Lowerer, node: ast.expr, other: t.Type) -> js.Expression:
    """The operand, marked as a float beside what is not known to be a number."""
    if is_integral_float(node) and not t.is_number(other):
        return marked_float(lower, node)
    return lower.expression(node)


def _array_and_number(left: t.Type, right: t.Type) -> bool:
    return (left == t.ARRAY and t.is_number(right)) or (right == t.ARRAY and t.is_number(left))


def _is_identical(kind: t.Type, other: t.Type) -> bool:
    """Whether `==` with a value of this type is identity."""
    if t.is_kind(kind, "str"):
        return True
    return kind.kind in _IDENTICAL and kind.kind == other.kind


def _identity(lower: Lowerer, op: ast.cmpop, left: ast.expr, right: ast.expr) -> js.Expression:
    negative = isinstance(op, ast.IsNot)
    for value, other in ((left, right), (right, left)):
        if isinstance(other, ast.Constant) and other.value is None:
            return js.BinaryExpression("!=" if negative else "==", lower.expression(value), js.Literal(None))
    return js.BinaryExpression("!==" if negative else "===", lower.expression(left), lower.expression(right))


def contains(
    lower: Lowerer, item: ast.expr, container: ast.expr, item_value: js.Expression | None = None
) -> js.Expression:
    """`x in xs`."""
    value = item_value or lower.expression(item)
    kind = t.without_none(lower.type_of(container))
    item_type = lower.type_of(item)
    simple = t.is_kind(item_type, "str", "int", "dtype", "none")
    if isinstance(container, ast.List | ast.Tuple | ast.Set):
        plain = all(t.is_kind(lower.type_of(e), "str", "dtype") for e in container.elts)
        numbers = all(t.is_kind(lower.type_of(e), "int") for e in container.elts) and t.is_kind(
            item_type, "int"
        )
        starred = any(isinstance(e, ast.Starred) for e in container.elts)
        if (plain and (simple or not t.may_be(item_type, "array"))) or numbers or (plain and not starred):
            return js.method_call(js.ArrayExpression(lower.expressions(container.elts)), "includes", value)
        return lower.py("contains", js.ArrayExpression(lower.expressions(container.elts)), value)
    target = lower.expression(container)
    if kind == t.STR and t.is_kind(item_type, "str"):
        return js.method_call(target, "includes", value)
    if kind.kind == "set" and simple:
        return js.method_call(target, "has", value)
    if t.is_sequence(kind) and t.is_kind(item_type, "str"):
        return js.method_call(target, "includes", value)
    return lower.py("contains", target, value)


# ---- in place


@lowers(ast.AugAssign)
def lower_augmented(lower: Lowerer, node: ast.AugAssign) -> list[js.Statement]:
    """`a += b`. An array is changed in place, as every name for it sees."""
    from node_mlx.compile.lower_slices import augment_item

    if isinstance(node.target, ast.Subscript):
        return [js.statement(augment_item(lower, node.target, lambda value: updated(lower, node, value)))]
    if isinstance(node.target, ast.Attribute) and not _is_stable(lower, node.target.value):
        owner = lower.temporary("owner")
        target: js.Expression = js.member(owner, node.target.attr)
        first = js.statement(js.assign(owner, lower.expression(node.target.value)))
        return [first, js.statement(js.assign(target, updated(lower, node, target)))]
    target = lower.expression(node.target)
    value = updated(lower, node, target)
    if isinstance(value, js.CallExpression) and _is_push(value):
        return [js.statement(value)]
    if isinstance(value, js.BinaryExpression) and value.left is target:
        return [js.statement(js.AssignmentExpression(f"{value.operator}=", target, value.right))]
    return [js.statement(js.assign(target, value))]


def _is_push(value: js.CallExpression) -> bool:
    callee = value.callee
    return isinstance(callee, js.MemberExpression) and getattr(callee.property, "name", "") == "push"


def updated(lower: Lowerer, node: ast.AugAssign, target: js.Expression) -> js.Expression:
    """The value that the target gets."""
    kind, value_type = lower.type_of(node.target), lower.type_of(node.value)
    _, _, helper = _BINARY[type(node.op)]
    both_numbers = t.is_number(kind) and t.is_number(value_type)
    if both_numbers and isinstance(node.op, ast.Mult | ast.Pow) and node in lower.growing_products():
        return lower.py(helper, target, lower.expression(node.value))
    if both_numbers:
        return number_operation(lower, node.op, target, lower.expression(node.value), node.value)
    if isinstance(node.op, ast.Add) and t.is_kind(kind, "str") and t.is_kind(value_type, "str"):
        return js.BinaryExpression("+", target, lower.expression(node.value))
    if isinstance(node.op, ast.Add) and t.is_kind(kind, "list"):
        value = lower.expression(node.value)
        items = value.elements if isinstance(value, js.ArrayExpression) else [js.SpreadElement(value)]
        return js.CallExpression(js.member(target, "push"), list(items))
    return lower.py(_IN_PLACE[helper], target, marked_float(lower, node.value))
