"""Reads names and printed signatures of the running `mlx.core`, and compares them with the stubs.

Input: the live module. Output: lines as in lines.py, and disagreements about whole names and overloads.
Imports MLX, so only the probing process uses it.
"""

from __future__ import annotations

import enum
import inspect
import re
import types
from collections.abc import Iterator

import mlx.core

from node_mlx.surface.disagreement import Disagreement, Topic
from node_mlx.surface.lines import lines
from node_mlx.surface.lines import lines_of as stub_lines_of
from node_mlx.surface.model import Class, Constant, Function, Module, Property, Signature

# Every Python module has these.
_MODULE_ATTRIBUTES = frozenset(vars(types.ModuleType("empty"))) | {"__file__"}

# Names that a module's __getattr__ serves, which no listing shows.
_DYNAMIC_NAMES = {"mlx.core.random": ("state",)}


class _PlainEnum(enum.Enum):
    """Stands for the attributes that every enumeration has."""


# Attributes that say nothing about a class: those of any class, of any enumeration, of nanobind.
_CLASS_ATTRIBUTES = frozenset({*vars(_PlainEnum), "__weakref__", "__nb_enum__"})

# Slots and Python functions that came with the class machinery, not with MLX.
_MACHINERY = (types.WrapperDescriptorType, types.FunctionType)

# nanobind prints NumPy arrays in a syntax of its own; the stubs say NDArray.
_NUMPY_ARRAY = re.compile(r"(numpy\.)?\bndarray\[[^\]]*\]")


def name_disagreements(stubs: tuple[Module, ...]) -> Iterator[Disagreement]:
    """Names on one side only, and functions whose printed signature is another one."""
    declared = stub_lines_of(stubs)
    live = dict(_live_lines([module.name for module in stubs]))
    for name, stub in declared.items():
        if name not in live:
            yield Disagreement.between_lines(Topic.ONLY_IN_STUB, name, stub, ())
        elif _differ(stub, live[name]):
            yield Disagreement.between_lines(Topic.OVERLOADS, name, stub, live[name])
    for name, found in live.items():
        if name not in declared:
            yield Disagreement.between_lines(Topic.ONLY_AT_RUN_TIME, name, (), found)


def _differ(stub: tuple[str, ...], live: tuple[str, ...]) -> bool:
    # Constants and classes have no declaration at run time that could differ.
    comparable = stub[0].startswith(("def ", "alias ")) or live[0].startswith(("def ", "alias "))
    return comparable and stub != live


def _live_lines(modules: list[str]) -> Iterator[tuple[str, tuple[str, ...]]]:
    for module_name in modules:
        module = mlx.core
        if module_name != "mlx.core":
            module = getattr(mlx.core, module_name.rpartition(".")[2])
        yield module_name, ("module",)
        for name in (*vars(module), *_DYNAMIC_NAMES.get(module_name, ())):
            value = getattr(module, name)
            if name in _MODULE_ATTRIBUTES or isinstance(value, types.ModuleType):
                continue
            yield f"{module_name}.{name}", _lines(name, value)
            if isinstance(value, type):
                for member, member_lines in _members(value):
                    yield f"{module_name}.{name}.{member}", member_lines


def _lines(name: str, value: object) -> tuple[str, ...]:
    if isinstance(value, type):
        return lines(Class(name))
    if callable(value):
        if (target := getattr(value, "__name__", name)) != name:
            return (f"alias {_relative_to_core(value, target)}",)
        return lines(Function(name, _signatures(value)))
    return lines(Constant(name, type(value).__name__))


def _relative_to_core(value: object, name: str) -> str:
    module = str(getattr(value, "__module__", "mlx.core"))
    return f"{module}.{name}".removeprefix("mlx.core.")


def _members(cls: type) -> Iterator[tuple[str, tuple[str, ...]]]:
    for name, value in vars(cls).items():
        if isinstance(value, cls):
            number = repr(value.value) if isinstance(value, enum.Enum) else None
            yield name, lines(Constant(name, None, number))
        elif isinstance(value, property):
            returns = _signatures(value.fget)[0].returns
            yield name, lines(Property(name, returns, writable=value.fset is not None))
        elif hasattr(value, "__nb_signature__"):
            bound = tuple(Signature(s.parameters[1:], s.returns) for s in _signatures(value))
            yield name, lines(Function(name, bound))
        elif name not in _CLASS_ATTRIBUTES and not isinstance(value, _MACHINERY):
            yield name, lines(Constant(name, type(value).__name__))


def _signatures(function: object) -> tuple[Signature, ...]:
    """What the function prints of itself, overload by overload."""
    printed = getattr(function, "__nb_signature__", None)
    if printed is None:
        assert callable(function)
        return (Signature.parse(str(inspect.signature(function))),)
    return tuple(_signature(text, defaults) for text, _, defaults in printed)


def _signature(text: str, defaults: tuple[object, ...] | None) -> Signature:
    # "def name(…) -> …": a property's getter has no name.
    _, _, rest = text.partition("(")
    rest = _NUMPY_ARRAY.sub("NDArray", rest)
    # "\2" stands for the third of the defaults, which nanobind keeps as objects.
    rest = re.sub(r"\\(\d+)", lambda match: repr((defaults or ())[int(match[1])]), rest)
    return Signature.parse(f"({rest}")
