"""Brings wheels from PyPI, for this machine or another, and finds files in them.

Input: a requirement and a platform tag. Output: the wheel's content in build/wheels, fetched once.
    unpack("mlx-metal==0.32.4", "macosx_14_0_arm64")  →  build/wheels/mlx-metal-0.32.4-macosx_14_0_arm64
"""

from __future__ import annotations

import shutil
import tempfile
import zipfile
from importlib import metadata
from pathlib import Path

from node_mlx.diagnostics import ToolError, error
from node_mlx.pack.commands import run
from node_mlx.pack.platforms import Platform
from node_mlx.project import BUILD, relative

WHEELS = BUILD / "wheels"


def mlx_wheel(platform: Platform) -> Path:
    """The unpacked wheel that brings MLX's library for a platform, in the version that Python uses here."""
    return unpack(f"{platform.wheel}=={metadata.version('mlx')}", platform.tag)


def unpack(requirement: str, tag: str) -> Path:
    """The folder with the wheel's files. Raises ToolError where there is no such wheel."""
    folder = WHEELS / f"{requirement.replace('==', '-')}-{tag}"
    if folder.is_dir():
        return folder
    WHEELS.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=WHEELS, prefix=".draft-") as temporary:
        draft = Path(temporary)
        options = ("--quiet", "--no-deps", "--only-binary=:all:", "--platform", tag, "--dest", draft)
        run("pip", "--disable-pip-version-check", "download", *options, requirement)
        content = draft / "content"
        for wheel in draft.glob("*.whl"):
            with zipfile.ZipFile(wheel) as archive:
                archive.extractall(content)
        shutil.move(content, folder)
    return folder


def matching(folder: Path, patterns: tuple[str, ...]) -> list[Path]:
    """The files and folders of a wheel that match. Raises ToolError for a pattern that finds nothing."""
    found: list[Path] = []
    for pattern in patterns:
        paths = sorted(folder.glob(pattern))
        if not paths:
            message = f"the wheel in {relative(folder)} has no file {pattern}"
            raise ToolError(error(message, hint="see platforms.toml"))
        found += paths
    return found
