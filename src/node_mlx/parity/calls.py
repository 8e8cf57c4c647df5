"""Calls of one function from its signatures: good ones with drawn values, and wrong ones derived from them.

Input: a Function of the surface and its Recipe. Output: Arguments, in a fixed order for a given name.
Argument forms alternate (positional, keyword, left out), since each is a path of its own in a binding.
    sum(a: array, /, axis=…)  →  sum(a), sum(a, 0), sum(a, axis=-1), … sum(), sum(a, bogus=1), sum("x"), …
"""

from __future__ import annotations

import dataclasses
import random
from collections.abc import Collection, Iterator, Mapping, Sequence

from node_mlx.parity import values
from node_mlx.parity.annotations import draw_for
from node_mlx.parity.recipe import Arguments, Recipe
from node_mlx.parity.scene import Draw, Scene, any_array
from node_mlx.parity.values import Value
from node_mlx.surface import Function, Kind, Parameter, Signature

RECEIVER = Parameter("self", Kind.POSITIONAL_ONLY, "array")

# One wrong value per kind of thing a caller may confuse. No dict: at the end of a call in JavaScript it would
# be the options.
WRONG_VALUES: tuple[Value, ...] = (
    values.string("x"),
    values.NONE,
    values.floating(1.0),
    values.floating(1.5),
    values.sequence([values.string("a")]),
    values.OBJECT,
    values.sequence([]),
    values.integer(-1000),
    values.integer(2**40),
    values.dtype("float32"),
    values.boolean(True),
    values.sequence([values.NONE]),
    values.complex_number(1j),
)
WRONG_PER_PARAMETER = 5

# nanobind takes the number of an enum for the enum (stream=1 is the GPU), which nobody means.
DEVICE_ANNOTATIONS = (
    "StreamOrDevice",
    "Device | DeviceType",
    "Device | DeviceType | None",
    "DeviceType",
    "Stream | ThreadLocalStream | Device | DeviceType",
)
NUMBERS = ("int", "bool")


def is_variadic(parameter: Parameter) -> bool:
    return parameter.kind in (Kind.VAR_POSITIONAL, Kind.VAR_KEYWORD)


def with_receiver(signature: Signature) -> Signature:
    """The signature of a method called as a function: its array comes first."""
    return Signature((RECEIVER, *signature.parameters), signature.returns)


def without_names(signature: Signature, refused: Collection[str]) -> Signature:
    """The signature in which parameters whose names Python refuses are positional-only.

    The surface keeps those names, because JavaScript accepts them; only Python cannot be asked by name.
    """
    return Signature(
        tuple(
            dataclasses.replace(p, kind=Kind.POSITIONAL_ONLY) if p.name in refused else p
            for p in signature.parameters
        ),
        signature.returns,
    )


def good_calls(
    owner: str, signatures: Sequence[Signature], recipe: Recipe, rng: random.Random, indices: range
) -> Iterator[Arguments]:
    for index in indices:
        scene = Scene(rng, index)
        if recipe.together is not None:
            yield recipe.together(scene)
        else:
            yield _drawn_call(owner, signatures[index % len(signatures)], recipe, scene)


def _drawn_call(owner: str, signature: Signature, recipe: Recipe, scene: Scene) -> Arguments:
    args: list[Value] = []
    kwargs: dict[str, Value] = {}
    positional = True
    for parameter in signature.parameters:
        if not _given(parameter, recipe, scene):
            positional = False
            continue
        value = _draw(owner, parameter, recipe.parameters, scene)
        scene.drawn[parameter.name] = value
        if parameter.kind is Kind.VAR_POSITIONAL:
            args += value.get("list", [value])
        elif parameter.kind is Kind.VAR_KEYWORD:
            kwargs |= value["dict"]
        elif parameter.kind is Kind.POSITIONAL_ONLY:
            args.append(value)
        elif parameter.kind is Kind.KEYWORD_ONLY or not positional or scene.chance(0.35):
            positional = False
            kwargs[parameter.name] = value
        else:
            args.append(value)
    return Arguments(tuple(args), kwargs)


def _given(parameter: Parameter, recipe: Recipe, scene: Scene) -> bool:
    if parameter.required:
        return True
    if parameter.kind is Kind.VAR_KEYWORD and parameter.name not in recipe.parameters:
        return False
    if parameter.kind is Kind.VAR_POSITIONAL:
        return True
    # Every call with nothing optional, then with some of it; the stream is rarely of interest.
    if scene.index % 4 == 0:
        return False
    return scene.chance(0.08 if parameter.name == "stream" else 0.5)


