"""Where the stubs and the running module disagree, as data.

The probes find disagreements, decisions.toml decides each, decide.py changes the model accordingly. They are
recorded in surface.lock.json, so that only `--check` and `--write` need to probe.
    accepts-scalar  mlx.core.abs(a)  stub: array  run time: scalar
"""

from __future__ import annotations

import enum
import re
from dataclasses import dataclass

_BETWEEN_LINES = " ; "

_SUBJECT = re.compile(r"(?P<name>[\w.]+)(/(?P<overload>\d+))?(\((?P<parameter>\w+)\))?")


class Topic(enum.Enum):
    """What the stub and run time disagree about. What `stub` and `run_time` hold is said for each."""

    ONLY_IN_STUB = "only-in-stub"
    """A name that the running module lacks. `stub`: its line (see lines.py); `run_time`: empty."""
    ONLY_AT_RUN_TIME = "only-at-run-time"
    """A name that the stub lacks. `stub`: empty; `run_time`: its line."""
    OVERLOADS = "overloads"
    """The function prints another signature at run time. Both: all overloads, joined by " ; "."""
    ACCEPTS_SCALAR = "accepts-scalar"
    """Python scalars pass where an array is declared. `stub`: annotation; `run_time`: types to add."""
    ACCEPTS_TYPE = "accepts-type"
    """Another type passes though not declared. `stub`: annotation; `run_time`: type to add."""
    ACCEPTS_NONE = "accepts-none"
    """None passes though not declared. `stub`: annotation; `run_time`: "None"."""
    REFUSES_TYPE = "refuses-type"
    """A declared type does not pass. `stub`: annotation; `run_time`: types to remove."""
    REFUSES_KEYWORD = "refuses-keyword"
    """Declared as nameable, but the name is refused. `stub`, `run_time`: kinds of parameter."""
    OTHER_KEYWORD = "other-keyword"
    """The argument goes by another name. `stub`, `run_time`: the names."""
    ACCEPTS_KEYWORD = "accepts-keyword"
    """Declared positional-only, but the name is accepted. Both: kinds of parameter."""
    REFUSES_POSITION = "refuses-position"
    """Declared as positional, but only the name is accepted. Both: kinds of parameter."""
    ACCEPTS_POSITION = "accepts-position"
    """Declared keyword-only, but its position is accepted. Both: kinds of parameter."""
    DEFAULT = "default"
    """Leaving the argument out is not the same as passing its default. `stub`: default; `run_time`: what
    passing it does instead."""
    OPTIONAL = "optional"
    """Declared as required, but may be left out. `stub`: empty; `run_time`: default, "..." if unknown."""
    RETURNS = "returns"
    """A call gives something the annotation excludes. `stub`: annotation or empty; `run_time`: annotation."""


@dataclass(frozen=True)
class Disagreement:
    topic: Topic
    name: str
    """Dotted name of the function, class or constant."""
    stub: str
    run_time: str
    parameter: str | None = None
    overload: int | None = None
    """Index of the overload, where the function has several."""

    @property
    def subject(self) -> str:
        """What decisions.toml names: "mlx.core.abs(a)", "mlx.core.divmod", "mlx.core.arange/1(stop)"."""
        overload = f"/{self.overload}" if self.overload is not None else ""
        parameter = f"({self.parameter})" if self.parameter is not None else ""
        return f"{self.name}{overload}{parameter}"

    @property
    def order(self) -> tuple[str, str]:
        """Sort key: whoever found them in which order, the result must be the same."""
        return self.topic.value, self.subject

    @property
    def run_time_lines(self) -> tuple[str, ...]:
        """`run_time` of a topic where it holds lines."""
        return tuple(self.run_time.split(_BETWEEN_LINES))

    @classmethod
    def about(cls, topic: Topic, subject: str, stub: str, run_time: str) -> Disagreement:
        """The inverse of `subject`."""
        match = _SUBJECT.fullmatch(subject)
        if match is None:
            raise ValueError(f"{subject!r} is not the subject of a disagreement")
        overload = int(match["overload"]) if match["overload"] else None
        return cls(topic, match["name"], stub, run_time, match["parameter"], overload)

    @classmethod
    def between_lines(
        cls, topic: Topic, name: str, stub: tuple[str, ...], run_time: tuple[str, ...]
    ) -> Disagreement:
        return cls(topic, name, _BETWEEN_LINES.join(stub), _BETWEEN_LINES.join(run_time))

    def __str__(self) -> str:
        stub, run_time = self.stub or "nothing", self.run_time or "nothing"
        return f"{self.topic.value} {self.subject}: stub {stub}, run time {run_time}"
