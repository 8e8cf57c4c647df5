"""Recipes for mlx.core.linalg: well-conditioned, singular, triangular, batched and non-square matrices.

LAPACK only takes float32 and float64, so these come most often; the other dtypes show the error.
"""

from __future__ import annotations

from collections.abc import Sequence

from node_mlx.parity import values
from node_mlx.parity.dtypes import DTYPES, encode
from node_mlx.parity.recipe import Arguments, Recipe, Recipes, Together, arguments
from node_mlx.parity.scene import Draw, Scene, boolean, make_array, strings
from node_mlx.parity.values import Value

SQUARES: tuple[tuple[int, ...], ...] = ((2, 2), (3, 3), (1, 1), (2, 3, 3), (5, 5), (2, 2, 2, 2), (8, 8))
# Empty matrices divide by zero upstream in everything that factorises; only these two stand them.
SQUARES_OR_EMPTY = (*SQUARES, (0, 0))
RECTANGLES: tuple[tuple[int, ...], ...] = ((2, 3), (3, 2), (3, 3), (2, 4, 3), (1, 5), (5, 1))
WRONG: tuple[tuple[int, ...], ...] = ((3,), (), (2, 3))


def _dtype(scene: Scene) -> str:
    return ("float32", "float64", "float32")[scene.index % 3] if scene.chance(0.85) else scene.choose(DTYPES)


def matrix(scene: Scene, shape: Sequence[int], kind: str, dtype: str) -> Value:
    """A matrix or a batch of them. "positive" is symmetric and positive definite."""
    if kind == "any" or len(shape) < 2:
        return make_array(scene, dtype, shape, "ordinary")
    rows, columns = shape[-2:]
    elements: list[float] = []
    for _ in range(values.size(shape[:-2])):
        one = [[scene.rng.randint(-8, 8) / 4 for _ in range(columns)] for _ in range(rows)]
        for i in range(rows):
            for j in range(columns):
                one[i][j] = _shaped(one, i, j, kind)
        elements += [element for row in one for element in row]
    return values.array(dtype, shape, b"".join(encode(dtype, element) for element in elements))


def _shaped(one: list[list[float]], i: int, j: int, kind: str) -> float:
    strong = 12.0 if i == j else 0.0
    match kind:
        case "positive" | "symmetric":
            return (one[j][i] if j < i else one[i][j]) + (strong if kind == "positive" else 0.0)
        case "lower":
            return one[i][j] + strong if j <= i else 0.0
        case "upper":
            return one[i][j] + strong if j >= i else 0.0
        case "singular":
            return one[0][j] if i else one[i][j]
        case _:
            return one[i][j] + strong


def matrices(kinds: Sequence[str], shapes: Sequence[tuple[int, ...]] = SQUARES) -> Draw:
    def draw(scene: Scene) -> Value:
        shape = shapes[scene.index % len(shapes)] if scene.chance(0.9) else scene.choose(WRONG)
        return matrix(scene, shape, scene.choose(kinds), _dtype(scene))

    return draw


def _systems(kinds: Sequence[str]) -> Together:
    def draw(scene: Scene) -> Arguments:
        shape = SQUARES[scene.index % len(SQUARES)]
        dtype = _dtype(scene)
        left = matrix(scene, shape, scene.choose(kinds), dtype)
        right_shape: tuple[int, ...] = scene.choose(((*shape[:-1], 2), shape[:-1], shape))
        if scene.chance(0.08):
            right_shape = (7, 1)
        right = make_array(scene, dtype, right_shape, "ordinary")
        if "upper" in kinds and scene.chance(0.6):
            return arguments(left, right, upper=boolean(scene))
        return arguments(left, right)

    return draw


