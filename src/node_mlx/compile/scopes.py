"""Which name means which variable: Python's scoping rules applied to a module.

Input: a syntax tree. Output: a Scope for every function, class, lambda and comprehension, with the Binding
of each
name in it. A binding knows its stores and whether a closure captures it, which later decides how it is
declared.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from node_mlx.compile.types import UNBOUND, Type

FunctionNode = ast.FunctionDef | ast.AsyncFunctionDef
Comprehension = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)


@dataclass(eq=False)
class Binding:
    """One variable. `kind`: parameter, variable, function, class, import."""

    name: str
    scope: Scope
    kind: str
    node: ast.AST
    js_name: str = ""
    stores: int = 0
    captured: bool = False
    reassigned_from_inside: bool = False
    uses: list[ast.Name] = field(default_factory=list)
    annotation: ast.expr | None = None
    type: Type = UNBOUND
    is_counter: bool = False
    """Counts a `for … in range(…)` upwards from zero or more: a plain index."""


@dataclass(eq=False)
class Scope:
    kind: str
    node: ast.AST
    parent: Scope | None
    bindings: dict[str, Binding] = field(default_factory=dict)
    outer: dict[str, Scope] = field(default_factory=dict)
    """Names declared `global` or `nonlocal`, with the scope they belong to."""
    children: list[Scope] = field(default_factory=list)
    is_generator: bool = False
    returns: list[ast.Return] = field(default_factory=list)
    """Return statements of a function."""

    def function(self) -> Scope:
        """The function or module that variables of this scope live in."""
        scope = self
        while scope.kind == "comprehension" and scope.parent:
            scope = scope.parent
        return scope

    def lookup(self, name: str) -> Binding | None:
        """The binding a name refers to; None for a builtin."""
        scope: Scope | None = self
        first = True
        while scope is not None:
            if name in scope.outer:
                return scope.outer[name].bindings.get(name)
            if (scope.kind != "class" or first) and name in scope.bindings:
                return scope.bindings[name]
            first = first and scope.kind == "comprehension"
            scope = scope.parent
        return None


class ScopeTable:
    """The scopes of a module by their node, and the binding of every Name."""

    def __init__(self, tree: ast.Module) -> None:
        self._handlers: dict[type[ast.AST], Callable[[Any, Scope], None] | None] = {}
        self.module = Scope("module", tree, None)
        self.by_node: dict[ast.AST, Scope] = {tree: self.module}
        self.names: dict[ast.Name, Binding | None] = {}
        self._loads: list[tuple[ast.Name, Scope]] = []
        for statement in tree.body:
            self._visit(statement, self.module)
        for name, scope in self._loads:
            binding = scope.lookup(name.id)
            self.names[name] = binding
            if binding is None:
                continue
            binding.uses.append(name)
            if scope.function() is not binding.scope.function():
                binding.captured = True
                if isinstance(name.ctx, ast.Store):
                    binding.reassigned_from_inside = True

    def _bind(self, name: str, scope: Scope, kind: str, node: ast.AST) -> Binding | None:
        if name in scope.outer:
            target = scope.outer[name]
            binding = target.bindings.get(name)
            if binding is None:
                binding = target.bindings[name] = Binding(name, target, kind, node)
        else:
            binding = scope.bindings.get(name)
            if binding is None:
                binding = scope.bindings[name] = Binding(name, scope, kind, node)
            elif kind in ("function", "class") and binding.kind == "import":
                binding.kind = "variable"
        binding.stores += 1
        return binding

    def _visit(self, node: ast.AST, scope: Scope) -> None:
        kind = type(node)
        if kind not in self._handlers:
            self._handlers[kind] = getattr(self, f"_{kind.__name__.lower()}", None)
        handler = self._handlers[kind]
        if handler is not None:
            handler(node, scope)
        else:
            for child in child_nodes(node):
                self._visit(child, scope)

    def _name(self, node: ast.Name, scope: Scope) -> None:
        if isinstance(node.ctx, ast.Store):
            self._bind(node.id, scope, "variable", node)
        self._loads.append((node, scope))

    def _namedexpr(self, node: ast.NamedExpr, scope: Scope) -> None:
        self._visit(node.value, scope)
        self._bind(node.target.id, scope.function(), "variable", node.target)
        self._loads.append((node.target, scope))

    def _annassign(self, node: ast.AnnAssign, scope: Scope) -> None:
        if node.value:
            self._visit(node.value, scope)
        if isinstance(node.target, ast.Name):
            binding = self._bind(node.target.id, scope, "variable", node.target)
            if binding:
                binding.annotation = node.annotation
            self._loads.append((node.target, scope))
        else:
            self._visit(node.target, scope)

    def _excepthandler(self, node: ast.ExceptHandler, scope: Scope) -> None:
        if node.type:
            self._visit(node.type, scope)
        if node.name:
            self._bind(node.name, scope, "exception", node)
        for statement in node.body:
            self._visit(statement, scope)

    def _import(self, node: ast.Import, scope: Scope) -> None:
        for alias in node.names:
            self._bind(alias.asname or alias.name.partition(".")[0], scope, "import", node)

    def _importfrom(self, node: ast.ImportFrom, scope: Scope) -> None:
        for alias in node.names:
            if alias.name != "*":
                self._bind(alias.asname or alias.name, scope, "import", node)

    def _global(self, node: ast.Global, scope: Scope) -> None:
        scope.outer.update(dict.fromkeys(node.names, self.module))

    def _nonlocal(self, node: ast.Nonlocal, scope: Scope) -> None:
        for name in node.names:
            parent = scope.parent
            while parent and (parent.kind not in ("function", "lambda") or name not in parent.bindings):
                parent = parent.parent
            if parent:
                scope.outer[name] = parent

    def _functiondef(self, node: FunctionNode, scope: Scope) -> None:
        for part in [*node.decorator_list, *node.args.defaults, *filter(None, node.args.kw_defaults)]:
            self._visit(part, scope)
        self._bind(node.name, scope, "function", node)
        self._function(node, node.body, scope, "function")

    _asyncfunctiondef = _functiondef

    def _lambda(self, node: ast.Lambda, scope: Scope) -> None:
        for part in [*node.args.defaults, *filter(None, node.args.kw_defaults)]:
            self._visit(part, scope)
        self._function(node, [node.body], scope, "lambda")

    def _function(
        self, node: FunctionNode | ast.Lambda, body: list[ast.stmt] | list[ast.expr], scope: Scope, kind: str
    ) -> None:
        inner = self._open(node, scope, kind)
        for argument in arguments_of(node.args):
            binding = self._bind(argument.arg, inner, "parameter", argument)
            if binding:
                binding.annotation = argument.annotation
        # Declarations count for the whole function, wherever they stand.
        for part in own_nodes(node):
            kind_of = type(part)
            if kind_of is ast.Global:
                self._global(part, inner)  # type: ignore[arg-type]
            elif kind_of is ast.Nonlocal:
                self._nonlocal(part, inner)  # type: ignore[arg-type]
            elif kind_of is ast.Yield or kind_of is ast.YieldFrom:
                inner.is_generator = True
            elif kind_of is ast.Return:
                inner.returns.append(part)  # type: ignore[arg-type]
        for statement in body:
            self._visit(statement, inner)

    def _classdef(self, node: ast.ClassDef, scope: Scope) -> None:
        for part in [*node.decorator_list, *node.bases, *(k.value for k in node.keywords)]:
            self._visit(part, scope)
        self._bind(node.name, scope, "class", node)
        inner = self._open(node, scope, "class")
        for statement in node.body:
            self._visit(statement, inner)

    def _comprehension_scope(
        self, node: ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp, scope: Scope
    ) -> None:
        inner = self._open(node, scope, "comprehension")
        for i, generator in enumerate(node.generators):
            self._visit(generator.iter, scope if i == 0 else inner)
            self._visit(generator.target, inner)
            for condition in generator.ifs:
                self._visit(condition, inner)
        for part in [node.key, node.value] if isinstance(node, ast.DictComp) else [node.elt]:
            self._visit(part, inner)

    _listcomp = _setcomp = _dictcomp = _generatorexp = _comprehension_scope

    def _open(self, node: ast.AST, parent: Scope, kind: str) -> Scope:
        scope = Scope(kind, node, parent)
        parent.children.append(scope)
        self.by_node[node] = scope
        return scope


def arguments_of(arguments: ast.arguments) -> list[ast.arg]:
    """All parameters in the order in which they are written."""
    out = [*arguments.posonlyargs, *arguments.args]
    if arguments.vararg:
        out.append(arguments.vararg)
    out += arguments.kwonlyargs
    if arguments.kwarg:
        out.append(arguments.kwarg)
    return out


def child_nodes(node: ast.AST) -> list[ast.AST]:
    """The nodes directly below, contexts of names and operators left out."""
    out: list[ast.AST] = []
    kind = type(node)
    for name in _fields_of.get(kind) or _read_fields(kind):
        value = getattr(node, name, None)
        if isinstance(value, ast.AST):
            out.append(value)
        elif isinstance(value, list):
            out += [item for item in value if isinstance(item, ast.AST)]
    return out


# Fields that hold texts, numbers, contexts and operators: half of all that a walk would look at.
_LEAVES = frozenset("ctx op ops id attr kind type_comment level simple is_async type_ignores names".split())
_fields_of: dict[type[ast.AST], tuple[str, ...]] = {ast.Constant: ()}


def _read_fields(kind: type[ast.AST]) -> tuple[str, ...]:
    if kind not in _fields_of:
        _fields_of[kind] = tuple(name for name in kind._fields if name not in _LEAVES)
    return _fields_of[kind]


_CLOSED = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda, ast.ClassDef)


def own_nodes(function: ast.AST) -> Iterator[ast.AST]:
    """The nodes of a function's body without those of functions and classes inside it."""
    body = function.body if isinstance(function.body, list) else [function.body]  # type: ignore[attr-defined]
    stack: list[ast.AST] = list(reversed(body))
    while stack:
        node = stack.pop()
        yield node
        if not isinstance(node, _CLOSED):
            stack.extend(reversed(child_nodes(node)))


def all_nodes(tree: ast.AST) -> list[ast.AST]:
    """The node and everything below it."""
    out = [tree]
    for node in out:
        out += child_nodes(node)
    return out
