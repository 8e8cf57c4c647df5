"""Cases for exported functions: written, read back, called, and read by the other side in phase 2."""

from __future__ import annotations

import random
from collections.abc import Iterator

from node_mlx.parity import values
from node_mlx.parity.case import Case, Step
from node_mlx.parity.recipe import Recipes, case_of
from node_mlx.parity.recipes.transforms import SHAPED, UNARY, Body, X, Y, body_of, mx
from node_mlx.parity.scene import Scene, make_array
from node_mlx.parity.values import Value

TOPIC = "export"
RECIPES: Recipes = {}
EXPORT, IMPORT = "mlx.core.export_function", "mlx.core.import_function"


def _bodies() -> Iterator[Body]:
    for name in UNARY.split()[::3]:
        yield body_of(name)
    for _, body in SHAPED:
        yield body


def cases() -> Iterator[Case]:
    yield from _round_trips()
    yield from _arguments()
    yield from _exporters()
    yield from _wrong()


def _input(number: int, shape: tuple[int, ...] = (2, 3)) -> Value:
    return make_array(Scene(random.Random(number), number), "float32", shape, "positive", plain=True)


def _round_trips() -> Iterator[Case]:
    for number, body in enumerate(_bodies()):
        x = _input(number)
        file = f"function{number}.mlxfn"
        shapeless = {"shapeless": values.TRUE} if number % 5 == 4 else {}
        write = Step(EXPORT, (values.path(file), values.function(body(X)), x), shapeless)
        read = Step(IMPORT, (values.path(file),))
        yield case_of(EXPORT, TOPIC, write, read, Step("apply", (values.reference(1), x)))
        crossed = Step(IMPORT, (values.path(file, other_side=True),))
        yield case_of(IMPORT, TOPIC, crossed, Step("apply", (values.reference(0), x)), phase=2)
        if number % 4 == 0:
            other = Step("apply", (values.reference(0), _input(number, (3, 2))))
            yield case_of(IMPORT, TOPIC, crossed, other, phase=2)


def _arguments() -> Iterator[Case]:
    x, y = _input(1), _input(2)
    named = values.function(mx("multiply", X, values.parameter("y")))
    pair = values.function(values.sequence([mx("add", X, Y), mx("exp", X)]))
    keyword = Step(EXPORT, (values.path("named.mlxfn"), named, x), {"y": y})
    described = Step(
        EXPORT, (values.path("described.mlxfn"), pair, x, y), {"metadata": values.string("grüße")}
    )
    by_name = Step("apply", (values.reference(1), x), {"y": y})
    yield case_of(EXPORT, TOPIC, keyword, Step(IMPORT, (values.path("named.mlxfn"),)), by_name)
    by_position = Step("apply", (values.reference(1), x, y))
    yield case_of(EXPORT, TOPIC, keyword, Step(IMPORT, (values.path("named.mlxfn"),)), by_position)
    yield case_of(EXPORT, TOPIC, described, Step(IMPORT, (values.path("described.mlxfn"),)), by_position)
    for side in (False, True):
        crossed = Step(
            IMPORT, (values.path("described.mlxfn", other_side=side),), {"return_metadata": values.TRUE}
        )
        use = Step("apply", (values.call("item_of", (values.reference(0), values.integer(0))), x, y))
        yield case_of(IMPORT, TOPIC, crossed, use, phase=2)


def _exporters() -> Iterator[Case]:
    x, other = _input(1), _input(2, (3,))
    body = values.function(mx("exp", X))
    made = Step("mlx.core.exporter", (values.path("many.mlxfn"), body))
    used = [Step("apply", (values.reference(0), value)) for value in (x, other)]
    closed = Step("mlx.core.FunctionExporter.close", (values.reference(0),))
    read = Step(IMPORT, (values.path("many.mlxfn"),))
    calls = [Step("apply", (values.reference(4), value)) for value in (x, other, _input(3, (4,)))]
    for member in (
        "mlx.core.exporter",
        "mlx.core.FunctionExporter.close",
        "mlx.core.FunctionExporter.__call__",
    ):
        yield case_of(member, TOPIC, made, *used, closed, read, *calls, compare="kind")
        yield case_of(
            member, TOPIC, made, *used, closed, Step("apply", (values.reference(0), x)), compare="kind"
        )
    inside = values.function(values.call("apply", (values.reference(0), x)))
    use = Step("with_context", (values.reference(0), inside))
    for member in ("__enter__", "__exit__"):
        steps = (made, use, read, Step("apply", (values.reference(2), x)))
        yield case_of(f"mlx.core.FunctionExporter.{member}", TOPIC, *steps, compare="kind")


def _wrong() -> Iterator[Case]:
    x = _input(1)
    body = values.function(mx("exp", X))
    file = values.path("wrong.mlxfn")
    for result in (values.string("a"), values.NONE, values.integer(1), mx("sum", values.string("x"))):
        yield case_of(EXPORT, TOPIC, Step(EXPORT, (file, values.function(result), x)))
    for wrong in (values.integer(5), values.NONE, values.string("x"), x):
        yield case_of(EXPORT, TOPIC, Step(EXPORT, (file, wrong, x)))
        yield case_of("mlx.core.exporter", TOPIC, Step("mlx.core.exporter", (file, wrong)), compare="kind")
        yield case_of(EXPORT, TOPIC, Step(EXPORT, (file, body, values.string("x"))))
    yield case_of(EXPORT, TOPIC, Step(EXPORT, (values.path("missing/folder/f.mlxfn"), body, x)))
    for args in ((), (file,), (file, body, x, x)):
        yield case_of(EXPORT, TOPIC, Step(EXPORT, args))
    for path in ("absent.mlxfn", "missing/folder/f.mlxfn", ""):
        yield case_of(IMPORT, TOPIC, Step(IMPORT, (values.path(path),)))
    for garbage in (b"", b"x", b"garbage" * 30, bytes(100)):
        write = Step("write_file", (values.path("garbage.mlxfn"), values.raw(garbage)))
        yield case_of(IMPORT, TOPIC, write, Step(IMPORT, (values.path("garbage.mlxfn"),)))
    for length in (0, 4, 9, 20, 40, 60, 80, 100):
        export = Step(EXPORT, (file, body, x))
        cut = Step("truncate_file", (file, values.integer(length)))
        yield case_of(IMPORT, TOPIC, export, cut, Step(IMPORT, (file,)))
    for name in ("graph.dot", "missing/folder/graph.dot"):
        dot = Step("mlx.core.export_to_dot", (values.path(name), mx("exp", x)))
        yield case_of("mlx.core.export_to_dot", TOPIC, dot)
    yield case_of("mlx.core.export_to_dot", TOPIC, Step("mlx.core.export_to_dot"))
    for wrong in (values.integer(1), values.string("x"), values.NONE):
        step = Step("mlx.core.export_to_dot", (values.path("wrong.dot"), wrong))
        yield case_of("mlx.core.export_to_dot", TOPIC, step)
