"""The package for macOS, which is cross-built and never ran: what can be known without a Mac.

Every symbol that mlx.node asks for exists where it asks for it; the system that it asks for, its paths and
its signature are those that macOS accepts.
"""

from __future__ import annotations

import json
import subprocess
from importlib import metadata
from pathlib import Path

import lief
import pytest

from node_mlx.pack.macos_libcxx import LIBRARY as LIBCXX
from node_mlx.pack.platforms import find_platform
from node_mlx.project import ROOT
from tests.pack.macho_signature import ADHOC, read_signature

pytestmark = pytest.mark.long

FOLDER = ROOT / "build" / "npm" / "darwin-arm64"
ADDON = FOLDER / "mlx.node"
LIBMLX = FOLDER / "lib" / "libmlx.dylib"
LIBSYSTEM = "/usr/lib/libSystem.B.dylib"


def parse(path: Path) -> lief.MachO.Binary:
    binary = lief.parse(path)
    assert isinstance(binary, lief.MachO.Binary), path
    return binary


@pytest.fixture(scope="module")
def addon() -> lief.MachO.Binary:
    return parse(ADDON)


@pytest.fixture(scope="module")
def libmlx() -> lief.MachO.Binary:
    return parse(LIBMLX)


def imports(binary: lief.MachO.Binary) -> dict[str, set[str]]:
    """Symbols by the library that they are bound to; under "" what the program itself has to bring."""
    found: dict[str, set[str]] = {}
    for symbol in binary.imported_symbols:
        info = symbol.binding_info
        library = info.library if info else None
        found.setdefault(str(library.name) if library else "", set()).add(str(symbol.name))
    return found


def exports(binary: lief.MachO.Binary) -> set[str]:
    return {str(symbol.name) for symbol in binary.exported_symbols}


def node_api() -> set[str]:
    """The functions that a Node of our Node-API version has, by the list of the headers' package."""
    script = "console.log(JSON.stringify(require('node-api-headers').symbols.v8))"
    done = subprocess.run(["node", "-e", script], cwd=ROOT, capture_output=True, text=True, check=True)
    lists: dict[str, list[str]] = json.loads(done.stdout)
    return {f"_{name}" for names in lists.values() for name in names}


def system_symbols() -> set[str]:
    """What libSystem has, by the list that ziglang brings."""
    stub = metadata.distribution("ziglang").locate_file("ziglang/lib/libc/darwin/libSystem.tbd")
    return {word.strip("'\"") for word in Path(str(stub)).read_text().replace(",", " ").split()}


def test_every_symbol_exists_where_it_is_bound(addon: lief.MachO.Binary, libmlx: lief.MachO.Binary) -> None:
    needed = imports(addon)
    assert set(needed) == {"", "@rpath/libmlx.dylib", LIBCXX, LIBSYSTEM}
    assert needed["@rpath/libmlx.dylib"] - exports(libmlx) == set()
    assert needed[""] - node_api() == set()
    assert needed[LIBSYSTEM] - system_symbols() == set()
    # The stub that the linker read names only what is in macOS 14's libc++ (macos_libcxx.py).
    assert needed[LIBCXX] <= set((ROOT / "build/cross/darwin-arm64/libc++.tbd").read_text().split("'"))


def test_exceptions_share_their_types_with_mlx(addon: lief.MachO.Binary) -> None:
    types = {str(symbol.name) for symbol in addon.symbols if str(symbol.name).startswith("__ZTISt")}
    needed = imports(addon)[LIBCXX]
    assert {"__ZTISt16invalid_argument", "__ZTISt12out_of_range", "__ZTISt9exception"} <= needed
    own = {name for name in types - needed if not name.startswith("__ZTISt3__1")}
    assert own == set(), "a standard exception's type of the addon's own would not catch MLX's exceptions"
    assert {"___cxa_throw", "___cxa_begin_catch", "___gxx_personality_v0"} <= needed


def test_oldest_system_is_that_of_the_wheel(addon: lief.MachO.Binary, libmlx: lief.MachO.Binary) -> None:
    tag = find_platform("darwin-arm64").tag
    for binary in (addon, libmlx):
        assert binary.header.cpu_type == lief.MachO.Header.CPU_TYPE.ARM64
        assert binary.build_version is not None
        major, minor, _ = binary.build_version.minos
        assert tag == f"macosx_{major}_{minor}_arm64"


def test_libraries_are_found_inside_the_package(addon: lief.MachO.Binary, libmlx: lief.MachO.Binary) -> None:
    assert [path.path for path in addon.rpaths] == ["@loader_path/lib"]
    assert addon.libraries[0].name == "@rpath/mlx.node"
    assert libmlx.libraries[0].name == "@rpath/libmlx.dylib"
    outside = [str(library.name) for library in libmlx.libraries][1:]
    assert all(name.startswith(("/usr/lib/", "/System/")) for name in outside), outside
    # MLX looks for its kernels beside its library.
    assert (LIBMLX.with_name("mlx.metallib")).read_bytes()[:4] == b"MTLB"


def signature_offset(path: Path) -> int:
    binary = parse(path)
    command = binary.code_signature
    assert command is not None, "macOS refuses to load unsigned code on arm64"
    return command.data_offset


@pytest.mark.parametrize("path", [ADDON, LIBMLX], ids=lambda path: path.name)
def test_signature_is_whole(path: Path) -> None:
    signature = read_signature(path.read_bytes(), signature_offset(path))
    assert signature.flags & ADHOC
    assert signature.wrong_pages == ()


def test_a_changed_byte_breaks_the_signature() -> None:
    content = bytearray(ADDON.read_bytes())
    content[5000] ^= 1
    assert read_signature(bytes(content), signature_offset(ADDON)).wrong_pages == (0,)


def test_addon_registers_itself(addon: lief.MachO.Binary) -> None:
    assert "_napi_register_module_v1" in exports(addon)
