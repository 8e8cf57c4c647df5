"""Recipes for functions that make arrays: from shapes, from ranges, and from host data.

Host data: scalars, nested lists and tuples, arrays inside lists, one-dimensional typed data. The rules that
choose the dtype are the reason for the many small cases.
"""

from __future__ import annotations

from collections.abc import Iterator

from node_mlx.parity import values
from node_mlx.parity.data import BORDER_INTEGERS, fill, special_floats
from node_mlx.parity.dtypes import DTYPES, FLOATS
from node_mlx.parity.recipe import Arguments, Recipe, Recipes, arguments, passed
from node_mlx.parity.scene import (
    Scene,
    any_dtype,
    either,
    floats,
    integers,
    make_array,
    one_of,
    or_none,
    scalar,
    small_shape,
)
from node_mlx.parity.values import NONE, Value

# NumPy names of the element types that both NumPy and TypedArray have.
TYPED_KINDS = ("int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64", "float32", "float64")


def number(scene: Scene) -> Value:
    """A number whose conversion to any dtype is defined: floats stay small."""
    return either(integers(0, 1, 2, -1, 5, 100), floats(0.0, 1.0, 2.5, -0.5, 0.1))(scene)


def _nested(scene: Scene, depth: int, leaf_kinds: int) -> Value:
    if depth == 0:
        return (
            values.boolean(scene.chance(0.5)),
            values.integer(scene.rng.randint(-5, 300)),
            values.floating(scene.choose((0.5, 1.0, -2.25, 1e10))),
            values.complex_number(complex(scene.rng.randint(-2, 2), 1.5)),
        )[scene.rng.randrange(leaf_kinds)]
    length = 2 if scene.chance(0.9) else scene.choose((0, 1, 3))
    return values.sequence(_nested(scene, depth - 1, leaf_kinds) for _ in range(length))


def _host_value(scene: Scene) -> Value:
    match scene.index % 8:
        case 0:
            return scalar(scene)
        case 1:
            return values.integer(scene.choose(BORDER_INTEGERS))
        case 2:
            return values.floating(scene.choose(special_floats()))
        case 3 | 4:
            nested = _nested(scene, scene.rng.randint(1, 3), scene.rng.randint(1, 4))
            # Only the outermost may be a tuple: deeper ones pass in Python by their position.
            return nested if scene.chance(0.8) else values.tuple_of(nested["list"])
        case 5:
            kind = scene.choose(TYPED_KINDS)
            return values.typed_data(kind, fill(scene.rng, kind, scene.choose((0, 1, 3, 8)), "ordinary"))
        case 6:
            shape = scene.choose(((), (3,), (2, 2)))
            parts = [make_array(scene, scene.choose(DTYPES), shape) for _ in range(scene.rng.randint(1, 3))]
            return values.sequence(parts)
        case _:
            return make_array(scene, scene.choose(DTYPES), scene.shape())


def _is_wild(value: Value) -> bool:
    """Whether the value holds floats that no integer dtype can hold: casting those is undefined."""
    if "float" in value:
        return not abs(values.to_float(value)) < 100
    items = value.get("list") or value.get("tuple")
    if items:
        return any(_is_wild(item) for item in items)
    return "array" in value or "typed" in value or "complex" in value


def host_arguments(scene: Scene) -> Arguments:
    value = _host_value(scene)
    if scene.chance(0.45):
        return arguments(value)
    dtype = values.dtype(scene.choose((*FLOATS, "complex64")) if _is_wild(value) else scene.choose(DTYPES))
    return arguments(value, dtype) if scene.chance(0.6) else arguments(value, dtype=dtype)


def _asarray(scene: Scene) -> Arguments:
    drawn = host_arguments(scene)
    if scene.chance(0.3):
        # Sharing the memory of typed data is what JavaScript's asarray is for, and Python cannot.
        copies = (NONE, values.TRUE) if "typed" in drawn.args[0] else (NONE, values.TRUE, values.FALSE)
        return Arguments(drawn.args, {**drawn.kwargs, "copy": scene.choose(copies)})
    return drawn


def picked_host_values() -> Iterator[Arguments]:
    """Every border integer, special float and dtype once, so that no conversion is left to chance."""
    for border in BORDER_INTEGERS:
        yield arguments(values.integer(border))
        yield arguments(values.sequence([values.integer(border), values.integer(1)]))
    for special in special_floats():
        yield arguments(values.floating(special))
        for key in (*FLOATS, "complex64"):
            yield arguments(values.floating(special), values.dtype(key))
    for key in DTYPES:
        for item in (
            values.TRUE,
            values.integer(1),
            values.integer(-1),
            values.integer(300),
            values.floating(1.5),
        ):
            yield arguments(item, values.dtype(key))
            yield arguments(values.sequence([item, values.FALSE]), dtype=values.dtype(key))
        yield arguments(values.complex_number(2 + 3j), values.dtype(key))
        yield arguments(values.integer(2**40), values.dtype(key))
        yield arguments(values.sequence([]), values.dtype(key))
    for bad in (
        values.sequence([values.integers((1, 2)), values.integers((3,))]),
        values.sequence([values.integer(1), values.integers((2,))]),
        values.sequence([values.integers((2,)), values.integer(1)]),
        values.sequence([values.sequence([values.integers((1, 2))]), values.integers((3, 4))]),
        values.sequence([values.string("a")]),
        values.sequence([values.integer(1), NONE]),
        values.sequence([values.mapping({"a": values.integer(1)})]),
        values.string("abc"),
        NONE,
        values.OBJECT,
        values.dtype("float32"),
    ):
        yield arguments(bad)
        yield arguments(bad, values.dtype("float32"))
    for dtype in (values.string("float32"), values.integer(1), values.OBJECT, NONE):
        yield arguments(values.integer(1), dtype)
    for items in ((), ((),), ((), ()), (((),),)):
        yield arguments(_nested_empty(items))


