"""Assembles a platform package: mlx.node, MLX's libraries beside it, and their licences.

Input: the compiled addon and the installed wheel. Output: a folder that loads from anywhere: every library
looks for the others in its own folder ($ORIGIN), so neither Python nor the wheel is needed at run time.
"""

from __future__ import annotations

import shutil
from importlib import metadata
from pathlib import Path

from node_mlx.diagnostics import ToolError, error
from node_mlx.output import write_if_changed
from node_mlx.pack.commands import run
from node_mlx.pack.manifest import TEMPLATES, write_platform_manifest
from node_mlx.pack.platforms import Platform

NOTICES = Path(__file__).with_name("notices")


def write_platform_package(folder: Path, platform: Platform, addon: Path) -> None:
    """Raises ToolError where the wheel lacks a file that platforms.toml names."""
    folder.mkdir(parents=True, exist_ok=True)
    write_platform_manifest(folder, platform)
    _copy(addon, folder / "mlx.node")
    for library in _wheel_files(platform.wheel, platform.libraries):
        # The wheel's libraries look for each other in the wheel's folders.
        _copy(library, folder / library.name, run_path="$ORIGIN" if platform.os == "linux" else None)
    licences = folder / "licences"
    for licence in _wheel_files(platform.wheel, platform.licences):
        _copy(licence, licences / f"{platform.wheel}-{licence.name}")
    for notice in platform.notices:
        _copy(NOTICES / notice, licences / notice)
    text = (TEMPLATES / "platform.md").read_text(encoding="utf-8")
    write_if_changed(folder / "README.md", text.format(platform=platform.name))


def _wheel_files(wheel: str, patterns: tuple[str, ...]) -> list[Path]:
    distribution = metadata.distribution(wheel)
    found: list[Path] = []
    for pattern in patterns:
        matching = [file for file in distribution.files or () if file.match(pattern)]
        if not matching:
            raise ToolError(error(f"the wheel {wheel} has no file {pattern}", hint="see platforms.toml"))
        found += [Path(str(distribution.locate_file(file))) for file in matching]
    return found


def _copy(source: Path, target: Path, *, run_path: str | None = None) -> None:
    """Copies a file by replacing the target: a process that has the old one mapped keeps it intact."""
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_name(f".{target.name}.draft")
    shutil.copy(source, draft)
    if run_path is not None:
        run("patchelf", "--set-rpath", run_path, draft)
    draft.replace(target)
