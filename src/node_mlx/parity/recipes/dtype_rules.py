"""Cases for dtypes: categories, promotion and casting for every pair, finfo and iinfo, and the Dtype class.

The expected results of pairs are computed from dtypes.py, without MLX, so both sides are checked against
rules written down here and not only against each other.
"""

from __future__ import annotations

from collections.abc import Iterator

from node_mlx.parity import values
from node_mlx.parity.case import Case, Step
from node_mlx.parity.dtypes import CATEGORIES, CATEGORY_PARENTS, DTYPES, INTEGERS, is_subcategory, promote
from node_mlx.parity.recipe import Arguments, Recipe, Recipes, arguments, case_of
from node_mlx.parity.scene import Scene, make_array
from node_mlx.parity.values import Value

TOPIC = "dtypes"

CATEGORY_NAMES = (*CATEGORY_PARENTS, "generic")
ISDTYPE_KINDS = (
    "bool",
    "signed integer",
    "unsigned integer",
    "integral",
    "real floating",
    "complex floating",
    "numeric",
    "no",
)
# Operations whose result dtype is the promoted one, for every pair.
PROMOTING = ("add", "subtract", "multiply", "minimum", "maximum")
# Operations that leave the promoted dtype: to bool, or to a float.
OTHER_PAIRS = (
    "divide",
    "power",
    "equal",
    "less",
    "logaddexp",
    "arctan2",
    "matmul",
    "bitwise_and",
    "concatenate",
)


def category(name: str) -> Value:
    return values.name(f"mlx.core.{name}")


def _result_types(scene: Scene) -> Arguments:
    count = scene.rng.randint(1, 4)
    drawn = [
        values.dtype(scene.choose(DTYPES))
        if scene.chance(0.5)
        else make_array(scene, scene.choose(DTYPES), ())
        for _ in range(count)
    ]
    return Arguments(tuple(drawn))


def _can_cast(scene: Scene) -> Arguments:
    source = make_array(scene, scene.choose(DTYPES), (2,))
    return arguments(source, values.dtype(scene.choose(DTYPES)))


def _isdtype(scene: Scene) -> Arguments:
    def kind() -> Value:
        if scene.chance(0.5):
            return values.string(scene.choose(ISDTYPE_KINDS[:-1]))
        return values.dtype(scene.choose(DTYPES))

    several = values.tuple_of(kind() for _ in range(scene.rng.randint(0, 3)))
    return arguments(values.dtype(scene.choose(DTYPES)), several if scene.chance(0.7) else kind())


def _subdtype(scene: Scene) -> Arguments:
    return arguments(values.dtype(scene.choose(DTYPES)), category(scene.choose(CATEGORY_NAMES)))


RECIPES: Recipes = {
    "mlx.core.issubdtype": Recipe(good=20, together=_subdtype),
    "mlx.core.result_type": Recipe(good=60, together=_result_types, picked=(Arguments(),)),
    "mlx.core.can_cast": Recipe(good=40, together=_can_cast),
    # A list is no kind in Python; JavaScript has no tuples to tell it from.
    "mlx.core.isdtype": Recipe(good=60, together=_isdtype, keep=("kind",)),
}


def cases() -> Iterator[Case]:
    yield from _pair_cases()
    yield from _category_cases()
    yield from _info_cases()
    yield from _class_cases()


def _pair_cases() -> Iterator[Case]:
    for left in DTYPES:
        for right in DTYPES:
            pair = (values.dtype(left), values.dtype(right))
            promoted: Value = {"dtype": promote(left, right)}
            yield case_of(
                "mlx.core.result_type", TOPIC, Step("mlx.core.result_type", pair), expected=promoted
            )
            yield case_of("mlx.core.can_cast", TOPIC, Step("mlx.core.can_cast", pair))
            yield case_of(
                "mlx.core.issubdtype",
                TOPIC,
                Step("mlx.core.issubdtype", pair),
                expected=values.boolean(left == right),
            )
            yield case_of(
                "mlx.core.isdtype",
                TOPIC,
                Step("mlx.core.isdtype", pair),
                expected=values.boolean(left == right),
            )
            operands = (_one(left), _one(right))
            for name in PROMOTING:
                step = Step("getattr", (values.call(f"mlx.core.{name}", operands), values.string("dtype")))
                # MLX subtracts no bools and has no order of complex numbers to speak of: Python decides.
                refused = name == "subtract" and left == right == "bool"
                yield case_of(f"mlx.core.{name}", TOPIC, step, expected=None if refused else promoted)
            for name in OTHER_PAIRS:
                args = (values.sequence(operands),) if name == "concatenate" else operands
                yield case_of(f"mlx.core.{name}", TOPIC, Step(f"mlx.core.{name}", args))


