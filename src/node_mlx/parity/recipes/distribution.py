"""Recipes for mlx.core.distributed in a group of one: collectives return their input, messages are refused.

Groups of several processes need a launcher; their tests are elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator

from node_mlx.parity import values
from node_mlx.parity.case import Case, Step
from node_mlx.parity.recipe import Recipe, Recipes, arguments, case_of
from node_mlx.parity.scene import any_array, integers, one_of, scalar_or_array

TOPIC = "distributed"
MODULE = "mlx.core.distributed"
GROUP = values.call(f"{MODULE}.init")

_group = one_of(values.NONE, GROUP)
_peer = {"group": _group, "src": integers(0, 1), "dst": integers(0, 1)}

RECIPES: Recipes = {
    **{
        f"{MODULE}.{name}": Recipe(good=30, parameters={"x": scalar_or_array, "group": _group})
        for name in ("all_sum", "all_max", "all_min", "all_gather", "sum_scatter")
    },
    f"{MODULE}.send": Recipe(good=20, parameters={"x": any_array, **_peer}),
    f"{MODULE}.recv": Recipe(good=20, parameters=_peer),
    f"{MODULE}.recv_like": Recipe(good=20, parameters={"x": any_array, **_peer}),
    f"{MODULE}.is_available": Recipe(
        good=1,
        picked=tuple(arguments(values.string(name)) for name in ("any", "ring", "mpi", "nccl", "jaccl", "x")),
        keep=("backend",),
    ),
}


def cases() -> Iterator[Case]:
    yield case_of(f"{MODULE}.init", TOPIC, Step(f"{MODULE}.init"), compare="kind")
    for backend in ("any", "ring", "x"):
        step = Step(f"{MODULE}.init", (), {"backend": values.string(backend)})
        yield case_of(f"{MODULE}.init", TOPIC, step, compare="kind")
    for strict in (values.TRUE, values.string("x"), values.integer(1)):
        yield case_of(f"{MODULE}.init", TOPIC, Step(f"{MODULE}.init", (strict,)), compare="kind")
    for name in ("rank", "size"):
        yield case_of(f"{MODULE}.Group.{name}", TOPIC, Step(f"{MODULE}.Group.{name}", (GROUP,)))
    for color in (values.integer(0), values.integer(1), values.string("x"), values.floating(1.0)):
        yield case_of(
            f"{MODULE}.Group.split", TOPIC, Step(f"{MODULE}.Group.split", (GROUP, color)), compare="kind"
        )
    yield case_of(f"{MODULE}.Group", TOPIC, Step(f"{MODULE}.Group"))
