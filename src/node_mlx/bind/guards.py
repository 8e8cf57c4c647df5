"""Guards: checks of arguments with which MLX itself would crash, hang or touch foreign memory.

Input: guards.toml, whose entries name functions by patterns. Output: C++ statements that the glue runs
before the call, with the parameters as local variables:
    conv1d(input, weight, …, groups)   →   require_positive(groups, "groups");
"""

from __future__ import annotations

import sys
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

_GUARDS = Path(__file__).with_name("guards.toml")


class Guards:
    """guards.toml, which remembers the patterns that were used: an unused one is an error."""

    def __init__(self, path: Path = _GUARDS) -> None:
        entries: list[dict[str, Any]] = tomllib.loads(path.read_text("utf-8"))["guard"]
        self._checks: list[tuple[str, str]] = [(name, e["check"]) for e in entries for name in e["names"]]
        self._used: set[str] = set()

    def checks(self, key: str) -> tuple[str, ...]:
        """The statements for a function such as `conv1d`, `fft.fft` or `array.split`."""
        found = []
        for pattern, check in self._checks:
            if fnmatchcase(key, pattern):
                self._used.add(pattern)
                found.append(f"{check};")
        return tuple(found)

    def unused(self) -> list[str]:
        return sorted({pattern for pattern, _ in self._checks} - self._used)
