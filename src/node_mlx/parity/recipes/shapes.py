"""Recipes for functions that rearrange: reshape, axes, joining, splitting, padding, repeating, diagonals.

Where arguments depend on each other (a shape must hold as many elements as the array) they are drawn
together; about one call in ten breaks the rule on purpose. as_strided never leaves its array: what it
would read there is undefined.
"""

from __future__ import annotations

from collections.abc import Sequence

from node_mlx.parity import values
from node_mlx.parity.dtypes import DTYPES
from node_mlx.parity.recipe import Arguments, Recipe, Recipes, arguments, passed
from node_mlx.parity.scene import (
    SHAPES,
    Scene,
    arrays,
    axis_number,
    boolean,
    either,
    integers,
    make_array,
    one_of,
    scalar_or_array,
    strings,
)
from node_mlx.parity.values import Value


def factors(scene: Scene, size: int) -> list[int]:
    """A shape of `size` elements with up to four dimensions."""
    if size == 0:
        return scene.choose(([0], [0, 3], [2, 0]))
    shape = []
    for _ in range(scene.rng.randint(0, 3)):
        divisors = [n for n in range(1, size + 1) if size % n == 0]
        shape.append(scene.choose(divisors))
        size //= shape[-1]
    return [*shape, size] if size > 1 or not shape else shape


def _some_array(scene: Scene) -> Value:
    array = make_array(scene, scene.dtype(), scene.shape())
    scene.drawn["a"] = array
    return array


def _new_shape(scene: Scene, array: Value) -> list[int]:
    shape = factors(scene, values.size(values.shape_of(array)))
    if shape and scene.chance(0.3):
        shape[scene.rng.randrange(len(shape))] = -1
    if scene.chance(0.1):
        shape = scene.choose(([-1, -1], [7, 7], [*shape, 2], [-2, 3]))
    return shape


def _reshape(scene: Scene) -> Arguments:
    array = _some_array(scene)
    shape = scene.choose((values.integers, values.integer_tuple))(_new_shape(scene, array))
    return arguments(array, shape) if scene.chance(0.7) else arguments(array, shape=shape)


def _unflatten(scene: Scene) -> Arguments:
    array = _some_array(scene)
    axis = axis_number(scene)
    shape = values.shape_of(array)
    length = shape[axis] if -len(shape) <= axis < len(shape) else 1
    new = factors(scene, length)
    # Beside a 0, upstream divides by it to find the length of a -1.
    if new and length and scene.chance(0.3):
        new[-1] = -1
    if scene.chance(0.1):
        new = [5, 5]
    return passed(scene, [array], {"axis": values.integer(axis), "shape": values.integers(new)})


def _permutation(scene: Scene) -> Arguments:
    array = _some_array(scene)
    order = list(range(scene.ndim))
    scene.rng.shuffle(order)
    if scene.chance(0.3):
        order = [number - scene.ndim for number in order]
    if scene.chance(0.12):
        order = scene.choose(([0], [0, 0], [*order, 5], []))
    axes = scene.choose((values.integers, values.integer_tuple))(order)
    match scene.rng.randrange(4):
        case 0:
            return arguments(array)
        case 1:
            return arguments(array, axes=axes)
        case _:
            return arguments(array, axes)


def _broadcast(scene: Scene) -> Arguments:
    shapes = (
        ((3,), (2, 3)),
        ((), (2, 2)),
        ((1,), (0,)),
        ((2, 1, 3), (2, 4, 3)),
        ((2, 3), (2, 3)),
        ((3,), (2,)),
    )
    shape, target = shapes[scene.index % len(shapes)]
    array = make_array(scene, scene.dtype(), shape) if scene.chance(0.85) else scalar_or_array(scene)
    return passed(scene, [array], {"shape": scene.choose((values.integers, values.integer_tuple))(target)})


def _joined(scene: Scene) -> Arguments:
    """Arrays that agree except along the axis, sometimes of several dtypes."""
    shape = list(scene.choose(((2, 3), (3,), (2, 1, 3), (0, 3), (33,), ())))
    axis = scene.rng.randrange(-len(shape), len(shape)) if shape else 0
    dtype = scene.dtype()
    parts = []
    for _ in range(scene.rng.randint(1, 3)):
        if shape and scene.chance(0.5):
            shape[axis] = scene.rng.randint(0, 3)
        part = dtype if scene.chance(0.6) else scene.choose(DTYPES)
        parts.append(make_array(scene, part, shape))
    if scene.chance(0.1):
        parts.append(make_array(scene, dtype, (2, 2, 2)))
    if scene.chance(0.1):
        axis = scene.choose((5, -7))
    sequence = scene.choose((values.sequence, values.tuple_of))(parts)
    if scene.chance(0.25):
        return arguments(sequence, values.NONE) if scene.chance(0.5) else arguments(sequence)
    return passed(scene, [sequence], {"axis": values.integer(axis)})


