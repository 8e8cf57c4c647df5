"""Whether leaving an argument out is the same as passing its declared default.

The default that counts is in C++ and cannot be read, so both calls are made and their results compared.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import mlx.core as mx

from node_mlx.surface.disagreement import Disagreement, Topic
from node_mlx.surface.probe import samples
from node_mlx.surface.probe.call import Outcome, evaluate
from node_mlx.surface.probe.passing import Caller


def default_disagreements(caller: Caller) -> Iterator[Disagreement]:
    subject = caller.subject
    for parameter in subject.parameters:
        needed = parameter.name in samples.NEEDED.get(subject.name, ())
        if parameter.default is None or needed:
            continue
        omitted = _result(caller, {})
        passed = _result(caller, {parameter.name: evaluate(parameter.default)})
        if omitted != passed:
            yield Disagreement(
                Topic.DEFAULT,
                subject.name,
                parameter.default,
                f"{passed} instead of {omitted}",
                parameter.name,
                subject.overload,
            )


def _result(caller: Caller, values: Mapping[str, object]) -> str:
    # The same random numbers for both calls.
    mx.random.seed(0)
    return _text(caller.call(values))


def _text(outcome: Outcome) -> str:
    if outcome.refused:
        return "refused"
    if outcome.problem is not None:
        return f"{type(outcome.problem).__name__}: {outcome.problem}"
    try:
        return fingerprint(outcome.value)
    except RuntimeError as problem:
        # Lazily computed results may still fail.
        return f"RuntimeError: {problem}"


def fingerprint(value: object) -> str:
    """Text that tells results apart; objects without value (functions, streams) count by their type."""
    match value:
        case mx.array():
            return f"array({value.tolist()}, {value.dtype})"
        case bool() | int() | float() | complex() | str() | bytes() | None:
            return repr(value)
        case list() | tuple():
            return f"{type(value).__name__}[{', '.join(fingerprint(member) for member in value)}]"
        case dict():
            return f"dict[{', '.join(f'{k}: {fingerprint(v)}' for k, v in value.items())}]"
    return type(value).__name__
