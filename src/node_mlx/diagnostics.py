"""How the toolchain speaks of a problem: where, what, and what to do about it.

Every stage raises these classes and prints through `Diagnostic.format`; nothing else formats errors.
    decisions.toml:12:1: error: no disagreement matches "mlx.core.abss(a)"
      12 | names = ["mlx.core.abss(a)"]
         | ^
    hint: remove the entry or correct the name
"""

from __future__ import annotations

import enum
from collections.abc import Iterable
from dataclasses import dataclass


class Severity(enum.Enum):
    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, order=True)
class Location:
    """A place in a file. Lines and columns count from 1; 0 means that it is not known."""

    file: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        known = [self.file, *(str(number) for number in (self.line, self.column) if number)]
        return ":".join(known)


@dataclass(frozen=True)
class Diagnostic:
    severity: Severity
    location: Location | None
    message: str
    hint: str = ""
    source: str = ""
    """The source line that `location` points into, without its line end."""

    def format(self) -> str:
        """Text for a terminal, without a final line end."""
        where = f"{self.location}: " if self.location else ""
        lines = [f"{where}{self.severity.value}: {self.message}"]
        if self.source:
            lines += self._excerpt()
        if self.hint:
            lines.append(f"hint: {self.hint}")
        return "\n".join(lines)

    def _excerpt(self) -> list[str]:
        line = str(self.location.line) if self.location and self.location.line else ""
        column = self.location.column if self.location else 0
        margin = " " * len(line)
        lines = [f"  {line} | {self.source}"]
        if column:
            # Tabs stay tabs, so that the caret lands under its character.
            before = "".join(c if c == "\t" else " " for c in self.source[: column - 1])
            lines.append(f"  {margin} | {before}^")
        return lines


class ToolError(Exception):
    """A problem the user can act on; the command line prints its diagnostics instead of a traceback."""

    def __init__(self, diagnostics: Diagnostic | Iterable[Diagnostic]) -> None:
        self.diagnostics = (diagnostics,) if isinstance(diagnostics, Diagnostic) else tuple(diagnostics)
        super().__init__("\n".join(diagnostic.format() for diagnostic in self.diagnostics))


class Unsupported(ToolError):
    """The input uses something that a stage does not handle."""


class DecisionError(ToolError):
    """decisions.toml lacks an entry, has one too many, or has one that cannot be understood."""


def error(message: str, location: Location | None = None, hint: str = "", source: str = "") -> Diagnostic:
    """The common case of a Diagnostic."""
    return Diagnostic(Severity.ERROR, location, message, hint, source)
