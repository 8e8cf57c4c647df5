"""Erases what exists for type checkers only: the first pass, from Python to Python.

    if TYPE_CHECKING: import x        (gone)        T = TypeVar("T")        (gone)
    cast(int, x) → x        Vector = Union[array, float]        (gone)
A `Literal` alias stays: programs ask for its values at run time.
"""

from __future__ import annotations

import ast

_ALIASES = frozenset(
    "Union Optional Callable Dict List Tuple Set Type Sequence Iterable Mapping Any "
    "Annotated ClassVar".split()
)
_MAKERS = frozenset(("TypeVar", "ParamSpec", "NewType", "TypeVarTuple"))


def erase_typing(tree: ast.Module) -> ast.Module:
    """Changes the tree in place and returns it."""
    _Eraser().visit(tree)
    return tree


class _Eraser(ast.NodeTransformer):
    def visit_If(self, node: ast.If) -> ast.AST | list[ast.stmt]:
        self.generic_visit(node)
        return node.orelse if _name(node.test) == "TYPE_CHECKING" else node

    def visit_Assign(self, node: ast.Assign) -> ast.AST | None:
        value = node.value
        if isinstance(value, ast.Call) and _name(value.func) in _MAKERS:
            return None
        if (
            isinstance(value, ast.Subscript)
            and isinstance(value.value, ast.Name)
            and value.value.id in _ALIASES
        ):
            return None
        self.generic_visit(node)
        return node

    def visit_Call(self, node: ast.Call) -> ast.AST:
        self.generic_visit(node)
        if _name(node.func) == "cast" and len(node.args) == 2:
            return node.args[1]
        return node

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST | None:
        if any(_name(d) == "overload" for d in node.decorator_list):
            return None
        self.generic_visit(node)
        return node


def _name(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")
