"""Where compiled modules find each other: the specifiers of imports.

Layout()                       import { core as mx } from 'mlx'; import * as py from 'mlx/python';
Layout(core="#core", …)        inside the package itself, where the bundler resolves both
"""

from __future__ import annotations

import posixpath
from dataclasses import dataclass

from node_mlx.compile.program import ModuleInfo


@dataclass(frozen=True)
class Layout:
    package: str = "mlx"
    python: str = "mlx/python"
    core: str | None = None
    """Specifier of the module with mlx.core's names; None where the package's `core` is used."""


def relative_specifier(importer: ModuleInfo, target: ModuleInfo) -> str:
    """From one output file to another: "./layers/base.js"."""
    path = posixpath.relpath(f"{output_path(target)}.js", posixpath.dirname(output_path(importer)) or ".")
    return path if path.startswith(".") else f"./{path}"


def output_path(module: ModuleInfo) -> str:
    """The path of the output without its ending."""
    return posixpath.join(module.path, "index") if module.is_package else module.path