def _stacked(scene: Scene) -> Arguments:
    shape = scene.choose(((2, 3), (3,), (), (0, 3), (33,)))
    parts = [make_array(scene, scene.choose(DTYPES), shape) for _ in range(scene.rng.randint(1, 3))]
    if scene.chance(0.1):
        parts.append(make_array(scene, "int32", (7,)))
    sequence = scene.choose((values.sequence, values.tuple_of))(parts)
    axis = scene.rng.randint(-len(shape) - 1, len(shape)) if scene.chance(0.9) else 9
    if scene.chance(0.3):
        return arguments(sequence)
    return passed(scene, [sequence], {"axis": values.NONE if scene.chance(0.1) else values.integer(axis)})


def split_arguments(scene: Scene) -> Arguments:
    array = make_array(scene, scene.dtype(), scene.choose(((6,), (4, 6), (2, 3), (0, 2), (12, 1))))
    scene.drawn["a"] = array
    axis = axis_number(scene)
    if scene.chance(0.5):
        sections: Value = values.integer(scene.choose((1, 2, 3, 2, 5, 0, -1)))
    else:
        points = scene.choose(([1], [1, 2], [], [2, 4], [0, 2], [3, 1], [1, 9], [-1]))
        sections = scene.choose((values.integers, values.integer_tuple))(points)
    if scene.chance(0.4):
        return arguments(array, sections)
    return passed(scene, [array, sections], {"axis": values.integer(axis)})


def _meshgrid(scene: Scene) -> Arguments:
    count = scene.rng.randint(1, 3)
    parts = [
        make_array(scene, scene.dtype(), scene.choose(((2,), (3,), (1,), (), (0,)))) for _ in range(count)
    ]
    if scene.chance(0.1):
        parts.append(make_array(scene, "int32", (2, 2)))
    options: dict[str, Value] = {}
    if scene.chance(0.5):
        options["sparse"] = boolean(scene)
    if scene.chance(0.5):
        options["indexing"] = strings("xy", "ij", "no")(scene)
    return Arguments(tuple(parts), options)


def _pad(scene: Scene) -> Arguments:
    shape = scene.choose(((3,), (2, 3), (4, 5), (1,), (), (2, 0)))
    array = make_array(scene, scene.dtype(), shape, "ordinary")
    per_axis = [values.integer_tuple((scene.rng.randint(0, 2), scene.rng.randint(0, 2))) for _ in shape]
    width = scene.choose(
        (
            values.integer(scene.choose((0, 1, 2))),
            values.integer_tuple((1,)),
            values.integer_tuple((1, 2)),
            values.sequence(per_axis),
            values.tuple_of(per_axis),
        )
    )
    if scene.chance(0.1):
        width = scene.choose(
            (values.integer(-1), values.integer_tuple((1, 2, 3)), values.sequence(per_axis * 2))
        )
    options: dict[str, Value] = {}
    if scene.chance(0.6):
        options["mode"] = strings("constant", "edge", "reflect", "symmetric", "constant", "no")(scene)
        if scene.chance(0.5):
            fill = values.integer(3) if scene.chance(0.5) else make_array(scene, "float32", (), "ordinary")
            options["constant_values"] = fill
    return passed(scene, [array, width], options)


def _strided(scene: Scene) -> Arguments:
    """Views that stay inside the 24 elements of the array."""
    array = make_array(scene, scene.dtype(), scene.choose(((24,), (4, 6), (2, 3, 4))))
    shape, strides, offset = scene.choose(
        (
            ((4, 3), (6, 2), 0),
            ((3,), (1,), 5),
            ((2, 2), (0, 1), 3),
            ((3, 4), (1, 5), 1),
            ((), (), 7),
            ((0,), (1,), 0),
            ((4,), (-2,), 10),
            ((2, 3, 4), (12, 4, 1), 0),
        )
    )
    if scene.chance(0.1) and min(strides, default=0) >= 0:
        return arguments(array, values.integers(shape), values.integers((*strides, 1)))
    if scene.chance(0.1):
        return arguments(array)
    return passed(
        scene,
        [array],
        {
            "shape": values.integers(shape),
            "strides": values.integers(strides),
            "offset": values.integer(offset),
        },
    )


