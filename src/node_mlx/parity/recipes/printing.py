"""Cases for printing: the text must be the same, character by character.

All dtypes and special values, shapes around the limit of six entries per dimension, and precisions.
"""

from __future__ import annotations

import random
from collections.abc import Iterator

from node_mlx.parity import values
from node_mlx.parity.case import Case, Step
from node_mlx.parity.data import special_patterns
from node_mlx.parity.dtypes import DTYPES, FLOATS, encode, encode_bits
from node_mlx.parity.recipe import Recipe, Recipes, case_of
from node_mlx.parity.scene import Scene, make_array
from node_mlx.parity.values import Value

TOPIC = "printing"
RESTORE = (Step("restore_defaults"),)

SHAPES: tuple[tuple[int, ...], ...] = (
    (),
    (1,),
    (3,),
    (6,),
    (7,),
    (128,),
    (0,),
    (2, 3),
    (0, 3),
    (3, 0),
    (7, 2),
    (2, 7),
    (8, 8),
    (2, 2, 2),
    (1, 7, 1),
    (7, 7, 7),
    (2, 2, 2, 2),
    (1, 1, 1, 1, 1),
)

RECIPES: Recipes = {
    "mlx.core.set_printoptions": Recipe(good=6, cleanup=RESTORE),
    "mlx.core.get_printoptions": Recipe(good=1),
    # Without a body it only makes the context, which printing would show.
    "mlx.core.printoptions": Recipe(good=2, compare="kind", cleanup=RESTORE),
}


def cases() -> Iterator[Case]:
    yield from _arrays()
    yield from _specials()
    yield from _precisions()
    yield from _others()


def _arrays() -> Iterator[Case]:
    rng = random.Random("printing")
    for shape in SHAPES:
        for number, dtype in enumerate(DTYPES):
            profile = "mixed" if number % 2 else "ordinary"
            array = make_array(Scene(rng, number), dtype, shape, profile)
            yield case_of("mlx.core.array.__repr__", TOPIC, Step("repr", (array,)))
    for dtype in DTYPES:
        array = make_array(Scene(rng, 0), dtype, (2, 3))
        yield case_of("mlx.core.array.__repr__", TOPIC, Step("str", (array,)))
        yield case_of("mlx.core.array.__repr__", TOPIC, Step("mlx.core.array.__repr__", (array,)))


def _specials() -> Iterator[Case]:
    numbers = (
        0.1,
        1 / 3,
        1e5,
        1e6,
        1e7,
        123456.7,
        1e-4,
        1e-5,
        1.0,
        100000.0,
        999999.5,
        1e20,
        1e-30,
        2.5,
        1e38,
    )
    for dtype in FLOATS:
        patterns = special_patterns(dtype)
        for pattern in patterns:
            array = values.array(dtype, (1,), encode_bits(dtype, pattern))
            yield case_of("mlx.core.array.__repr__", TOPIC, Step("repr", (array,)))
    for dtype in (*FLOATS, "complex64"):
        for number in numbers:
            array = values.array(dtype, (2,), encode(dtype, number) + encode(dtype, -number))
            yield case_of("mlx.core.array.__repr__", TOPIC, Step("repr", (array,)))


def _numbers(dtype: str) -> Value:
    chosen = (1 / 3, 1234.56789, 1e-7, 1e10, float("nan"), float("-inf"))
    return values.array(dtype, (len(chosen),), b"".join(encode(dtype, number) for number in chosen))


def _precisions() -> Iterator[Case]:
    for precision in (-1, 0, 1, 2, 3, 6, 8, 12, 17):
        number = values.integer(precision)
        for dtype in (*FLOATS, "complex64"):
            setting = Step("mlx.core.set_printoptions", (number,))
            show = Step("repr", (_numbers(dtype),))
            yield case_of("mlx.core.set_printoptions", TOPIC, setting, show, cleanup=RESTORE)
        by_name = Step("mlx.core.set_printoptions", (), {"precision": number})
        current = values.call("mlx.core.get_printoptions")
        read = Step("getattr", (current, values.string("precision")))
        yield case_of("mlx.core.get_printoptions", TOPIC, by_name, read, cleanup=RESTORE)
        inside = values.function(values.call("repr", (_numbers("float32"),)))
        after = Step("repr", (_numbers("float32"),))
        for form in ("with_callback", "with_scope"):
            context = Step(form, (values.string("mlx.core.printoptions"), number, inside))
            yield case_of("mlx.core.printoptions", TOPIC, context, after, cleanup=RESTORE)
        made = values.call("mlx.core.PrintOptions", (number,))
        yield case_of(
            "mlx.core.PrintOptions.precision", TOPIC, Step("getattr", (made, values.string("precision")))
        )
    made_context = values.call(
        "mlx.core._PrintOptionsContext", (values.call("mlx.core.PrintOptions", (values.integer(2),)),)
    )
    shown = values.function(values.call("repr", (_numbers("float32"),)))
    for member in ("__enter__", "__exit__"):
        use = Step("with_context", (made_context, shown))
        yield case_of(f"mlx.core._PrintOptionsContext.{member}", TOPIC, use, cleanup=RESTORE)
    made_step = Step("mlx.core.PrintOptions", (values.integer(2),))
    write = Step("setattr", (values.reference(0), values.string("precision"), values.integer(5)))
    read = Step("getattr", (values.reference(0), values.string("precision")))
    yield case_of("mlx.core.PrintOptions.precision", TOPIC, made_step, write, read)
    yield case_of("mlx.core.PrintOptions", TOPIC, made_step)
    for wrong in (values.string("x"), values.floating(1.5), values.NONE):
        yield case_of("mlx.core.PrintOptions", TOPIC, Step("mlx.core.PrintOptions", (wrong,)))


def _others() -> Iterator[Case]:
    cpu, gpu = values.name("mlx.core.cpu"), values.name("mlx.core.gpu")
    device = values.call("mlx.core.Device", (cpu,))
    shown: tuple[tuple[str, Value], ...] = (
        ("mlx.core.Device.__repr__", device),
        ("mlx.core.Device.__repr__", values.call("mlx.core.Device", (cpu, values.integer(2)))),
        ("mlx.core.Device.__repr__", values.call("mlx.core.Device", (gpu, values.integer(1)))),
        ("mlx.core.Device.__repr__", values.call("mlx.core.default_device")),
        ("mlx.core.Stream.__repr__", values.call("mlx.core.default_stream", (cpu,))),
        ("mlx.core.DeviceType.cpu", cpu),
        ("mlx.core.DeviceType.gpu", gpu),
    )
    for function, value in shown:
        yield case_of(function, TOPIC, Step("str", (value,)))
        yield case_of(function, TOPIC, Step("repr", (value,)))
