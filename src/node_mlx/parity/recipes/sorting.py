"""Recipes for sorting, selecting and searching. `kth` and `k` mostly fit the axis that was drawn."""

from __future__ import annotations

from node_mlx.parity import values
from node_mlx.parity.recipe import Arguments, Recipe, Recipes, arguments
from node_mlx.parity.scene import Scene, arrays, axis_number, boolean, integers, make_array, scalar
from node_mlx.parity.values import Value


def _selection(scene: Scene) -> Arguments:
    """An array, a rank that fits its axis, and the axis by position, by name, None or left out."""
    array = make_array(scene, scene.dtype(), scene.shape(), "ordinary" if scene.chance(0.6) else "mixed")
    scene.drawn["a"] = array
    shape = values.shape_of(array)
    form = scene.rng.randrange(4)
    axis = axis_number(scene) if form in (0, 1) else -1
    length = values.size(shape) if form == 2 else shape[axis] if -len(shape) <= axis < len(shape) else 1
    rank = scene.rng.randint(1, length) if length else 1
    if scene.chance(0.1):
        rank = scene.choose((length, length + 2, -1, -length - 1, 0))
    elif length and scene.chance(0.6):
        rank -= 1
    match form:
        case 0:
            return arguments(array, values.integer(rank), values.integer(axis))
        case 1:
            return arguments(array, values.integer(rank), axis=values.integer(axis))
        case 2:
            return arguments(array, values.integer(rank), axis=values.NONE)
        case _:
            return arguments(array, values.integer(rank))


def _ascending(scene: Scene, dtype: str, length: int) -> Value:
    steps = sorted(scene.rng.randint(0, 20) for _ in range(length))
    items = [values.boolean(step > 10) if dtype == "bool" else values.integer(step) for step in steps]
    return values.call("mlx.core.array", (values.sequence(items), values.dtype(dtype)))


def _search(scene: Scene) -> Arguments:
    dtype = scene.dtype()
    sorted_sequence = _ascending(scene, dtype, scene.choose((1, 3, 5, 8)))
    sought = make_array(scene, dtype, scene.choose(((), (3,), (2, 3), (0,))), "small")
    if scene.chance(0.1):
        sorted_sequence = make_array(scene, dtype, (2, 3))
    match scene.rng.randrange(4):
        case 0:
            return arguments(sorted_sequence, sought, values.string("right"))
        case 1:
            return arguments(
                sorted_sequence, sought, side=scene.choose((values.string("left"), values.string("no")))
            )
        case _:
            return arguments(sorted_sequence, sought)


def _unique(scene: Scene) -> Arguments:
    array = make_array(scene, scene.dtype(), scene.choose(((5,), (2, 3), (1,), (33,), ())), "small")
    options: dict[str, Value] = {}
    for flag in ("return_index", "return_inverse", "return_counts"):
        if scene.chance(0.4):
            options[flag] = boolean(scene)
    if scene.chance(0.4):
        options["fill_value"] = scene.choose((values.NONE, scalar(scene)))
    size = values.integer(scene.choose((1, 2, 3, 5, 8, 40, 0, -1)))
    if scene.chance(0.3):
        return Arguments((array,), {"size": size, **options})
    return Arguments((array, size), options)


RECIPES: Recipes = {
    "mlx.core.sort": Recipe(good=70),
    "mlx.core.argsort": Recipe(good=70),
    "mlx.core.partition": Recipe(together=_selection),
    "mlx.core.argpartition": Recipe(together=_selection),
    "mlx.core.topk": Recipe(together=_selection),
    "mlx.core.searchsorted": Recipe(together=_search),
    "mlx.core.unique": Recipe(together=_unique),
    "mlx.core.tril": Recipe(parameters={"k": integers(0, 1, -1, 3)}),
    "mlx.core.triu": Recipe(parameters={"k": integers(0, 1, -1, 3)}),
    "mlx.core.hadamard_transform": Recipe(
        parameters={
            "a": arrays(
                shapes=((8,), (2, 4), (3, 12), (1,), (2, 20), (3,), (28,), (2, 64)), profile="ordinary"
            )
        }
    ),
}
