"""Cases for saving and loading: npy, npz, safetensors and gguf, whole, cut short and garbage.

Every file is written and read on the same side in phase 1, and read by the other side in phase 2, so what
Python wrote is proven readable in Node and the reverse. Where the format leaves no freedom the bytes of the
files are compared as well.
"""

from __future__ import annotations

import random
from collections.abc import Iterator

from node_mlx.parity import values
from node_mlx.parity.case import Case, Step
from node_mlx.parity.data import fill
from node_mlx.parity.dtypes import DTYPES
from node_mlx.parity.recipe import Recipes, case_of
from node_mlx.parity.scene import Scene, make_array
from node_mlx.parity.values import NONE, Value

TOPIC = "files"
LOAD = "mlx.core.load"
FORMATS = ("npy", "npz", "safetensors", "gguf")
SAVERS = {
    "npy": "mlx.core.save",
    "npz": "mlx.core.savez",
    "safetensors": "mlx.core.save_safetensors",
    "gguf": "mlx.core.save_gguf",
}
SHAPES: tuple[tuple[int, ...], ...] = ((2, 3), (), (0,), (33,), (2, 1, 3))

# All cases here need files, so none is derived from a signature alone.
RECIPES: Recipes = {}


def _saving(file_format: str, name: str, array: Value, extra: Value | None = None) -> Step:
    """The step that writes `array` (and `extra` under a second name) to the file."""
    file = values.path(name)
    named = {"a": array} if extra is None else {"a": array, "second.weight": extra}
    match file_format:
        case "npy":
            return Step(SAVERS["npy"], (file, array))
        case "npz":
            return Step(SAVERS["npz"], (file, array), {} if extra is None else {"b": extra})
        case "safetensors":
            metadata = values.mapping({"format": values.string("mlx"), "über": values.string("ß")})
            return Step(SAVERS["safetensors"], (file, values.mapping(named), metadata))
        case _:
            return Step(SAVERS["gguf"], (file, values.mapping(named), values.mapping(_gguf_metadata())))


def _gguf_metadata() -> dict[str, Value]:
    return {
        "text": values.string("värde"),
        "texts": values.sequence([values.string("x"), values.string("y")]),
        "number": values.call("mlx.core.array", (values.integer(3),)),
        "numbers": values.call(
            "mlx.core.array", (values.sequence([values.floating(0.5), values.floating(1.5)]),)
        ),
    }


def cases() -> Iterator[Case]:
    yield from _round_trips()
    yield from _broken()
    yield from _file_objects()
    yield from _wrong()


def _round_trips() -> Iterator[Case]:
    rng = random.Random("files")
    number = 0
    for file_format in FORMATS:
        for dtype in DTYPES:
            for shape in SHAPES[:3] if file_format == "gguf" else SHAPES:
                number += 1
                scene = Scene(rng, number)
                array = make_array(scene, dtype, shape)
                extra = (
                    make_array(scene, "float16", (3,)) if number % 3 == 0 and file_format != "npy" else None
                )
                name = f"whole{number}.{file_format}"
                save = _saving(file_format, name, array, extra)
                load = Step(LOAD, (values.path(name),))
                yield case_of(save.call, TOPIC, save, load)
                if file_format != "npz" and extra is None:
                    yield case_of(save.call, TOPIC, save, Step("read_file", (values.path(name),)))
                crossed = (values.path(name, other_side=True),)
                yield case_of(LOAD, TOPIC, Step(LOAD, crossed), phase=2)
                if number % 4 == 0:
                    options = {"return_metadata": values.TRUE}
                    yield case_of(LOAD, TOPIC, Step(LOAD, crossed, options), phase=2)
                    named = {"format": values.string(file_format)}
                    yield case_of(LOAD, TOPIC, Step(LOAD, crossed, named), phase=2)
    array = make_array(Scene(rng, 0), "float32", (2, 3))
    compressed = Step("mlx.core.savez_compressed", (values.path("packed.npz"), array), {"b": array})
    for step in (compressed, Step("mlx.core.savez", (values.path("none.npz"),))):
        yield case_of(step.call, TOPIC, step, Step(LOAD, (step.args[0],)))
    yield case_of(LOAD, TOPIC, Step(LOAD, (values.path("packed.npz", other_side=True),)), phase=2)
    for file_format in ("npy", "npz"):
        # Without the ending, which save adds.
        bare = Step(SAVERS[file_format], (values.path(f"bare_{file_format}"), array))
        yield case_of(bare.call, TOPIC, bare, Step(LOAD, (values.path(f"bare_{file_format}.{file_format}"),)))


