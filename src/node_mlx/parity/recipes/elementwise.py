"""Recipes for functions that work element by element: one, two or three arrays, with broadcasting.

Pairs cover array/array of all dtype pairs, array/scalar both ways and scalar/scalar. Where the result
would be undefined upstream (shifts past the width, INT_MIN // -1, which ends the process) the draws stay
inside the domain; integers divided by zero are defined upstream and are kept.
"""

from __future__ import annotations

from collections.abc import Sequence

from node_mlx.parity import values
from node_mlx.parity.dtypes import DTYPES, INEXACT, INTEGERS, SHORT_FLOATS, bits
from node_mlx.parity.recipe import Arguments, Recipe, Recipes, Together, arguments
from node_mlx.parity.scene import (
    Draw,
    Scene,
    arrays,
    boolean,
    dtypes,
    either,
    floats,
    integers,
    make_array,
    or_none,
    scalar,
    stream,
)
from node_mlx.parity.values import Value

BROADCAST_PAIRS: tuple[tuple[tuple[int, ...], tuple[int, ...]], ...] = (
    ((2, 3), (2, 3)),
    ((3,), (3,)),
    ((), ()),
    ((2, 3), (3,)),
    ((2, 1, 3), (4, 1)),
    ((0,), (1,)),
    ((33,), (33,)),
    ((128,), ()),
    ((1,), (2, 3)),
    ((0, 3), (3,)),
    ((3, 33), (3, 1)),
    ((4, 5), (1, 5)),
    ((), (2, 2)),
    ((2, 3), (4,)),  # cannot be broadcast
    ((2, 3, 4), (3, 4)),
)


