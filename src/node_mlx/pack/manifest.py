"""Writes package.json for the npm packages.

Input: the constant fields, in js/package/*.json. Output: a package.json with the fields that depend on the
version or the platform added. Both packages carry the version of pyproject.toml: the main package asks for
exactly the platform packages that were built with it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from importlib import metadata
from pathlib import Path

from node_mlx.output import write_if_changed
from node_mlx.pack.platforms import Platform
from node_mlx.project import ROOT

TEMPLATES = ROOT / "js" / "package"


def version() -> str:
    """The project's version (make reinstalls the project when pyproject.toml changes)."""
    return metadata.version("node-mlx")


def write_main_manifest(folder: Path, platforms: Iterable[Platform]) -> None:
    packages = {platform.package: version() for platform in platforms if not platform.by_name}
    _write(folder, "main.json", {"version": version(), "optionalDependencies": packages})


def write_platform_manifest(folder: Path, platform: Platform) -> None:
    _write(folder, "platform.json", platform_fields(platform))


def platform_fields(platform: Platform) -> dict[str, object]:
    """What the manifest of one platform package says and others do not."""
    fields: dict[str, object] = {
        "name": platform.package,
        "version": version(),
        "os": [platform.os],
        "cpu": [platform.cpu],
    }
    if platform.libc:
        fields["libc"] = [platform.libc]
    return fields


def _write(folder: Path, template: str, fields: dict[str, object]) -> None:
    constant: dict[str, object] = json.loads((TEMPLATES / template).read_text(encoding="utf-8"))
    # The name and version of a package come first, as everywhere.
    manifest = {"name": constant.pop("name", None), **fields, **constant}
    write_if_changed(folder / "package.json", json.dumps(manifest, indent=2) + "\n")
