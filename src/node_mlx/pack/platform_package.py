"""Assembles a platform package: mlx.node, MLX's libraries beside it, and their licences.

Input: the compiled addon and the platform's wheel. Output: a folder that loads from anywhere, without Python
or the wheel:
    mlx.node                looks for libraries in lib, lib/openblas, lib/reference, in this order
    mlx-reference.node      the same addon, but never looks in lib/openblas (MLX_BLAS=reference)
    preload.node            prepares what they load (js/preload.ts; Linux)
    lib/                    libmlx and, for Metal, its kernels; include/ has the headers MLX compiles with
"""

from __future__ import annotations

import shutil
from pathlib import Path

from node_mlx.pack.install_file import install
from node_mlx.pack.manifest import TEMPLATES, write_platform_manifest
from node_mlx.pack.openblas import write_openblas
from node_mlx.pack.platforms import Platform
from node_mlx.pack.wheels import matching, mlx_wheel

NOTICES = Path(__file__).with_name("notices")

# Names of libmlx that the addon defines (native/small_blocks.h).
RENAMED = Path(__file__).with_name("renamed_symbols.txt")


def write_platform_package(folder: Path, platform: Platform, addon: Path) -> None:
    """Raises ToolError where the wheel lacks a file that platforms.toml names."""
    draft = folder.with_name(f".{folder.name}.draft")
    shutil.rmtree(draft, ignore_errors=True)
    _write(draft, platform, addon)
    # The new folder takes the old one's place: a process that has a library of the old one mapped keeps it.
    shutil.rmtree(folder, ignore_errors=True)
    draft.rename(folder)


def _write(folder: Path, platform: Platform, addon: Path) -> None:
    folder.mkdir(parents=True)
    wheel = mlx_wheel(platform)
    write_platform_manifest(folder, platform)
    if platform.os == "linux":
        _write_linux_libraries(folder, platform, wheel, addon)
    else:
        # The addon is linked with its final paths, and changing it would break its signature.
        install(addon, folder / "mlx.node")
        for library in matching(wheel, platform.libraries):
            install(library, folder / "lib" / library.name)
    for headers in matching(wheel, platform.headers):
        shutil.copytree(headers, folder / "include" / headers.name)
    licences = folder / "licences"
    for licence in matching(wheel, platform.licences):
        install(licence, licences / f"{platform.wheel}-{licence.name}")
    for notice in platform.notices:
        install(NOTICES / notice, licences / notice)
    text = (TEMPLATES / "platform.md").read_text(encoding="utf-8")
    (folder / "README.md").write_text(text.format(platform=platform.name), encoding="utf-8")


def _write_linux_libraries(folder: Path, platform: Platform, wheel: Path, addon: Path) -> None:
    lib = folder / "lib"
    # libmlx itself says nothing: the addon's path, which comes next, decides between the two BLAS.
    for library in matching(wheel, platform.libraries):
        install(library, lib / library.name, "--remove-rpath", "--rename-dynamic-symbols", RENAMED)
    reference = matching(wheel, platform.reference_blas)
    for library in reference:
        install(library, lib / "reference" / library.name, "--set-rpath", "$ORIGIN")
    write_openblas(lib / "openblas", platform, [library.name for library in reference])
    for name, folders in {
        "mlx.node": "$ORIGIN/lib:$ORIGIN/lib/openblas:$ORIGIN/lib/reference",
        "mlx-reference.node": "$ORIGIN/lib:$ORIGIN/lib/reference",
    }.items():
        # DT_RPATH, not DT_RUNPATH: only that holds for the libraries of a library, too.
        install(addon, folder / name, "--force-rpath", "--set-rpath", folders)
    install(addon.with_name("preload.node"), folder / "preload.node")
