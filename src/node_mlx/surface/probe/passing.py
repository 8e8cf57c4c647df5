"""How arguments can be passed: by position, by name, not at all.

nanobind prints the signature that MLX wrote by hand, and checks calls against the names it was given, which
are often none. So `add(a=1, b=2)` is declared and refused, and so is `add(1, 2, cpu)`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from node_mlx.surface.disagreement import Disagreement, Topic
from node_mlx.surface.model import Kind, Parameter
from node_mlx.surface.probe.call import Outcome, Subject


class NoSampleCall(Exception):
    """The samples make no call that the binding accepts."""


@dataclass
class Caller:
    """Calls a subject by the ways that were found to work."""

    subject: Subject

    @cached_property
    def prefixes(self) -> list[int]:
        """Numbers of leading arguments that may go by position, all other required ones going by name."""
        accepted = [k for k in range(self.subject.positions + 1) if not self._base(k).refused]
        if not accepted:
            raise NoSampleCall(str(self._base(self.subject.positions).problem))
        return accepted

    @property
    def capacity(self) -> int:
        return max(self.prefixes)

    @cached_property
    def nameable(self) -> frozenset[str]:
        parameters = self.subject.parameters
        return frozenset(p.name for i, p in enumerate(parameters) if self.accepts_name(i, p.name))

    def accepts_name(self, index: int, name: str) -> bool:
        """Whether the argument at that index goes by that name, whatever precedes it going by position."""
        own = self.subject.parameters[index]
        for prefix in range(min(index, self.capacity), -1, -1):
            others = [n for n in self.subject.required_after(prefix) if n != own.name]
            values = {name: self.subject.sample(own)}
            if not self.subject.call(prefix, [*others, name], values).refused:
                return True
        return False

    def accepts_absence(self, index: int) -> bool:
        name = self.subject.parameters[index].name
        for prefix in range(index + 1):
            names = [n for n in self.subject.required_after(prefix) if n != name]
            if not self.subject.call(prefix, names).refused:
                return True
        return False

    def call(self, values: Mapping[str, object] | None = None) -> Outcome:
        """A call with the required arguments and those given here."""
        given = values or {}
        prefix = min(self.prefixes)
        if self.subject.variadic is not None and self.subject.positions in self.prefixes:
            prefix = self.subject.positions
        for index, parameter in enumerate(self.subject.parameters):
            if parameter.name in given and parameter.name not in self.nameable:
                prefix = max(prefix, index + 1)
        names = {*self.subject.required_after(prefix), *given} - self._names(prefix)
        return self.subject.call(prefix, names, given)

    def _names(self, prefix: int) -> set[str]:
        named = {p.name for p in self.subject.parameters[:prefix]}
        return named | ({self.subject.variadic.name} if self.subject.variadic else set())

    def _base(self, prefix: int) -> Outcome:
        return self.subject.call(prefix, self.subject.required_after(prefix))


def passing_disagreements(caller: Caller, all_names: Sequence[str]) -> Iterator[Disagreement]:
    """`all_names`: names of parameters anywhere in MLX, candidates for names that the stub does not tell."""
    subject = caller.subject
    for index, parameter in enumerate(subject.parameters):
        topics = _topics(caller, index, parameter)
        for topic, run_time in topics.items():
            yield _found(subject, parameter, topic, parameter.kind.value, run_time.value)
        if parameter.name not in caller.nameable and not subject.takes_any_keyword:
            for name in _other_names(caller, index, all_names):
                yield _found(subject, parameter, Topic.OTHER_KEYWORD, parameter.name, name)
        # With several overloads another one may take over.
        if parameter.required and subject.overload is None and caller.accepts_absence(index):
            default = "..." if caller.call({parameter.name: None}).refused else "None"
            yield _found(subject, parameter, Topic.OPTIONAL, "", default)


def _topics(caller: Caller, index: int, parameter: Parameter) -> dict[Topic, Kind]:
    by_position = index < caller.capacity  # Never the case after a variadic parameter.
    by_name = parameter.name in caller.nameable
    match parameter.kind:
        case Kind.POSITIONAL_ONLY if by_name:
            return {Topic.ACCEPTS_KEYWORD: Kind.POSITIONAL_OR_KEYWORD}
        case Kind.POSITIONAL_OR_KEYWORD:
            refusals: dict[Topic, Kind] = {}
            if not by_position:
                refusals[Topic.REFUSES_POSITION] = Kind.KEYWORD_ONLY
            if not by_name:
                refusals[Topic.REFUSES_KEYWORD] = Kind.POSITIONAL_ONLY
            return refusals
        case Kind.KEYWORD_ONLY if by_position:
            return {Topic.ACCEPTS_POSITION: Kind.POSITIONAL_OR_KEYWORD}
    return {}


def _other_names(caller: Caller, index: int, all_names: Sequence[str]) -> Iterator[str]:
    own = {p.name for p in caller.subject.parameters}
    return (name for name in all_names if name not in own and caller.accepts_name(index, name))


def _found(subject: Subject, parameter: Parameter, topic: Topic, stub: str, run_time: str) -> Disagreement:
    return Disagreement(topic, subject.name, stub, run_time, parameter.name, subject.overload)
