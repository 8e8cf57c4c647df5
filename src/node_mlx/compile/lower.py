"""Lowers Python to JavaScript: the frame that the `lower_…` passes fill.

Input: an inferred Program. Output: one ESTree Program per module. Each `lower_…` module registers functions
for the
syntax it handles; the Lowerer finds them by node type, keeps track of the function being lowered, and
attaches
comments. Whatever no pass handles becomes a diagnostic, and lowering goes on with the next statement.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from node_mlx.compile import estree as js
from node_mlx.compile import types as t
from node_mlx.compile.infer_types import Inference
from node_mlx.compile.program import ClassInfo, ModuleInfo, Program
from node_mlx.compile.scopes import Binding, Scope
from node_mlx.names import js_variable

ExpressionLowering = Callable[["Lowerer", ast.AST], js.Expression]
StatementLowering = Callable[["Lowerer", ast.AST], Sequence[js.Statement]]

_EXPRESSIONS: dict[type[ast.AST], ExpressionLowering] = {}
_STATEMENTS: dict[type[ast.AST], StatementLowering] = {}

F = TypeVar("F", bound=Callable[..., object])


def lowers(*kinds: type[ast.AST]) -> Callable[[F], F]:
    """Registers a function as the lowering of some kinds of expression or statement."""

    def register(function: F) -> F:
        for kind in kinds:
            table = _STATEMENTS if issubclass(kind, ast.stmt) else _EXPRESSIONS
            table[kind] = function  # type: ignore[assignment]
        return function

    return register


class Abandoned(Exception):
    """The statement cannot be lowered; its diagnostic has been reported."""


@dataclass
class Context:
    """The function (or module) whose body is being lowered."""

    scope: Scope
    self_name: str | None = None
    """What Python calls the object of the method, here or around."""
    owner: ClassInfo | None = None
    this_is_self: bool = False
    """Whether `this` is that object: not inside a nested `function`, where it has a name."""
    self_alias_needed: bool = False
    method: Context | None = None
    """The method around a nested function."""
    static: bool = False
    caught: list[str] = field(default_factory=list)
    """Variables of the catch clauses around, innermost last: what a bare `raise` throws."""
    declared: set[str] = field(default_factory=set)
    """Variables made by the compiler, to be declared with the others."""
    loop_else: list[str | None] = field(default_factory=list)
    last_flag: str | None = None
    in_try: int = 0
    returns_value: bool = False
    moment: list[tuple[js.Identifier, js.Expression]] = field(default_factory=list)
    """Defaults that each definition of the function evaluates anew, and their names."""


class Lowerer:
    def __init__(self, program: Program, inference: Inference, module: ModuleInfo) -> None:
        self.program = program
        self.inference = inference
        self.module = module
        self.source = module.source
        self.context = Context(module.scopes.module)
        self.before: list[js.Statement] = []
        """Module-level statements that the current top-level statement needs before it."""
        self.uses_python = False
        self.map_displays: set[ast.AST] = set()
        """Empty dict displays that become Maps: see note_uses."""
        self.imported: dict[str, str] = {}
        """Names of namespaces that were imported because code mentions them, by package path."""
        self._used_names = self._all_names()
        self._passed: set[ast.AST] | None = None
        self._passed_on: set[ast.AST] | None = None
        self._growing: set[ast.AST] | None = None

    # ---- dispatch

    def expression(self, node: ast.AST) -> js.Expression:
        handler = _EXPRESSIONS.get(type(node))
        if handler is None:
            raise self.unsupported(node, *_refusal(node))
        return handler(self, node)

    def expressions(self, nodes: Sequence[ast.expr]) -> list[js.Expression]:
        return [self.expression(node) for node in nodes]

    def body(self, nodes: Sequence[ast.stmt], end: int | None = None) -> list[js.Statement]:
        """The statements of a block, with comments. `end`: the last line of the block, for comments there."""
        out: list[js.Statement] = []
        for node in nodes:
            out += self._with_comments(node)
        if end is not None and nodes:
            rest = self._take_comments(nodes[-1].end_lineno or 0, end, nodes[-1].col_offset)
            if rest:
                out.append(js.CommentStatement(leading=rest))
        return out

    def statement(self, node: ast.stmt) -> list[js.Statement]:
        handler = _STATEMENTS.get(type(node))
        try:
            if handler is None:
                raise self.unsupported(node, *_refusal(node))
            return list(handler(self, node))
        except Abandoned:
            return []

    def _with_comments(self, node: ast.stmt) -> list[js.Statement]:
        first = _first_line(node)
        leading = self._comments_above(first)
        simple = not hasattr(node, "body")
        last = (node.end_lineno or first) if simple else node.body[0].lineno - 1  # type: ignore[attr-defined]
        inside = [self.source.own_line.pop(n) for n in range(first, last + 1) if n in self.source.own_line]
        trailing = self.source.trailing.pop(first, None)
        others = [self.source.trailing.pop(n) for n in range(first, last + 1) if n in self.source.trailing]
        out = self.statement(node)
        for item in out:
            if item.place is None:
                item.place = (node.lineno, node.col_offset)
        comments = leading + inside + others
        if trailing is not None and (not out or len(trailing) > 60):
            comments, trailing = [*comments, trailing], None
        if comments and not out:
            return [js.CommentStatement(leading=comments)]
        if out:
            out[0].leading = comments + out[0].leading
            out[0].trailing = trailing if trailing is not None else out[0].trailing
        return out

    def _comments_above(self, line: int) -> list[str]:
        found: list[str] = []
        number = line - 1
        while number > 0:
            if number in self.source.own_line:
                found.insert(0, self.source.own_line.pop(number))
            elif self.source.lines[number - 1].strip():
                break
            number -= 1
        return found

    def _take_comments(self, after: int, end: int, column: int) -> list[str]:
        found: list[str] = []
        for number in range(after + 1, min(end, len(self.source.lines)) + 1):
            line = self.source.lines[number - 1]
            if number in self.source.own_line and len(line) - len(line.lstrip()) >= column:
                found.append(self.source.own_line.pop(number))
            elif line.strip():
                break
        return found

    # ---- facts

    def type_of(self, node: ast.AST | None) -> t.Type:
        return self.inference.type_of(node)

    def binding(self, node: ast.Name) -> Binding | None:
        return self.module.scopes.names.get(node)

    def is_builtin(self, node: ast.AST, *names: str) -> bool:
        """Whether an expression is one of these builtins, and not a variable that hides it."""
        return isinstance(node, ast.Name) and node.id in names and self.binding(node) is None

    def dotted(self, node: ast.expr) -> str:
        """The dotted name of an imported thing; "" for what is not imported or defined at the top."""
        root = node
        while isinstance(root, ast.Attribute):
            root = root.value
        if not isinstance(root, ast.Name):
            return ""
        binding = self.binding(root)
        if binding is not None and binding.kind not in ("import", "class", "function"):
            return ""
        if binding is None and not self.module.stars:
            return ""
        if binding is not None and binding.kind != "import" and binding.scope.kind != "module":
            return ""
        return self.program.dotted(self.module, node)

    # ---- making nodes

    def py(self, name: str, *arguments: js.Expression) -> js.Expression:
        """A call of the runtime for Python semantics."""
        return js.call(self.py_name(name), *arguments)

    def py_name(self, name: str) -> js.Expression:
        self.uses_python = True
        return js.member(js.Identifier("py"), *name.split("."))

    def mx(self, name: str, *arguments: js.Expression) -> js.Expression:
        return js.call(self.mx_name(name), *arguments)

    def mx_name(self, name: str) -> js.Expression:
        return js.member(js.Identifier(self.namespace("mlx.core")), *name.split("."))

    def namespace(self, module: str) -> str:
        """The local name of an imported module, which is imported if the source did not."""
        for local, target in self.module.imports.items():
            binding = self.module.scopes.module.bindings.get(local)
            if target == module and binding is not None and binding.kind == "import":
                return js_variable(local)
        name = {"mlx.core": "mx"}.get(module, module.rpartition(".")[2])
        if module not in self.imported:
            self.imported[module] = self.unique(name)
        return self.imported[module]

    def name_of(self, binding: Binding) -> str:
        if not binding.js_name:
            binding.js_name = js_variable(binding.name)
        return binding.js_name

    def unique(self, name: str) -> str:
        """A name that the module does not use yet."""
        found = name
        while found in self._used_names:
            found += "_"
        self._used_names.add(found)
        return found

    def temporary(self, name: str) -> js.Identifier:
        """A new variable of the function being lowered."""
        found = self.unique(name)
        self.context.declared.add(found)
        return js.Identifier(found)

    def _all_names(self) -> set[str]:
        found = {"py"}
        for scope in self.module.scopes.by_node.values():
            found.update(js_variable(name) for name in scope.bindings)
        return found

    def passed_values(self) -> set[ast.AST]:
        """Everything in the module that is called or is an argument of a call."""
        if self._passed is None:
            self._passed = set()
            for node in self.module.nodes:
                if isinstance(node, ast.Call):
                    self._passed.update((node.func, *node.args, *(k.value for k in node.keywords)))
        return self._passed

    def passed_on(self) -> set[ast.AST]:
        """The positional arguments of calls, other than of functions of mlx.core."""
        if self._passed_on is None:
            self._passed_on = {
                argument
                for call in self.module.nodes
                if isinstance(call, ast.Call) and not self.dotted(call.func).startswith("mlx.core.")
                for argument in call.args
            }
        return self._passed_on

    def growing_products(self) -> set[ast.AST]:
        """Products of ints that a loop gives back to one of their factors: `n = n * i`, `n *= i`."""
        if self._growing is None:
            self._growing = set()
            for loop in self.module.nodes:
                if not isinstance(loop, ast.For | ast.While):
                    continue
                for node in ast.walk(loop):
                    if isinstance(node, ast.AugAssign) and t.is_kind(self.type_of(node.target), "int"):
                        self._growing.add(node)
                    elif isinstance(node, ast.Assign) and isinstance(node.value, ast.BinOp):
                        names = {ast.unparse(target) for target in node.targets}
                        factors = {ast.unparse(node.value.left), ast.unparse(node.value.right)}
                        if names & factors and t.is_kind(self.type_of(node.value), "int"):
                            self._growing.add(node.value)
        return self._growing

    # ---- self

    def this(self, node: ast.AST) -> js.Expression:
        """The object of the method around."""
        if self.context.this_is_self:
            return js.ThisExpression()
        context: Context | None = self.context
        while context is not None and not context.this_is_self:
            context = context.method
        if context is not None:
            context.self_alias_needed = True
        return js.Identifier(js_variable(self.context.self_name or "self"))

    def is_self(self, node: ast.AST) -> bool:
        if not isinstance(node, ast.Name) or node.id != self.context.self_name:
            return False
        binding = self.binding(node)
        return binding is not None and binding.kind == "parameter" and self.owner_scope(binding)

    def owner_scope(self, binding: Binding) -> bool:
        """Whether a parameter is the `self` of a method."""
        node = binding.scope.node
        info = self.module.function_of.get(node)
        if info is None or info.owner is None or node.name in info.owner.statics:  # type: ignore[attr-defined]
            return False
        names = [*node.args.posonlyargs, *node.args.args]  # type: ignore[attr-defined]
        return bool(names) and names[0].arg == binding.name

    # ---- diagnostics

    def report(self, node: ast.AST | None, message: str, hint: str = "") -> None:
        self.module.report(node, message, hint)

    def unsupported(self, node: ast.AST, message: str, hint: str = "") -> Abandoned:
        self.report(node, message, hint)
        return Abandoned()


# What to write instead of syntax that no pass handles.
_INSTEAD = {
    ast.Match: ("match", "write if and elif"),
    ast.AsyncFor: ("async for", "await the items one by one"),
    ast.AsyncWith: ("async with", "enter and leave in try and finally"),
}


def _refusal(node: ast.AST) -> tuple[str, str]:
    name, hint = _INSTEAD.get(type(node), (type(node).__name__, ""))
    return f"{name} is not supported", hint


def _first_line(node: ast.stmt) -> int:
    decorators = getattr(node, "decorator_list", None)
    return min([node.lineno, *(d.lineno for d in decorators)]) if decorators else node.lineno
