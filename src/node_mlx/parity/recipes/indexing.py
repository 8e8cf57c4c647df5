"""Cases for reading and writing through an index: a[…], a[…] = v, a.at[…].add(v), iteration.

An index is a tuple of tagged parts that each runner writes in its own notation (a.get(0, "1:3", null)).
Every kind Python accepts comes up alone and mixed. Integers and index arrays stay in range and steps are
never 0: upstream reads out of range (undefined) and divides by the step (the process ends).
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence

from node_mlx.parity import values
from node_mlx.parity.case import Case, Step
from node_mlx.parity.dtypes import DTYPES, encode
from node_mlx.parity.recipe import Recipes, case_of
from node_mlx.parity.recipes.gathering import index_array
from node_mlx.parity.scene import Scene, make_array
from node_mlx.parity.values import ELLIPSIS, NONE, Value

TOPIC = "indexing"
READS, WRITES, UPDATES = 1100, 900, 420

RECIPES: Recipes = {}

SHAPES: tuple[tuple[int, ...], ...] = (
    (6,),
    (3, 4),
    (2, 3, 4),
    (5, 1),
    (33,),
    (2, 2, 3, 2),
    (4, 4),
    (1,),
    (3, 0),
)
# Writing to an empty array through an index array divides by zero upstream.
WRITABLE = tuple(shape for shape in SHAPES if 0 not in shape)
AT_METHODS = ("add", "subtract", "multiply", "divide", "maximum", "minimum")


def _integer(scene: Scene, length: int) -> Value:
    return values.integer(scene.rng.randrange(-length, length))


def _slice(scene: Scene, length: int) -> Value:
    """Bounds inside, outside and left out; steps of both signs."""

    def bound() -> int | None:
        if scene.chance(0.35):
            return None
        return scene.rng.randint(-length - 2, length + 2)

    step = scene.choose((None, None, 1, 2, 3, -1, -2))
    return values.slice_of(bound(), bound(), step, as_object=scene.chance(0.3))


def _plain_slice(scene: Scene, length: int) -> Value:
    start = scene.rng.randint(0, length)
    return values.slice_of(start, scene.rng.randint(start, length), as_object=scene.chance(0.3))


def _indices(scene: Scene, length: int) -> Value:
    shape = scene.choose(((2,), (3,), (2,), (), (1,), (2, 2)))
    return index_array(scene, shape, length)


def _list(scene: Scene, length: int) -> Value:
    return values.integers(scene.rng.randrange(-length, length) for _ in range(scene.rng.randint(1, 3)))


Part = Callable[[Scene, int], Value]
# Weights by repetition: slices and integers are what people write.
PARTS: tuple[Part, ...] = (_integer, _integer, _slice, _slice, _slice, _indices, _list)


def _length(part: Value, axis_length: int) -> int:
    """How many positions a slice selects; other parts count as one."""
    bounds = part.get("slice", part.get("slice_object"))
    if bounds is None:
        return 1
    return len(range(*slice(*(None if text is None else int(text) for text in bounds)).indices(axis_length)))


def writable_index(scene: Scene, shape: Sequence[int]) -> Value:
    """An index that selects something: an empty slice beside an index array divides by zero upstream."""
    while True:
        index = random_index(scene, shape)
        parts = index.get("tuple", [index])
        if all(_length(part, length) for part in parts for length in shape):
            return index


def random_index(scene: Scene, shape: Sequence[int]) -> Value:
    """One part, or a tuple of parts for some of the axes, with None and Ellipsis in between."""
    if scene.chance(0.3) and shape[0]:
        return scene.choose(PARTS)(scene, shape[0])
    if scene.chance(0.06):
        return scene.choose((NONE, ELLIPSIS, values.tuple_of(())))
    count = scene.rng.randint(0, len(shape))
    # With an Ellipsis the later parts belong to the last axes.
    gap = scene.rng.randint(0, count) if scene.chance(0.35) else None
    parts: list[Value] = []
    for position in range(count):
        if position == gap:
            parts.append(ELLIPSIS)
        axis = position if gap is None or position < gap else len(shape) - count + position
        if scene.chance(0.12):
            parts.append(NONE)
        draw = scene.choose(PARTS) if shape[axis] else _slice
        parts.append(draw(scene, shape[axis]))
    if gap == count:
        parts.append(ELLIPSIS)
    if scene.chance(0.1):
        parts.append(NONE)
    agreeing = _agreeing(parts)
    # A tuple of one is not the same as its part in Python, and JavaScript cannot write it.
    return agreeing[0] if len(agreeing) == 1 else values.tuple_of(agreeing)


def _agreeing(parts: list[Value]) -> list[Value]:
    """Index arrays of one index must broadcast: mostly make them equally long."""
    shapes = {values.shape_of(part) for part in parts if "array" in part}
    lengths = {len(part["list"]) for part in parts if "list" in part}
    if len(shapes) + len(lengths) <= 1:
        return parts
    kept: list[Value] = []
    seen = False
    for part in parts:
        is_list = "array" in part or "list" in part
        kept.append(values.slice_of(None, None) if is_list and seen else part)
        seen = seen or is_list
    return kept


def _mask(scene: Scene, shape: Sequence[int]) -> Value:
    leading = shape[: scene.rng.randint(1, len(shape))]
    return make_array(scene, "bool", leading)


def _source(scene: Scene, shapes: Sequence[Sequence[int]] = SHAPES) -> Value:
    return make_array(scene, scene.dtype(), shapes[scene.index % len(shapes)], "ordinary")


def _value(scene: Scene) -> Value:
    """What is written: scalars, and arrays of shapes that broadcast to many selections (or to none)."""
    if scene.chance(0.5):
        return scene.choose((values.integer(7), values.floating(1.5), values.TRUE, values.integer(0)))
    shape = scene.choose(((), (1,), (3,), (4,), (1, 1), (2,), (3, 4)))
    return make_array(scene, scene.choose(DTYPES), shape, "positive")


def _reads() -> Iterator[Case]:
    rng = random.Random("reads")
    for number in range(READS):
        scene = Scene(rng, number)
        array = _source(scene)
        step = Step("getitem", (array, random_index(scene, values.shape_of(array))))
        yield case_of("mlx.core.array.__getitem__", TOPIC, step)


def _writes() -> Iterator[Case]:
    rng = random.Random("writes")
    for number in range(WRITES):
        scene = Scene(rng, number)
        array = _source(scene, WRITABLE)
        shape = values.shape_of(array)
        index = _mask(scene, shape) if scene.chance(0.15) else writable_index(scene, shape)
        yield case_of("mlx.core.array.__setitem__", TOPIC, Step("setitem", (array, index, _value(scene))))


def _updates() -> Iterator[Case]:
    rng = random.Random("updates")
    for number in range(UPDATES):
        scene = Scene(rng, number)
        method = AT_METHODS[number % len(AT_METHODS)]
        array = _source(scene, WRITABLE)
        index = writable_index(scene, values.shape_of(array))
        if index == values.tuple_of(()):
            # a.at() in JavaScript is an index forgotten.
            index = ELLIPSIS
        step = Step("at", (array, index, values.string(method), _value(scene)))
        yield case_of(f"mlx.core.ArrayAt.{method}", TOPIC, step)


def _array(*numbers: int, dtype: str = "int32") -> Value:
    return values.array(dtype, (len(numbers),), b"".join(encode(dtype, number) for number in numbers))


def _picked() -> Iterator[Case]:
    """Indices that are easy to get wrong, and indices that Python refuses."""
    line = _array(*range(6))
    table = values.call("mlx.core.reshape", (_array(*range(12)), values.integers((3, 4))))
    scalar_array = values.array("int32", (), encode("int32", 5))
    mask = values.array("bool", (6,), bytes((1, 0, 1, 0, 0, 1)))
    indices: tuple[Value, ...] = (
        values.integer(2**31),
        values.integer(-(2**31) - 1),
        values.slice_of(2**31, None, as_object=True),
        values.slice_of(None, 2**40, as_object=True),
        values.slice_of(-100, 100, 2),
        values.slice_of(4, 2),
        values.slice_of(10, 20),
        values.slice_of(None, None, -1),
        values.slice_of(None, None),
        values.floating(1.0),
        values.floating(1.5),
        values.TRUE,
        values.FALSE,
        values.array("bool", (), b"\x01"),
        mask,
        values.sequence([values.TRUE] * 6),
        values.array("bool", (3,), bytes((1, 0, 1))),
        values.string("x"),
        values.string("1:x"),
        values.OBJECT,
        values.tuple_of((values.integer(0), values.integer(0), values.integer(0), values.integer(0))),
        values.tuple_of((ELLIPSIS, ELLIPSIS)),
        values.tuple_of((NONE, ELLIPSIS, NONE)),
        values.tuple_of((values.string("x"), values.integer(0))),
        values.tuple_of((values.integer(0), values.floating(1.0))),
        values.tuple_of((values.TRUE, values.integer(0))),
        values.tuple_of(()),
        values.sequence([]),
        values.sequence([values.floating(1.5)]),
        values.sequence([values.string("a")]),
        values.sequence([values.integers((0, 1)), values.integers((1, 2))]),
        values.sequence([values.integer(0), values.integers((1,))]),
        values.array("float32", (1,), encode("float32", 1.0)),
        values.array("int32", (0,), b""),
        _array(-1, 0, 2, dtype="int8"),
        _array(0, 2, dtype="uint8"),
        _array(0, 2, dtype="int64"),
        _array(0, 2, dtype="uint64"),
        values.array("int32", (), encode("int32", 2)),
        NONE,
        ELLIPSIS,
        values.integer(0),
        values.integer(-1),
    )
    # A mask that is too short for its values is found out after the call, when the array is read.
    written = (
        values.integer(7),
        _array(1, 2, 3),
        values.string("a"),
        NONE,
        values.integers((1, 2)),
        values.floating(2.7),
    )
    for array in (line, table, scalar_array):
        for index in indices:
            yield case_of("mlx.core.array.__getitem__", TOPIC, Step("getitem", (array, index)))
            for value in written[:2]:
                yield case_of("mlx.core.array.__setitem__", TOPIC, Step("setitem", (array, index, value)))
        for value in written:
            for index in (values.integer(0), values.slice_of(0, 2), ELLIPSIS):
                if array is scalar_array and index is not ELLIPSIS:
                    continue
                yield case_of("mlx.core.array.__setitem__", TOPIC, Step("setitem", (array, index, value)))
                at = Step("at", (array, index, values.string("add"), value))
                yield case_of("mlx.core.ArrayAt.add", TOPIC, at)
    # Masks where only positions work, which Python itself reports as an error of its own machinery.
    for masked in (values.tuple_of((mask, values.integer(0))), values.tuple_of((mask, ELLIPSIS))):
        yield case_of("mlx.core.array.__setitem__", TOPIC, Step("setitem", (line, masked, values.integer(7))))
    for method in AT_METHODS:
        yield case_of(
            f"mlx.core.ArrayAt.{method}",
            TOPIC,
            Step("at", (line, mask, values.string(method), values.integer(7))),
        )
        twice = Step("at", (line, _array(0, 0, 1), values.string(method), _array(2, 3, 4)))
        yield case_of(f"mlx.core.ArrayAt.{method}", TOPIC, twice)
        chained = values.call("at_chain", (table, values.slice_of(0, 2), values.slice_of(1, 2)))
        yield case_of(
            "mlx.core.ArrayAt.__getitem__",
            TOPIC,
            Step(f"mlx.core.ArrayAt.{method}", (chained, values.integer(3))),
        )
        without = Step("at_without_index", (line, values.string(method), values.integer(3)))
        yield case_of("mlx.core.array.at", TOPIC, without)
        first = Step("at", (line, values.integer(0), values.string(method), values.integer(3)))
        yield case_of("mlx.core.array.at", TOPIC, first)


def _identity() -> Iterator[Case]:
    """A write changes the array itself, also seen through another name and an earlier view."""
    line = _array(*range(6))
    for index in (values.integer(1), values.slice_of(1, 4), values.slice_of(None, None, 2)):
        view = Step("getitem", (values.reference(0), values.slice_of(None, None)))
        write = Step("setitem", (values.reference(0), index, values.integer(-9)))
        keep = Step("identity", (line,))
        again = Step("identity", (values.reference(0),))
        yield case_of("mlx.core.array.__setitem__", TOPIC, keep, view, write, again)


def _iteration() -> Iterator[Case]:
    rng = random.Random("iteration")
    shapes: tuple[tuple[int, ...], ...] = ((3,), (2, 3), (0,), (0, 3), (2, 1, 2), (), (1,))
    for number in range(42):
        scene = Scene(rng, number)
        array = make_array(scene, scene.dtype(), shapes[number % len(shapes)])
        yield case_of("mlx.core.array.__iter__", TOPIC, Step("iterate", (array,)))
        first = values.call("mlx.core.array.__iter__", (array,))
        if number < len(shapes):
            yield case_of(
                "mlx.core.ArrayIterator.__next__", TOPIC, Step("mlx.core.ArrayIterator.__next__", (first,))
            )
            again = values.call("mlx.core.ArrayIterator.__iter__", (first,))
            step = Step("mlx.core.ArrayIterator.__next__", (again,))
            yield case_of("mlx.core.ArrayIterator.__iter__", TOPIC, step)
        yield case_of("mlx.core.array.__len__", TOPIC, Step("mlx.core.array.__len__", (array,)))


def cases() -> Iterator[Case]:
    for source in (_reads, _writes, _updates, _picked, _identity, _iteration):
        yield from source()
