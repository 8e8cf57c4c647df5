"""Puts OpenBLAS in the place of the BLAS that MLX for Linux was built with, which is many times slower.

Input: the wheel scipy-openblas32, whose library is OpenBLAS with `scipy_` before every name. Output: a folder
where the same library has plain names and calls itself what libmlx asks for. Whether the dynamic linker comes
by this folder is decided by the addon's search path (see platform_package.py).
"""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

import lief

from node_mlx.diagnostics import ToolError, error
from node_mlx.pack.install_file import install
from node_mlx.pack.platforms import Platform
from node_mlx.pack.wheels import matching, unpack

PREFIX = "scipy_"
BLAS, FORTRAN = "libblas-", "libgfortran-"


def write_openblas(folder: Path, platform: Platform, own: Sequence[str]) -> None:
    """Writes the library under the name of the BLAS among MLX's own libraries."""
    if platform.openblas is None:
        return
    wheel = unpack(*platform.openblas) / "scipy_openblas32"
    [openblas] = matching(wheel, ("lib/libscipy_openblas.so",))
    [name, fortran] = [name for prefix in (BLAS, FORTRAN) for name in own if name.startswith(prefix)]
    # The two libraries of Fortran's run time are alike, but OpenBLAS's needs zlib, which small images lack.
    [its_fortran] = matching(wheel, (f"lib/{FORTRAN}*",))
    changes = ("--set-soname", name, "--replace-needed", its_fortran.name, fortran)
    with tempfile.NamedTemporaryFile("w", encoding="utf-8") as names:
        names.writelines(f"{PREFIX}{plain} {plain}\n" for plain in _plain_names(openblas))
        names.flush()
        install(openblas, folder / name, "--rename-dynamic-symbols", names.name, *changes, "--remove-rpath")
    for licence in matching(wheel.parent, ("*.dist-info/licenses/*", "*.dist-info/sboms/*")):
        install(licence, folder.parents[1] / "licences" / f"openblas-{licence.name}")


def _plain_names(library: Path) -> set[str]:
    parsed = lief.parse(library)
    if not isinstance(parsed, lief.ELF.Binary):
        raise ToolError(error(f"{library} is no library for Linux"))
    names = (str(symbol.name) for symbol in parsed.exported_symbols)
    return {name.removeprefix(PREFIX) for name in names if name.startswith(PREFIX)}
