"""Recipes for quantized weights: every mode with its group sizes and bits, and combinations that no mode has.

Quantized operands are computed inside of the case by `quantize`, so they are what a user would pass.
"""

from __future__ import annotations

from collections.abc import Sequence

from node_mlx.parity import values
from node_mlx.parity.dtypes import SHORT_FLOATS
from node_mlx.parity.recipe import Arguments, Recipe, Recipes, passed
from node_mlx.parity.scene import Scene, make_array
from node_mlx.parity.values import Value

# mode, group sizes, bits; the first of each is the default.
MODES: tuple[tuple[str, tuple[int, ...], tuple[int, ...]], ...] = (
    ("affine", (64, 32, 128), (4, 2, 3, 5, 6, 8)),
    ("mxfp4", (32,), (4,)),
    ("mxfp8", (32,), (8,)),
    ("nvfp4", (16,), (4,)),
)


def _mode(scene: Scene, *, allowed: Sequence[int] = (0, 1, 2, 3)) -> tuple[str, int, int]:
    weights = (0, 0, 1, 2, 3)
    mode, groups, bits = MODES[scene.choose([i for i in weights if i in allowed])]
    return mode, scene.choose(groups), scene.choose(bits)


def _mode_options(mode: str, group: int, bits: int) -> dict[str, Value]:
    return {"group_size": values.integer(group), "bits": values.integer(bits), "mode": values.string(mode)}


def _weights(scene: Scene, shape: Sequence[int]) -> Value:
    return make_array(scene, scene.choose(SHORT_FLOATS), shape, "ordinary", plain=True)


def _quantize(scene: Scene) -> Arguments:
    mode, group, bits = _mode(scene)
    columns = group * scene.choose((1, 2))
    if scene.chance(0.1):
        columns += 8
    shape = scene.choose(((2, columns), (8, columns), (2, 3, columns), (columns,)))
    weights = _weights(scene, shape)
    if scene.chance(0.15):
        return Arguments((weights,))
    if scene.chance(0.1):
        return Arguments((weights,), {"group_size": values.integer(7), "mode": values.string("no")})
    options = _mode_options(mode, group, bits)
    if mode != "affine" and scene.chance(0.3):
        del options["group_size"], options["bits"]
        return Arguments((weights,), options)
    return passed(scene, [weights], options)


def _quantized(weights: Value, options: dict[str, Value], mode: str) -> list[Value]:
    """The packed weights, scales and biases of `weights`, as values computed in the case."""
    whole = values.call("mlx.core.quantize", (weights,), options)
    parts = 3 if mode == "affine" else 2
    return [values.call("item_of", (whole, values.integer(part))) for part in range(parts)]


def _dequantize(scene: Scene) -> Arguments:
    mode, group, bits = _mode(scene)
    options = _mode_options(mode, group, bits)
    packed, scales, *biases = _quantized(_weights(scene, (4, group * 2)), options, mode)
    extra = {"dtype": values.dtype(scene.choose(SHORT_FLOATS))} if scene.chance(0.3) else {}
    if scene.chance(0.08):
        options["bits"] = values.integer(7)
    return Arguments((packed, scales, *biases), {**options, **extra})


def _matmul_parts(scene: Scene, batch: Sequence[int] = ()) -> tuple[Value, list[Value], dict[str, Value]]:
    mode, group, bits = _mode(scene)
    options = _mode_options(mode, group, bits)
    transpose = scene.chance(0.7)
    outer, inner = scene.choose((8, 32)), group * scene.choose((1, 2))
    weights = _weights(scene, (*batch, outer, inner))
    rows = scene.choose((1, 3, 8))
    columns = inner if transpose else outer
    if scene.chance(0.06):
        columns += 4
    signal = make_array(scene, scene.choose(SHORT_FLOATS), (*batch, rows, columns), "ordinary", plain=True)
    return signal, _quantized(weights, options, mode), {"transpose": values.boolean(transpose), **options}


def _quantized_matmul(scene: Scene) -> Arguments:
    signal, parts, options = _matmul_parts(scene)
    return Arguments((signal, *parts), options)


def _gathered_matmul(scene: Scene) -> Arguments:
    signal, parts, options = _matmul_parts(scene, (3,))
    for name in ("lhs_indices", "rhs_indices"):
        if scene.chance(0.6):
            drawn = values.integers(scene.rng.randrange(3) for _ in range(2))
            options[name] = values.call("mlx.core.array", (drawn, values.dtype("uint32")))
    return Arguments((signal, *parts), options)


def _both_quantized(scene: Scene, batch: Sequence[int] = ()) -> Arguments:
    mode, group, bits = _mode(scene, allowed=(2, 3))
    options = _mode_options(mode, group, bits)
    inner = group * scene.choose((2, 4))
    signal = make_array(scene, scene.choose(SHORT_FLOATS), (*batch, 4, inner), "ordinary", plain=True)
    weights = _weights(scene, (*batch, 8, inner))
    if scene.chance(0.4):
        return Arguments((signal, weights), options)
    packed, scales, *_ = _quantized(weights, options, mode)
    return Arguments((signal, packed), {"scales": scales, **options})


def _gathered_both(scene: Scene) -> Arguments:
    drawn = _both_quantized(scene, (2,))
    options = dict(drawn.kwargs)
    for name in ("lhs_indices", "rhs_indices"):
        if scene.chance(0.6):
            chosen = values.integers(scene.rng.randrange(2) for _ in range(3))
            options[name] = values.call("mlx.core.array", (chosen, values.dtype("uint32")))
    return Arguments(drawn.args, options)


RECIPES: Recipes = {
    "mlx.core.quantize": Recipe(good=84, together=_quantize),
    # Packed weights that do not fit their scales are read past their end.
    "mlx.core.dequantize": Recipe(together=_dequantize, keep=("w", "scales", "biases")),
    "mlx.core.quantized_matmul": Recipe(good=84, together=_quantized_matmul, keep=("w", "scales", "biases")),
    "mlx.core.gather_qmm": Recipe(
        together=_gathered_matmul, keep=("w", "scales", "biases", "lhs_indices", "rhs_indices")
    ),
    "mlx.core.qqmm": Recipe(together=_both_quantized, keep=("w", "scales")),
    "mlx.core.gather_qqmm": Recipe(
        together=_gathered_both, keep=("w", "scales", "lhs_indices", "rhs_indices")
    ),
}
