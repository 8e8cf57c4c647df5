"""Drawing argument values: the scene of one case, and the draws that annotations and recipes name.

Input: seeded random numbers and what was already drawn for the same call. Output: tagged values.
A draw is a function of the scene, so that an axis can fit the array that was drawn before it:
    any_array(scene)  →  {"array": …}        axis(scene)  →  {"int": "-1"}
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias, TypeVar

from node_mlx.parity import values
from node_mlx.parity.data import fill, special_floats
from node_mlx.parity.dtypes import DTYPES
from node_mlx.parity.values import NONE, Value

T = TypeVar("T")

# 33 and 128 pass the widths of vectorised loops, with and without a remainder.
SHAPES: tuple[tuple[int, ...], ...] = (
    (2, 3),
    (3,),
    (),
    (0,),
    (2, 1, 3),
    (1,),
    (4, 5),
    (33,),
    (2, 3, 4),
    (0, 3),
    (128,),
    (1, 1),
    (2, 0, 3),
    (3, 33),
    (2, 2, 3, 2),
)


@dataclass
class Scene:
    """One case in the making. `index` counts the cases of the function and walks dtypes and shapes."""

    rng: random.Random
    index: int
    drawn: dict[str, Value] = field(default_factory=dict)

    def choose(self, options: Sequence[T]) -> T:
        return options[self.rng.randrange(len(options))]

    def chance(self, probability: float) -> bool:
        return self.rng.random() < probability

    def dtype(self, allowed: Sequence[str] = DTYPES) -> str:
        """Walks the allowed dtypes for the first array of each case; later arrays draw at random."""
        if any("array" in value for value in self.drawn.values()):
            return self.choose(allowed)
        return allowed[self.index % len(allowed)]

    def shape(self) -> tuple[int, ...]:
        # 15 shapes and 14 dtypes: the walk meets every pair before it repeats one.
        return SHAPES[self.index % len(SHAPES)]

    def first_array(self) -> Value | None:
        return next((value for value in self.drawn.values() if "array" in value), None)

    @property
    def ndim(self) -> int:
        first = self.first_array()
        return 0 if first is None else len(values.shape_of(first))


Draw: TypeAlias = Callable[[Scene], Value]


def make_array(
    scene: Scene, dtype: str, shape: Sequence[int], profile: str = "mixed", *, plain: bool = False
) -> Value:
    """An array; one in eight has an unusual memory layout unless `plain`."""
    layout = None
    if not plain and shape and scene.chance(0.125):
        layout = scene.choose(values.LAYOUTS)
    return values.array(dtype, shape, fill(scene.rng, dtype, values.size(shape), profile), layout)


def arrays(
    dtypes: Sequence[str] = DTYPES,
    shapes: Sequence[Sequence[int]] | None = None,
    profile: str = "mixed",
) -> Draw:
    """A draw of arrays of these dtypes and shapes."""

    def draw(scene: Scene) -> Value:
        shape = scene.shape() if shapes is None else shapes[scene.index % len(shapes)]
        return make_array(scene, scene.dtype(dtypes), shape, profile)

    return draw


any_array: Draw = arrays()


def one_of(*options: Value) -> Draw:
    return lambda scene: scene.choose(options)


def either(*draws: Draw) -> Draw:
    return lambda scene: scene.choose(draws)(scene)


def integers(*options: int) -> Draw:
    return one_of(*(values.integer(option) for option in options))


def strings(*options: str) -> Draw:
    return one_of(*(values.string(option) for option in options))


def floats(*options: float) -> Draw:
    return one_of(*(values.floating(option) for option in options))


def or_none(draw: Draw) -> Draw:
    return lambda scene: NONE if scene.chance(0.3) else draw(scene)


def boolean(scene: Scene) -> Value:
    return values.boolean(scene.chance(0.5))


def scalar(scene: Scene) -> Value:
    """bool, int, float or complex, with special values."""
    match scene.rng.randrange(8):
        case 0:
            return values.boolean(scene.chance(0.5))
        case 1 | 2 | 3:
            return values.integer(scene.choose((0, 1, -1, 2, 3, 7, -5, 100, 127, 128, 255, 300, 40000)))
        case 4:
            return values.floating(scene.choose(special_floats()))
        case 5 | 6:
            return values.floating(scene.choose((0.0, 1.0, -2.0, 0.5, -1.25, 3.75, 2.5e3)))
        case _:
            return values.complex_number(scene.choose((1j, 1 + 2j, complex(0, -0.5), complex(-1, 0))))


def scalar_or_array(scene: Scene) -> Value:
    return scalar(scene) if scene.chance(0.4) else any_array(scene)


def any_dtype(scene: Scene) -> Value:
    return values.dtype(scene.choose(DTYPES))


def dtypes(allowed: Sequence[str]) -> Draw:
    return lambda scene: values.dtype(scene.choose(allowed))


def stream(scene: Scene) -> Value:
    """The CPU in every notation, None, and now and then the GPU that this backend lacks."""
    if scene.chance(0.1):
        return values.name("mlx.core.gpu")
    cpu = values.name("mlx.core.cpu")
    return scene.choose(
        (
            NONE,
            cpu,
            values.call("mlx.core.Device", (cpu,)),
            values.call("mlx.core.default_stream", (cpu,)),
        )
    )


def axis_number(scene: Scene) -> int:
    """An axis of the first array, often negative; one in ten is out of range."""
    ndim = scene.ndim
    if ndim == 0 or scene.chance(0.1):
        return scene.choose((ndim, -ndim - 1, ndim + 3, 0))
    return scene.rng.randrange(-ndim, ndim)


def axis(scene: Scene) -> Value:
    return values.integer(axis_number(scene))


def axis_list(scene: Scene) -> Value:
    """A list or tuple of axes: mostly distinct, now and then empty, repeated or out of range."""
    if scene.chance(0.15):
        chosen = [axis_number(scene) for _ in range(scene.rng.randrange(3))]
    else:
        every = list(range(scene.ndim))
        chosen = scene.rng.sample(every, scene.rng.randint(0, len(every)))
        chosen = [number - scene.ndim if scene.chance(0.4) else number for number in chosen]
    return scene.choose((values.integers, values.integer_tuple))(chosen)


def axis_or_axes(scene: Scene) -> Value:
    return axis(scene) if scene.chance(0.5) else axis_list(scene)


def small_shape(scene: Scene) -> Value:
    """A shape for a new array; now and then one that no array can have."""
    if scene.chance(0.1):
        # No larger ones: a size past 2^63 bytes wraps upstream and writing to the array crashes the process.
        return values.integers(scene.choose(((-1,), (2, -3), (2**31,), (-(2**31) - 1, 2))))
    chosen = scene.choose(((), (0,), (1,), (3,), (2, 3), (2, 1, 3), (0, 3), (33,), (4, 5)))
    return scene.choose((values.integers, values.integer_tuple))(chosen)
