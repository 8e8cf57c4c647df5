"""What calls return, compared with the declared return type.

Each function is called with its sample values and with one variation per parameter and per type it takes.
Where some result is not what the annotation says, the union of what was seen stands for run time.
"""

from __future__ import annotations

import types
from collections.abc import Iterator

import mlx.core as mx

from node_mlx.surface.annotation import union_members, union_of
from node_mlx.surface.disagreement import Disagreement, Topic
from node_mlx.surface.probe.call import Outcome, alternatives
from node_mlx.surface.probe.conformance import conforms
from node_mlx.surface.probe.passing import Caller


def return_disagreements(caller: Caller) -> Iterator[Disagreement]:
    subject = caller.subject
    declared = subject.signature.returns
    results = [o.value for o in _variations(caller) if o.problem is None and not o.refused]
    if not results or subject.name.endswith(".__init__"):
        return
    members = union_members(declared) if declared is not None else ()
    strays = [value for value in results if not any(conforms(value, member) for member in members)]
    if strays:
        seen = [member for member in members if any(conforms(value, member) for value in results)]
        run_time = union_of([*seen, *sorted({describe(value) for value in strays})])
        yield Disagreement(Topic.RETURNS, subject.name, declared or "", run_time, None, subject.overload)


def _variations(caller: Caller) -> Iterator[Outcome]:
    yield caller.call()
    if (variadic := caller.subject.variadic) is not None:
        several = caller.subject.sample(variadic)
        assert isinstance(several, list)
        yield caller.call({variadic.name: several[:1]})
    for parameter in caller.subject.parameters:
        yield caller.call({parameter.name: caller.subject.sample(parameter)})
        for _, value in alternatives(parameter):
            yield caller.call({parameter.name: value})


def describe(value: object) -> str:
    """The annotation of a value seen. Tuples of integers are shapes, so their length says nothing."""
    match value:
        case None:
            return "None"
        case list():
            return f"list[{union_of(sorted(describe(v) for v in value))}]" if value else "list"
        case tuple() if value and all(type(member) is int for member in value):
            return "tuple[int, ...]"
        case tuple():
            return f"tuple[{', '.join(describe(member) for member in value)}]" if value else "tuple"
        case dict():
            keys, values = (sorted({describe(v) for v in part}) for part in (value, value.values()))
            return f"dict[{union_of(keys)}, {union_of(values)}]" if value else "dict"
        case bool() | int() | float() | complex() | str() | bytes():
            return type(value).__name__
        case types.ModuleType():
            return "types.ModuleType"
    kind = type(value)
    if kind.__module__.startswith("mlx.core") and hasattr(mx, kind.__name__):
        return kind.__name__
    return "Callable" if callable(value) else "object"
