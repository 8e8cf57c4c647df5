"""Applies the decisions about disagreements to what the stubs declare.

Input: modules as declared, disagreements, the [[surface]] entries of decisions.toml. Output: modules that say
what the rest of the toolchain shall believe. Each entry has a `topic`, a `decision` ("stub" or "run time"),
the `names` it holds for and a `reason`. A disagreement without an entry is an error, and so is an entry
without a disagreement.
    accepts-scalar mlx.core.abs(a), decided "run time":  (a: array, …)  →  (a: scalar | array, …)
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from node_mlx.decisions import Decision, Section
from node_mlx.diagnostics import DecisionError, error
from node_mlx.surface.annotation import union_members, union_of
from node_mlx.surface.disagreement import Disagreement, Topic
from node_mlx.surface.lines import Item, item
from node_mlx.surface.model import (
    Class,
    Constant,
    Function,
    Kind,
    Module,
    Parameter,
    Property,
    Signature,
)

STUB, RUN_TIME = "stub", "run time"

_KEYS = {"topic", "decision"}


def decide(
    modules: tuple[Module, ...], disagreements: Iterable[Disagreement], section: Section
) -> tuple[Module, ...]:
    """Raises DecisionError: undecided, unused or ill-formed, all of a kind at once."""
    _check_entries(section.entries)
    found = sorted(disagreements, key=lambda d: d.order)
    decided = [(d, section.find(d.subject, topic=d.topic.value)) for d in found]
    undecided = [error(f"undecided: {d}", hint=_HINT) for d, entry in decided if entry is None]
    if undecided:
        raise DecisionError(undecided)
    section.check_all_used()
    accepted = [d for d, entry in decided if entry is not None and entry.text("decision") == RUN_TIME]
    return _Editor(accepted).modules(modules)


_HINT = 'decide it in decisions.toml: [[surface]] with topic, decision = "stub" or "run time", names, reason'


def _check_entries(entries: Iterable[Decision]) -> None:
    topics = {topic.value for topic in Topic}
    for entry in entries:
        if entry.text("topic") not in topics:
            message = f"unknown topic {entry.text('topic')!r}"
            raise DecisionError(error(message, entry.location, f"topics are {', '.join(sorted(topics))}"))
        if entry.text("decision") not in (STUB, RUN_TIME):
            message = f"unknown decision {entry.text('decision')!r}"
            raise DecisionError(error(message, entry.location, f'decide "{STUB}" or "{RUN_TIME}"'))
        if entry.text("decision") == RUN_TIME and entry.text("topic") == Topic.DEFAULT.value:
            message = "what run time does for a default is not known, so the stub's must stand"
            raise DecisionError(error(message, entry.location))
        if unknown := entry.fields.keys() - _KEYS:
            raise DecisionError(error(f"unknown key {min(unknown)!r}", entry.location))


class _Editor:
    """Edits the model, given the disagreements that run time wins."""

    def __init__(self, disagreements: list[Disagreement]) -> None:
        self._dropped = {d.name for d in disagreements if d.topic is Topic.ONLY_IN_STUB}
        self._added = {d.name: d for d in disagreements if d.topic is Topic.ONLY_AT_RUN_TIME}
        self._edits: dict[str, list[Disagreement]] = {}
        for d in disagreements:
            self._edits.setdefault(d.name, []).append(d)

    def modules(self, modules: tuple[Module, ...]) -> tuple[Module, ...]:
        return tuple(self._module(module) for module in modules)

    def _module(self, module: Module) -> Module:
        def kept(name: str) -> bool:
            return f"{module.name}.{name}" not in self._dropped

        new = self._new_items(module.name)
        functions = [f for f in module.functions if kept(f.name)]
        functions += [i for i in new if isinstance(i, Function)]
        classes = [c for c in module.classes if kept(c.name)] + [i for i in new if isinstance(i, Class)]
        constants = [c for c in module.constants if kept(c.name)]
        constants += [i for i in new if isinstance(i, Constant)]
        return replace(
            module,
            functions=tuple(self._function(module.name, f) for f in functions),
            classes=tuple(self._class(module.name, c) for c in classes),
            constants=tuple(constants),
            aliases=tuple(a for a in module.aliases if kept(a.name)),
        )

    def _class(self, module: str, cls: Class) -> Class:
        owner = f"{module}.{cls.name}"
        new = self._new_items(owner)
        methods = (*cls.methods, *(i for i in new if isinstance(i, Function)))
        return replace(
            cls,
            methods=tuple(
                self._function(owner, m) for m in methods if f"{owner}.{m.name}" not in self._dropped
            ),
            properties=(*cls.properties, *(i for i in new if isinstance(i, Property))),
            constants=(*cls.constants, *(i for i in new if isinstance(i, Constant))),
        )

    def _new_items(self, owner: str) -> list[Item]:
        names = [name for name in self._added if name.rpartition(".")[0] == owner]
        return [item(name.rpartition(".")[2], self._added[name].run_time_lines) for name in names]

    def _function(self, owner: str, function: Function) -> Function:
        edits = self._edits.get(f"{owner}.{function.name}", [])
        overloads = function.overloads
        for d in edits:
            if d.topic is Topic.OVERLOADS:
                at_run_time = item(function.name, d.run_time_lines)
                assert isinstance(at_run_time, Function)
                overloads = at_run_time.overloads
        edited = (
            _edited(signature, [d for d in edits if d.overload in (None, i)])
            for i, signature in enumerate(overloads)
        )
        return replace(function, overloads=tuple(edited))


def _edited(signature: Signature, disagreements: list[Disagreement]) -> Signature:
    parameters = list(signature.parameters)
    for d in disagreements:
        if d.topic is Topic.RETURNS:
            signature = replace(signature, returns=d.run_time)
        elif edit := _PARAMETER_EDITS.get(d.topic):
            parameters = [edit(p, d.run_time) if p.name == d.parameter else p for p in parameters]
    # A parameter that changed its kind moves to the others of that kind.
    order = list(Kind)
    parameters.sort(key=lambda p: order.index(p.kind))
    return replace(signature, parameters=tuple(parameters))


def _add_scalar(parameter: Parameter, types: str) -> Parameter:
    """Scalars go before the array, where the stubs have them."""
    members = [f"{types} | {m}" if m == "array" else m for m in _members(parameter)]
    return replace(parameter, annotation=union_of(members))


def _add_types(parameter: Parameter, types: str) -> Parameter:
    return replace(parameter, annotation=union_of([*_members(parameter), types]))


def _remove_types(parameter: Parameter, types: str) -> Parameter:
    refused = union_members(types)
    members = list(_members(parameter))
    if "scalar" in members and "complex" in refused:
        # A bool is an int, so what is left is written as elsewhere in the stubs.
        at = members.index("scalar")
        members[at : at + 1] = ["int", "float"]
    return replace(parameter, annotation=union_of([m for m in members if m not in refused]))


def _set_kind(parameter: Parameter, kind: str) -> Parameter:
    return replace(parameter, kind=Kind(kind))


def _members(parameter: Parameter) -> tuple[str, ...]:
    return union_members(parameter.annotation or "object")


_PARAMETER_EDITS: dict[Topic, Callable[[Parameter, str], Parameter]] = {
    Topic.ACCEPTS_SCALAR: _add_scalar,
    Topic.ACCEPTS_TYPE: _add_types,
    Topic.ACCEPTS_NONE: _add_types,
    Topic.REFUSES_TYPE: _remove_types,
    Topic.ACCEPTS_KEYWORD: _set_kind,
    Topic.REFUSES_KEYWORD: _set_kind,
    Topic.ACCEPTS_POSITION: _set_kind,
    Topic.REFUSES_POSITION: _set_kind,
    Topic.OTHER_KEYWORD: lambda parameter, name: replace(parameter, name=name),
    Topic.OPTIONAL: lambda parameter, default: replace(parameter, default=default),
}
