"""Stage 2, bind: from the surface to the C++ glue, the JavaScript glue and the type declarations."""

from __future__ import annotations

import argparse

from node_mlx.bind.command import add_arguments, run


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = subparsers.add_parser("bind", help="generate the C++ glue, the JavaScript glue and the types")
    add_arguments(parser)
    parser.set_defaults(run=run)


__all__ = ["add_parser"]
