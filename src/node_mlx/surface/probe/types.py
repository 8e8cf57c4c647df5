"""Which types of argument are accepted, compared with the annotations.

Looked for are Python scalars where an array is declared, None where it is not declared, some types that MLX
forgets now and then, and members of a union that are refused.
"""

from __future__ import annotations

from collections.abc import Iterator

from node_mlx.surface.annotation import union_members
from node_mlx.surface.disagreement import Disagreement, Topic
from node_mlx.surface.model import Parameter
from node_mlx.surface.probe.call import alternatives, evaluate
from node_mlx.surface.probe.passing import Caller
from node_mlx.surface.probe.samples import CANDIDATES, SCALARS

# These say that anything goes.
_OPAQUE = {"object", "Any"}

# Where Python itself takes one type for the other, the second says nothing new.
_IMPLIED = {"int": ("bool",), "float": ("bool", "int"), "complex": ("bool", "int", "float")}


def type_disagreements(caller: Caller) -> Iterator[Disagreement]:
    subject = caller.subject
    variadic = (subject.variadic,) if subject.variadic else ()
    for parameter in (*subject.parameters, *variadic):
        members = set(union_members(parameter.annotation or "object"))
        if members & _OPAQUE:
            continue
        for topic, types in _differences(caller, parameter, members):
            yield Disagreement(
                topic, subject.name, parameter.annotation or "", types, parameter.name, subject.overload
            )


def _differences(caller: Caller, parameter: Parameter, members: set[str]) -> Iterator[tuple[Topic, str]]:
    if "array" in members and "scalar" not in members:
        known = members.union(*(_IMPLIED.get(member, ()) for member in members))
        accepted = [t for t, text in SCALARS.items() if _accepts(caller, parameter, evaluate(text))]
        if added := [t for t in accepted if t not in known]:
            yield Topic.ACCEPTS_SCALAR, "scalar" if len(accepted) == len(SCALARS) else " | ".join(added)
    for declared, answers, type_, text in CANDIDATES:
        asked = declared in members and not members.intersection(answers)
        if asked and _accepts(caller, parameter, evaluate(text)):
            yield Topic.ACCEPTS_TYPE, type_
    if not members & {"None", "StreamOrDevice"} and _accepts(caller, parameter, None):
        yield Topic.ACCEPTS_NONE, "None"
    refused = [t for t, value in alternatives(parameter) if not _accepts(caller, parameter, value)]
    if refused:
        yield Topic.REFUSES_TYPE, " | ".join(refused)


def _accepts(caller: Caller, parameter: Parameter, value: object) -> bool:
    # A variadic parameter's sample is the list of its arguments.
    given = [value, value] if parameter is caller.subject.variadic else value
    return not caller.call({parameter.name: given}).refused
