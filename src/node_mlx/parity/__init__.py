"""Stage 4, parity: the same calls in Python and in Node, compared bit by bit. See case.py for the words."""

from node_mlx.parity.command import add_parser

__all__ = ["add_parser"]
