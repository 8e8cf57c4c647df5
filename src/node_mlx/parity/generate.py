"""All parity cases, from the surface, the recipes and the hand-written sets.

Input: the surface. Output: cases in a fixed order with stable ids; each function has its own random
generator, so a change of one recipe leaves the ids and contents of all other functions alone.
    mlx.core.sum#17          the 17th case derived from the signature
    mlx.core.sum@dtypes#3    the third hand-written case of that topic
"""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import TypeAlias

from node_mlx.parity.calls import calls_of
from node_mlx.parity.case import Case, Step, unique_ids
from node_mlx.parity.recipe import Arguments, Recipe
from node_mlx.parity.recipes import HAND_WRITTEN, RECIPES_BY_TOPIC
from node_mlx.surface import Alias, Function, Module, Surface
from node_mlx.surface.disagreement import Topic
from node_mlx.surface.lock import load_lock

# Aliases are the same function under another name: enough cases to see that the name leads there.
ALIAS_CASES = 24
ALIAS_TOPIC = "aliases"
SEED = 42


RefusedNames: TypeAlias = Mapping[str, Collection[str]]


def generate(surface: Surface, scale: int = 1) -> list[Case]:
    """Every case of the surface. KeyError where a recipe names a function that the surface lacks.

    A larger scale adds that many times more drawn calls; the cases of scale 1 keep their ids.
    """
    names = refused_names(surface)
    cases = [*_derived(surface, names, scale), *_aliased(surface, names), *_numbered(HAND_WRITTEN)]
    unique_ids(cases)
    return cases


def refused_names(surface: Surface) -> dict[str, set[str]]:
    """Parameters by function that Python declares by name but does not take by name, as recorded with the
    surface. JavaScript takes them; only Python cannot be asked that way."""
    found: dict[str, set[str]] = {}
    for disagreement in load_lock(surface.mlx_version).disagreements:
        if disagreement.topic is Topic.REFUSES_KEYWORD and disagreement.parameter is not None:
            found.setdefault(disagreement.name, set()).add(disagreement.parameter)
    return found


def _derived(surface: Surface, refused: RefusedNames, scale: int) -> Iterator[Case]:
    for topic, recipes in RECIPES_BY_TOPIC.items():
        for owner, recipe in recipes.items():
            function = _function(surface, owner)
            calls = calls_of(
                owner,
                function,
                recipe,
                method=is_method(surface, owner),
                refused=refused.get(owner, ()),
                scale=scale,
            )
            yield from _cases(owner, topic, _call_path(owner), recipe, calls)


def _function(surface: Surface, owner: str) -> Function:
    """The function of that name; for a class, its constructor."""
    try:
        return surface.function(owner)
    except KeyError:
        return surface.function(f"{owner}.__init__")


def _call_path(owner: str) -> str:
    """What the runners call: a constructor is called by the name of its class."""
    return owner.removesuffix(".__init__")


def is_method(surface: Surface, owner: str) -> bool:
    parent = owner.rpartition(".")[0]
    return not owner.endswith("__init__") and parent not in {module.name for module in surface.modules}


def _cases(owner: str, topic: str, path: str, recipe: Recipe, calls: list[Arguments]) -> Iterator[Case]:
    for number, call in enumerate(calls):
        yield Case(
            id=f"{_call_path(owner)}#{number}",
            function=_call_path(owner),
            topic=topic,
            steps=(Step(path, call.args, call.kwargs),),
            seed=SEED + number if recipe.seed else None,
            cleanup=recipe.cleanup,
            compare=recipe.compare,
        )


def _aliased(surface: Surface, refused: RefusedNames) -> Iterator[Case]:
    by_owner = {owner: recipe for recipes in RECIPES_BY_TOPIC.values() for owner, recipe in recipes.items()}
    for module, alias in aliases(surface):
        target = f"mlx.core.{alias.target}"
        owner = f"{module.name}.{alias.name}"
        if target in by_owner and owner not in by_owner:
            recipe = by_owner[target]
            calls = calls_of(target, surface.function(target), recipe, refused=refused.get(target, ()))
            yield from _cases(owner, ALIAS_TOPIC, owner, recipe, calls[:ALIAS_CASES])


def aliases(surface: Surface) -> Iterator[tuple[Module, Alias]]:
    for module in surface.modules:
        for alias in module.aliases:
            yield module, alias


def _numbered(sources: Iterable[Callable[[], Iterator[Case]]]) -> Iterator[Case]:
    count: Counter[tuple[str, str]] = Counter()
    for source in sources:
        for case in source():
            number = count[case.function, case.topic]
            count[case.function, case.topic] += 1
            yield dataclasses.replace(case, id=f"{case.function}@{case.topic}#{number}")
