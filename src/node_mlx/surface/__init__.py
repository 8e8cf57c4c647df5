"""Stage 1, the surface: what Python MLX declares, as data. See model.py for the words."""

from node_mlx.surface.command import add_parser
from node_mlx.surface.model import (
    Alias,
    Class,
    Constant,
    Function,
    Kind,
    Module,
    Parameter,
    Property,
    Signature,
    Surface,
)
from node_mlx.surface.read import read_surface

__all__ = [
    "Alias",
    "Class",
    "Constant",
    "Function",
    "Kind",
    "Module",
    "Parameter",
    "Property",
    "Signature",
    "Surface",
    "add_parser",
    "read_surface",
]