def _draw(owner: str, parameter: Parameter, overrides: Mapping[str, Draw], scene: Scene) -> Value:
    if parameter.name in overrides:
        return overrides[parameter.name](scene)
    if parameter.name == "self":
        return any_array(scene)
    if parameter.kind is Kind.VAR_POSITIONAL:
        draw = draw_for(Parameter(parameter.name, Kind.POSITIONAL_ONLY, parameter.annotation), owner)
        return values.sequence(draw(scene) for _ in range(scene.rng.randint(1, 3)))
    return draw_for(parameter, owner)(scene)


def wrong_calls(
    signature: Signature,
    good: Sequence[Arguments],
    recipe: Recipe,
    rng: random.Random,
    refused: Collection[str],
) -> Iterator[Arguments]:
    """Wrong counts, names and kinds. Python decides what is wrong: a call that succeeds there must succeed
    in JavaScript too."""
    base = _simplest(signature, good)
    yield from _wrong_counts(signature, base)
    yield from _wrong_keywords(signature, base, refused)
    yield from _wrong_kinds(signature, base, recipe, rng)


def _simplest(signature: Signature, good: Sequence[Arguments]) -> Arguments:
    """The first good call that passes every required parameter by position."""
    required = sum(p.required and p.kind is not Kind.KEYWORD_ONLY for p in signature.parameters)
    fitting = [call for call in good if len(call.args) >= required]
    return min(fitting or good, key=lambda call: len(call.args) + len(call.kwargs))


def _wrong_counts(signature: Signature, base: Arguments) -> Iterator[Arguments]:
    if any(parameter.required for parameter in signature.parameters):
        yield Arguments()
    if len(base.args) > 1:
        yield Arguments(base.args[:-1], base.kwargs)
    if not any(parameter.kind is Kind.VAR_POSITIONAL for parameter in signature.parameters):
        surplus = len(signature.parameters) + 1 - len(base.args)
        yield Arguments((*base.args, *[values.integer(1)] * surplus), base.kwargs)


def _wrong_keywords(signature: Signature, base: Arguments, refused: Collection[str]) -> Iterator[Arguments]:
    if any(parameter.kind is Kind.VAR_KEYWORD for parameter in signature.parameters):
        return
    yield Arguments(base.args, {**base.kwargs, "bogus": values.integer(1)})
    # Before *args a name only works where there are none.
    variadic = any(parameter.kind is Kind.VAR_POSITIONAL for parameter in signature.parameters)
    if base.args and not variadic:
        # Passed by position and by name at once; for a positional-only parameter also a wrong name.
        first = signature.parameters[0]
        if first.name != "self" and first.name not in refused:
            yield Arguments(base.args, {**base.kwargs, first.name: base.args[0]})
            yield Arguments(base.args[1:], {**base.kwargs, first.name: base.args[0]})
    keyword_only = [p for p in signature.parameters if p.kind is Kind.KEYWORD_ONLY and p.name != "stream"]
    if keyword_only and keyword_only[0].name not in base.kwargs:
        yield Arguments((*base.args, values.integer(1)), base.kwargs)


def _wrong_kinds(
    signature: Signature, base: Arguments, recipe: Recipe, rng: random.Random
) -> Iterator[Arguments]:
    for position, parameter in enumerate(signature.parameters):
        if is_variadic(parameter) or parameter.name in recipe.keep:
            continue
        for wrong in rng.sample(WRONG_VALUES, WRONG_PER_PARAMETER):
            if parameter.annotation in DEVICE_ANNOTATIONS and values.tag_of(wrong) in NUMBERS:
                continue
            if position < len(base.args):
                args = (*base.args[:position], wrong, *base.args[position + 1 :])
                yield Arguments(args, base.kwargs)
            elif parameter.kind is not Kind.POSITIONAL_ONLY:
                yield Arguments(base.args, {**base.kwargs, parameter.name: wrong})


def calls_of(
    owner: str,
    function: Function,
    recipe: Recipe,
    *,
    method: bool = False,
    refused: Collection[str] = (),
    scale: int = 1,
) -> list[Arguments]:
    """Every call of the function, in order: picked, good, wrong, and the further good ones of a larger scale.

    `refused`: see without_names.
    """
    rng = random.Random(owner)
    signatures = [without_names(s, refused) for s in function.overloads]
    if method:
        signatures = [with_receiver(s) for s in signatures]
    good = list(good_calls(owner, signatures, recipe, rng, range(recipe.good)))
    wrong = list(wrong_calls(signatures[0], good, recipe, rng, refused)) if recipe.bad and good else []
    more = good_calls(owner, signatures, recipe, rng, range(recipe.good, recipe.good * scale))
    return [*recipe.picked, *good, *wrong, *more]