def _broken() -> Iterator[Case]:
    rng = random.Random("broken")
    array = make_array(Scene(rng, 0), "float32", (2, 3), "ordinary", plain=True)
    for file_format in FORMATS:
        name = f"broken.{file_format}"
        save = _saving(file_format, name, array)
        for length in (0, 1, 3, 7, 8, 9, 10, 16, 24, 40, 60, 79, 81, 90, 100, 101):
            cut = Step("truncate_file", (values.path(name), values.integer(length)))
            yield case_of(LOAD, TOPIC, save, cut, Step(LOAD, (values.path(name),)))
        for number in range(6):
            garbage = fill(rng, "uint8", (5, 64, 200)[number % 3], "wide")
            write = Step("write_file", (values.path(name), values.raw(garbage)))
            yield case_of(LOAD, TOPIC, write, Step(LOAD, (values.path(name),)))
        for other in FORMATS:
            if other != file_format:
                load = Step(LOAD, (values.path(name), values.string(other)))
                yield case_of(LOAD, TOPIC, save, load)


def _file_objects() -> Iterator[Case]:
    """A file object in Python, a Buffer in JavaScript."""
    rng = random.Random("file objects")
    for file_format in FORMATS:
        array = make_array(Scene(rng, 0), "float32", (2, 3), plain=True)
        name = f"object.{file_format}"
        save = _saving(file_format, name, array)
        load = Step("load_bytes", (values.path(name), values.string(file_format)))
        yield case_of(LOAD, TOPIC, save, load)
    for file_format in (*FORMATS, "no"):
        write = Step("write_file", (values.path("garbage.bin"), values.raw(b"garbage " * 20)))
        load = Step("load_bytes", (values.path("garbage.bin"), values.string(file_format)))
        yield case_of(LOAD, TOPIC, write, load)


def _wrong() -> Iterator[Case]:
    array = values.array("float32", (1,), bytes(4))
    arrays = values.mapping({"a": array})
    missing = "missing/folder/x"
    for file_format in FORMATS:
        yield case_of(SAVERS[file_format], TOPIC, _saving(file_format, f"{missing}.{file_format}", array))
        yield case_of(LOAD, TOPIC, Step(LOAD, (values.path(f"{missing}.{file_format}"),)))
    for name in ("absent.xyz", "absent", "absent.npy.txt", ""):
        yield case_of(LOAD, TOPIC, Step(LOAD, (values.path(name),)))
    # No integers: in Node they are descriptors of open files.
    for wrong in (NONE, values.OBJECT, values.sequence([]), array, values.floating(1.5)):
        yield case_of(LOAD, TOPIC, Step(LOAD, (wrong,)))
        yield case_of(SAVERS["npy"], TOPIC, Step(SAVERS["npy"], (wrong, array)))
        yield case_of(SAVERS["npy"], TOPIC, Step(SAVERS["npy"], (values.path("w.npy"), wrong)))
        yield case_of(SAVERS["npz"], TOPIC, Step(SAVERS["npz"], (values.path("w.npz"), wrong)))
        for file_format in ("safetensors", "gguf"):
            saver, file = SAVERS[file_format], values.path(f"w.{file_format}")
            yield case_of(saver, TOPIC, Step(saver, (file, wrong, values.mapping({}))))
            yield case_of(saver, TOPIC, Step(saver, (wrong, arrays, values.mapping({}))))
            yield case_of(saver, TOPIC, Step(saver, (file, values.mapping({"a": wrong}), values.mapping({}))))
            odd = values.mapping({"k": wrong})
            yield case_of(saver, TOPIC, Step(saver, (file, arrays, odd)))
    for saver in (*SAVERS.values(), LOAD):
        yield case_of(saver, TOPIC, Step(saver))
        yield case_of(saver, TOPIC, Step(saver, (values.path("w.npy"), array, array, array, array)))
        # The others take a dict of arrays in the place where JavaScript writes options.
        if saver in (SAVERS["npy"], LOAD):
            yield case_of(saver, TOPIC, Step(saver, (values.path("w.npy"),), {"bogus": array}))
    yield case_of(LOAD, TOPIC, Step(LOAD, (values.path("absent.npy"),), {"format": values.integer(1)}))
    yield case_of(
        LOAD, TOPIC, Step(LOAD, (values.path("absent.npy"),), {"return_metadata": values.string("x")})
    )
