"""Prints ESTree nodes as JavaScript that a person would have written.

Input: a Program. Output: its text, and for the source map the places of its statements. An expression is
printed on one line where it fits and broken where its structure allows it where not: arguments and elements
one per line, operators at line ends.
    const y = mx.add(x, 1);
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from node_mlx.compile import estree as js

WIDTH = 100
INDENT = "  "

# A statement's place travels through the text between these two, and is taken out at the end.
_OPEN, _CLOSE = "\ue000", "\ue001"
_MARK = re.compile(f"{_OPEN}(\\d+):(\\d+){_CLOSE}")


@dataclass(frozen=True)
class Mapping:
    """A statement starts at this place of the output (from 0) and came from that line (from 0)."""

    line: int
    column: int
    source_line: int
    source_column: int


@dataclass(frozen=True)
class Printed:
    text: str
    mappings: tuple[Mapping, ...]


# Precedence of operators; what binds tighter has the higher number.
_BINARY = {
    "??": 3, "||": 3, "&&": 4, "|": 5, "^": 6, "&": 7, "===": 8, "!==": 8, "==": 8, "!=": 8,
    "<": 9, ">": 9, "<=": 9, ">=": 9, "instanceof": 9, "in": 9, "<<": 10, ">>": 10, ">>>": 10,
    "+": 11, "-": 11, "*": 12, "/": 12, "%": 12, "**": 13,
}  # fmt: skip
_ASSIGN, _CONDITIONAL, _UNARY, _POSTFIX, _CALL, _PRIMARY = 1, 2, 14, 15, 17, 20


def print_program(program: js.Program) -> Printed:
    """The text of a module, ending in a line end."""
    text = _Printer().statements(program.body, "")
    lines: list[str] = []
    mappings: list[Mapping] = []
    for number, line in enumerate(text.split("\n")):
        removed = 0
        for mark in _MARK.finditer(line):
            mappings.append(Mapping(number, mark.start() - removed, int(mark[1]) - 1, int(mark[2])))
            removed += len(mark[0])
        lines.append(_MARK.sub("", line) if removed else line)
    return Printed("\n".join(lines).strip("\n") + "\n", tuple(mappings))


def print_node(node: js.Node) -> str:
    """One statement or expression, for `--print-after` and error messages."""
    printer = _Printer()
    text = printer.statement(node, "") if isinstance(node, js.Statement) else printer.expression(node, "")  # type: ignore[arg-type]
    return _MARK.sub("", text)


def quote(text: str) -> str:
    """A string literal in single quotes, or double ones where that needs fewer escapes."""
    body = json.dumps(text, ensure_ascii=False)[1:-1]
    body = body.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029").replace("\x7f", "\\x7f")
    if "'" in text and '"' not in text:
        return f'"{body}"'
    plain = body.replace('\\"', '"').replace("'", "\\'")
    return f"'{plain}'"


def number(value: int | float) -> str:
    if isinstance(value, int):
        return str(value) if abs(value) < 2**53 else f"{value}n"
    if value != value:
        return "NaN"
    if value in (float("inf"), float("-inf")):
        return "Infinity" if value > 0 else "-Infinity"
    if value == int(value) and abs(value) < 1e15:
        return str(int(value)) if str(value)[0] != "-" or value else "-0"
    mantissa, _, exponent = repr(value).partition("e")
    return f"{mantissa}e{int(exponent)}" if exponent else mantissa


_IDENTIFIER = re.compile(r"[A-Za-z_$][\w$]*\Z")


class _Printer:
    def __init__(self) -> None:
        self._flat: dict[js.Expression, tuple[str, int]] = {}

    # ---- statements

    def statements(self, body: Sequence[js.Statement], indent: str) -> str:
        parts: list[str] = []
        previous: js.Statement | None = None
        for item in body:
            if previous is not None and (_spaced(previous) or _spaced(item)) and not _kin(previous, item):
                parts.append("")
            parts.append(self.statement(item, indent))
            previous = item
        return "\n".join(parts)

    def statement(self, node: js.Statement, indent: str) -> str:
        text = "".join(f"{indent}// {line}".rstrip() + "\n" for line in node.leading)
        if isinstance(node, js.CommentStatement):
            return text.rstrip("\n")
        mark = f"{_OPEN}{node.place[0]}:{node.place[1]}{_CLOSE}" if node.place else ""
        body = _STATEMENTS[type(node)](self, node, indent)
        if node.trailing is not None:
            first, newline, rest = body.partition("\n")
            body = f"{first} // {node.trailing}{newline}{rest}"
        return f"{text}{indent}{mark}{body}"

    def block(self, body: Sequence[js.Statement], indent: str) -> str:
        if not body:
            return "{}"
        return f"{{\n{self.statements(body, indent + INDENT)}\n{indent}}}"

    def _block_statement(self, node: js.BlockStatement, indent: str) -> str:
        return self.block(node.body, indent)

    def _expression_statement(self, node: js.ExpressionStatement, indent: str) -> str:
        text = self.expression(node.expression, indent)
        if text.startswith(("{", "function", "class ")):
            text = f"({text})"
        return f"{text};"

    def _variable_declaration(self, node: js.VariableDeclaration, indent: str) -> str:
        return f"{self._declarators(node, indent)};"

    def _declarators(self, node: js.VariableDeclaration, indent: str) -> str:
        parts = []
        for item in node.declarations:
            target = self.expression(item.id, indent)
            if item.init is None:
                parts.append(target)
            else:
                room = len(f"{node.kind} {target} = ")
                parts.append(f"{target} = {self.expression(item.init, indent, room=room + 1)}")
        return f"{node.kind} {', '.join(parts)}"

    def _function_declaration(self, node: js.FunctionDeclaration, indent: str) -> str:
        return self._function(node.id, node, indent)

    def _function(
        self, id: js.Identifier | None, node: js.FunctionDeclaration | js.FunctionExpression, indent: str
    ) -> str:
        start = f"{'async ' if node.asynchronous else ''}function{'*' if node.generator else ''} "
        name = id.name if id else ""
        parameters = self._parameters(node.params, indent, len(start + name))
        return f"{start}{name}{parameters} {self.block(node.body.body, indent)}"

    def _parameters(self, params: Sequence[js.Expression], indent: str, room: int) -> str:
        flat = f"({', '.join(self.flat(p) for p in params)})"
        if len(indent) + room + len(flat) + 2 <= WIDTH or not params:
            return flat
        return self._broken("(", params, ")", indent, comma=not isinstance(params[-1], js.RestElement))

    def _class_declaration(self, node: js.ClassDeclaration, indent: str) -> str:
        return self._class(node.id, node, indent)

    def _class(
        self, id: js.Identifier | None, node: js.ClassDeclaration | js.ClassExpression, indent: str
    ) -> str:
        name = f" {id.name}" if id else ""
        base = f" extends {self.expression(node.superclass, indent, _CALL)}" if node.superclass else ""
        return f"class{name}{base} {self.block(node.body, indent)}"

    def _method_definition(self, node: js.MethodDefinition, indent: str) -> str:
        start = "static " if node.static else ""
        start += "async " if node.value.asynchronous else ""
        start += "*" if node.value.generator else ""
        start += f"{node.kind} " if node.kind in ("get", "set") else ""
        name = self._key(node.key, False)
        parameters = self._parameters(node.value.params, indent, len(start + name))
        return f"{start}{name}{parameters} {self.block(node.value.body.body, indent)}"

    def _property_definition(self, node: js.PropertyDefinition, indent: str) -> str:
        start = f"{'static ' if node.static else ''}{self._key(node.key, False)}"
        return f"{start};" if node.value is None else f"{start} = {self.expression(node.value, indent)};"

    def _static_block(self, node: js.StaticBlock, indent: str) -> str:
        return f"static {self.block(node.body, indent)}"

    def _return_statement(self, node: js.ReturnStatement, indent: str) -> str:
        return f"return {self.expression(node.argument, indent, room=8)};" if node.argument else "return;"

    def _throw_statement(self, node: js.ThrowStatement, indent: str) -> str:
        return f"throw {self.expression(node.argument, indent, room=7)};"

    def _if_statement(self, node: js.IfStatement, indent: str) -> str:
        test = self._test(node.test, indent, "if ")
        body = node.consequent.body
        if node.alternate is None and len(body) == 1 and _is_simple(body[0]):
            inner = _STATEMENTS[type(body[0])](self, body[0], indent)
            if "\n" not in test + inner and len(indent) + len(test) + len(inner) + 4 <= WIDTH:
                mark = f"{_OPEN}{body[0].place[0]}:{body[0].place[1]}{_CLOSE}" if body[0].place else ""
                return f"if {test} {mark}{inner}"
        text = f"if {test} {self.block(body, indent)}"
        if node.alternate is None:
            return text
        if isinstance(node.alternate, js.IfStatement) and not node.alternate.leading:
            return f"{text} else {self._if_statement_block(node.alternate, indent)}"
        other = node.alternate.body if isinstance(node.alternate, js.BlockStatement) else [node.alternate]
        return f"{text} else {self.block(other, indent)}"

    def _if_statement_block(self, node: js.IfStatement, indent: str) -> str:
        """An `else if`, always with braces."""
        text = f"if {self._test(node.test, indent, 'else if ')} {self.block(node.consequent.body, indent)}"
        if node.alternate is None:
            return text
        if isinstance(node.alternate, js.IfStatement) and not node.alternate.leading:
            return f"{text} else {self._if_statement_block(node.alternate, indent)}"
        other = node.alternate.body if isinstance(node.alternate, js.BlockStatement) else [node.alternate]
        return f"{text} else {self.block(other, indent)}"

    def _test(self, test: js.Expression, indent: str, before: str) -> str:
        text = self.expression(test, indent, room=len(before) + 4)
        if "\n" in text and isinstance(test, js.LogicalExpression | js.BinaryExpression):
            inner = indent + INDENT
            return f"(\n{inner}{self.expression(test, inner)}\n{indent})"
        return f"({text})"

    def _for_statement(self, node: js.ForStatement, indent: str) -> str:
        if isinstance(node.init, js.VariableDeclaration):
            init = self._declarators(node.init, indent)
        else:
            init = self.flat(node.init) if isinstance(node.init, js.Expression) else ""
        test = self.flat(node.test) if node.test else ""
        update = self.flat(node.update) if node.update else ""
        return f"for ({init}; {test}; {update}) {self.block(node.body.body, indent)}"

    def _for_of_statement(self, node: js.ForOfStatement, indent: str) -> str:
        left = (
            self._declarators(node.left, indent)
            if isinstance(node.left, js.VariableDeclaration)
            else self.flat(node.left)  # type: ignore[arg-type]
        )
        right = self.expression(node.right, indent, room=len(left) + 12)
        return f"for ({left} of {right}) {self.block(node.body.body, indent)}"

    def _while_statement(self, node: js.WhileStatement, indent: str) -> str:
        return f"while {self._test(node.test, indent, 'while ')} {self.block(node.body.body, indent)}"

    def _labeled_statement(self, node: js.LabeledStatement, indent: str) -> str:
        return f"{node.label.name}: {_STATEMENTS[type(node.body)](self, node.body, indent)}"

    def _break_statement(self, node: js.BreakStatement, indent: str) -> str:
        return f"break {node.label.name};" if node.label else "break;"

    def _continue_statement(self, node: js.ContinueStatement, indent: str) -> str:
        return f"continue {node.label.name};" if node.label else "continue;"

    def _try_statement(self, node: js.TryStatement, indent: str) -> str:
        text = f"try {self.block(node.block.body, indent)}"
        if node.handler:
            param = f" ({node.handler.param.name})" if node.handler.param else ""
            text += f" catch{param} {self.block(node.handler.body.body, indent)}"
        if node.finalizer:
            text += f" finally {self.block(node.finalizer.body, indent)}"
        return text

    def _jsdoc(self, node: js.JSDoc, indent: str) -> str:
        lines = node.text.replace("*/", "*\u200b/").split("\n")
        if len(lines) == 1 and len(indent) + len(lines[0]) + 7 <= WIDTH:
            return f"/** {lines[0]} */"
        return "\n".join(["/**", *(f"{indent} * {line}".rstrip() for line in lines), f"{indent} */"])

    def _import_declaration(self, node: js.ImportDeclaration, indent: str) -> str:
        source = quote(node.source)
        if node.namespace:
            return f"import * as {node.namespace} from {source};"
        if not node.specifiers:
            return f"import {source};"
        return f"import {self._specifiers(node.specifiers)} from {source};"

    def _specifiers(self, specifiers: Sequence[js.ImportSpecifier]) -> str:
        names = [s.imported if s.imported == s.local else f"{s.imported} as {s.local}" for s in specifiers]
        flat = f"{{ {', '.join(names)} }}"
        if len(flat) <= WIDTH - 30:
            return flat
        return "{\n" + "".join(f"{INDENT}{name},\n" for name in names) + "}"

    def _export_named(self, node: js.ExportNamedDeclaration, indent: str) -> str:
        if node.declaration is not None:
            return f"export {_STATEMENTS[type(node.declaration)](self, node.declaration, indent)}"
        source = f" from {quote(node.source)}" if node.source else ""
        return f"export {self._specifiers(node.specifiers)}{source};"

    def _export_all(self, node: js.ExportAllDeclaration, indent: str) -> str:
        exported = f" as {node.exported}" if node.exported else ""
        return f"export *{exported} from {quote(node.source)};"

    # ---- expressions

    def flat(self, node: js.Expression, level: int = 0) -> str:
        """The expression on one line (functions with a body excepted)."""
        found = self._flat.get(node)
        if found is None:
            found = self._flat[node] = self._flatten(node)
        text, own = found
        return f"({text})" if own < level else text

    def expression(self, node: js.Expression, indent: str, level: int = 0, room: int = 1) -> str:
        """The expression at a place where `room` columns after the indentation are taken."""
        if _holds_block(node):
            return self._layout(node, indent, level, room)
        text = self.flat(node, level)
        if len(indent) + room + len(text) <= WIDTH:
            return text
        return self._layout(node, indent, level, room)

    def _flatten(self, node: js.Expression) -> tuple[str, int]:
        if _holds_block(node):
            return self._layout(node, "", 0, 1), _precedence(node)
        return _FLAT[type(node)](self, node), _precedence(node)

    def _layout(self, node: js.Expression, indent: str, level: int, room: int) -> str:
        handler = _BROKEN.get(type(node))
        text = handler(self, node, indent, room) if handler else self._flatten(node)[0]
        return f"({text})" if _precedence(node) < level else text

    def _broken(
        self, start: str, items: Sequence[js.Expression], end: str, indent: str, comma: bool = True
    ) -> str:
        inner = indent + INDENT
        lines = [f"{inner}{self.expression(item, inner, _ASSIGN, 1)}" for item in items]
        return f"{start}\n" + ",\n".join(lines) + ("," if comma else "") + f"\n{indent}{end}"

    def _flat_literal(self, node: js.Literal) -> str:
        value = node.value
        if value is None:
            return "null"
        if isinstance(value, bool):
            return "true" if value else "false"
        return quote(value) if isinstance(value, str) else number(value)

    def _flat_template(self, node: js.TemplateLiteral) -> str:
        parts = [_template_text(node.quasis[0])]
        for expression, text in zip(node.expressions, node.quasis[1:], strict=True):
            parts.append(f"${{{self.flat(expression)}}}{_template_text(text)}")
        return f"`{''.join(parts)}`"

    def _flat_call(self, node: js.CallExpression) -> str:
        return f"{self.flat(node.callee, _CALL)}({self._flat_list(node.arguments)})"

    def _flat_new(self, node: js.NewExpression) -> str:
        callee = self.flat(node.callee, _CALL)
        if any(isinstance(n, js.CallExpression) for n in js.walk(node.callee)):
            callee = f"({callee})"
        return f"new {callee}({self._flat_list(node.arguments)})"

    def _flat_list(self, items: Sequence[js.Expression]) -> str:
        return ", ".join([self.flat(item, _ASSIGN) for item in items])

    def _flat_member(self, node: js.MemberExpression) -> str:
        target = self.flat(node.object, _CALL)
        if isinstance(node.object, js.Literal) and isinstance(node.object.value, int | float):
            target = f"({target})"
        if node.computed:
            return f"{target}[{self.flat(node.property)}]"
        return f"{target}.{self.flat(node.property)}"

    def _flat_object(self, node: js.ObjectExpression) -> str:
        if not node.properties:
            return "{}"
        return f"{{ {self._flat_list(node.properties)} }}"

    def _key(self, key: js.Expression, computed: bool) -> str:
        if computed:
            return f"[{self.flat(key)}]"
        if isinstance(key, js.Literal) and isinstance(key.value, str) and _IDENTIFIER.match(key.value):
            return key.value
        return self.flat(key)

    def _flat_property(self, node: js.Property) -> str:
        key = self._key(node.key, node.computed)
        value = node.value
        bare = value.left if isinstance(value, js.AssignmentPattern) else value
        if isinstance(bare, js.Identifier) and bare.name == key:
            return self.flat(value)
        return f"{key}: {self.flat(value, _ASSIGN)}"

    def _flat_unary(self, node: js.UnaryExpression) -> str:
        space = " " if node.operator.isalpha() else ""
        argument = self.flat(node.argument, _UNARY)
        if argument.startswith(node.operator):
            argument = f"({argument})"
        return f"{node.operator}{space}{argument}"

    def _flat_binary(self, node: js.BinaryExpression | js.LogicalExpression) -> str:
        left, right = self._operands(node)
        return f"{left} {node.operator} {right}"

    def _operands(self, node: js.BinaryExpression | js.LogicalExpression) -> tuple[str, str]:
        level = _BINARY[node.operator]
        lower, upper = (_POSTFIX, level) if node.operator == "**" else (level, level + 1)
        left, right = self.flat(node.left, lower), self.flat(node.right, upper)
        mixed = {node.operator, getattr(node.left, "operator", "")}
        if "??" in mixed and mixed & {"||", "&&"} and not left.startswith("("):
            left = f"({left})"
        return left, right

    def _flat_conditional(self, node: js.ConditionalExpression) -> str:
        test = self.flat(node.test, _CONDITIONAL + 1)
        return f"{test} ? {self.flat(node.consequent, _ASSIGN)} : {self.flat(node.alternate, _ASSIGN)}"

    def _flat_assignment(self, node: js.AssignmentExpression) -> str:
        return f"{self.flat(node.left, _CALL)} {node.operator} {self.flat(node.right, _ASSIGN)}"

    def _flat_arrow(self, node: js.ArrowFunctionExpression) -> str:
        assert isinstance(node.body, js.Expression)
        return f"{self._arrow_start(node, '')} {self._arrow_body(self.flat(node.body, _ASSIGN))}"

    def _arrow_start(self, node: js.ArrowFunctionExpression, indent: str) -> str:
        return f"({', '.join(self.flat(p) for p in node.params)}) =>"

    @staticmethod
    def _arrow_body(text: str) -> str:
        return f"({text})" if text.startswith("{") else text

    def _flat_yield(self, node: js.YieldExpression) -> str:
        argument = f" {self.flat(node.argument, _ASSIGN)}" if node.argument else ""
        return f"yield{'*' if node.delegate else ''}{argument}"

    def _flat_pattern(self, node: js.ObjectPattern) -> str:
        return f"{{ {self._flat_list(node.properties)} }}"

    # ---- broken over lines

    def _broken_call(self, node: js.CallExpression | js.NewExpression, indent: str, room: int) -> str:
        start = "new " if isinstance(node, js.NewExpression) else ""
        callee = self.expression(node.callee, indent, _CALL, room + len(start))
        start += callee
        arguments = node.arguments
        if not arguments:
            return f"{start}()"
        taken = room + len(start.rpartition("\n")[2]) + 2
        *first, last = arguments
        # A function, an object or a list as the last argument stays on the line of the call.
        hugs = isinstance(
            last,
            js.ArrowFunctionExpression | js.FunctionExpression | js.ObjectExpression | js.ArrayExpression
            | js.ClassExpression | js.TemplateLiteral,
        )  # fmt: skip
        if hugs and not any(_holds_block(item) for item in first):
            before = "".join(f"{self.flat(item, _ASSIGN)}, " for item in first)
            if len(indent) + taken + len(before) < WIDTH - 2:
                text = self.expression(last, indent, _ASSIGN, taken + len(before))
                if "\n" in text or len(arguments) == 1:
                    return f"{start}({before}{text})"
        return self._broken(f"{start}(", arguments, ")", indent)

    def _broken_array(self, node: js.ArrayExpression | js.ArrayPattern, indent: str, room: int) -> str:
        if not node.elements:
            return "[]"
        return self._broken("[", node.elements, "]", indent)

    def _broken_object(self, node: js.ObjectExpression | js.ObjectPattern, indent: str, room: int) -> str:
        if not node.properties:
            return "{}"
        return self._broken("{", node.properties, "}", indent)

    def _broken_property(self, node: js.Property, indent: str, room: int) -> str:
        key = self._key(node.key, node.computed)
        bare = node.value.left if isinstance(node.value, js.AssignmentPattern) else node.value
        if isinstance(bare, js.Identifier) and bare.name == key:
            return self.expression(node.value, indent, 0, room)
        return f"{key}: {self.expression(node.value, indent, _ASSIGN, room + len(key) + 2)}"

    def _broken_binary(self, node: js.BinaryExpression | js.LogicalExpression, indent: str, room: int) -> str:
        level = _BINARY[node.operator]
        lower, upper = (_POSTFIX, level) if node.operator == "**" else (level, level + 1)
        inner = indent if indent.endswith("\u200c") else indent + INDENT
        left = self.expression(node.left, indent, lower, room)
        right = self.expression(node.right, inner, upper, 1)
        return f"{left} {node.operator}\n{inner}{right}"

    def _broken_conditional(self, node: js.ConditionalExpression, indent: str, room: int) -> str:
        inner = indent + INDENT
        test = self.expression(node.test, indent, _CONDITIONAL + 1, room)
        first = self.expression(node.consequent, inner, _ASSIGN, 3)
        second = self.expression(node.alternate, inner, _ASSIGN, 3)
        return f"{test}\n{inner}? {first}\n{inner}: {second}"

    def _broken_assignment(self, node: js.AssignmentExpression, indent: str, room: int) -> str:
        left = self.expression(node.left, indent, _CALL, room)
        taken = room + len(left.rpartition("\n")[2]) + len(node.operator) + 2
        return f"{left} {node.operator} {self.expression(node.right, indent, _ASSIGN, taken)}"

    def _broken_arrow(self, node: js.ArrowFunctionExpression, indent: str, room: int) -> str:
        start = self._arrow_start(node, indent)
        if isinstance(node.body, js.BlockStatement):
            return f"{start} {self.block(node.body.body, indent)}"
        if isinstance(node.body, js.ObjectExpression):
            return f"{start} ({self.expression(node.body, indent, 0, room + len(start) + 2)})"
        body = self.expression(node.body, indent + INDENT, _ASSIGN)
        if isinstance(node.body, js.CallExpression | js.ArrayExpression | js.NewExpression) and "\n" in body:
            body = self.expression(node.body, indent, _ASSIGN, room + len(start) + 1)
            return f"{start} {body}"
        return f"{start}\n{indent}{INDENT}{body}"

    def _broken_function(self, node: js.FunctionExpression, indent: str, room: int) -> str:
        return self._function(node.id, node, indent)

    def _broken_class(self, node: js.ClassExpression, indent: str, room: int) -> str:
        return self._class(node.id, node, indent)

    def _broken_member(self, node: js.MemberExpression, indent: str, room: int) -> str:
        target = self.expression(node.object, indent, _CALL, room)
        if node.computed:
            return f"{target}[{self.flat(node.property)}]"
        return f"{target}.{self.flat(node.property)}"

    def _broken_unary(self, node: js.UnaryExpression, indent: str, room: int) -> str:
        space = " " if node.operator.isalpha() else ""
        return f"{node.operator}{space}{self.expression(node.argument, indent, _UNARY, room + 1)}"

    def _broken_spread(self, node: js.SpreadElement | js.RestElement, indent: str, room: int) -> str:
        return f"...{self.expression(node.argument, indent, _ASSIGN, room + 3)}"

    def _broken_yield(self, node: js.YieldExpression, indent: str, room: int) -> str:
        if node.argument is None:
            return self._flat_yield(node)
        return (
            f"yield{'*' if node.delegate else ''} {self.expression(node.argument, indent, _ASSIGN, room + 7)}"
        )

    def _broken_await(self, node: js.AwaitExpression, indent: str, room: int) -> str:
        return f"await {self.expression(node.argument, indent, _UNARY, room + 6)}"

    def _broken_default(self, node: js.AssignmentPattern, indent: str, room: int) -> str:
        return f"{self.flat(node.left)} = {self.expression(node.right, indent, _ASSIGN, room)}"

    def _broken_template(self, node: js.TemplateLiteral, indent: str, room: int) -> str:
        parts = [_template_text(node.quasis[0])]
        for expression, text in zip(node.expressions, node.quasis[1:], strict=True):
            parts.append(f"${{{self.expression(expression, indent)}}}{_template_text(text)}")
        return f"`{''.join(parts)}`"


def _template_text(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace("`", "\\`").replace("${", "\\${")
    return escaped.replace("\n", "\\n").replace("\r", "\\r").replace("\t", "\\t")


_BLOCKS = (js.FunctionExpression, js.ClassExpression, js.BlockStatement)


def _holds_block(node: js.Node) -> bool:
    """Whether a function with a body stands in the expression: it needs lines of its own."""
    found = node.__dict__.get("_holds")
    if found is None:
        found = isinstance(node, _BLOCKS) or any(_holds_block(child) for child in node.children())
        node.__dict__["_holds"] = found
    return bool(found)


def _precedence(node: js.Expression) -> int:
    if isinstance(node, js.BinaryExpression | js.LogicalExpression):
        return _BINARY[node.operator]
    if (
        isinstance(node, js.Literal)
        and isinstance(node.value, int | float)
        and not isinstance(node.value, bool)
    ):
        return _UNARY if node.value < 0 or str(node.value)[0] == "-" else _PRIMARY
    return _LEVELS.get(type(node), _PRIMARY)


_LEVELS: dict[type[js.Expression], int] = {
    js.AssignmentExpression: _ASSIGN,
    js.ArrowFunctionExpression: _ASSIGN,
    js.YieldExpression: _ASSIGN,
    js.ConditionalExpression: _CONDITIONAL,
    js.SpreadElement: _PRIMARY,
    js.UnaryExpression: _UNARY,
    js.AwaitExpression: _UNARY,
    js.UpdateExpression: _POSTFIX,
    js.FunctionExpression: _ASSIGN,
    js.ClassExpression: _ASSIGN,
    js.CallExpression: _CALL,
    js.NewExpression: _CALL + 1,
    js.MemberExpression: _CALL + 1,
}

_SIMPLE = (
    js.ReturnStatement,
    js.ThrowStatement,
    js.BreakStatement,
    js.ContinueStatement,
    js.ExpressionStatement,
)


def _is_simple(node: js.Statement) -> bool:
    return isinstance(node, _SIMPLE) and not node.leading and node.trailing is None


def _spaced(node: js.Statement) -> bool:
    """Whether blank lines set a statement off."""
    if isinstance(node, js.ExportNamedDeclaration) and node.declaration is not None:
        node = node.declaration
    if isinstance(node, js.VariableDeclaration):
        return any(d.init is not None and _holds_block(d.init) for d in node.declarations)
    return isinstance(
        node, js.FunctionDeclaration | js.ClassDeclaration | js.MethodDefinition | js.JSDoc | js.StaticBlock
    )


def _kin(before: js.Statement, after: js.Statement) -> bool:
    """A docstring stays with what it documents."""
    return isinstance(before, js.JSDoc) and not isinstance(after, js.ImportDeclaration | js.JSDoc)


_STATEMENTS: dict[type[js.Statement], Callable[..., str]] = {
    js.BlockStatement: _Printer._block_statement,
    js.ExpressionStatement: _Printer._expression_statement,
    js.VariableDeclaration: _Printer._variable_declaration,
    js.FunctionDeclaration: _Printer._function_declaration,
    js.ClassDeclaration: _Printer._class_declaration,
    js.MethodDefinition: _Printer._method_definition,
    js.PropertyDefinition: _Printer._property_definition,
    js.StaticBlock: _Printer._static_block,
    js.ReturnStatement: _Printer._return_statement,
    js.ThrowStatement: _Printer._throw_statement,
    js.IfStatement: _Printer._if_statement,
    js.ForStatement: _Printer._for_statement,
    js.ForOfStatement: _Printer._for_of_statement,
    js.WhileStatement: _Printer._while_statement,
    js.LabeledStatement: _Printer._labeled_statement,
    js.BreakStatement: _Printer._break_statement,
    js.ContinueStatement: _Printer._continue_statement,
    js.TryStatement: _Printer._try_statement,
    js.JSDoc: _Printer._jsdoc,
    js.ImportDeclaration: _Printer._import_declaration,
    js.ExportNamedDeclaration: _Printer._export_named,
    js.ExportAllDeclaration: _Printer._export_all,
}

_FLAT: dict[type[js.Expression], Callable[..., str]] = {
    js.Identifier: lambda printer, node: node.name,
    js.Literal: _Printer._flat_literal,
    js.RegExpLiteral: lambda printer, node: f"/{node.pattern}/{node.flags}",
    js.TemplateLiteral: _Printer._flat_template,
    js.ThisExpression: lambda printer, node: "this",
    js.Super: lambda printer, node: "super",
    js.SpreadElement: lambda printer, node: f"...{printer.flat(node.argument, _ASSIGN)}",
    js.RestElement: lambda printer, node: f"...{printer.flat(node.argument)}",
    js.ArrayExpression: lambda printer, node: f"[{printer._flat_list(node.elements)}]",
    js.ArrayPattern: lambda printer, node: f"[{printer._flat_list(node.elements)}]",
    js.Property: _Printer._flat_property,
    js.ObjectExpression: _Printer._flat_object,
    js.ObjectPattern: _Printer._flat_pattern,
    js.MemberExpression: _Printer._flat_member,
    js.CallExpression: _Printer._flat_call,
    js.NewExpression: _Printer._flat_new,
    js.UnaryExpression: _Printer._flat_unary,
    js.UpdateExpression: lambda printer, node: f"{printer.flat(node.argument, _POSTFIX)}{node.operator}",
    js.BinaryExpression: _Printer._flat_binary,
    js.LogicalExpression: _Printer._flat_binary,
    js.ConditionalExpression: _Printer._flat_conditional,
    js.AssignmentExpression: _Printer._flat_assignment,
    js.YieldExpression: _Printer._flat_yield,
    js.AwaitExpression: lambda printer, node: f"await {printer.flat(node.argument, _UNARY)}",
    js.AssignmentPattern: lambda printer, node: (
        f"{printer.flat(node.left)} = {printer.flat(node.right, _ASSIGN)}"
    ),
    js.ArrowFunctionExpression: _Printer._flat_arrow,
}

_BROKEN: dict[type[js.Expression], Callable[..., str]] = {
    js.CallExpression: _Printer._broken_call,
    js.NewExpression: _Printer._broken_call,
    js.ArrayExpression: _Printer._broken_array,
    js.ArrayPattern: _Printer._broken_array,
    js.ObjectExpression: _Printer._broken_object,
    js.ObjectPattern: _Printer._broken_object,
    js.Property: _Printer._broken_property,
    js.BinaryExpression: _Printer._broken_binary,
    js.LogicalExpression: _Printer._broken_binary,
    js.ConditionalExpression: _Printer._broken_conditional,
    js.AssignmentExpression: _Printer._broken_assignment,
    js.ArrowFunctionExpression: _Printer._broken_arrow,
    js.FunctionExpression: _Printer._broken_function,
    js.ClassExpression: _Printer._broken_class,
    js.MemberExpression: _Printer._broken_member,
    js.UnaryExpression: _Printer._broken_unary,
    js.SpreadElement: _Printer._broken_spread,
    js.RestElement: _Printer._broken_spread,
    js.YieldExpression: _Printer._broken_yield,
    js.AwaitExpression: _Printer._broken_await,
    js.AssignmentPattern: _Printer._broken_default,
    js.TemplateLiteral: _Printer._broken_template,
}
