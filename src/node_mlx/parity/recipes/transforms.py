"""Cases for function transforms: gradients, products with Jacobians, vectorising, compiling, custom rules.

A callback is data: a function value whose body is a tree of calls on its parameters, so both sides run the
same graph. Gradients of every differentiable kind of operation are compared bit by bit, since a binding that
passes one wrong option forward often shows only in the way back.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence

from node_mlx.parity import values
from node_mlx.parity.case import Case, Step
from node_mlx.parity.recipe import Recipes, case_of
from node_mlx.parity.scene import Scene, make_array
from node_mlx.parity.values import Value

TOPIC = "transforms"
RECIPES: Recipes = {}
RESTORE = (Step("restore_defaults"),)

Body = Callable[..., Value]
X, Y = values.parameter(0), values.parameter(1)
ONE, TWO = values.integer(1), values.integer(2)


def mx(name: str, *args: Value, **kwargs: Value) -> Value:
    return values.call(f"mlx.core.{name}", args, kwargs)


def total(value: Value) -> Value:
    return mx("sum", value)


def _axis(number: int) -> Value:
    return values.integer(number)


UNARY = (
    "abs square sqrt rsqrt reciprocal exp expm1 erf erfinv sin cos tan arcsin arctan sinh cosh tanh arcsinh"
    " log log2 log10 log1p sigmoid negative stop_gradient floor sign degrees radians softmax logsumexp cumsum"
    " cumprod cummax cummin logcumsumexp mean var std max min prod sort flatten transpose squeeze"
)
BINARY = (
    "add subtract multiply divide power maximum minimum logaddexp arctan2 remainder matmul where_first outer"
    " inner"
)

SHAPED: tuple[tuple[str, Callable[[Value], Value]], ...] = (
    ("reshape", lambda x: mx("reshape", x, values.integers((3, 2)))),
    ("sum", lambda x: mx("sum", x, _axis(0), values.TRUE)),
    ("mean", lambda x: mx("mean", x, _axis(-1))),
    ("max", lambda x: mx("max", x, _axis(1))),
    ("concatenate", lambda x: mx("concatenate", values.sequence([x, x]), _axis(0))),
    ("stack", lambda x: mx("stack", values.sequence([x, x]), _axis(1))),
    ("pad", lambda x: mx("pad", x, ONE)),
    ("take", lambda x: mx("take", x, mx("array", values.integers((0, 0, 1))), _axis(1))),
    ("getitem", lambda x: values.call("getitem", (x, values.slice_of(None, None, 2)))),
    ("at", lambda x: values.call("at", (x, values.integer(0), values.string("add"), x_row(x)))),
    ("tile", lambda x: mx("tile", x, values.integer_tuple((2, 1)))),
    ("repeat", lambda x: mx("repeat", x, TWO, _axis(0))),
    ("broadcast_to", lambda x: mx("broadcast_to", x, values.integers((2, 2, 3)))),
    ("diagonal", lambda x: mx("diagonal", x)),
    ("roll", lambda x: mx("roll", x, ONE)),
    ("clip", lambda x: mx("clip", x, values.floating(0.25), values.floating(0.75))),
    ("where", lambda x: mx("where", mx("greater", x, values.floating(0.5)), x, mx("square", x))),
    ("astype", lambda x: mx("astype", x, values.dtype("float16"))),
    ("linalg.norm", lambda x: mx("linalg.norm", x)),
    ("fft.rfft", lambda x: mx("abs", mx("fft.rfft", x))),
    (
        "fast.rms_norm",
        lambda x: mx("fast.rms_norm", x, mx("ones", values.integers((3,))), values.floating(1e-5)),
    ),
    ("einsum", lambda x: mx("einsum", values.string("ij,kj->ik"), x, x)),
    ("tensordot", lambda x: mx("tensordot", x, x, TWO)),
    ("take_along_axis", lambda x: mx("take_along_axis", x, mx("argsort", x), _axis(-1))),
)


def x_row(x: Value) -> Value:
    return values.call("getitem", (x, values.integer(1)))


def body_of(name: str) -> Body:
    if name == "where_first":
        return lambda x, y: mx("where", mx("less", x, y), x, y)
    if name in ("inner", "matmul"):
        return lambda x, y: mx(name, x, mx("transpose", y)) if name == "matmul" else mx(name, x, y)
    return lambda *args: mx(name, *args)


def _positive(scene: Scene, shape: Sequence[int] = (2, 3)) -> Value:
    """Between 0 and 1, where every function in the lists is differentiable."""
    array = make_array(scene, "float32", shape, "unit", plain=True)
    shrunk = mx("multiply", mx("abs", array), values.floating(0.9))
    return mx("add", shrunk, values.floating(0.05))


def transformed(name: str, function: Value, args: Sequence[Value], **options: Value) -> tuple[Step, Step]:
    """f = mx.name(function, **options); f(*args)"""
    made = Step(f"mlx.core.{name}", (function,), options)
    return made, Step("apply", (values.reference(0), *args))


def cases() -> Iterator[Case]:
    for source in (_gradients, _products, _vectorised, _compiled, _argument_forms, _custom, _wrong):
        yield from source()


def _bodies() -> Iterator[tuple[Body, int]]:
    """Bodies with their number of parameters."""
    for name in UNARY.split():
        yield body_of(name), 1
    for name in BINARY.split():
        yield body_of(name), 2
    for _, body in SHAPED:
        yield body, 1


def _gradients() -> Iterator[Case]:
    rng = random.Random("gradients")
    for number, (body, count) in enumerate(_bodies()):
        scene = Scene(rng, number)
        args = [_positive(scene) for _ in range(count)]
        function = values.function(total(body(*(X, Y)[:count])))
        yield case_of("mlx.core.grad", TOPIC, *transformed("grad", function, args))
        yield case_of("mlx.core.value_and_grad", TOPIC, *transformed("value_and_grad", function, args))
        remembered = transformed("checkpoint", function, args)
        if number % 4 == 0:
            yield case_of("mlx.core.checkpoint", TOPIC, *remembered)
            again = Step("mlx.core.grad", (values.reference(0),))
            use = Step("apply", (values.reference(1), *args))
            yield case_of("mlx.core.checkpoint", TOPIC, remembered[0], again, use)
    for name in ("exp", "sin", "square", "sigmoid", "tanh"):
        # Second derivatives: a gradient as the body of another.
        inner = mx("grad", values.function(total(mx(name, X))))
        outer = values.function(total(values.call("apply", (inner, X))))
        yield case_of("mlx.core.grad", TOPIC, *transformed("grad", outer, [_positive(Scene(rng, 0))]))


def _products() -> Iterator[Case]:
    rng = random.Random("products")
    for number, (body, count) in enumerate(_bodies()):
        scene = Scene(rng, number)
        args = [_positive(scene) for _ in range(count)]
        function = values.function(body(*(X, Y)[:count]))
        tangents = [make_array(scene, "float32", (2, 3), "ordinary", plain=True) for _ in args]
        primals = values.sequence(args)
        step = Step("mlx.core.jvp", (function, primals, values.sequence(tangents)))
        yield case_of("mlx.core.jvp", TOPIC, step)
        cotangent = mx("ones_like", values.call("apply", (function, *args)))
        back = Step("mlx.core.vjp", (function, primals, values.sequence([cotangent])))
        yield case_of("mlx.core.vjp", TOPIC, back)


def _vectorised() -> Iterator[Case]:
    rng = random.Random("vmap")
    axes = (values.integer(0), values.integer(1), values.integer(-1))
    for number, (body, count) in enumerate(_bodies()):
        scene = Scene(rng, number)
        args = [_positive(scene, (2, 3, 3)) for _ in range(count)]
        function = values.function(body(*(X, Y)[:count]))
        yield case_of("mlx.core.vmap", TOPIC, *transformed("vmap", function, args))
        if number % 2 == 0:
            options = {"in_axes": scene.choose(axes), "out_axes": scene.choose(axes)}
            yield case_of("mlx.core.vmap", TOPIC, *transformed("vmap", function, args, **options))
    pair = values.function(mx("multiply", X, Y))
    args = [_positive(Scene(rng, 0), (3, 2)), _positive(Scene(rng, 1), (2,))]
    in_axes = values.tuple_of((values.integer(0), values.NONE))
    yield case_of("mlx.core.vmap", TOPIC, *transformed("vmap", pair, args, in_axes=in_axes))
    one = [_positive(Scene(rng, 2), (3,))]
    for wrong in (values.integer(5), values.integer(-9), values.string("x"), values.floating(1.0)):
        function = values.function(mx("exp", X))
        yield case_of("mlx.core.vmap", TOPIC, *transformed("vmap", function, one, in_axes=wrong))
        yield case_of("mlx.core.vmap", TOPIC, *transformed("vmap", function, one, out_axes=wrong))


def _compiled() -> Iterator[Case]:
    """Each body once: the first call of a new graph may run the C++ compiler, so they are few."""
    rng = random.Random("compile")
    for number, (body, count) in enumerate(_bodies()):
        if number % 5:
            continue
        scene = Scene(rng, number)
        args = [_positive(scene) for _ in range(count)]
        function = values.function(body(*(X, Y)[:count]))
        made, use = transformed("compile", function, args)
        yield case_of("mlx.core.compile", TOPIC, made, use, use)
    chain = values.function(mx("add", mx("multiply", mx("exp", X), X), mx("tanh", X)))
    for shape in ((2, 3), (3,), (), (0,)):
        args = [_positive(Scene(rng, 0), shape)]
        yield case_of("mlx.core.compile", TOPIC, *transformed("compile", chain, args, shapeless=values.TRUE))
        off = Step("mlx.core.disable_compile")
        made = Step("mlx.core.compile", (chain,))
        use = Step("apply", (values.reference(1), *args))
        yield case_of("mlx.core.disable_compile", TOPIC, off, made, use, cleanup=RESTORE)
        on = Step("mlx.core.enable_compile")
        yield case_of("mlx.core.enable_compile", TOPIC, on, made, use, cleanup=RESTORE)


def _argument_forms() -> Iterator[Case]:
    rng = random.Random("forms")
    x, y = (_positive(Scene(rng, n)) for n in range(2))
    product = values.function(total(mx("multiply", mx("square", X), Y)))
    named = values.function(total(mx("multiply", X, values.parameter("y"))))
    argnums = (
        values.integer(0),
        values.integer(1),
        values.integers((0, 1)),
        values.integers((1,)),
        values.integer_tuple((1, 0)),
        values.integer(5),
        values.integer(-1),
        values.integers((0, 0)),
        values.string("x"),
        values.floating(1.5),
        values.NONE,
        values.sequence([]),
    )
    for name in ("grad", "value_and_grad"):
        for chosen in argnums:
            yield case_of(f"mlx.core.{name}", TOPIC, *transformed(name, product, [x, y], argnums=chosen))
        for names in (
            values.string("y"),
            values.sequence([values.string("y")]),
            values.string("z"),
            values.integer(1),
        ):
            made = Step(f"mlx.core.{name}", (named,), {"argnames": names})
            use = Step("apply", (values.reference(0), x), {"y": y})
            yield case_of(f"mlx.core.{name}", TOPIC, made, use)
        # Trees of arrays as argument and extra results beside the value.
        leaf = values.call("item_of", (X, values.string("a")))
        tree = values.mapping({"a": x, "b": values.sequence([y, y])})
        function = values.function(total(mx("exp", leaf)))
        yield case_of(f"mlx.core.{name}", TOPIC, *transformed(name, function, [tree]))
        extra = values.function(values.tuple_of((total(mx("exp", X)), X)))
        yield case_of(f"mlx.core.{name}", TOPIC, *transformed(name, extra, [x]))
    pair = values.function(values.sequence([mx("exp", X), mx("multiply", X, Y)]))
    both = values.sequence([x, y])
    for name in ("jvp", "vjp"):
        yield case_of(f"mlx.core.{name}", TOPIC, Step(f"mlx.core.{name}", (pair, both, both)))
        short = values.sequence([x])
        yield case_of(f"mlx.core.{name}", TOPIC, Step(f"mlx.core.{name}", (pair, both, short)))
        yield case_of(f"mlx.core.{name}", TOPIC, Step(f"mlx.core.{name}", (pair, short, short)))
    for tree in (x, values.sequence([x, y]), values.mapping({"a": x}), values.integer(1), values.NONE):
        waited = Step("mlx.core.eval", (x,))
        yield case_of("mlx.core.async_eval", TOPIC, Step("async_eval", (tree,)), waited)


def _custom() -> Iterator[Case]:
    rng = random.Random("custom")
    forward = values.function(mx("exp", X))
    rules: tuple[tuple[str, Value], ...] = (
        ("vjp", values.function(mx("multiply", Y, values.floating(2.0)))),
        ("jvp", values.function(mx("multiply", Y, values.floating(3.0)))),
    )
    made = Step("mlx.core.custom_function", (forward,))
    for number in range(6):
        x = _positive(Scene(rng, number), ((2, 3), (3,), ())[number % 3])
        use = Step("apply", (values.reference(0), x))
        yield case_of(
            "mlx.core.custom_function.__call__", TOPIC, made, use, compare="bits" if number else "kind"
        )
        vjp = Step("mlx.core.custom_function.vjp", (values.reference(0), rules[0][1]))
        back = Step(
            "mlx.core.vjp", (values.reference(0), values.sequence([x]), values.sequence([mx("ones_like", x)]))
        )
        yield case_of("mlx.core.custom_function.vjp", TOPIC, made, vjp, back)
        jvp = Step("mlx.core.custom_function.jvp", (values.reference(0), rules[1][1]))
        ahead = Step(
            "mlx.core.jvp", (values.reference(0), values.sequence([x]), values.sequence([mx("ones_like", x)]))
        )
        yield case_of("mlx.core.custom_function.jvp", TOPIC, made, jvp, ahead)
    mapped = values.function(
        values.tuple_of(
            (mx("multiply", values.call("item_of", (X, values.integer(0))), TWO), values.integer(0))
        )
    )
    rule = Step("mlx.core.custom_function.vmap", (values.reference(0), mapped))
    over = Step("mlx.core.vmap", (values.reference(0),))
    use = Step("apply", (values.reference(2), _positive(Scene(rng, 9), (3, 2))))
    yield case_of("mlx.core.custom_function.vmap", TOPIC, made, rule, over, use)


def _wrong() -> Iterator[Case]:
    rng = random.Random("wrong")
    x = _positive(Scene(rng, 0))
    results: tuple[Value, ...] = (
        X,
        values.string("a"),
        values.NONE,
        values.integer(1),
        values.sequence([]),
        values.tuple_of((X, X)),
        mx("sum", values.string("x")),
        values.call("raise_own"),
        values.call("mlx.core.array.item", (X,)),
        mx("linalg.inv", X),
    )
    for name in ("grad", "value_and_grad", "vmap", "compile", "checkpoint"):
        for result in results:
            # checkpoint takes anything upstream, and ends the process where there are no arrays in it.
            if name != "checkpoint" or "call" in result:
                yield case_of(f"mlx.core.{name}", TOPIC, *transformed(name, values.function(result), [x]))
        for wrong in (values.integer(5), values.NONE, values.string("x"), x, values.sequence([])):
            if name == "checkpoint":
                break
            yield case_of(f"mlx.core.{name}", TOPIC, Step(f"mlx.core.{name}", (wrong,)))
        function = values.function(total(X))
        yield case_of(f"mlx.core.{name}", TOPIC, Step(f"mlx.core.{name}"))
        yield case_of(f"mlx.core.{name}", TOPIC, Step(f"mlx.core.{name}", (function,), {"bogus": ONE}))
        if name == "checkpoint":
            continue
        for args in ([], [values.string("a")], [values.NONE], [values.floating(1.0)], [values.OBJECT]):
            yield case_of(f"mlx.core.{name}", TOPIC, *transformed(name, function, args))
    one = values.sequence([x])
    for name in ("jvp", "vjp"):
        for result in results:
            step = Step(f"mlx.core.{name}", (values.function(result), one, one))
            yield case_of(f"mlx.core.{name}", TOPIC, step)
        # No array: Python takes its rows for the list.
        for wrong in (
            values.integer(5),
            values.NONE,
            values.string("x"),
            values.sequence([values.integer(1)]),
        ):
            yield case_of(
                f"mlx.core.{name}", TOPIC, Step(f"mlx.core.{name}", (values.function(X), wrong, one))
            )
            yield case_of(
                f"mlx.core.{name}", TOPIC, Step(f"mlx.core.{name}", (values.function(X), one, wrong))
            )
            yield case_of(f"mlx.core.{name}", TOPIC, Step(f"mlx.core.{name}", (wrong, one, one)))
    for wrong in (values.integer(5), values.NONE, values.string("x")):
        step = Step("mlx.core.custom_function", (wrong,))
        yield case_of("mlx.core.custom_function", TOPIC, step, compare="kind")
