"""Recipes and cases for the array class: methods, properties, operators and conversions to host values.

Methods with a signature are called like functions with the array first. Operators exist in three forms
(a + b, reflected, in place); the in-place ones change the array itself, so those cases return it as well.
"""

from __future__ import annotations

import random
from collections.abc import Iterator

from node_mlx.parity import values
from node_mlx.parity.case import Case, Step
from node_mlx.parity.data import special_floats
from node_mlx.parity.dtypes import DTYPES, INTEGERS, bits, encode
from node_mlx.parity.recipe import Arguments, Recipe, Recipes, Together, case_of
from node_mlx.parity.recipes.elementwise import pairs
from node_mlx.parity.recipes.products import matrices
from node_mlx.parity.recipes.shapes import factors, split_arguments
from node_mlx.parity.scene import SHAPES, Scene, arrays, integers, make_array
from node_mlx.parity.values import NONE, Value

TOPIC = "array"
CLASS = "mlx.core.array"


def _reshape(scene: Scene) -> Arguments:
    """The shape as one sequence or as separate integers. Never empty: upstream crashes on a.reshape()."""
    array = make_array(scene, scene.dtype(), scene.choose(SHAPES[:11]))
    shape = factors(scene, values.size(values.shape_of(array)))
    if scene.chance(0.3):
        shape[scene.rng.randrange(len(shape))] = -1
    if scene.chance(0.1):
        shape = scene.choose(([-1, -1], [7, 7], [*shape, 2]))
    if scene.chance(0.5):
        return Arguments((array, *map(values.integer, shape)))
    return Arguments((array, scene.choose((values.integers, values.integer_tuple))(shape)))


def _transpose(scene: Scene) -> Arguments:
    array = make_array(scene, scene.dtype(), scene.shape())
    order = list(range(len(values.shape_of(array))))
    scene.rng.shuffle(order)
    if scene.chance(0.1):
        order = [*order, 5]
    if scene.chance(0.3) or not order:
        return Arguments((array,))
    if scene.chance(0.5):
        return Arguments((array, *map(values.integer, order)))
    return Arguments((array, values.integer_tuple(order)))


def _view(scene: Scene) -> Arguments:
    array = make_array(scene, scene.dtype(), scene.choose(((8,), (2, 4), (3,), (), (16,))), "wide")
    return Arguments((array, values.dtype(scene.choose(DTYPES))))


def _astype(scene: Scene) -> Arguments:
    return Arguments(
        (make_array(scene, scene.dtype(), scene.shape(), "positive"), values.dtype(scene.choose(DTYPES)))
    )


def _diagonal_source(scene: Scene) -> Value:
    return make_array(scene, scene.dtype(), scene.choose(((2, 3), (4, 4), (3,), (2, 2, 2), (0,))))


def _shift(scene: Scene) -> Arguments:
    dtype = INTEGERS[scene.index % len(INTEGERS)]
    array = make_array(scene, dtype, scene.choose(((3,), (), (2, 3))), "positive")
    if scene.chance(0.5):
        return Arguments((array, values.integer(scene.rng.randrange(bits(dtype) - 1))))
    return Arguments((array, make_array(scene, dtype, (), "small")))


_ARITHMETIC = ("add", "sub", "mul", "truediv", "lt", "le", "gt", "ge")
_DIVISION = ("floordiv", "mod")
_BITWISE = ("and", "or", "xor")
_SHIFT = ("lshift", "rshift")
_any_pair = pairs()
_division_pair = pairs(profile="ordinary", second_profile="nonzero", scalars=integers(2, 3, 7))
_bit_pair = pairs(scalars=integers(0, 1, 7))
_power_pair = pairs(profile="ordinary", second_profile="small", scalars=integers(0, 1, 2, 3))


def _array_first(scene: Scene, draw: Together) -> Arguments:
    """Operands of which the first is an array: the method belongs to it."""
    while True:
        drawn = draw(scene)
        operands = sorted(drawn.args, key=lambda value: "array" not in value)
        if "array" in operands[0]:
            return Arguments(tuple(operands))


def _operator(draw: Together) -> Recipe:
    return Recipe(good=56, together=lambda scene: _array_first(scene, draw))


def _forms(name: str) -> tuple[str, ...]:
    return f"__{name}__", f"__r{name}__"


