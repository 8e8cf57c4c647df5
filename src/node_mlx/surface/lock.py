"""surface.lock.json: the surface that the toolchain was last made to agree with, committed.

Holds the MLX version, one line per name as decided, and one line per disagreement as found. An MLX upgrade
is a diff of this file. No documentation goes in: that is upstream's text.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from node_mlx.diagnostics import Location, ToolError, error
from node_mlx.project import SURFACE_LOCK, relative
from node_mlx.surface.disagreement import Disagreement
from node_mlx.surface.lines import lines_of
from node_mlx.surface.model import Surface
from node_mlx.surface.probe import from_json, to_json

HINT = "run `node-mlx surface --write` and review the difference"


class LockError(ToolError):
    """surface.lock.json is missing or belongs to another MLX."""


@dataclass(frozen=True)
class Lock:
    mlx_version: str
    disagreements: tuple[Disagreement, ...]


def lock_text(surface: Surface, disagreements: Iterable[Disagreement]) -> str:
    """Content of the lock file. Sorted, so that a declaration that only moved makes no difference."""
    return "\n".join(_lock_lines(surface, disagreements)) + "\n"


def _lock_lines(surface: Surface, disagreements: Iterable[Disagreement]) -> Iterator[str]:
    yield "{"
    yield f'"mlx": {json.dumps(surface.mlx_version)},'
    yield '"surface": {'
    names = sorted(lines_of(surface.modules).items())
    yield ",\n".join(f"{json.dumps(name)}: {json.dumps(_one_or_many(lines))}" for name, lines in names)
    yield "},"
    yield '"disagreements": ['
    ordered = sorted(disagreements, key=lambda d: d.order)
    yield ",\n".join(json.dumps(to_json(d)) for d in ordered)
    yield "]"
    yield "}"


def _one_or_many(lines: tuple[str, ...]) -> str | list[str]:
    return lines[0] if len(lines) == 1 else list(lines)


def load_lock(installed: str, path: Path = SURFACE_LOCK) -> Lock:
    """Raises LockError unless the file was written for the installed MLX."""
    if not path.is_file():
        raise LockError(error(f"{relative(path)} is missing", hint=HINT))
    tree = json.loads(path.read_text(encoding="utf-8"))
    if tree["mlx"] != installed:
        message = f"written for MLX {tree['mlx']}, but MLX {installed} is installed"
        raise LockError(error(message, Location(relative(path)), HINT))
    return Lock(tree["mlx"], tuple(from_json(entry) for entry in tree["disagreements"]))