def _norm(scene: Scene) -> Arguments:
    shape = scene.choose(((3,), (2, 3), (3, 3), (2, 3, 3), (1,), (33,)))
    array = make_array(scene, scene.choose(("float32", "float64", "float32", *DTYPES)), shape, "ordinary")
    orders = (
        values.NONE,
        values.integer(1),
        values.integer(2),
        values.integer(-1),
        values.integer(0),
        values.floating(3.0),
        values.floating(0.5),
        values.floating(float("inf")),
        values.floating(float("-inf")),
        values.string("fro"),
        values.string("nuc"),
        values.string("no"),
    )
    axes = (
        values.NONE,
        values.integer(0),
        values.integer(-1),
        values.integers((0, 1)),
        values.integers((-2, -1)),
        values.integers((0,)),
        values.integer(9),
    )
    options: dict[str, Value] = {}
    if scene.chance(0.7):
        options["ord"] = scene.choose(orders)
    if scene.chance(0.6):
        options["axis"] = scene.choose(axes)
    if scene.chance(0.4):
        options["keepdims"] = boolean(scene)
    if list(options)[:1] == ["ord"] and scene.chance(0.4):
        return Arguments((array, options.pop("ord")), options)
    return Arguments((array,), options)


def _cross(scene: Scene) -> Arguments:
    shapes = (
        ((3,), (3,)),
        ((2, 3), (2, 3)),
        ((2,), (2,)),
        ((3,), (2,)),
        ((4, 3), (3,)),
        ((4,), (4,)),
        ((3, 2), (3, 2)),
    )
    first, second = shapes[scene.index % len(shapes)]
    dtype = scene.choose(DTYPES)
    operands = (make_array(scene, dtype, first, "ordinary"), make_array(scene, dtype, second, "ordinary"))
    if scene.chance(0.4):
        return Arguments(operands, {"axis": values.integer(scene.choose((-1, 0, 1, 5)))})
    return Arguments(operands)


_upper = {"upper": boolean}

RECIPES: Recipes = {
    "mlx.core.linalg.norm": Recipe(good=84, together=_norm),
    "mlx.core.linalg.qr": Recipe(parameters={"a": matrices(("any", "strong"), RECTANGLES)}),
    "mlx.core.linalg.svd": Recipe(
        parameters={"a": matrices(("any", "singular"), RECTANGLES), "compute_uv": boolean}
    ),
    "mlx.core.linalg.inv": Recipe(parameters={"a": matrices(("strong", "singular", "any"))}),
    "mlx.core.linalg.tri_inv": Recipe(parameters={"a": matrices(("lower", "upper")), **_upper}),
    "mlx.core.linalg.cholesky": Recipe(parameters={"a": matrices(("positive",), SQUARES_OR_EMPTY), **_upper}),
    "mlx.core.linalg.cholesky_inv": Recipe(parameters={"a": matrices(("lower", "upper")), **_upper}),
    "mlx.core.linalg.pinv": Recipe(parameters={"a": matrices(("any", "strong"), RECTANGLES)}),
    "mlx.core.linalg.cross": Recipe(together=_cross),
    "mlx.core.linalg.eigvals": Recipe(
        parameters={"a": matrices(("any", "strong", "symmetric"), SQUARES_OR_EMPTY)}
    ),
    "mlx.core.linalg.eig": Recipe(parameters={"a": matrices(("any", "strong", "symmetric"))}),
    "mlx.core.linalg.eigvalsh": Recipe(
        parameters={"a": matrices(("symmetric",)), "UPLO": strings("L", "U", "l", "X")}
    ),
    "mlx.core.linalg.eigh": Recipe(
        parameters={"a": matrices(("symmetric",)), "UPLO": strings("L", "U", "l", "X")}
    ),
    "mlx.core.linalg.lu": Recipe(parameters={"a": matrices(("strong", "any"), SQUARES + RECTANGLES)}),
    "mlx.core.linalg.lu_factor": Recipe(parameters={"a": matrices(("strong", "any"), SQUARES + RECTANGLES)}),
    "mlx.core.linalg.solve": Recipe(together=_systems(("strong", "any", "singular"))),
    "mlx.core.linalg.solve_triangular": Recipe(together=_systems(("lower", "upper"))),
    "mlx.core.linalg.det": Recipe(parameters={"a": matrices(("strong", "singular", "any"))}),
    "mlx.core.linalg.slogdet": Recipe(parameters={"a": matrices(("strong", "singular", "any"))}),
}
