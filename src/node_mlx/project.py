"""Where the files of the project are: the folders that hold what people edit and what the tool makes.

The toolchain works on a checkout (`pip install -e .`), so the root is found from this file.
"""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BUILD = ROOT / "build"
DECISIONS = ROOT / "decisions.toml"
SURFACE_LOCK = ROOT / "surface.lock.json"


def relative(path: Path) -> str:
    """The path as people name it: from the root of the project where it lies inside."""
    return path.relative_to(ROOT).as_posix() if path.is_relative_to(ROOT) else str(path)
