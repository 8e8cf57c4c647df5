"""Recipes: what a function needs beyond its signature, as data.

Input: written by hand in recipes/, one table per topic. Output: read by calls.py and generate.py.
Without a recipe a function is called with values drawn by annotation; a recipe replaces the draw of some
parameters, or draws all arguments together where they constrain each other:
    "mlx.core.reshape": Recipe(together=reshape_arguments)
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TypeAlias

from node_mlx.parity.case import Case, Step
from node_mlx.parity.scene import Draw, Scene
from node_mlx.parity.values import Value

GOOD_CALLS = 56
NOTHING: Mapping[str, Value] = MappingProxyType({})


@dataclass(frozen=True)
class Arguments:
    args: tuple[Value, ...] = ()
    kwargs: Mapping[str, Value] = field(default_factory=dict)


Together: TypeAlias = Callable[[Scene], Arguments]


def arguments(*args: Value, **kwargs: Value) -> Arguments:
    """Arguments as they are written in a call."""
    return Arguments(args, kwargs)


@dataclass(frozen=True)
class Recipe:
    good: int = GOOD_CALLS
    parameters: Mapping[str, Draw] = field(default_factory=dict)
    together: Together | None = None
    picked: tuple[Arguments, ...] = ()
    # Wrong calls derived from the signature. Off where they would write files or change the process.
    bad: bool = True
    # Parameters that no derived wrong call replaces, with the reason beside the recipe.
    keep: tuple[str, ...] = ()
    seed: bool = False
    compare: str = "bits"
    cleanup: tuple[Step, ...] = ()


Recipes: TypeAlias = Mapping[str, Recipe]


def passed(
    scene: Scene,
    required: Sequence[Value],
    options: Mapping[str, Value],
    keyword_only: Mapping[str, Value] = NOTHING,
) -> Arguments:
    """Required values by position, then a random number of options by position and the others by name.

    `options` must hold the parameters in their order, without gaps up to the last one passed by position.
    """
    by_position = scene.rng.randint(0, len(options))
    values = list(options.values())
    names = list(options)
    return Arguments(
        (*required, *values[:by_position]),
        {**dict(zip(names[by_position:], values[by_position:], strict=True)), **keyword_only},
    )


def case_of(
    function: str,
    topic: str,
    *steps: Step,
    seed: int | None = None,
    cleanup: tuple[Step, ...] = (),
    phase: int = 1,
    compare: str = "bits",
    expected: Value | None = None,
) -> Case:
    """A hand-written case. generate.py gives it its id: function, topic and a number."""
    return Case("", function, topic, steps, seed, cleanup, phase, compare, expected)
