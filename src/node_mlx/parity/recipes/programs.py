"""Cases for transforms of programs: the same function written in Python and in JavaScript, transformed.

Input: the table of programs with their arguments. Output: for each program and each set of arguments one case
per transform, nested ones and errors included. Unlike the cases of transforms.py, whose callbacks are data,
these run a user's own code: operators, indexing, updates in place, loops, trees.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from node_mlx.parity import values
from node_mlx.parity.case import Case, Step
from node_mlx.parity.recipe import case_of
from node_mlx.parity.recipes.transforms import mx, transformed
from node_mlx.parity.scene import Scene, make_array
from node_mlx.parity.values import Value

TOPIC = "programs"

Shape = tuple[int, ...]
# Shapes of an argument: of an array, or of the arrays of a tree.
Shapes = Shape | Mapping[str, "Shapes"] | list["Shapes"]


@dataclass(frozen=True)
class Arguments:
    """Arguments of a program: one tree of shapes for each, and the dtype of all."""

    shapes: tuple[Shapes, ...]
    dtype: str = "float32"


def one(*shapes: Shape, dtypes: str = "float32 float32 float16") -> tuple[Arguments, ...]:
    """Calls with one array of each of these shapes, in turn with each dtype."""
    names = dtypes.split()
    return tuple(Arguments((shape,), names[i % len(names)]) for i, shape in enumerate(shapes))


def several(*calls: tuple[Shapes, ...], dtypes: str = "float32 float32 bfloat16") -> tuple[Arguments, ...]:
    names = dtypes.split()
    return tuple(Arguments(call, names[i % len(names)]) for i, call in enumerate(calls))


ANY = one((2, 3), (5,), (3, 4))
WIDE = one((3, 4), (2, 2, 3), (1, 5))
ROWS = one((2, 3), (3, 5), (4, 3))
PAIRS = several(((2, 3), (2, 3)), ((4,), (4,)), ((3, 2), (3, 2)))
MATRICES = several(((2, 3), (4, 3)), ((3, 2), (2, 2)))
FULL = "float32 float32"

PROGRAMS: dict[str, tuple[Arguments, ...]] = {
    **dict.fromkeys(
        "square waves polynomial logistic softplus gelu silu hyperbolic clipped leaky piecewise remainders"
        " signs masked half_precision mean_of_squares reshaped newton two_results nested_results stopped"
        " constant dropout noisy in_place".split(),
        ANY,
    ),
    **dict.fromkeys("powers angle logaddexp huber extremes cosine concatenated".split(), PAIRS),
    **dict.fromkeys(
        "normalised softmax log_softmax largest product running_mean running_product running_maximum"
        " two_smallest ranked norm stacked split repeated differences reversed gathered scattered"
        " updated_slice rolled rms_norm".split(),
        WIDE,
    ),
    **dict.fromkeys("transposed padded tiled diagonal".split(), ROWS),
    **dict.fromkeys("broadcast".split(), several(((3,), (2,)), ((2, 3), (2, 4)))),
    **dict.fromkeys("einsum tensordot distances".split(), MATRICES),
    "outer": several(((3,), (4,)), ((2,), (2,))),
    "layer_norm": several(((2, 3), (4, 3)), ((3, 5), (2, 5))),
    "quadratic_form": several(((2, 3), (3, 3)), ((4,), (4, 4))),
    "addmm": several(((2, 3), (3, 4)), ((1, 2), (2, 2)), dtypes=FULL),
    "dense": several(((2, 3), (3, 4), (4,)), ((5, 2), (2, 2), (2,))),
    "two_layers": several(({"w": (3, 4), "b": (4,)}, (2, 3)), ({"w": (2, 2), "b": (2,)}, (3, 2))),
    "tree_argument": several(({"a": (2, 3), "b": [(2, 3), (3,)]},), ({"a": (4,), "b": [(4,), (1,)]},)),
    "attention": several(((2, 3), (4, 3), (4, 5)), ((2, 2, 3), (2, 3, 3), (2, 3, 2))),
    "recurrent": several(((3, 4), (4, 4)), ((2, 2), (2, 2))),
    "convolution": one((2, 5), (1, 4), dtypes=FULL),
    "cross_entropy": one((3, 4), (3, 3)),
    "spectrum": one((6,), (2, 5), dtypes=FULL),
}
WRONG = "raises evaluated bad_product bad_axis bad_dtype no_array no_result text mixed_results".split()

# One in so many programs is compiled: the first call of a new graph runs the C++ compiler.
COMPILED_STEP = 7


def program(name: str) -> Value:
    return values.call("program", (values.string(name),))


def total(function: Value) -> Value:
    return values.call("total", (function,))


def derivative(function: Value, **options: Value) -> Value:
    return mx("grad", total(function), **options)


Steps = tuple[Step, ...]
Transform = Callable[[Value, list[Value]], Steps]


def _every(args: list[Value]) -> Value:
    return values.integers(range(len(args)))


def _action(name: str, function: Value, args: list[Value]) -> Steps:
    return (Step(name, (function, *args)),)


# Item of the surface and name → the steps of a case.
TRANSFORMS: dict[tuple[str, str], Transform] = {
    ("grad", "first argument"): lambda f, args: transformed("grad", total(f), args),
    ("value_and_grad", "all arguments"): lambda f, args: transformed(
        "value_and_grad", total(f), args, argnums=_every(args)
    ),
    ("grad", "second derivative"): lambda f, args: transformed("grad", total(derivative(f)), args),
    ("checkpoint", "gradient"): lambda f, args: transformed("grad", total(mx("checkpoint", f)), args),
    ("grad", "of a gradient's last argument"): lambda f, args: transformed(
        "grad", total(derivative(f, argnums=values.integer(len(args) - 1))), args
    ),
}

# Of programs whose arguments are arrays.
ARRAY_TRANSFORMS: dict[tuple[str, str], Transform] = {
    ("vjp", "product"): lambda f, args: _action("product_back", f, args),
    ("jvp", "product"): lambda f, args: _action("product_ahead", f, args),
    ("jvp", "of a gradient"): lambda f, args: _action("product_ahead", derivative(f), args),
    ("vjp", "of a gradient"): lambda f, args: _action("product_back", derivative(f), args),
    ("custom_function.vjp", "gradient"): lambda f, args: transformed(
        "grad", total(values.call("with_rules", (f,))), args, argnums=_every(args)
    ),
    ("custom_function.jvp", "product"): lambda f, args: _action(
        "product_ahead", values.call("with_rules", (f,)), args
    ),
    ("custom_function.__call__", "of a checkpoint"): lambda f, args: transformed(
        "value_and_grad", total(values.call("with_rules", (mx("checkpoint", f),))), args
    ),
}

# With one more axis in front of every array.
MAPPED: dict[tuple[str, str], Transform] = {
    ("vmap", "of the program"): lambda f, args: transformed("vmap", f, args),
    ("vmap", "of the gradient"): lambda f, args: transformed("vmap", derivative(f), args),
    ("grad", "of the mapped program"): lambda f, args: transformed("grad", total(mx("vmap", f)), args),
}

COMPILED: dict[tuple[str, str], Transform] = {
    ("compile", "program"): lambda f, args: transformed("compile", f, args),
    ("compile", "gradient"): lambda f, args: transformed("compile", derivative(f), args),
    ("compile", "inside a gradient"): lambda f, args: transformed("grad", total(mx("compile", f)), args),
    ("compile", "of a checkpoint"): lambda f, args: transformed(
        "compile", derivative(mx("checkpoint", f)), args
    ),
}
COMPILED_MAPPED: dict[tuple[str, str], Transform] = {
    ("compile", "mapped gradient"): lambda f, args: transformed("compile", mx("vmap", derivative(f)), args),
    ("vmap", "compiled"): lambda f, args: transformed("vmap", mx("compile", f), args),
}


def cases() -> Iterator[Case]:
    for number, (name, calls) in enumerate(PROGRAMS.items()):
        for index, call in enumerate(calls):
            scene = Scene(random.Random(f"{name} {index}"), index)
            args = [_tree(scene, shapes, call.dtype) for shapes in call.shapes]
            batch = [_tree(scene, shapes, call.dtype, (2,)) for shapes in call.shapes]
            yield case_of("mlx.core.grad", TOPIC, Step("apply", (program(name), *args)))
            yield from _transformed(TRANSFORMS, name, args)
            if not any(isinstance(shapes, Mapping) for shapes in call.shapes):
                yield from _transformed(ARRAY_TRANSFORMS, name, args)
            yield from _transformed(MAPPED, name, batch)
            if number % COMPILED_STEP == 0 and index == 0:
                yield from _transformed(COMPILED, name, args)
                yield from _transformed(COMPILED_MAPPED, name, batch)
    yield from _wrong()


def _transformed(table: Mapping[tuple[str, str], Transform], name: str, args: list[Value]) -> Iterator[Case]:
    for (item, _), transform in table.items():
        yield case_of(f"mlx.core.{item}", TOPIC, *transform(program(name), args))


def _tree(scene: Scene, shapes: Shapes, dtype: str, batch: Shape = ()) -> Value:
    if isinstance(shapes, Mapping):
        return values.mapping({key: _tree(scene, item, dtype, batch) for key, item in shapes.items()})
    if isinstance(shapes, list):
        return values.sequence(_tree(scene, item, dtype, batch) for item in shapes)
    return make_array(scene, dtype, batch + shapes, "unit")


def _wrong() -> Iterator[Case]:
    """Programs that fail, under every transform."""
    for name in WRONG:
        scene = Scene(random.Random(name), 0)
        args, batch = ([make_array(scene, "float32", shape, "unit")] for shape in ((2, 3), (2, 2, 3)))
        for table, arguments in (
            (TRANSFORMS, args),
            (ARRAY_TRANSFORMS, args),
            (MAPPED, batch),
            (COMPILED, args),
            (COMPILED_MAPPED, batch),
        ):
            chosen = {key: transform for key, transform in table.items() if _survives(name, *key)}
            yield from _transformed(chosen, name, arguments)


def _survives(name: str, item: str, transform: str) -> bool:
    """Python ends with a crash where a checkpoint or a custom function returns no array."""
    remembers = "custom_function" in item or "checkpoint" in (item, transform.removeprefix("of a "))
    return not remembers or name not in ("no_array", "no_result", "text")
