"""Assembles the main package: the bundled JavaScript, its types and its package.json.

Input: js/ and the generated files of `node-mlx bind` and `node-mlx compile --mlx`. Output: a folder ready for
`npm pack`. It holds no native code, so one package serves every platform.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from pathlib import Path

from node_mlx.output import write_if_changed
from node_mlx.pack.commands import run
from node_mlx.pack.manifest import TEMPLATES, version, write_main_manifest
from node_mlx.pack.platforms import Platform
from node_mlx.project import BUILD, ROOT

# Libraries that js/package/bundle.mjs puts into the package's own files: their licences travel along.
BUNDLED = ("eventsource-parser",)

# js/loader.ts imports this table, so that it knows the same platforms as package.json.
PLATFORM_TABLE = BUILD / "pack" / "platforms.json"


def write_main_package(folder: Path, platforms: Mapping[str, Platform]) -> None:
    """Everything but the types. Raises ToolError where bundling fails."""
    folder.mkdir(parents=True, exist_ok=True)
    table = {"version": version(), "platforms": [_for_loader(platform) for platform in platforms.values()]}
    write_if_changed(PLATFORM_TABLE, json.dumps(table, indent=2) + "\n")
    write_main_manifest(folder, platforms.values())
    run("node", TEMPLATES / "bundle.mjs")
    shutil.copy(TEMPLATES / "main.md", folder / "README.md")
    shutil.copy(ROOT / "LICENSE", folder / "LICENSE")
    (folder / "licences").mkdir(exist_ok=True)
    for name in BUNDLED:
        shutil.copy(ROOT / "node_modules" / name / "LICENSE", folder / "licences" / f"{name}.txt")


def _for_loader(platform: Platform) -> dict[str, object]:
    return {
        "name": platform.name,
        "package": platform.package,
        "machine": platform.machine,
        "device": platform.device,
        "choosesBlas": platform.openblas is not None,
        "runtime": platform.runtime,
        "runtimeWheels": platform.runtime_wheels,
    }


def write_types(folder: Path) -> None:
    """The declaration files: of js/ by tsc, of the binding as they are. Raises ToolError on a type error."""
    types = folder / "types"
    shutil.rmtree(types, ignore_errors=True)
    run("tsc", "-p", "tsconfig.types.json")
    (types / "bind").mkdir()
    for declarations in sorted((BUILD / "bind" / "js").glob("*.d.ts")):
        shutil.copy(declarations, types / "bind" / declarations.name)
    for declarations in sorted((BUILD / "compile").rglob("*.d.ts")):
        target = types / "compile" / declarations.relative_to(BUILD / "compile")
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(declarations, target)
    text = "export * from './types/index';\nexport { default } from './types/index';\n"
    write_if_changed(folder / "index.d.ts", text)
