"""Recipes for mlx.core.random: the same seed or key must give the same numbers, in the same order of keys."""

from __future__ import annotations

from collections.abc import Iterator

from node_mlx.parity import values
from node_mlx.parity.case import Case, Step
from node_mlx.parity.dtypes import DTYPES, SHORT_FLOATS
from node_mlx.parity.recipe import Arguments, Recipe, Recipes, case_of
from node_mlx.parity.recipes.linalg import matrix
from node_mlx.parity.scene import (
    Draw,
    Scene,
    arrays,
    axis_number,
    dtypes,
    either,
    floats,
    integers,
    make_array,
    one_of,
    or_none,
)
from node_mlx.parity.values import NONE, Value

TOPIC = "random"


def key(scene: Scene) -> Value:
    """No key (the implicit sequence) most of the time."""
    if scene.chance(0.6):
        return NONE
    return values.call("mlx.core.random.key", (values.integer(scene.rng.randrange(2**32)),))


def shape(scene: Scene) -> Value:
    chosen = scene.choose(((), (3,), (2, 3), (0,), (33,), (128,), (1, 5), (-1,)))
    return scene.choose((values.integers, values.integer_tuple))(chosen)


_float_dtype: Draw = or_none(either(dtypes(SHORT_FLOATS), dtypes(SHORT_FLOATS), dtypes(DTYPES)))
_bound: Draw = either(
    integers(0, 1, -3, 10), floats(0.0, 0.5, -2.5), arrays(SHORT_FLOATS, ((), (3,), (1, 3)), "ordinary")
)
_whole_bound: Draw = either(
    integers(0, 1, 5, 100, -7), arrays(("int32", "uint8", "int64"), ((), (3,)), "positive")
)


def _uniform(scene: Scene) -> Arguments:
    options: dict[str, Value] = {}
    if scene.chance(0.6):
        options |= {"low": _bound(scene), "high": _bound(scene)}
    options |= {"shape": values.integers(scene.choose(((2, 3), (3,), (5, 3), (0, 3))))}
    if scene.chance(0.5):
        options["dtype"] = _float_dtype(scene)
    return Arguments((), {**options, "key": key(scene)})


def _randint(scene: Scene) -> Arguments:
    bounds = (_whole_bound(scene), _whole_bound(scene))
    options: dict[str, Value] = {"key": key(scene)}
    if scene.chance(0.8):
        options["shape"] = values.integers(scene.choose(((2, 3), (3,), (5, 3), (0, 3))))
    if scene.chance(0.4):
        options["dtype"] = values.dtype(scene.choose(DTYPES))
    return Arguments(bounds, options)


def _multivariate(scene: Scene) -> Arguments:
    count = scene.choose((1, 2, 3))
    dtype = "float32" if scene.chance(0.9) else scene.choose(DTYPES)
    mean = make_array(scene, dtype, (count,), "ordinary")
    covariance = matrix(scene, (count, count) if scene.chance(0.9) else (2, 5), "positive", dtype)
    options: dict[str, Value] = {"key": key(scene)}
    if scene.chance(0.6):
        options["shape"] = values.integers(scene.choose(((), (2,), (3, 2))))
    if scene.chance(0.3):
        options["dtype"] = _float_dtype(scene)
    return Arguments((mean, covariance), options)


def _categorical(scene: Scene) -> Arguments:
    logits = make_array(
        scene, scene.choose((*SHORT_FLOATS, *DTYPES)), scene.choose(((3,), (2, 3), (2, 1, 4))), "ordinary"
    )
    scene.drawn["logits"] = logits
    options: dict[str, Value] = {"key": key(scene)}
    if scene.chance(0.4):
        options["axis"] = values.integer(axis_number(scene))
    match scene.rng.randrange(4):
        case 0:
            options["num_samples"] = values.integer(scene.choose((1, 5, 0)))
        case 1:
            options["shape"] = values.integers(scene.choose(((5,), (2,), (4, 2), ())))
        case 2 if scene.chance(0.3):
            options |= {"shape": values.integers((2,)), "num_samples": values.integer(2)}
    return Arguments((logits,), options)


_common = {"shape": shape, "dtype": _float_dtype, "key": key}

