"""Reads platforms.toml: for which machines there is a platform package, and what goes into it.

Input: the table. Output: `Platform` records. Adding a platform is adding a table; no code asks for a name.
    read_platforms()["linux-x64"].package == "@node-mlx/linux-x64"
"""

from __future__ import annotations

import platform as machine
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from node_mlx.diagnostics import Location, ToolError, error
from node_mlx.project import relative

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

TABLE = Path(__file__).with_name("platforms.toml")

# Node's word for what Python calls the processor.
_CPU = {"x86_64": "x64", "amd64": "x64", "aarch64": "arm64", "arm64": "arm64"}


@dataclass(frozen=True)
class Platform:
    """One platform package. The fields are those of platforms.toml."""

    name: str
    os: str
    cpu: str
    wheel: str
    tag: str
    libraries: tuple[str, ...]
    licences: tuple[str, ...]
    notices: tuple[str, ...] = ()
    libc: str | None = None
    device: str | None = None
    reference_blas: tuple[str, ...] = ()
    openblas: tuple[str, str] | None = None
    headers: tuple[str, ...] = ()
    runtime: tuple[str, ...] = ()
    runtime_wheels: tuple[str, ...] = ()
    addon: str | None = None
    build: dict[str, str] = field(default_factory=dict)

    @property
    def package(self) -> str:
        return f"@node-mlx/{self.name}"

    @property
    def machine(self) -> str:
        """What Node calls it: `process.platform` and `process.arch`."""
        return f"{self.os}-{self.cpu}"

    @property
    def by_name(self) -> bool:
        """Whether people install the package by name, where npm cannot know that it is wanted."""
        return self.device is not None


def read_platforms() -> dict[str, Platform]:
    """Every platform by name. Raises ToolError where a table has a wrong or missing key."""
    found: dict[str, Platform] = {}
    for name, table in tomllib.loads(TABLE.read_text(encoding="utf-8")).items():
        fields: dict[str, Any] = {
            key: tuple(value) if isinstance(value, list) else value for key, value in table.items()
        }
        try:
            found[name] = Platform(name=name, **fields)
        except TypeError as problem:
            raise ToolError(error(f"[{name}]: {problem}", Location(relative(TABLE)))) from problem
    return found


def host_platform() -> Platform:
    """The platform of this machine. Raises ToolError where the table has none."""
    cpu = machine.machine().lower()
    name = f"{sys.platform}-{_CPU.get(cpu, cpu)}"
    return find_platform(name)


def find_platform(name: str) -> Platform:
    """The platform of that name. Raises ToolError where the table has none."""
    platforms = read_platforms()
    if name not in platforms:
        hint = f"known: {', '.join(platforms)}; add a table to {relative(TABLE)}"
        raise ToolError(error(f"no platform package for {name}", hint=hint))
    return platforms[name]
