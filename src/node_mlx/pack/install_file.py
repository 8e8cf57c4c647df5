"""Puts a library into a package, with its search path or its names changed by patchelf."""

from __future__ import annotations

import shutil
from pathlib import Path

from node_mlx.pack.commands import run


def install(source: Path, target: Path, *patches: str | Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(source, target)
    if patches:
        run("patchelf", *patches, target)
