"""What mlx.core's functions return, from the surface that the binding is generated from.

returns_of("mlx.core.split") is a list of arrays; kind_of("mlx.core.float32") is a dtype
"""

from __future__ import annotations

import ast
from functools import cache, lru_cache

from node_mlx.compile import types as t
from node_mlx.compile.read_annotation import read_annotation
from node_mlx.surface import Surface, read_surface


@lru_cache(maxsize=1)
def _surface() -> Surface:
    return read_surface()


@cache
def returns_of(name: str) -> t.Type:
    """The type of a call of a function ("mlx.core.sum") or a method ("mlx.core.array.sum")."""
    try:
        function = _surface().function(name)
    except KeyError:
        return t.ANY
    return t.union(_read(overload.returns) for overload in function.overloads)


@cache
def kind_of(name: str) -> t.Type:
    """The type of a name of mlx.core: dtypes, functions, constants, submodules."""
    owner, _, last = name.rpartition(".")
    try:
        module = _surface().module(owner)
    except KeyError:
        return t.ANY
    for constant in module.constants:
        if constant.name == last:
            return _read(constant.annotation)
    if any(f.name == last for f in module.functions) or any(a.name == last for a in module.aliases):
        return t.Type("function", name=name)
    if any(c.name == last for c in module.classes):
        return t.Type("function", name=name) if last == "array" else t.class_(name)
    return t.ANY


@cache
def attribute_of_array(name: str) -> t.Type | None:
    """The type of an array's property; None where it has none of that name."""
    for cls in _surface().module("mlx.core").classes:
        if cls.name == "array":
            for found in cls.properties:
                if found.name == name:
                    return t.SHAPE if name == "shape" else _read(found.annotation)
    return None


def _read(annotation: str | None) -> t.Type:
    if annotation is None:
        return t.ANY
    return read_annotation(ast.parse(annotation, mode="eval").body, ast.unparse)
