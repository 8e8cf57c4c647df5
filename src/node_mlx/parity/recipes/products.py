"""Recipes for products of matrices and tensors: shapes that fit, shapes that do not, einsum subscripts."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from node_mlx.parity import values
from node_mlx.parity.dtypes import DTYPES, INEXACT, SHORT_FLOATS
from node_mlx.parity.recipe import Arguments, Recipe, Recipes, Together, arguments, passed
from node_mlx.parity.scene import Scene, floats, make_array
from node_mlx.parity.values import Value

Shapes = tuple[tuple[int, ...], ...]

MATRIX_PAIRS: tuple[Shapes, ...] = (
    ((2, 3), (3, 4)),
    ((3,), (3,)),
    ((2, 3), (3,)),
    ((3,), (3, 2)),
    ((2, 2, 3), (3, 2)),
    ((2, 2, 3), (2, 3, 1)),
    ((1, 2, 3), (4, 3, 2)),
    ((0, 3), (3, 2)),
    ((2, 0), (0, 3)),
    ((33, 5), (5, 33)),
    ((16, 64), (64, 8)),
    ((1, 1), (1, 1)),
    ((2, 3), (2, 3)),  # inner dimensions differ
    ((), (3,)),  # a 0-d operand
    ((2, 2, 3), (3, 3, 2)),  # batches cannot be broadcast
)


def _operand(scene: Scene, shape: Sequence[int], dtype: str) -> Value:
    profile = "ordinary" if scene.chance(0.8) else "mixed"
    return make_array(scene, dtype, shape, profile)


def matrices(shapes: Sequence[Shapes] = MATRIX_PAIRS, dtypes: Sequence[str] = DTYPES) -> Together:
    """Operands of the given shapes; three in four of one inexact dtype, which most products need."""

    def draw(scene: Scene) -> Arguments:
        drawn = shapes[scene.index % len(shapes)]
        first = INEXACT[scene.index % len(INEXACT)] if scene.index % 4 else dtypes[scene.index % len(dtypes)]
        operands = []
        for shape in drawn:
            operands.append(_operand(scene, shape, first if scene.chance(0.8) else scene.choose(dtypes)))
        return Arguments(tuple(operands))

    return draw


def _tensordot(scene: Scene) -> Arguments:
    shapes = (
        ((2, 3), (3, 2)),
        ((2, 3, 4), (3, 4, 2)),
        ((3,), (3,)),
        ((2, 3), (2, 3)),
        ((4, 2, 3), (3, 2, 5)),
    )
    drawn = matrices(shapes)(scene)
    axes_for = (
        (values.integer(1), values.integer(0)),
        (values.integer(2), values.sequence([values.integers((1, 2)), values.integers((0, 1))])),
        (values.integer(1), values.sequence([values.integers((0,)), values.integers((0,))])),
        (values.integer(2), values.sequence([values.integers((0, 1)), values.integers((0, 1))])),
        (values.sequence([values.integers((1, 2)), values.integers((1, 0))]), values.integer(1)),
    )
    if scene.chance(0.2):
        return drawn
    axes = scene.choose(axes_for[scene.index % len(shapes)])
    if scene.chance(0.1):
        axes = scene.choose((values.integer(-1), values.integer(9), values.sequence([values.integers((0,))])))
    return passed(scene, drawn.args, {"axes": axes})


def _vecdot(scene: Scene) -> Arguments:
    shapes = (
        ((3,), (3,)),
        ((2, 3), (2, 3)),
        ((2, 3), (3,)),
        ((0, 3), (3,)),
        ((2, 3), (2, 4)),
        ((2, 1, 3), (4, 3)),
    )
    drawn = matrices(shapes)(scene)
    if scene.chance(0.5):
        return Arguments(drawn.args, {"axis": values.integer(scene.choose((-1, -1, 0, -2, 5)))})
    return drawn


def _addmm(scene: Scene) -> Arguments:
    shapes = (
        ((2, 4), (2, 3), (3, 4)),
        ((4,), (2, 3), (3, 4)),
        ((), (3,), (3,)),
        ((2, 2, 2), (2, 2, 3), (3, 2)),
        ((1,), (3, 3), (3, 3)),
        ((5,), (2, 3), (3, 4)),
    )
    drawn = matrices(shapes)(scene)
    if scene.chance(0.4):
        return drawn
    return passed(
        scene, drawn.args, {"alpha": floats(1.0, 0.5, -2.0)(scene), "beta": floats(1.0, 0.0, 0.25)(scene)}
    )


def _block_masked(scene: Scene) -> Arguments:
    rows, inner, columns = scene.choose(((32, 32, 32), (33, 64, 40), (64, 32, 64), (8, 8, 8)))
    # The only dtype that the CPU has it for.
    dtype = "float32" if scene.chance(0.8) else scene.choose(SHORT_FLOATS)
    first = make_array(scene, dtype, (rows, inner), "ordinary", plain=True)
    second = make_array(scene, dtype, (inner, columns), "ordinary", plain=True)
    block = scene.choose((32, 64, 32, 64, 16))
    blocks = [-(-n // block) for n in (rows, inner, columns)]
    masks = {
        "mask_out": (blocks[0], blocks[2]),
        "mask_lhs": (blocks[0], blocks[1]),
        "mask_rhs": (blocks[1], blocks[2]),
    }
    options = {
        name: make_array(scene, "bool" if scene.chance(0.8) else dtype, shape, "unit", plain=True)
        for name, shape in masks.items()
        if scene.chance(0.6)
    }
    if scene.chance(0.1):
        options["mask_out"] = make_array(scene, "bool", (7, 7))
    return Arguments((first, second, values.integer(block)), options)


def _gather_mm(scene: Scene) -> Arguments:
    dtype = scene.choose(INEXACT)
    first = make_array(scene, dtype, (3, 2, 4), "ordinary")
    second = make_array(scene, dtype, (2, 4, 3), "ordinary")
    shape = scene.choose(((2,), (1,), (5,), (2, 1)))
    options: dict[str, Value] = {}
    if scene.chance(0.7):
        options["lhs_indices"] = _unsigned_indices(scene, shape, 3)
    if scene.chance(0.7):
        options["rhs_indices"] = _unsigned_indices(scene, shape, 2)
    return Arguments((first, second), options)


def _unsigned_indices(scene: Scene, shape: Sequence[int], length: int) -> Value:
    drawn = values.sequence(values.integer(scene.rng.randrange(length)) for _ in range(values.size(shape)))
    flat = values.call("mlx.core.array", (drawn, values.dtype("uint32")))
    return values.call("mlx.core.reshape", (flat, values.integers(shape)))


def _segmented(scene: Scene) -> Arguments:
    inner = scene.choose((8, 12))
    dtype = scene.choose(SHORT_FLOATS)
    # The inner dimensions always agree: upstream does not check them.
    cuts = sorted(scene.rng.randint(0, inner) for _ in range(scene.rng.randint(1, 3)))
    points = [0, *cuts, inner]
    rows = values.sequence(values.integers(pair) for pair in pairwise(points))
    segments = values.call("mlx.core.array", (rows, values.dtype("uint32")))
    first = make_array(scene, dtype, (3, inner), "ordinary")
    second = make_array(scene, dtype, (inner, 4), "ordinary")
    return arguments(first, second, segments)


EINSUM: tuple[tuple[str, Shapes], ...] = (
    ("ij,jk->ik", ((2, 3), (3, 4))),
    ("ij,jk", ((2, 3), (3, 4))),
    ("ii", ((3, 3),)),
    ("ii->i", ((3, 3),)),
    ("ij->ji", ((2, 3),)),
    ("ij->", ((2, 3),)),
    ("i,i->", ((3,), (3,))),
    ("i,j->ij", ((3,), (4,))),
    ("bij,bjk->bik", ((2, 2, 3), (2, 3, 2))),
    ("...ij,...jk->...ik", ((2, 2, 3), (2, 3, 2))),
    ("ij,jk,kl->il", ((2, 3), (3, 4), (4, 2))),
    ("ijk,jil->kl", ((2, 3, 4), (3, 2, 5))),
    ("i->ii", ((3,),)),
    ("ij,jk->ik", ((2, 3), (4, 4))),
    ("ij", ((2, 3), (3,))),
    ("i1->i", ((2, 3),)),
    ("ij,k->", ((2, 3),)),
    ("", ()),
    ("i j , j k -> i k", ((2, 3), (3, 4))),
    ("A B->BA", ((2, 3),)),
    ("ij->ik", ((2, 3),)),
)


def _einsum(scene: Scene) -> Arguments:
    subscripts, shapes = EINSUM[scene.index % len(EINSUM)]
    drawn = matrices((shapes,))(scene)
    return Arguments((values.string(subscripts), *drawn.args))


RECIPES: Recipes = {
    "mlx.core.matmul": Recipe(good=90, together=matrices()),
    "mlx.core.inner": Recipe(
        together=matrices((((3,), (3,)), ((2, 3), (4, 3)), ((), (3,)), ((2, 3), (3,)), ((2, 3), (3, 2))))
    ),
    "mlx.core.outer": Recipe(
        together=matrices((((3,), (2,)), ((2, 2), (3,)), ((), (3,)), ((0,), (2,)), ((33,), (5,))))
    ),
    "mlx.core.tensordot": Recipe(together=_tensordot),
    "mlx.core.vecdot": Recipe(together=_vecdot),
    "mlx.core.addmm": Recipe(good=70, together=_addmm),
    "mlx.core.block_masked_mm": Recipe(good=40, together=_block_masked),
    # Indices out of range read other memory.
    "mlx.core.gather_mm": Recipe(together=_gather_mm, keep=("lhs_indices", "rhs_indices")),
    "mlx.core.segmented_mm": Recipe(good=40, together=_segmented, keep=("segments",)),
    "mlx.core.einsum": Recipe(good=84, together=_einsum),
    "mlx.core.einsum_path": Recipe(good=42, together=_einsum),
}