OPERATORS: dict[str, Together] = {
    **{form: _any_pair for name in (*_ARITHMETIC[:4], "div") for form in _forms(name)},
    **{f"__{name}__": _any_pair for name in _ARITHMETIC[4:]},
    **{form: _division_pair for name in _DIVISION for form in _forms(name)},
    **{f"__{name}__": _bit_pair for name in _BITWISE},
    **{f"__{name}__": _shift for name in _SHIFT},
    **dict.fromkeys(_forms("pow"), _power_pair),
    "__matmul__": matrices(),
}
IN_PLACE: dict[str, Together] = {
    **{f"__i{name}__": _any_pair for name in _ARITHMETIC[:4]},
    **{f"__i{name}__": _division_pair for name in _DIVISION},
    **{f"__i{name}__": _bit_pair for name in _BITWISE},
    **{f"__i{name}__": _shift for name in _SHIFT},
    "__ipow__": _power_pair,
    "__imatmul__": matrices(),
}

_UNARY = (
    "abs square sqrt rsqrt reciprocal exp log log2 log10 sin cos log1p conj"
    " __abs__ __neg__ __pos__ __invert__"
)
_REDUCTIONS = "all any sum prod min max logsumexp mean argmin argmax"
_CUMULATIVE = "cumsum cumprod cummax cummin logcumsumexp"
_AXES = "flatten squeeze moveaxis swapaxes"

RECIPES: Recipes = {
    **{
        f"{CLASS}.{name}": Recipe(good=30) for name in f"{_UNARY} {_REDUCTIONS} {_CUMULATIVE} {_AXES}".split()
    },
    **{f"{CLASS}.{name}": _operator(draw) for name, draw in OPERATORS.items()},
    f"{CLASS}.__eq__": _operator(_any_pair),
    f"{CLASS}.__ne__": _operator(_any_pair),
    f"{CLASS}.var": Recipe(good=40, parameters={"ddof": integers(0, 1, 2)}),
    f"{CLASS}.std": Recipe(good=40, parameters={"ddof": integers(0, 1, 2)}),
    f"{CLASS}.round": Recipe(
        good=30, parameters={"self": arrays(profile="ordinary"), "decimals": integers(0, 1, -1, 2)}
    ),
    f"{CLASS}.reshape": Recipe(together=_reshape, bad=False),
    f"{CLASS}.transpose": Recipe(together=_transpose),
    f"{CLASS}.split": Recipe(together=split_arguments),
    f"{CLASS}.diagonal": Recipe(good=40, parameters={"self": _diagonal_source}),
    f"{CLASS}.diag": Recipe(good=40, parameters={"self": _diagonal_source, "k": integers(0, 1, -1)}),
    # Called as a function, upstream's view also takes a number for the array.
    f"{CLASS}.view": Recipe(together=_view, keep=("self",)),
    f"{CLASS}.astype": Recipe(together=_astype),
    f"{CLASS}.item": Recipe(good=28, parameters={"self": arrays(shapes=((), (1,), (1, 1), (2,), (0,)))}),
    f"{CLASS}.tolist": Recipe(good=56),
}

PROPERTIES = ("size", "ndim", "itemsize", "nbytes", "shape", "dtype", "real", "imag", "T", "mT")
CONVERSIONS = ("__bool__", "__int__", "__float__", "__complex__", "__index__", "__bytes__", "__copy__")


def cases() -> Iterator[Case]:
    for source in (_properties, _conversions, _items, _in_place, _copies, _protocols, _receivers):
        yield from source()


def _properties() -> Iterator[Case]:
    rng = random.Random("properties")
    for name in PROPERTIES:
        for number in range(28):
            scene = Scene(rng, number)
            array = make_array(scene, scene.dtype(), scene.shape())
            yield case_of(f"{CLASS}.{name}", TOPIC, Step("getattr", (array, values.string(name))))


def _conversions() -> Iterator[Case]:
    rng = random.Random("conversions")
    shapes: tuple[tuple[int, ...], ...] = ((), (1,), (1, 1), (2,), (0,))
    for name in CONVERSIONS:
        for number in range(42):
            scene = Scene(rng, number)
            array = make_array(scene, scene.dtype(), shapes[number % 5] if number > 13 else ())
            yield case_of(f"{CLASS}.{name}", TOPIC, Step(f"{CLASS}.{name}", (array,)))