RECIPES: Recipes = {
    "mlx.core.random.seed": Recipe(
        good=20,
        parameters={"seed": lambda s: values.integer(s.rng.getrandbits(64))},
        picked=tuple(Arguments((values.integer(n),)) for n in (0, 1, 2**32, 2**53 + 1, 2**64 - 1, -1, 2**64)),
    ),
    "mlx.core.random.key": Recipe(
        good=40,
        parameters={"seed": lambda s: values.integer(s.rng.getrandbits(s.choose((8, 32, 64))))},
        picked=tuple(Arguments((values.integer(n),)) for n in (0, 2**32 - 1, 2**32, 2**64 - 1, -1, 2**64)),
    ),
    "mlx.core.random.split": Recipe(
        good=40,
        parameters={
            "key": either(
                lambda s: values.call("mlx.core.random.key", (values.integer(s.rng.getrandbits(32)),)),
                one_of(values.call("mlx.core.zeros", (values.integers((2,)),))),
            ),
            "num": integers(0, 1, 2, 3, 7),
        },
    ),
    "mlx.core.random.uniform": Recipe(together=_uniform, seed=True),
    "mlx.core.random.normal": Recipe(
        parameters={**_common, "loc": or_none(_bound), "scale": or_none(_bound)}, seed=True
    ),
    "mlx.core.random.multivariate_normal": Recipe(together=_multivariate, seed=True),
    "mlx.core.random.randint": Recipe(together=_randint, seed=True),
    "mlx.core.random.bernoulli": Recipe(
        parameters={
            "p": either(floats(0.0, 0.25, 0.5, 1.0), arrays(SHORT_FLOATS, ((), (3,), (1, 3)), "unit")),
            "shape": or_none(shape),
            "key": key,
        },
        seed=True,
    ),
    "mlx.core.random.truncated_normal": Recipe(
        parameters={
            "lower": either(floats(-2.0, -0.5, 0.0), arrays(("float32",), ((), (3,)), "unit")),
            "upper": either(floats(0.5, 2.0), arrays(("float32",), ((), (3,)), "positive")),
            "shape": or_none(shape),
            "dtype": _float_dtype,
            "key": key,
        },
        seed=True,
    ),
    "mlx.core.random.gumbel": Recipe(good=40, parameters=_common, seed=True),
    "mlx.core.random.categorical": Recipe(together=_categorical, seed=True),
    "mlx.core.random.laplace": Recipe(good=40, parameters=_common, seed=True),
    "mlx.core.random.permutation": Recipe(
        parameters={
            "x": either(integers(0, 1, 5, 33), arrays(shapes=((5,), (2, 3), (3, 2, 2), (0,)))),
            "key": key,
        },
        seed=True,
    ),
}

_STATE = values.call("getattr", (values.name("mlx.core.random"), values.string("state")))


def cases() -> Iterator[Case]:
    """Sequences: every draw without a key advances the state, a draw with a key does not."""
    draws = (
        Step("mlx.core.random.uniform", (), {"shape": values.integers((3,))}),
        Step("mlx.core.random.normal", (values.integers((2, 2)),)),
        Step("mlx.core.random.randint", (values.integer(0), values.integer(100), values.integers((4,)))),
        Step("mlx.core.random.bernoulli", (values.floating(0.5), values.integers((5,)))),
        Step("mlx.core.random.permutation", (values.integer(6),)),
        Step("mlx.core.random.gumbel", (values.integers((2,)),)),
        Step("mlx.core.random.categorical", (values.array("float32", (3,), bytes(12)),)),
        Step("mlx.core.random.normal", (), {"key": values.call("mlx.core.random.key", (values.integer(7),))}),
    )
    for start in range(24):
        order = [draws[(start * 3 + i * (1 + start % 5)) % len(draws)] for i in range(4)]
        yield case_of("mlx.core.random.seed", TOPIC, *order, seed=start * 1_000_003)
    for seed in (0, 1, 2**40):
        again = Step("mlx.core.random.seed", (values.integer(seed),))
        yield case_of("mlx.core.random.seed", TOPIC, again, draws[0], again, draws[0], draws[1])
    read = Step("item_of", (_STATE, values.integer(0)))
    yield case_of("mlx.core.random.state", TOPIC, read, seed=3)
    yield case_of("mlx.core.random.state", TOPIC, read, draws[0], read, draws[1], read, seed=4)
    every = Step("iterate", (_STATE,))
    length = Step("mlx.core.random._RandomState.__len__", (_STATE,))
    yield case_of("mlx.core.random._RandomState.__iter__", TOPIC, every, draws[0], every, seed=5)
    yield case_of("mlx.core.random._RandomState.__len__", TOPIC, length)
    for index in (0, -1, 1, 5):
        get = Step("mlx.core.random._RandomState.__getitem__", (_STATE, values.integer(index)))
        yield case_of("mlx.core.random._RandomState.__getitem__", TOPIC, get, seed=6)