def _roll(scene: Scene) -> Arguments:
    array = _some_array(scene)
    shift = values.integer(scene.choose((0, 1, -1, 2, 7, -100)))
    match scene.rng.randrange(5):
        case 0:
            return arguments(array, shift)
        case 1:
            return arguments(array, shift, values.integer(axis_number(scene)))
        case 2:
            axes = values.integer_tuple((axis_number(scene), axis_number(scene)))
            return arguments(array, values.integer_tuple((1, -2)), axes)
        case 3:
            return arguments(array, values.integer_tuple((1, 2)), values.integer(axis_number(scene)))
        case _:
            return arguments(array, shift, values.NONE)


_MATRICES = ((2, 3), (4, 5), (2, 3, 4), (3,), (2, 2, 3, 2))


def _diagonal(scene: Scene, shapes: Sequence[tuple[int, ...]] = (*_MATRICES, (1, 1), (0, 3))) -> Arguments:
    shape = scene.choose(shapes)
    array = make_array(scene, scene.dtype(), shape)
    scene.drawn["a"] = array
    if scene.chance(0.3):
        return arguments(array)
    return passed(
        scene,
        [array],
        {
            "offset": integers(0, 1, -1, 3)(scene),
            "axis1": values.integer(axis_number(scene)),
            "axis2": values.integer(axis_number(scene)),
        },
    )


def _trace(scene: Scene) -> Arguments:
    """As for diagonal, but never beside the matrix: upstream then waits forever for the sum of nothing."""
    drawn = _diagonal(scene, _MATRICES)
    offset = integers(0, 0, 1, -1)(scene)
    if len(drawn.args) > 1:
        drawn = Arguments((drawn.args[0], offset, *drawn.args[2:]), drawn.kwargs)
    elif "offset" in drawn.kwargs:
        drawn = Arguments(drawn.args, {**drawn.kwargs, "offset": offset})
    if scene.chance(0.3):
        return Arguments(drawn.args, {**drawn.kwargs, "dtype": values.dtype(scene.choose(DTYPES))})
    return drawn


def _repeat(scene: Scene) -> Arguments:
    array = make_array(scene, scene.dtype(), scene.choose(SHAPES[:9]))
    scene.drawn["a"] = array
    repeats = integers(0, 1, 2, 3, 2, -1)(scene)
    if scene.chance(0.4):
        return arguments(array, repeats)
    axis = values.NONE if scene.chance(0.2) else values.integer(axis_number(scene))
    return passed(scene, [array], {"repeats": repeats, "axis": axis})


def _dynamic_slice(scene: Scene) -> Arguments:
    shape = scene.choose(((4, 5), (6,), (2, 3, 4)))
    array = make_array(scene, scene.dtype(), shape)
    axes = sorted(scene.rng.sample(range(len(shape)), scene.rng.randint(1, len(shape))))
    sizes = [scene.rng.randint(1, n) for n in shape]
    starts = [scene.rng.randint(0, shape[axis] - sizes[axis]) for axis in axes]
    start = values.call("mlx.core.array", (values.integers(starts),))
    if scene.chance(0.1):
        axes = scene.choose(([9], [0, 0], [0, 1, 2, 3]))
    return passed(
        scene,
        [array],
        {"start_indices": start, "axes": values.integers(axes), "slice_size": values.integer_tuple(sizes)},
    )


def _slice_update(scene: Scene) -> Arguments:
    shape = scene.choose(((4, 5), (6,), (2, 3, 4)))
    array = make_array(scene, scene.dtype(), shape)
    sizes = [scene.rng.randint(1, n) for n in shape]
    axes = list(range(len(shape)))
    starts = [scene.rng.randint(0, n - m) for n, m in zip(shape, sizes, strict=True)]
    update = make_array(scene, scene.choose(DTYPES), sizes, "ordinary")
    start = values.call("mlx.core.array", (values.integers(starts),))
    if scene.chance(0.1):
        axes = scene.choose(([9], [0, 0]))
    return passed(
        scene, [array], {"update": update, "start_indices": start, "axes": values.integer_tuple(axes)}
    )


def _depends(scene: Scene) -> Arguments:
    parts = [make_array(scene, scene.dtype(), scene.shape()) for _ in range(3)]
    inputs = parts[0] if scene.chance(0.5) else values.sequence(parts[:2])
    other = parts[2] if scene.chance(0.5) else values.sequence(parts[1:])
    return arguments(inputs, other)


