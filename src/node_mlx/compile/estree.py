"""JavaScript as data: ESTree nodes, under ESTree's names.

Passes build these and `print_javascript` prints them; nothing in the compiler makes code by joining strings.
    CallExpression(Identifier("f"), [Literal(1)])        f(1)
Statements carry what a reader needs besides code: comments, and the place in the Python source they came
from.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, fields


@dataclass(eq=False)
class Node:
    """Any node. Compared by identity: passes keep facts about nodes in dictionaries."""

    def children(self) -> list[Node]:
        out: list[Node] = []
        kind = type(self)
        for name in _field_names.get(kind) or _fields_of(kind):
            value = getattr(self, name)
            if isinstance(value, Node):
                out.append(value)
            elif isinstance(value, list):
                out += [item for item in value if isinstance(item, Node)]
        return out


_field_names: dict[type, tuple[str, ...]] = {}


def _fields_of(kind: type[Node]) -> tuple[str, ...]:
    names = _field_names.get(kind)
    if names is None:
        skipped = ("leading", "trailing", "place")
        names = _field_names[kind] = tuple(
            f.name for f in fields(kind) if f.name not in skipped and f.type not in ("str", "bool")
        )
    return names


def walk(node: Node) -> Iterator[Node]:
    """The node and everything below it, in source order."""
    stack = [node]
    while stack:
        current = stack.pop()
        yield current
        stack.extend(reversed(current.children()))


@dataclass(eq=False)
class Expression(Node):
    pass


@dataclass(eq=False)
class Statement(Node):
    leading: list[str] = field(default_factory=list, kw_only=True)
    """Comments on the lines before, without `//`."""
    trailing: str | None = field(default=None, kw_only=True)
    """Comment at the end of the first line."""
    place: tuple[int, int] | None = field(default=None, kw_only=True)
    """Line (from 1) and column (from 0) in the Python source."""


# ---- expressions


@dataclass(eq=False)
class Identifier(Expression):
    name: str


@dataclass(eq=False)
class Literal(Expression):
    """A string, a finite number, a bool or None (null). An int beyond 2**53 prints as a BigInt."""

    value: str | int | float | bool | None


@dataclass(eq=False)
class RegExpLiteral(Expression):
    pattern: str
    flags: str = ""


@dataclass(eq=False)
class TemplateLiteral(Expression):
    """`quasis` are the texts around the expressions: one more than there are expressions."""

    quasis: list[str]
    expressions: list[Expression]


@dataclass(eq=False)
class ThisExpression(Expression):
    pass


@dataclass(eq=False)
class Super(Expression):
    pass


@dataclass(eq=False)
class SpreadElement(Expression):
    argument: Expression


@dataclass(eq=False)
class ArrayExpression(Expression):
    elements: list[Expression]


@dataclass(eq=False)
class Property(Expression):
    key: Expression
    value: Expression
    computed: bool = False


@dataclass(eq=False)
class ObjectExpression(Expression):
    """`properties` holds Property and SpreadElement nodes."""

    properties: Sequence[Expression]


@dataclass(eq=False)
class MemberExpression(Expression):
    object: Expression
    property: Expression
    computed: bool = False


@dataclass(eq=False)
class CallExpression(Expression):
    callee: Expression
    arguments: list[Expression]


@dataclass(eq=False)
class NewExpression(Expression):
    callee: Expression
    arguments: list[Expression]


@dataclass(eq=False)
class UnaryExpression(Expression):
    operator: str
    argument: Expression


@dataclass(eq=False)
class UpdateExpression(Expression):
    """`i++`."""

    operator: str
    argument: Expression


@dataclass(eq=False)
class BinaryExpression(Expression):
    operator: str
    left: Expression
    right: Expression


@dataclass(eq=False)
class LogicalExpression(Expression):
    operator: str
    left: Expression
    right: Expression


@dataclass(eq=False)
class ConditionalExpression(Expression):
    test: Expression
    consequent: Expression
    alternate: Expression


@dataclass(eq=False)
class AssignmentExpression(Expression):
    operator: str
    left: Expression
    right: Expression


@dataclass(eq=False)
class YieldExpression(Expression):
    argument: Expression | None
    delegate: bool = False


@dataclass(eq=False)
class AwaitExpression(Expression):
    argument: Expression


@dataclass(eq=False)
class ArrayPattern(Expression):
    elements: list[Expression]


@dataclass(eq=False)
class ObjectPattern(Expression):
    """`properties` holds Property nodes whose values are patterns."""

    properties: list[Expression]


@dataclass(eq=False)
class AssignmentPattern(Expression):
    """A parameter or a part of a pattern with a default."""

    left: Expression
    right: Expression


@dataclass(eq=False)
class RestElement(Expression):
    argument: Expression


@dataclass(eq=False)
class ArrowFunctionExpression(Expression):
    params: list[Expression]
    body: Expression | BlockStatement


@dataclass(eq=False)
class FunctionExpression(Expression):
    id: Identifier | None
    params: list[Expression]
    body: BlockStatement
    generator: bool = False
    asynchronous: bool = False


@dataclass(eq=False)
class ClassExpression(Expression):
    id: Identifier | None
    superclass: Expression | None
    body: list[Statement]


# ---- statements


@dataclass(eq=False)
class BlockStatement(Statement):
    body: list[Statement]


@dataclass(eq=False)
class ExpressionStatement(Statement):
    expression: Expression


@dataclass(eq=False)
class VariableDeclarator(Node):
    id: Expression
    init: Expression | None


@dataclass(eq=False)
class VariableDeclaration(Statement):
    kind: str
    declarations: list[VariableDeclarator]


@dataclass(eq=False)
class FunctionDeclaration(Statement):
    id: Identifier
    params: list[Expression]
    body: BlockStatement
    generator: bool = False
    asynchronous: bool = False


@dataclass(eq=False)
class ClassDeclaration(Statement):
    id: Identifier
    superclass: Expression | None
    body: list[Statement]


@dataclass(eq=False)
class MethodDefinition(Statement):
    """`kind`: "method", "get" or "set"."""

    key: Expression
    value: FunctionExpression
    kind: str = "method"
    static: bool = False


@dataclass(eq=False)
class PropertyDefinition(Statement):
    key: Expression
    value: Expression | None
    static: bool = False


@dataclass(eq=False)
class StaticBlock(Statement):
    body: list[Statement]


@dataclass(eq=False)
class ReturnStatement(Statement):
    argument: Expression | None


@dataclass(eq=False)
class ThrowStatement(Statement):
    argument: Expression


@dataclass(eq=False)
class IfStatement(Statement):
    test: Expression
    consequent: BlockStatement
    alternate: Statement | None = None


@dataclass(eq=False)
class ForStatement(Statement):
    init: Node | None
    test: Expression | None
    update: Expression | None
    body: BlockStatement


@dataclass(eq=False)
class ForOfStatement(Statement):
    """`left` is a VariableDeclaration without a value, or a pattern."""

    left: Node
    right: Expression
    body: BlockStatement


@dataclass(eq=False)
class WhileStatement(Statement):
    test: Expression
    body: BlockStatement


@dataclass(eq=False)
class LabeledStatement(Statement):
    label: Identifier
    body: Statement


@dataclass(eq=False)
class BreakStatement(Statement):
    label: Identifier | None = None


@dataclass(eq=False)
class ContinueStatement(Statement):
    label: Identifier | None = None


@dataclass(eq=False)
class CatchClause(Node):
    param: Identifier | None
    body: BlockStatement


@dataclass(eq=False)
class TryStatement(Statement):
    block: BlockStatement
    handler: CatchClause | None
    finalizer: BlockStatement | None


@dataclass(eq=False)
class CommentStatement(Statement):
    """Comments that precede no statement, as at the end of a block."""


@dataclass(eq=False)
class JSDoc(Statement):
    """A docstring on its own, as at the top of a module."""

    text: str


# ---- modules


@dataclass(eq=False)
class ImportSpecifier(Node):
    imported: str
    local: str


@dataclass(eq=False)
class ImportDeclaration(Statement):
    """`namespace`: the name in `import * as name`."""

    specifiers: list[ImportSpecifier]
    source: str
    namespace: str | None = None


@dataclass(eq=False)
class ExportNamedDeclaration(Statement):
    """Exports a declaration, or names (of another module, where there is a source)."""

    declaration: Statement | None
    specifiers: list[ImportSpecifier] = field(default_factory=list)
    source: str | None = None


@dataclass(eq=False)
class ExportAllDeclaration(Statement):
    source: str
    exported: str | None = None


@dataclass(eq=False)
class Program(Node):
    body: list[Statement]


# ---- short forms for what passes write most


def call(callee: Expression, *arguments: Expression) -> CallExpression:
    return CallExpression(callee, list(arguments))


def member(target: Expression, *names: str) -> Expression:
    """`member(x, "a", "b")` is `x.a.b`."""
    for name in names:
        target = MemberExpression(target, Identifier(name))
    return target


def method_call(target: Expression, name: str, *arguments: Expression) -> CallExpression:
    return CallExpression(member(target, name), list(arguments))


def statement(expression: Expression) -> ExpressionStatement:
    return ExpressionStatement(expression)


def assign(left: Expression, right: Expression) -> AssignmentExpression:
    return AssignmentExpression("=", left, right)


def declare(kind: str, target: Expression, value: Expression | None) -> VariableDeclaration:
    return VariableDeclaration(kind, [VariableDeclarator(target, value)])
