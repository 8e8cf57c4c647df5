"""Which assignments a use of a variable can see, where that is easy to tell.

Input: a module's tree. Output: for a Name that is read, the expressions that may have given it its value;
None where
only all assignments together are an answer (loops that come round, closures, handlers).
    shape = list(shape); shape.pop()        the second `shape` is what list() returned
"""

from __future__ import annotations

import ast
from dataclasses import dataclass

from node_mlx.compile.scopes import all_nodes, child_nodes


@dataclass(frozen=True)
class _Place:
    """A statement in a block, and the statement that holds the block."""

    block: list[ast.stmt]
    index: int
    outer: _Place | None
    holder: ast.stmt | None


class Reaching:
    def __init__(self, tree: ast.Module) -> None:
        self._places: dict[ast.Name, _Place] = {}
        self._stores: dict[ast.AST, set[str]] = {}
        self._block(tree.body, None, None)

    def definitions(self, node: ast.Name) -> list[ast.expr] | None:
        place = self._places.get(node)
        while place is not None:
            for statement in reversed(place.block[: place.index]):
                if node.id not in self._stored(statement):
                    continue
                return _assigned(statement, node.id)
            holder = place.holder
            if holder is None or isinstance(holder, ast.Try):
                return None
            if isinstance(holder, ast.For | ast.While) and node.id in self._stored(holder):
                return None
            place = place.outer
        return None

    def _block(self, body: list[ast.stmt], outer: _Place | None, holder: ast.stmt | None) -> None:
        for index, statement in enumerate(body):
            place = _Place(body, index, outer, holder)
            if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
                self._block(statement.body, None, None)
            else:
                self._heads(statement, place)

    def _heads(self, statement: ast.stmt, place: _Place) -> None:
        for name, value in ast.iter_fields(statement):
            if isinstance(value, list) and value and isinstance(value[0], ast.stmt):
                self._block(value, place, statement)
            elif name == "handlers":
                for handler in value:
                    self._block(handler.body, place, statement)
            elif isinstance(statement, ast.While) and name == "test":
                # Runs again after the body.
                continue
            else:
                for part in value if isinstance(value, list) else [value]:
                    if isinstance(part, ast.AST):
                        self._names(part, place)

    def _names(self, node: ast.AST, place: _Place) -> None:
        if isinstance(node, ast.Lambda):
            return
        if isinstance(node, ast.Name):
            if isinstance(node.ctx, ast.Load):
                self._places[node] = place
            return
        for child in child_nodes(node):
            self._names(child, place)

    def _stored(self, node: ast.AST) -> set[str]:
        found = self._stores.get(node)
        if found is None:
            found = self._stores[node] = {
                part.id
                for part in all_nodes(node)
                if isinstance(part, ast.Name) and not isinstance(part.ctx, ast.Load)
            }
        return found


def _assigned(statement: ast.stmt, name: str) -> list[ast.expr] | None:
    """The values a statement is sure to give a name; None where it may leave it, or gives it part of a
    value."""
    if isinstance(statement, ast.Assign):
        plain = all(isinstance(target, ast.Name) for target in statement.targets)
        return [statement.value] if plain and not _walrus(statement.value, name) else None
    if isinstance(statement, ast.If):
        if not statement.orelse or _walrus(statement.test, name):
            return None
        return _joined(_last(statement.body, name), _last(statement.orelse, name))
    return None


def _last(body: list[ast.stmt], name: str) -> list[ast.expr] | None:
    """The values at the end of a block; none where the block does not reach its end."""
    if body and isinstance(body[-1], ast.Return | ast.Raise | ast.Continue | ast.Break):
        return []
    for statement in reversed(body):
        stored = any(
            isinstance(n, ast.Name) and n.id == name and isinstance(n.ctx, ast.Store)
            for n in all_nodes(statement)
        )
        if stored:
            return _assigned(statement, name)
    return None


def _joined(a: list[ast.expr] | None, b: list[ast.expr] | None) -> list[ast.expr] | None:
    return None if a is None or b is None else [*a, *b]


def _walrus(node: ast.AST, name: str) -> bool:
    return any(isinstance(part, ast.NamedExpr) and part.target.id == name for part in all_nodes(node))