def pairs(
    dtypes: Sequence[str] = DTYPES,
    profile: str = "mixed",
    second_profile: str | None = None,
    scalars: Draw = scalar,
) -> Together:
    """Two operands. The walk meets every dtype on both sides, array with array and with scalars."""

    def draw(scene: Scene) -> Arguments:
        index = scene.index
        left_shape, right_shape = BROADCAST_PAIRS[index % len(BROADCAST_PAIRS)]
        left = dtypes[index % len(dtypes)]
        # One step further on every round, so that all pairs of dtypes come up.
        right = dtypes[(index + index // len(dtypes)) % len(dtypes)]
        first: Value = make_array(scene, left, left_shape, profile)
        second: Value = make_array(scene, right, right_shape, second_profile or profile)
        match index % 5:
            case 1:
                second = scalars(scene)
            case 3:
                first = scalars(scene)
            case 4 if scene.chance(0.3):
                first, second = scalars(scene), scalars(scene)
        if scene.chance(0.08):
            return arguments(first, second, stream=stream(scene))
        return arguments(first, second)

    return draw


def _shift_operands(scene: Scene) -> Arguments:
    """Integers shifted by less than their width: more is undefined in C++."""
    dtype = INTEGERS[scene.index % len(INTEGERS)]
    shape = BROADCAST_PAIRS[scene.index % 13]
    first = make_array(scene, dtype, shape[0], "positive" if scene.chance(0.5) else "mixed")
    if scene.chance(0.3):
        return arguments(first, values.integer(scene.rng.randrange(bits(dtype) - 1)))
    second = make_array(scene, dtype, shape[1], "small")
    return arguments(first, second)


def _power_operands(scene: Scene) -> Arguments:
    """Any base; integer exponents are small and not negative, as repeated multiplication is all there is."""
    drawn = pairs(profile="mixed", second_profile="small")(scene)
    if scene.chance(0.25):
        exponents = (values.integer(2), values.floating(0.5), values.floating(-1.0))
        return arguments(drawn.args[0], scene.choose(exponents))
    return drawn


def _where_operands(scene: Scene) -> Arguments:
    shapes = (
        ((2, 3), (2, 3), (2, 3)),
        ((3,), (2, 3), ()),
        ((2, 1), (1, 3), (2, 3)),
        ((0,), (1,), ()),
        ((33,),) * 3,
    )
    shape = shapes[scene.index % len(shapes)]
    condition_dtype = "bool" if scene.chance(0.7) else scene.choose(DTYPES)
    condition = make_array(scene, condition_dtype, shape[0], "unit")
    first = make_array(scene, scene.dtype(), shape[1])
    second = make_array(scene, scene.choose(DTYPES), shape[2])
    drawn = [condition, first, second]
    if scene.chance(0.4):
        drawn[scene.choose((1, 2))] = scalar(scene)
    if scene.chance(0.1):
        drawn[0] = boolean(scene)
    return arguments(*drawn)


def _clip_operands(scene: Scene) -> Arguments:
    array = make_array(scene, scene.dtype(), scene.shape())
    bounds: Draw = either(
        integers(-1, 0, 2, 5),
        floats(-0.5, 1.5, 2.0),
        arrays(profile="ordinary", shapes=((), (1,))),
    )
    low, high = or_none(bounds)(scene), or_none(bounds)(scene)
    if scene.chance(0.3):
        return arguments(array, a_min=low, a_max=high)
    return arguments(array, low, high)


def _close_operands(scene: Scene) -> Arguments:
    first = make_array(scene, scene.dtype(), (3,), "mixed", plain=True)
    second = first if scene.chance(0.5) else make_array(scene, scene.choose(DTYPES), (3,))
    options: dict[str, Value] = {}
    if scene.chance(0.5):
        options["equal_nan"] = boolean(scene)
    if scene.chance(0.4):
        return Arguments((first, second, floats(0.1, 1e-3, 1.0)(scene), floats(0.0, 0.5)(scene)), options)
    if scene.chance(0.4):
        options |= {"rtol": floats(0.1, 0.0)(scene), "atol": floats(0.1, 2.0)(scene)}
    return Arguments((first, second), options)


def _equal_operands(scene: Scene) -> Arguments:
    drawn = pairs()(scene)
    if scene.chance(0.4):
        drawn = arguments(drawn.args[0], drawn.args[0])
    if scene.chance(0.5):
        return Arguments(drawn.args, {**drawn.kwargs, "equal_nan": boolean(scene)})
    return drawn


_UNARY = (
    "abs sign positive negative trunc square sqrt rsqrt reciprocal logical_not exp expm1 erf erfinv sin cos"
    " tan arcsin arccos arctan sinh cosh tanh arcsinh arccosh arctanh degrees radians log log2 log10 log1p"
    " stop_gradient sigmoid floor ceil isnan isinf isfinite isposinf isneginf conj conjugate real imag"
)
_BINARY = (
    "add subtract multiply divide equal not_equal less less_equal greater greater_equal logical_xor logaddexp"
    " arctan2 minimum maximum"
)
_BITWISE = "bitwise_and bitwise_or bitwise_xor"
_LOGICAL = "logical_and logical_or"
_DIVISIONS = "divmod floor_divide remainder"
# Division by zero ends the process in divmod, and 2**40 becomes zero in the dtype of a narrow array.
_division = Recipe(
    good=84,
    together=pairs(profile="ordinary", second_profile="nonzero", scalars=integers(2, 3, 7)),
    keep=("b",),
)

RECIPES: Recipes = {
    **{f"mlx.core.{name}": Recipe() for name in _UNARY.split()},
    **{f"mlx.core.{name}": Recipe(good=84, together=pairs()) for name in _BINARY.split()},
    **{f"mlx.core.{name}": Recipe(good=70, together=pairs()) for name in _LOGICAL.split()},
    **{
        f"mlx.core.{name}": Recipe(good=70, together=pairs(scalars=integers(0, 1, -1, 7)))
        for name in _BITWISE.split()
    },
    **{f"mlx.core.{name}": _division for name in _DIVISIONS.split()},
    "mlx.core.bitwise_invert": Recipe(),
    "mlx.core.left_shift": Recipe(together=_shift_operands),
    "mlx.core.right_shift": Recipe(together=_shift_operands),
    "mlx.core.power": Recipe(good=84, together=_power_operands),
    "mlx.core.where": Recipe(good=84, together=_where_operands),
    "mlx.core.clip": Recipe(good=70, together=_clip_operands),
    "mlx.core.nan_to_num": Recipe(
        parameters={
            "nan": floats(0.0, 1.5, -2.0),
            "posinf": or_none(floats(9.0, 1e4)),
            "neginf": or_none(floats(-9.0, 0.5)),
        }
    ),
    "mlx.core.round": Recipe(
        parameters={"a": arrays(profile="ordinary"), "decimals": integers(0, 1, 2, -1, 3)}
    ),
    "mlx.core.allclose": Recipe(together=_close_operands),
    "mlx.core.isclose": Recipe(together=_close_operands),
    "mlx.core.array_equal": Recipe(together=_equal_operands),
    "mlx.core.to_fp8": Recipe(parameters={"x": arrays(INEXACT[:4], profile="mixed")}),
    # Into other dtypes upstream leaves a part of the result as it found the memory.
    "mlx.core.from_fp8": Recipe(
        parameters={"x": arrays(("uint8",), profile="wide"), "dtype": dtypes(SHORT_FLOATS)}, keep=("dtype",)
    ),
}
