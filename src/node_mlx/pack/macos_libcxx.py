"""A linker stub for the C++ library of macOS, so that the addon uses the system's and not one of its own.

Input: libmlx.dylib. Output: libc++.tbd, a list of symbols that are in /usr/lib/libc++.1.dylib. Exceptions
and std types cross from MLX to the addon, hence both must share one library, and ziglang brings only a static
one. The stub names what MLX itself takes from there, and the few more in macos_libcxx.txt: linking against
anything else leaves a symbol without a library, which tests/pack/test_macos.py finds.
"""

from __future__ import annotations

from pathlib import Path

import lief

from node_mlx.diagnostics import ToolError, error
from node_mlx.output import write_if_changed

MORE = Path(__file__).with_name("macos_libcxx.txt")
LIBRARY = "/usr/lib/libc++.1.dylib"

_STUB = """--- !tapi-tbd
tbd-version: 4
targets: [ arm64-macos ]
install-name: '{library}'
exports:
  - targets: [ arm64-macos ]
    symbols: [ {symbols} ]
...
"""


def write_stub(stub: Path, libmlx: Path) -> None:
    """Writes libc++.tbd. Raises ToolError where libmlx is no library for macOS."""
    symbols = sorted({*_used_by(libmlx), *_more()})
    write_if_changed(stub, _STUB.format(library=LIBRARY, symbols=", ".join(f"'{name}'" for name in symbols)))


def _used_by(path: Path) -> set[str]:
    library = lief.parse(path)
    if not isinstance(library, lief.MachO.Binary):
        raise ToolError(error(f"{path} is no library for macOS"))
    found = set()
    for symbol in library.imported_symbols:
        source = symbol.binding_info.library if symbol.binding_info else None
        if source and source.name == LIBRARY:
            found.add(str(symbol.name))
    return found


def _more() -> list[str]:
    lines = MORE.read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]