def _items() -> Iterator[Case]:
    """item and tolist of the values that JavaScript numbers make difficult."""
    edges = (0, 1, -1, 2**31, 2**53, 2**53 + 1, -(2**53) - 1, 2**63 - 1, -(2**63), 2**64 - 1)
    for key in INTEGERS:
        for number in edges:
            array = values.array(key, (), encode(key, number))
            yield case_of(f"{CLASS}.item", TOPIC, Step(f"{CLASS}.item", (array,)))
    for key in ("float16", "bfloat16", "float32", "float64", "complex64"):
        data = b"".join(encode(key, number) for number in special_floats())
        array = values.array(key, (len(special_floats()),), data)
        yield case_of(f"{CLASS}.tolist", TOPIC, Step(f"{CLASS}.tolist", (array,)))
        for special in special_floats():
            one = values.array(key, (1,), encode(key, special))
            yield case_of(f"{CLASS}.item", TOPIC, Step(f"{CLASS}.item", (one,)))
    for key in ("int64", "uint64"):
        data = b"".join(encode(key, number) for number in edges)
        array = values.array(key, (2, len(edges) // 2), data)
        yield case_of(f"{CLASS}.tolist", TOPIC, Step(f"{CLASS}.tolist", (array,)))


def _in_place() -> Iterator[Case]:
    """Results: the value of the expression, and the array that it was applied to."""
    for name, draw in IN_PLACE.items():
        rng = random.Random(name)
        for number in range(42):
            drawn = _array_first(Scene(rng, number), draw)
            steps = (
                Step("identity", (drawn.args[0],)),
                Step(f"{CLASS}.{name}", (values.reference(0), drawn.args[1])),
                Step("identity", (values.reference(0),)),
            )
            yield case_of(f"{CLASS}.{name}", TOPIC, *steps)
        for wrong in (values.string("x"), NONE, values.OBJECT, values.integers((1, 2))):
            array = values.array("float32", (1,), encode("float32", 1.0))
            yield case_of(f"{CLASS}.{name}", TOPIC, Step(f"{CLASS}.{name}", (array, wrong)))


def _copies() -> Iterator[Case]:
    """A copy is another array: writing to it leaves the first as it was."""
    array = values.array("int32", (3,), bytes(12))
    for made in (
        Step(f"{CLASS}.__copy__", (values.reference(0),)),
        Step(f"{CLASS}.__deepcopy__", (values.reference(0), values.mapping({}))),
        Step("mlx.core.array", (values.reference(0),)),
    ):
        write = Step("setitem", (values.reference(1), values.integer(0), values.integer(5)))
        steps = (Step("identity", (array,)), made, write, Step("identity", (values.reference(0),)))
        counted = made.call if made.call.startswith(f"{CLASS}.") else CLASS
        yield case_of(counted, TOPIC, *steps)


def _protocols() -> Iterator[Case]:
    array = values.array("float32", (2,), encode("float32", 1.5) * 2)
    yield case_of(f"{CLASS}.__dlpack_device__", TOPIC, Step(f"{CLASS}.__dlpack_device__", (array,)))
    yield case_of(f"{CLASS}.__getstate__", TOPIC, Step(f"{CLASS}.__getstate__", (array,)))
    for version in ((), (NONE,), (values.string("2024.12"),)):
        step = Step(f"{CLASS}.__array_namespace__", (array, *version))
        yield case_of(f"{CLASS}.__array_namespace__", TOPIC, step, compare="kind")
    # A format that Python does not know crashes it.
    for spec in ("", ".2f", ".3e", "10.1f"):
        for key in ("float32", "int32", "bool", "float16"):
            one = values.array(key, (), encode(key, 1))
            yield case_of(
                f"{CLASS}.__format__", TOPIC, Step(f"{CLASS}.__format__", (one, values.string(spec)))
            )


def _receivers() -> Iterator[Case]:
    """Methods called on what is no array."""
    for receiver in (values.integer(1), NONE, values.string("x"), values.OBJECT, values.dtype("int8")):
        for method in ("sum", "tolist", "item", "__add__", "reshape", "astype"):
            yield case_of(
                f"{CLASS}.{method}", TOPIC, Step(f"{CLASS}.{method}", (receiver, values.integer(1)))
            )
