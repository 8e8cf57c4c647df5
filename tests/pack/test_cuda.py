"""The package for CUDA, as far as a machine without a GPU can tell: tests/gpu holds what needs one."""

from __future__ import annotations

import re
from pathlib import Path, PurePosixPath

import lief
import pytest

from node_mlx.pack.platforms import find_platform
from node_mlx.pack.wheels import mlx_wheel
from node_mlx.project import ROOT
from tests.pack.installed import tarball

pytestmark = pytest.mark.long

CUDA = find_platform("linux-x64-cuda13")
FOLDER = ROOT / "build" / "npm" / CUDA.name
SYSTEM = {
    "libc.so.6",
    "libm.so.6",
    "libgcc_s.so.1",
    "libstdc++.so.6",
    "ld-linux-x86-64.so.2",
    # The driver's.
    "libcuda.so.1",
}


def parse(path: Path) -> lief.ELF.Binary:
    binary = lief.parse(path)
    assert isinstance(binary, lief.ELF.Binary), path
    return binary


def test_npm_takes_the_tarball() -> None:
    # The registry refuses packages of about 200 MB.
    assert tarball(CUDA.name).stat().st_size < 150e6


def test_every_library_is_in_the_package_or_in_a_wheel() -> None:
    libmlx = parse(FOLDER / "lib" / "libmlx.so")
    needed = set(libmlx.libraries)
    inside = {path.name for path in FOLDER.rglob("*.so*")}
    in_wheels = {PurePosixPath(library).name for library in CUDA.runtime}
    assert {str(name) for name in needed} - inside - SYSTEM - in_wheels == set()
    assert "libcuda.so.1" in needed


def test_the_table_names_the_wheels_that_mlx_names() -> None:
    [metadata] = mlx_wheel(CUDA).glob("*.dist-info/METADATA")
    required = re.findall(r"^Requires-Dist: (.*)$", metadata.read_text(), re.MULTILINE)
    assert list(CUDA.runtime_wheels) == required


def test_addon_is_the_one_for_the_cpu_and_finds_all_it_needs() -> None:
    addon, twin = parse(FOLDER / "mlx.node"), parse(ROOT / "build" / "npm" / "linux-x64" / "mlx.node")
    names = {str(symbol.name) for symbol in addon.imported_symbols}
    assert names == {str(symbol.name) for symbol in twin.imported_symbols}
    # Kept in a variable: its symbols do not outlive a library.
    libmlx = parse(FOLDER / "lib" / "libmlx.so")
    exported = {str(symbol.name) for symbol in libmlx.exported_symbols}
    of_mlx = {name for name in names if name.startswith(("_ZN3mlx4core", "_ZNK3mlx4core"))}
    assert len(of_mlx) > 300
    assert of_mlx - exported == set()


def test_headers_lie_where_mlx_looks_for_them() -> None:
    """MLX takes the folder above that of libmlx.so, and there include and include/cccl."""
    assert (FOLDER / "lib" / "libmlx.so").parent.parent == FOLDER
    for header in ("cccl/cuda/std/array", "cute/tensor.hpp", "cutlass/cutlass.h"):
        assert (FOLDER / "include" / header).is_file()