def _flatten(scene: Scene) -> Arguments:
    array = _some_array(scene)
    if scene.chance(0.3):
        return arguments(array)
    first, last = sorted((axis_number(scene), axis_number(scene)), key=lambda n: n % max(scene.ndim, 1))
    return passed(scene, [array], {"start_axis": values.integer(first), "end_axis": values.integer(last)})


_reps = either(
    integers(0, 1, 2, -1), lambda s: values.integer_tuple(s.choose(((2,), (1, 2), (2, 1, 2), (), (0, 2))))
)

RECIPES: Recipes = {
    **{
        f"mlx.core.{name}": Recipe()
        for name in "squeeze flip unstack expand_dims moveaxis swapaxes matrix_transpose contiguous".split()
    },
    "mlx.core.reshape": Recipe(together=_reshape),
    "mlx.core.flatten": Recipe(together=_flatten),
    "mlx.core.unflatten": Recipe(together=_unflatten),
    "mlx.core.transpose": Recipe(together=_permutation),
    "mlx.core.permute_dims": Recipe(together=_permutation),
    "mlx.core.broadcast_to": Recipe(together=_broadcast),
    "mlx.core.broadcast_arrays": Recipe(
        parameters={
            "arrays": lambda s: values.sequence(
                make_array(s, s.dtype(), sh)
                for sh in s.choose(
                    (((3,), (2, 3)), ((), (2,)), ((1, 3), (2, 1), ()), ((2,), (3,)), ((4, 5),), ((0,), (1,)))
                )
            )
        }
    ),
    # A dimension past int32 ends the process upstream.
    "mlx.core.broadcast_shapes": Recipe(
        parameters={
            "shapes": lambda s: values.sequence(
                values.integers(s.choose(((), (0,), (1,), (3,), (2, 3), (2, 1), (1, 3), (-1,), (4, 1, 3))))
                for _ in range(s.rng.randint(1, 3))
            )
        }
    ),
    "mlx.core.concatenate": Recipe(together=_joined),
    "mlx.core.concat": Recipe(together=_joined),
    "mlx.core.stack": Recipe(together=_stacked),
    "mlx.core.split": Recipe(together=split_arguments),
    "mlx.core.meshgrid": Recipe(together=_meshgrid),
    "mlx.core.repeat": Recipe(together=_repeat),
    "mlx.core.pad": Recipe(good=84, together=_pad),
    # A wrong shape, stride or offset reads outside of the array, which is undefined upstream.
    "mlx.core.as_strided": Recipe(together=_strided, keep=("shape", "strides", "offset")),
    "mlx.core.tile": Recipe(parameters={"a": arrays(shapes=SHAPES[:9]), "reps": _reps}),
    "mlx.core.roll": Recipe(together=_roll),
    "mlx.core.diagonal": Recipe(together=_diagonal),
    "mlx.core.diag": Recipe(
        parameters={
            "a": arrays(shapes=((3,), (2, 3), (4, 4), (1,), (0,), (), (2, 2, 2))),
            "k": integers(0, 1, -1, 2),
        }
    ),
    "mlx.core.trace": Recipe(together=_trace, keep=("offset",)),
    # Start indices out of range are clamped or not, depending on the backend: kept in range.
    "mlx.core.slice": Recipe(together=_dynamic_slice, keep=("start_indices",)),
    "mlx.core.slice_update": Recipe(together=_slice_update, keep=("start_indices",)),
    # Empty lists end the process upstream.
    "mlx.core.depends": Recipe(together=_depends, keep=("inputs", "dependencies")),
    **{f"mlx.core.atleast_{n}d": Recipe() for n in (1, 2, 3)},
    "mlx.core.view": Recipe(
        parameters={"a": arrays(shapes=((8,), (2, 4), (3,), (), (0,), (16,), (1,)), profile="wide")}
    ),
    "mlx.core.astype": Recipe(parameters={"a": arrays(profile="positive")}),
    "mlx.core.full_like": Recipe(
        parameters={"vals": either(integers(0, 1, 7), one_of(values.floating(2.5)))}
    ),
    "mlx.core.zeros_like": Recipe(),
    "mlx.core.ones_like": Recipe(),
    "mlx.core.kron": Recipe(
        parameters={"a": arrays(shapes=SHAPES[:8]), "b": arrays(shapes=((2,), (2, 2), (), (1, 3)))}
    ),
}
