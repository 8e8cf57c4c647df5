"""The porting checklist: every item of the surface and what parity knows of it.

Input: the surface, the verdicts, the [[bind]] decisions. Output: one Item per function, class, member,
constant and alias, in the order of the surface.
    mlx.core.sum  1 overload  115 cases equal  →  proven
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from node_mlx.decisions import Decision, Section
from node_mlx.parity.judge import State, Verdict
from node_mlx.surface import Class, Surface

# Declared for type checkers, or reached through something else that has cases of its own.
CONSTRUCTOR = "__init__"


@dataclass(frozen=True)
class Item:
    """`decision` is the entry of [[bind]] that leaves it out, or None."""

    name: str
    kind: str
    counts: Counter[State] = field(default_factory=Counter)
    decision: Decision | None = None

    @property
    def cases(self) -> int:
        return sum(self.counts.values())

    @property
    def status(self) -> str:
        if self.decision is not None:
            return str(self.decision.fields.get("decision", "omitted"))
        if self.counts[State.DIFFERENT]:
            return "different"
        if self.counts[State.NOT_BOUND]:
            return "not bound"
        if self.counts[State.EQUAL]:
            return "proven"
        # A class without a constructor to call is what its members are.
        return "see its members" if self.kind == "class" else "no case"


class LeftOut:
    """What stage 2 leaves out or has not reached: its entries name items below mlx.core."""

    def __init__(self, bind: Section) -> None:
        self._bind = bind

    def find(self, name: str) -> Decision | None:
        """The entry that leaves the item out, by its own name or that of its class."""
        subject = name.removeprefix("mlx.core.")
        return self._bind.find(subject) or self._bind.find(subject.rpartition(".")[0])


def checklist(surface: Surface, verdicts: Sequence[Verdict], left_out: LeftOut) -> list[Item]:
    counts: dict[str, Counter[State]] = {}
    for verdict in verdicts:
        counts.setdefault(verdict.case.function, Counter())[verdict.state] += 1
    return [
        Item(name, kind, counts.get(name, Counter()), left_out.find(name))
        for name, kind in surface_items(surface)
    ]


def surface_items(surface: Surface) -> Iterator[tuple[str, str]]:
    """Name and kind of everything a program can use."""
    for module in surface.modules:
        for function in module.functions:
            yield f"{module.name}.{function.name}", "function"
        for alias in module.aliases:
            yield f"{module.name}.{alias.name}", "alias"
        for cls in module.classes:
            yield from _class_items(f"{module.name}.{cls.name}", cls)
        for constant in module.constants:
            yield f"{module.name}.{constant.name}", "constant"


def _class_items(name: str, cls: Class) -> Iterator[tuple[str, str]]:
    yield name, "class"
    for method in cls.methods:
        if method.name != CONSTRUCTOR:
            yield f"{name}.{method.name}", "method"
    for prop in cls.properties:
        yield f"{name}.{prop.name}", "property"
    for constant in cls.constants:
        yield f"{name}.{constant.name}", "enum value"
