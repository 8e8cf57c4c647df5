"""A parity case: one call, or a few that build on each other, as data.

Input: tagged values (values.py). Output: one JSON line per case, read by both runners.
The id is the counted function and a number, and stays the same as long as its recipe does:
    {"id": "mlx.core.sum#17", "steps": [{"call": "mlx.core.sum", "args": [{"array": …}], "kwargs": {}}]}
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from node_mlx.parity.values import Value


@dataclass(frozen=True)
class Step:
    """One call. `call` is a dotted path of mlx.core, or the name of an action that both runners know."""

    call: str
    args: tuple[Value, ...] = ()
    kwargs: Mapping[str, Value] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        return {"call": self.call, "args": list(self.args), "kwargs": dict(self.kwargs)}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Step:
        return cls(data["call"], tuple(data["args"]), data["kwargs"])


@dataclass(frozen=True)
class Case:
    """What to run and how to judge it. The result of a case is the list of its steps' results."""

    id: str
    function: str  # the item of the surface that this case counts for
    topic: str
    steps: tuple[Step, ...]
    seed: int | None = None
    cleanup: tuple[Step, ...] = ()  # always run afterwards: restores process-wide settings
    phase: int = 1  # phase 2 starts when both runners have finished phase 1
    compare: str = "bits"  # or "kind": only the structure of the result is comparable
    expected: Value | None = None  # computed without MLX; both sides must equal it (any NaN equals any NaN)

    def to_json(self) -> dict[str, Any]:
        data: dict[str, Any] = {
            "id": self.id,
            "function": self.function,
            "topic": self.topic,
            "steps": [step.to_json() for step in self.steps],
        }
        if self.seed is not None:
            data["seed"] = self.seed
        if self.cleanup:
            data["cleanup"] = [step.to_json() for step in self.cleanup]
        if self.phase != 1:
            data["phase"] = self.phase
        if self.compare != "bits":
            data["compare"] = self.compare
        if self.expected is not None:
            data["expected"] = self.expected
        return data

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Case:
        return cls(
            id=data["id"],
            function=data["function"],
            topic=data["topic"],
            steps=tuple(Step.from_json(step) for step in data["steps"]),
            seed=data.get("seed"),
            cleanup=tuple(Step.from_json(step) for step in data.get("cleanup", ())),
            phase=data.get("phase", 1),
            compare=data.get("compare", "bits"),
            expected=data.get("expected"),
        )


def write_cases(cases: Sequence[Case], file: Path) -> None:
    with file.open("w", encoding="utf-8") as out:
        for case in cases:
            out.write(json.dumps(case.to_json(), separators=(",", ":")))
            out.write("\n")


def read_lines(file: Path) -> Iterator[dict[str, Any]]:
    """JSON lines. A line that a crash cut off is not read."""
    with file.open(encoding="utf-8") as lines:
        for line in lines:
            try:
                yield json.loads(line)
            except json.JSONDecodeError:
                continue


def read_cases(file: Path) -> Iterator[Case]:
    return (Case.from_json(data) for data in read_lines(file))


def unique_ids(cases: Iterable[Case]) -> set[str]:
    """The ids of the cases. Raises ValueError if two share one: results are matched by id."""
    seen: set[str] = set()
    for case in cases:
        if case.id in seen:
            raise ValueError(f"two parity cases have the id {case.id}")
        seen.add(case.id)
    return seen
