"""Calls one overload of a function with sample values, by position and by name.

Input: the signature of the stub and the live callable. Output: outcomes, which tell "the binding refuses
these arguments" from "MLX raised an error about their values": only the first is about the surface.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import mlx.core

from node_mlx.surface.annotation import union_members
from node_mlx.surface.model import Kind, Parameter, Signature
from node_mlx.surface.probe import samples

# Texts by which a call is refused for the kind of its arguments rather than for their values.
_REFUSALS = (
    "incompatible function arguments",
    "std::bad_cast",
    "Invalid type ",
    "must be arrays or dtypes",
    "must be an array or a dtype",
)


@dataclass(frozen=True)
class Outcome:
    """What a call did: returned `value`, or raised `problem`; `refused` if for the kind of its arguments."""

    value: object = None
    problem: Exception | None = None
    refused: bool = False


def attempt(function: Callable[..., object], *args: object, **kwargs: object) -> Outcome:
    try:
        value = function(*args, **kwargs)
    except Exception as problem:
        refused = any(text in str(problem) for text in _REFUSALS)
        return Outcome(problem=problem, refused=refused)
    # Operators refuse in Python's way.
    return Outcome(value, refused=value is NotImplemented)


def evaluate(sample: str) -> object:
    """The value of a sample expression."""
    return eval(sample, {**vars(mlx.core), "Path": Path})


@dataclass
class Subject:
    """One overload under test."""

    name: str
    function: Callable[..., object]
    signature: Signature
    overload: int | None = None
    values: dict[str, object] = field(default_factory=dict)
    """Sample values made so far, by parameter."""

    @cached_property
    def parameters(self) -> tuple[Parameter, ...]:
        """Those that take one argument, in order."""
        variadic = (Kind.VAR_POSITIONAL, Kind.VAR_KEYWORD)
        return tuple(p for p in self.signature.parameters if p.kind not in variadic)

    @cached_property
    def variadic(self) -> Parameter | None:
        return next((p for p in self.signature.parameters if p.kind is Kind.VAR_POSITIONAL), None)

    @cached_property
    def takes_any_keyword(self) -> bool:
        return any(p.kind is Kind.VAR_KEYWORD for p in self.signature.parameters)

    @cached_property
    def positions(self) -> int:
        """How many arguments could have a position: after `*name` none can."""
        if self.variadic is None:
            return len(self.parameters)
        return sum(p.kind is not Kind.KEYWORD_ONLY for p in self.parameters)

    def sample(self, parameter: Parameter) -> object:
        if parameter.name not in self.values:
            self.values[parameter.name] = evaluate(self.sample_text(parameter))
        return self.values[parameter.name]

    def sample_text(self, parameter: Parameter) -> str:
        own = samples.BY_FUNCTION.get(self.name, {})
        if parameter.kind is Kind.VAR_POSITIONAL:
            fallback = samples.BY_ANNOTATION.get(parameter.annotation or "object", "1")
            return own.get(f"*{parameter.name}", f"[{fallback}, {fallback}]")
        if parameter.name in own:
            return own[parameter.name]
        if parameter.default in ("True", "False"):
            return str(parameter.default == "False")
        if parameter.name in samples.BY_NAME:
            return samples.BY_NAME[parameter.name]
        member = union_members(parameter.annotation or "object")[0]
        if member not in samples.BY_ANNOTATION:
            raise LookupError(f"no sample value for {self.name}({parameter}): add one to samples.py")
        return samples.BY_ANNOTATION[member]

    def call(
        self, prefix: int, names: Collection[str] = (), values: Mapping[str, object] | None = None
    ) -> Outcome:
        """Passes the first `prefix` parameters by position and those named by keyword."""
        given = values or {}
        by_name = {p.name: p for p in self.parameters}
        args = [given.get(p.name, self.sample(p)) for p in self.parameters[:prefix]]
        if self.variadic is not None and prefix == self.positions:
            variadic = given.get(self.variadic.name, self.sample(self.variadic))
            assert isinstance(variadic, (list, tuple))
            args += variadic
        kwargs = {n: given[n] if n in given else self.sample(by_name[n]) for n in names}
        return attempt(self.function, *args, **kwargs)

    def required_after(self, prefix: int) -> list[str]:
        needed = samples.NEEDED.get(self.name, ())
        return [p.name for p in self.parameters[prefix:] if p.required or p.name in needed]


def alternatives(parameter: Parameter) -> Iterator[tuple[str, object]]:
    """A sample value for each member of the parameter's annotation."""
    for member in union_members(parameter.annotation or "object"):
        if member == "scalar":
            yield from ((name, evaluate(text)) for name, text in samples.SCALARS.items())
        elif member in samples.BY_ANNOTATION:
            yield member, evaluate(samples.BY_ANNOTATION[member])
