"""Entry point of the probing process, see process.py."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial

import mlx.core

from node_mlx.surface.disagreement import Disagreement
from node_mlx.surface.live import name_disagreements
from node_mlx.surface.model import Function, Surface
from node_mlx.surface.probe import samples
from node_mlx.surface.probe.call import Subject, evaluate
from node_mlx.surface.probe.defaults import default_disagreements
from node_mlx.surface.probe.fork import in_fork
from node_mlx.surface.probe.passing import Caller, NoSampleCall, passing_disagreements
from node_mlx.surface.probe.process import to_json
from node_mlx.surface.probe.returns import return_disagreements
from node_mlx.surface.probe.types import type_disagreements
from node_mlx.surface.stubs import read_stubs


def main() -> None:
    stubs = read_stubs()
    surface = Surface("", stubs)
    functions = dict(surface.functions())
    all_names = sorted({p.name for f in functions.values() for s in f.overloads for p in s.parameters})
    by_name = list(name_disagreements(stubs))
    print(json.dumps({"disagreements": [to_json(d) for d in by_name]}))
    # A name that run time lacks or prints otherwise is decided as a whole.
    settled = {d.name for d in by_name}
    for name, function in functions.items():
        if name not in settled:
            report = in_fork(name, partial(_probe, name, function, all_names))
            print(json.dumps(report), flush=True)


def _probe(name: str, function: Function, all_names: list[str]) -> list[Disagreement]:
    for statement in samples.SETUP.get(name, ()):
        evaluate(statement)
    found: list[Disagreement] = []
    for index, signature in enumerate(function.overloads):
        overload = index if len(function.overloads) > 1 else None
        caller = Caller(Subject(name, _callable(name), signature, overload))
        base = caller.call()
        if base.problem is not None and name not in samples.FAILS:
            raise NoSampleCall(str(base.problem))
        for probe in (type_disagreements, default_disagreements, return_disagreements):
            found += probe(caller)
        found += passing_disagreements(caller, all_names)
    return found


def _callable(name: str) -> Callable[..., object]:
    """The live function; for __init__ the class, and for a method that of a sample object."""
    parts = name.removeprefix("mlx.core.").split(".")
    owner: object = mlx.core
    for part in parts[:-1]:
        owner = getattr(owner, part)
    if isinstance(owner, type):
        return owner if parts[-1] == "__init__" else _method(owner.__name__, name, parts[-1])
    found: Callable[..., object] = getattr(owner, parts[-1])
    return found


def _method(owner: str, name: str, method: str) -> Callable[..., object]:
    """Calls the method on a new object each time: some change it, a few work only once."""
    sample = samples.BY_FUNCTION.get(name, {}).get("self", samples.BY_ANNOTATION[owner])
    return lambda *args, **kwargs: getattr(evaluate(sample), method)(*args, **kwargs)


if __name__ == "__main__":
    main()
