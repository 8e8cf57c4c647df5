"""Stage 3, compile: from Python that uses MLX to JavaScript modules, with types and source maps.

compiled = compile_source("def double(x): return x + x", filename="a.py")
compiled.javascript, compiled.types, compiled.source_map, compiled.diagnostics
"""

from __future__ import annotations

import argparse

from node_mlx.compile.command import add_arguments, run
from node_mlx.compile.pipeline import CompiledModule, compile_source


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = subparsers.add_parser("compile", help="compile Python that uses MLX to JavaScript")
    add_arguments(parser)
    parser.set_defaults(run=run)


__all__ = ["CompiledModule", "add_parser", "compile_source"]