def _one(dtype: str) -> Value:
    return values.call("mlx.core.ones", (values.integers((1,)), values.dtype(dtype)))


def _category_cases() -> Iterator[Case]:
    for ancestor in CATEGORY_NAMES:
        for key in DTYPES:
            step = Step("mlx.core.issubdtype", (values.dtype(key), category(ancestor)))
            expected = values.boolean(is_subcategory(CATEGORIES[key], ancestor))
            yield case_of("mlx.core.issubdtype", TOPIC, step, expected=expected)
        for name in CATEGORY_NAMES:
            step = Step("mlx.core.issubdtype", (category(name), category(ancestor)))
            expected = values.boolean(is_subcategory(name, ancestor))
            yield case_of("mlx.core.issubdtype", TOPIC, step, expected=expected)
    for key in DTYPES:
        for kind in ISDTYPE_KINDS:
            yield case_of(
                "mlx.core.isdtype", TOPIC, Step("mlx.core.isdtype", (values.dtype(key), values.string(kind)))
            )


def _info_cases() -> Iterator[Case]:
    members = {
        "finfo": ("min", "max", "eps", "smallest_normal", "bits", "dtype"),
        "iinfo": ("min", "max", "dtype"),
    }
    for key in DTYPES:
        for cls, names in members.items():
            made = values.call(f"mlx.core.{cls}", (values.dtype(key),))
            yield case_of(
                f"mlx.core.{cls}", TOPIC, Step(f"mlx.core.{cls}", (values.dtype(key),)), compare="kind"
            )
            yield case_of(f"mlx.core.{cls}.__repr__", TOPIC, Step("repr", (made,)))
            for name in names:
                yield case_of(f"mlx.core.{cls}.{name}", TOPIC, Step("getattr", (made, values.string(name))))
    for cls in members:
        for wrong in (values.string("float32"), values.integer(1), values.NONE, values.OBJECT):
            yield case_of(f"mlx.core.{cls}", TOPIC, Step(f"mlx.core.{cls}", (wrong,)))
        yield case_of(f"mlx.core.{cls}", TOPIC, Step(f"mlx.core.{cls}"))


def _class_cases() -> Iterator[Case]:
    for key in DTYPES:
        dtype = values.dtype(key)
        yield case_of("mlx.core.Dtype.size", TOPIC, Step("getattr", (dtype, values.string("size"))))
        yield case_of("mlx.core.Dtype.__repr__", TOPIC, Step("str", (dtype,)))
        yield case_of("mlx.core.Dtype.__repr__", TOPIC, Step("mlx.core.Dtype.__repr__", (dtype,)))
        for other in (dtype, values.dtype("float32"), values.string(key), values.integer(1), values.NONE):
            yield case_of("mlx.core.Dtype.__eq__", TOPIC, Step("mlx.core.Dtype.__eq__", (dtype, other)))
        # A hash only has to agree with equality; its value is the implementation's own.
        hashed = Step("mlx.core.Dtype.__hash__", (dtype,))
        yield case_of("mlx.core.Dtype.__hash__", TOPIC, hashed, compare="kind")
    for name in CATEGORY_NAMES:
        yield case_of(f"mlx.core.DtypeCategory.{name}", TOPIC, Step("str", (category(name),)))
        of_class = values.name(f"mlx.core.DtypeCategory.{name}")
        yield case_of(f"mlx.core.DtypeCategory.{name}", TOPIC, Step("str", (of_class,)))
    for key in INTEGERS:
        step = Step("mlx.core.astype", (_one("float32"), values.dtype(key)))
        yield case_of("mlx.core.astype", TOPIC, step)
