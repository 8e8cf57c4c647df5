"""Loads decisions.toml and keeps account of which of its entries were used.

Input: arrays of tables named after stages ([[surface]], [[bind.omit]], …). Every entry has `names` (patterns
with * and ?) and a `reason`; its other keys belong to the stage. Output: sections to look subjects up in.
A pattern that never matched is an error, so that the file cannot outlive what it excuses.
    decisions = load_decisions()
    entry = decisions.section("surface").find("mlx.core.abs(a)", kind="accepts-scalar")
"""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path

from node_mlx.diagnostics import DecisionError, Diagnostic, Location, error
from node_mlx.project import DECISIONS, relative

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib


@dataclass(frozen=True)
class Decision:
    """One entry. `fields` holds the keys that only its stage understands."""

    names: tuple[str, ...]
    reason: str
    fields: Mapping[str, object]
    location: Location

    def text(self, key: str) -> str:
        """A field that must be there and be text. Raises DecisionError otherwise."""
        value = self.fields.get(key)
        if not isinstance(value, str):
            raise DecisionError(error(f"an entry needs `{key}`, a text", self.location))
        return value


class Section:
    """The entries of one stage, and which of their patterns have matched so far."""

    def __init__(self, entries: tuple[Decision, ...]) -> None:
        self.entries = entries
        self._used: set[tuple[Location, str]] = set()

    def find(self, subject: str, **fields: object) -> Decision | None:
        """The entry for a subject, among those whose fields have the given values.

        Raises DecisionError where two entries match: which one counts must not depend on their order.
        """
        found: list[Decision] = []
        for entry in self.entries:
            if any(entry.fields.get(key) != value for key, value in fields.items()):
                continue
            matching = [pattern for pattern in entry.names if fnmatchcase(subject, pattern)]
            self._used.update((entry.location, pattern) for pattern in matching)
            if matching:
                found.append(entry)
        if len(found) > 1:
            message = f"{subject} is decided twice, also at {found[0].location}"
            raise DecisionError(error(message, found[1].location))
        return found[0] if found else None

    def unused(self) -> list[Diagnostic]:
        """One error for each pattern that no lookup has matched."""
        return [
            error(f'nothing matches "{pattern}"', entry.location, "remove it, or correct the name")
            for entry in self.entries
            for pattern in entry.names
            if (entry.location, pattern) not in self._used
        ]

    def check_all_used(self) -> None:
        """To be called when a stage has looked everything up. Raises DecisionError on any unused pattern."""
        if unused := self.unused():
            raise DecisionError(unused)


class Decisions:
    """The whole file. Each section exists once, so that uses from several places add up."""

    def __init__(self, entries: Mapping[str, tuple[Decision, ...]]) -> None:
        self._sections = {name: Section(found) for name, found in entries.items()}

    def section(self, name: str) -> Section:
        """The section of that dotted name; an empty one where the file has none."""
        return self._sections.setdefault(name, Section(()))


def load_decisions(path: Path = DECISIONS) -> Decisions:
    """Reads the file. Raises DecisionError where an entry has no names or no reason, or a key is odd."""
    text = path.read_text(encoding="utf-8")
    file = relative(path)
    try:
        tree = tomllib.loads(text)
    except tomllib.TOMLDecodeError as problem:
        raise DecisionError(error(str(problem), Location(file))) from problem
    lines = _header_lines(text)
    sections: dict[str, tuple[Decision, ...]] = {}
    for name, tables in _arrays_of_tables(tree, "", file):
        locations = [Location(file, line, 1) for line in lines[name]]
        sections[name] = tuple(
            _decision(table, location) for table, location in zip(tables, locations, strict=True)
        )
    return Decisions(sections)


def _arrays_of_tables(
    tree: Mapping[str, object], prefix: str, file: str
) -> list[tuple[str, list[dict[str, object]]]]:
    found: list[tuple[str, list[dict[str, object]]]] = []
    for key, value in tree.items():
        tables = [table for table in value if isinstance(table, dict)] if isinstance(value, list) else []
        if tables:
            found.append((f"{prefix}{key}", tables))
        elif isinstance(value, dict):
            found += _arrays_of_tables(value, f"{prefix}{key}.", file)
        else:
            message = f"`{prefix}{key}` stands alone; entries are written as [[stage]] tables"
            raise DecisionError(error(message, Location(file)))
    return found


def _header_lines(text: str) -> dict[str, list[int]]:
    """Line numbers of the [[…]] headers, which the TOML reader does not tell."""
    lines: dict[str, list[int]] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        if header := re.match(r"\[\[([\w.-]+)\]\]", line):
            lines.setdefault(header[1], []).append(number)
    return lines


def _decision(table: dict[str, object], location: Location) -> Decision:
    fields = dict(table)
    names = fields.pop("names", None)
    reason = fields.pop("reason", None)
    if not isinstance(names, list) or not names or not all(isinstance(name, str) for name in names):
        raise DecisionError(error("an entry needs `names`, a list of patterns", location))
    if not isinstance(reason, str) or not reason.strip():
        raise DecisionError(error("an entry needs a `reason`", location))
    return Decision(tuple(names), reason, fields, location)
