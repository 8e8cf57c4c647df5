"""One spelling for every type annotation and default value of the surface.

Input: an expression of a stub or of a run-time signature (source text or `ast`).
Output: normalised source text.
The stubs mix two generators, so the same type has up to three spellings; the rest of the toolchain
compares and tabulates annotations as text and must see one.
    mlx.core.Stream | mlx.core.ThreadLocalStream | mlx.core.Device | mlx.core.DeviceType | None
    → StreamOrDevice
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence

# Modules whose prefix says nothing: the names in them are unique.
_DROPPED_PREFIXES = ("mlx.core", "collections.abc", "typing")

_STREAM_OR_DEVICE = ("Stream", "ThreadLocalStream", "Device", "DeviceType", "None")

# What nanobind prints for the C++ variant of everything that converts to an array. The shorter form is
# the same variant without the protocol class.
_SCALAR_OR_ARRAY = (
    ("bool", "int", "float", "array", "NDArray", "complex", "ArrayLike"),
    ("bool", "int", "float", "array", "NDArray", "complex"),
)


def normalise(source: str | ast.expr) -> str:
    """Source text of the expression in the spelling of this project. Normalising twice changes nothing."""
    tree = ast.parse(source, mode="eval").body if isinstance(source, str) else source
    return ast.unparse(_Normaliser().visit(tree))


def union_members(annotation: str) -> tuple[str, ...]:
    """The alternatives of a union in order: "int | None" → ("int", "None")."""
    return tuple(ast.unparse(member) for member in _flatten(ast.parse(annotation, mode="eval").body))


def union_of(members: Sequence[str]) -> str:
    """The normalised union of annotations, each named once."""
    return normalise(" | ".join(dict.fromkeys(members)))


class _Normaliser(ast.NodeTransformer):
    """Rewrites inner expressions first, so that a union sees normalised members."""

    def visit_Attribute(self, node: ast.Attribute) -> ast.expr:
        if ast.unparse(node.value) in _DROPPED_PREFIXES:
            return ast.Name(node.attr)
        return node

    def visit_Subscript(self, node: ast.Subscript) -> ast.expr:
        # Annotated[T, …] is T: the extra words are for checkers.
        if isinstance(node.value, ast.Name) and node.value.id == "Annotated":
            assert isinstance(node.slice, ast.Tuple)
            inner: ast.expr = self.visit(node.slice.elts[0])
            return inner
        self.generic_visit(node)
        return node

    def visit_BinOp(self, node: ast.BinOp) -> ast.expr:
        if not isinstance(node.op, ast.BitOr):
            return node
        members: list[str] = []
        for member in _flatten(node):
            members += union_members(ast.unparse(self.visit(member)))
        return _union(_named_unions(list(dict.fromkeys(members))))


def _named_unions(members: list[str]) -> list[str]:
    """Replaces the spelled-out forms of the named unions, and puts None last."""
    if set(members) == set(_STREAM_OR_DEVICE):
        return ["StreamOrDevice"]
    if "tuple[int, ...]" in members:
        # A tuple of one int is one of any length.
        members = [m for m in members if m != "tuple[int]"]
    for spelled_out in _SCALAR_OR_ARRAY:
        if set(spelled_out) <= set(members):
            members = ["scalar", "array", *(m for m in members if m not in spelled_out)]
    return [m for m in members if m != "None"] + [m for m in members if m == "None"]


def _union(members: list[str]) -> ast.expr:
    return ast.parse(" | ".join(members), mode="eval").body


def _flatten(node: ast.expr) -> Iterator[ast.expr]:
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitOr):
        yield from _flatten(node.left)
        yield from _flatten(node.right)
    else:
        yield node
