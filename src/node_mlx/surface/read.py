"""Entry point of the stage: the surface that every other stage works from.

Input: the stubs of the installed wheel, the disagreements recorded in surface.lock.json, decisions.toml.
Output: the Surface. Nothing is probed here; `node-mlx surface --check` does, and compares.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from node_mlx.decisions import Decisions, load_decisions
from node_mlx.surface.decide import decide
from node_mlx.surface.disagreement import Disagreement
from node_mlx.surface.lock import load_lock
from node_mlx.surface.model import Surface
from node_mlx.surface.stubs import installed_version, read_stubs


@lru_cache(maxsize=1)
def read_surface() -> Surface:
    """Raises LockError where the lock is for another MLX, DecisionError where a decision is missing."""
    return decided_surface(load_lock(installed_version()).disagreements, load_decisions())


def decided_surface(disagreements: Iterable[Disagreement], decisions: Decisions) -> Surface:
    """The surface of the installed MLX with these disagreements decided."""
    modules = decide(read_stubs(), disagreements, decisions.section("surface"))
    return Surface(installed_version(), modules)