def _nested_empty(items: tuple[object, ...]) -> Value:
    return values.sequence(_nested_empty(item) for item in items if isinstance(item, tuple))


def _arange(scene: Scene) -> Arguments:
    ends = either(integers(0, 1, 5, 10, -3, 100), floats(0.0, 3.0, 2.5, 10.5, -1.0))
    steps = either(integers(1, 2, -1, 3), floats(0.5, 1.5, -0.25))
    dtype = {"dtype": any_dtype(scene)} if scene.chance(0.35) else {}
    match scene.rng.randrange(6):
        case 0:
            return Arguments((ends(scene),), dtype)
        case 1:
            return Arguments((ends(scene), ends(scene)), dtype)
        case 2:
            return Arguments((ends(scene), ends(scene), steps(scene)), dtype)
        case 3:
            return Arguments((ends(scene),), {"step": steps(scene), **dtype})
        case 4:
            return Arguments((), {"start": ends(scene), "stop": ends(scene), "step": steps(scene), **dtype})
        case _:
            return Arguments((), {"stop": ends(scene), **dtype})


def _full(scene: Scene) -> Arguments:
    shape = either(small_shape, integers(0, 3, -1))(scene)
    value = (
        number(scene)
        if scene.chance(0.6)
        else make_array(scene, scene.dtype(), scene.choose(((), (3,), (1,))), "positive")
    )
    if scene.chance(0.4):
        return arguments(shape, value)
    return passed(scene, [shape], {"vals": value, "dtype": or_none(any_dtype)(scene)})


def _plain_number(scene: Scene) -> Value:
    return either(integers(0, 1, -2, 10), floats(0.0, 0.5, 3.0, -7.25, 1e6))(scene)


_sizes = integers(0, 1, 2, 3, 5, 33, -1)

RECIPES: Recipes = {
    "mlx.core.array": Recipe(good=160, together=host_arguments, picked=tuple(picked_host_values())),
    "mlx.core.asarray": Recipe(good=80, together=_asarray, picked=tuple(picked_host_values())[::3]),
    "mlx.core.zeros": Recipe(),
    "mlx.core.ones": Recipe(),
    "mlx.core.full": Recipe(together=_full),
    "mlx.core.eye": Recipe(parameters={"n": _sizes, "m": or_none(_sizes), "k": integers(0, 1, -1, 7)}),
    "mlx.core.identity": Recipe(good=40, parameters={"n": _sizes}),
    "mlx.core.tri": Recipe(parameters={"n": _sizes, "m": or_none(_sizes), "k": integers(0, 1, -1, 7)}),
    "mlx.core.arange": Recipe(
        good=84,
        together=_arange,
        picked=(
            arguments(values.TRUE),
            arguments(values.integer(0), values.integer(10), values.integer(0)),
            arguments(values.floating(float("nan"))),
            arguments(values.floating(float("inf"))),
            arguments(values.floating(1e10)),
            arguments(values.integer(2**31)),
            arguments(values.integer(2**40), values.integer(2**40 + 3)),
            arguments(values.integer(0), NONE, values.integer(2)),
            arguments(values.complex_number(3j)),
        ),
    ),
    "mlx.core.linspace": Recipe(
        parameters={
            "start": _plain_number,
            "stop": _plain_number,
            "num": or_none(integers(0, 1, 2, 5, 33, 128)),
            "dtype": or_none(lambda s: values.dtype(s.choose((*FLOATS, "int32", "complex64")))),
        },
        picked=(
            arguments(values.integer(0), values.integer(1), values.integer(-1)),
            arguments(values.TRUE, values.complex_number(1 + 1j), values.integer(3)),
        ),
    ),
    **{
        f"mlx.core.{name}": Recipe(good=20, parameters={"M": integers(0, 1, 2, 3, 7, 33, -1)})
        for name in ("bartlett", "hanning", "hamming", "blackman")
    },
    "mlx.core.from_dlpack": Recipe(
        good=40,
        parameters={"x": lambda s: make_array(s, s.dtype(), s.shape()), "copy": one_of(NONE, values.TRUE)},
    ),
}
