"""Recipes for reductions, cumulative operations and softmax: arrays, axes in every notation, options."""

from __future__ import annotations

from node_mlx.parity.recipe import Recipe, Recipes
from node_mlx.parity.scene import arrays, integers

_REDUCTIONS = "all any sum count_nonzero prod min max minmax logsumexp mean median argmin argmax"
_CUMULATIVE = "cumsum cumprod cummax cummin logcumsumexp"

RECIPES: Recipes = {
    **{f"mlx.core.{name}": Recipe(good=70) for name in _REDUCTIONS.split()},
    **{f"mlx.core.{name}": Recipe(good=60) for name in _CUMULATIVE.split()},
    "mlx.core.var": Recipe(good=60, parameters={"ddof": integers(0, 1, 2)}),
    "mlx.core.std": Recipe(good=60, parameters={"ddof": integers(0, 1, 2)}),
    "mlx.core.softmax": Recipe(good=60),
    "mlx.core.diff": Recipe(parameters={"n": integers(0, 1, 1, 2, -1, 5), "a": arrays(profile="ordinary")}),
}
