"""Recipes for convolutions: channels last, weights (out, …, in / groups), every option in both notations."""

from __future__ import annotations

from node_mlx.parity import values
from node_mlx.parity.dtypes import DTYPES, SHORT_FLOATS
from node_mlx.parity.recipe import Arguments, Recipe, Recipes, Together, arguments, passed
from node_mlx.parity.scene import Scene, make_array, strings
from node_mlx.parity.values import Value


def _per_dimension(scene: Scene, dimensions: int, low: int, high: int) -> Value:
    """One number, or one per spatial dimension."""
    if dimensions == 1 or scene.chance(0.4):
        return values.integer(scene.rng.randint(low, high))
    return values.integer_tuple(scene.rng.randint(low, high) for _ in range(dimensions))


def _operands(scene: Scene, dimensions: int, groups: int) -> list[Value]:
    dtype = SHORT_FLOATS[scene.index % 3] if scene.chance(0.9) else scene.choose(DTYPES)
    channels = scene.choose((1, 2, 4)) * groups
    out = scene.choose((1, 2, 3)) * groups
    spatial = [
        scene.choose((5, 6, 7, 8)) if dimensions < 3 else scene.choose((4, 5)) for _ in range(dimensions)
    ]
    kernel = [scene.choose((1, 2, 3)) for _ in range(dimensions)]
    if scene.chance(0.08):
        channels += 1
    weight_channels = max(channels // groups, 1)
    signal = make_array(scene, dtype, (scene.choose((1, 2)), *spatial, channels), "ordinary")
    weight = make_array(scene, dtype, (out, *kernel, weight_channels), "ordinary")
    if scene.chance(0.04):
        weight = make_array(scene, dtype, kernel)
    return [signal, weight]


def _convolution(dimensions: int, *, transposed: bool = False) -> Together:
    def draw(scene: Scene) -> Arguments:
        groups = scene.choose((1, 1, 1, 2))
        operands = _operands(scene, dimensions, groups)
        if scene.chance(0.2):
            return Arguments(tuple(operands))
        options = {
            "stride": _per_dimension(scene, dimensions, 1, 2),
            "padding": _per_dimension(scene, dimensions, 0, 2),
            "dilation": _per_dimension(scene, dimensions, 1, 2),
        }
        if transposed:
            options["output_padding"] = _per_dimension(scene, dimensions, 0, 1)
        options["groups"] = values.integer(groups)
        return passed(scene, operands, options)

    return draw


def _general(scene: Scene) -> Arguments:
    dimensions = scene.choose((1, 2))
    operands = _operands(scene, dimensions, 1)
    padding = _per_dimension(scene, dimensions, 0, 2)
    if scene.chance(0.3):
        low, high = ([scene.rng.randint(0, 2) for _ in range(dimensions)] for _ in range(2))
        padding = values.tuple_of((values.integers(low), values.integers(high)))
    options = {
        "stride": _per_dimension(scene, dimensions, 1, 2),
        "padding": padding,
        "kernel_dilation": _per_dimension(scene, dimensions, 1, 2),
        "input_dilation": _per_dimension(scene, dimensions, 1, 2),
        "groups": values.integer(1),
        "flip": values.boolean(scene.chance(0.5)),
    }
    return passed(scene, operands, options)


def _convolve(scene: Scene) -> Arguments:
    dtype = SHORT_FLOATS[scene.index % 3] if scene.chance(0.8) else scene.choose(DTYPES)
    first = make_array(scene, dtype, (scene.choose((1, 3, 5, 33)),), "ordinary")
    second = make_array(scene, dtype, scene.choose(((1,), (2,), (3,), (5,), (0,), (2, 2))), "ordinary")
    if scene.chance(0.3):
        return arguments(first, second)
    return passed(scene, [first, second], {"mode": strings("full", "same", "valid", "no")(scene)})


# A stride or dilation of 0 divides by zero inside of the shape computation and ends the process upstream;
# the wrong values contain neither.
RECIPES: Recipes = {
    **{f"mlx.core.conv{n}d": Recipe(together=_convolution(n)) for n in (1, 2, 3)},
    **{f"mlx.core.conv_transpose{n}d": Recipe(together=_convolution(n, transposed=True)) for n in (1, 2, 3)},
    "mlx.core.conv_general": Recipe(together=_general),
    "mlx.core.convolve": Recipe(together=_convolve),
}
