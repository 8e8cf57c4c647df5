"""Recipes for take, take_along_axis and put_along_axis. Indices stay in range: upstream does not check them,
and what it reads out of range is undefined."""

from __future__ import annotations

from collections.abc import Sequence

from node_mlx.parity import values
from node_mlx.parity.dtypes import DTYPES, INTEGERS, encode
from node_mlx.parity.recipe import Arguments, Recipe, Recipes, arguments, passed
from node_mlx.parity.scene import Scene, make_array
from node_mlx.parity.values import Value

SOURCES: tuple[tuple[int, ...], ...] = ((3,), (2, 3), (2, 3, 4), (33,), (4, 5), (1,), (3, 1))


def index_array(scene: Scene, shape: Sequence[int], length: int, *, unique: bool = False) -> Value:
    """Indices into an axis of that length; negative ones for signed dtypes. `unique` for writes, whose order
    is otherwise undefined."""
    dtype = scene.choose(("int32", "uint32", "int64", *INTEGERS))
    count = values.size(shape)
    if unique:
        chosen = scene.rng.sample(range(length), min(count, length))
    else:
        chosen = [scene.rng.randrange(length) for _ in range(count)]
    signed = dtype.startswith("int")
    chosen = [number - length if signed and scene.chance(0.3) else number for number in chosen]
    return values.array(dtype, shape, b"".join(encode(dtype, number) for number in chosen))


def _take(scene: Scene) -> Arguments:
    shape = SOURCES[scene.index % len(SOURCES)]
    array = make_array(scene, scene.dtype(), shape)
    if scene.chance(0.08):
        return arguments(array, values.integer(0), values.integer(scene.choose((9, -9))))
    with_axis = scene.chance(0.6)
    axis = scene.rng.randrange(-len(shape), len(shape))
    length = shape[axis] if with_axis else values.size(shape)
    if scene.chance(0.3):
        indices = values.integer(scene.rng.randrange(-length, length))
    else:
        indices = index_array(scene, scene.choose(((), (2,), (2, 2), (0,), (5,))), length)
    if not with_axis:
        return arguments(array, indices) if scene.chance(0.5) else arguments(array, indices, values.NONE)
    return passed(scene, [array, indices], {"axis": values.integer(axis)})


def _along(scene: Scene, *, write: bool) -> tuple[list[Value], dict[str, Value]]:
    shape = SOURCES[scene.index % len(SOURCES)]
    array = make_array(scene, scene.dtype(), shape)
    if scene.chance(0.08):
        bad = [array, index_array(scene, shape, 1), *([array] if write else [])]
        return bad, {"axis": values.integer(scene.choose((9, -9)))}
    if scene.chance(0.2):
        count = scene.rng.randint(1, values.size(shape))
        indices = index_array(scene, (count,), values.size(shape), unique=write)
        axis: Value = values.NONE
        index_shape: tuple[int, ...] = (count,)
    else:
        number = scene.rng.randrange(-len(shape), len(shape))
        length = shape[number]
        taken = scene.rng.randint(1, length)
        index_shape = tuple(taken if i == number % len(shape) else 1 for i in range(len(shape)))
        indices = index_array(scene, index_shape, length, unique=write)
        axis = values.integer(number)
    drawn = [array, indices]
    if write:
        value_shape = index_shape if scene.chance(0.6) else ()
        drawn.append(make_array(scene, scene.choose(DTYPES), value_shape, "positive"))
    return drawn, {"axis": axis}


def _take_along(scene: Scene) -> Arguments:
    required, options = _along(scene, write=False)
    return passed(scene, required, options)


def _put_along(scene: Scene) -> Arguments:
    required, options = _along(scene, write=True)
    return passed(scene, required, options)


RECIPES: Recipes = {
    # Wrong values for an index are still indices, and out of range.
    "mlx.core.take": Recipe(good=84, together=_take, keep=("indices",)),
    "mlx.core.take_along_axis": Recipe(together=_take_along, keep=("indices",)),
    "mlx.core.put_along_axis": Recipe(together=_put_along, keep=("indices",)),
}
