"""Compiles mlx.node for another machine, with the rules of native/native.mk.

Input: the variables in platforms.toml and the platform's wheel. Output: build/cross/<platform>/mlx.node.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from node_mlx.pack.commands import run
from node_mlx.pack.macos_libcxx import write_stub
from node_mlx.pack.platforms import Platform
from node_mlx.pack.wheels import mlx_wheel
from node_mlx.project import BUILD, relative

# The second prepares what only Linux has: a choice of BLAS, and libraries outside the package.
ADDONS = ("mlx", "preload")


def cross_build(platform: Platform) -> Path:
    """The compiled addon; compiles only what changed. Raises ToolError where that fails."""
    out = BUILD / "cross" / platform.name
    mlx = mlx_wheel(platform) / "mlx"
    out.mkdir(parents=True, exist_ok=True)
    if platform.os == "darwin":
        write_stub(out / "libc++.tbd", mlx / "lib" / "libmlx.dylib")
    places = {"python": sys.executable, "mlx": relative(mlx), "out": relative(out)}
    variables = {"MLX_ROOT": relative(mlx), "OUT": relative(out)}
    variables |= {name: " ".join(value.format(**places).split()) for name, value in platform.build.items()}
    # A make above this one passes its own jobs; alone, all processors work.
    jobs = () if "MAKEFLAGS" in os.environ else (f"-j{os.cpu_count()}",)
    targets = [f"{relative(out)}/{name}.node" for name in ADDONS if name == "mlx" or platform.os == "linux"]
    settings = (f"{name}={value}" for name, value in variables.items())
    run("make", *jobs, "-f", "native/native.mk", *settings, *targets)
    return out / "mlx.node"
