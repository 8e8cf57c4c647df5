"""The stubs are read completely. The counts are those of the pinned MLX; an upgrade changes them."""

import ast
import importlib.util
from pathlib import Path

from node_mlx.surface import Class, Surface
from node_mlx.surface.stubs import MODULES, read_stubs

STUBS = Surface("", read_stubs())
CORE = STUBS.module("mlx.core")


def _class(name: str) -> Class:
    (found,) = (c for c in CORE.classes if c.name == name)
    return found


def test_counts_of_functions() -> None:
    counts = {module.name: len(module.functions) for module in STUBS.modules}
    assert counts == {
        "mlx.core": 247,
        "mlx.core.random": 14,
        "mlx.core.fft": 18,
        "mlx.core.linalg": 19,
        "mlx.core.fast": 9,
        "mlx.core.distributed": 10,
        "mlx.core.metal": 12,
        "mlx.core.cuda": 1,
    }
    assert sum(counts.values()) == 330


def test_counts_of_the_rest() -> None:
    assert len(CORE.aliases) == 15
    assert len(CORE.classes) == 18
    assert [c.name for c in STUBS.module("mlx.core.distributed").classes] == ["Group"]
    array = _class("array")
    names = [*(m.name for m in array.methods), *(p.name for p in array.properties)]
    assert len(names) == len(set(names)) == 120
    assert sum(name.startswith("__") for name in names) == 65


def test_no_definition_of_a_stub_is_lost() -> None:
    """Counts definitions by themselves, without the reader."""
    spec = importlib.util.find_spec("mlx")
    assert spec is not None
    assert spec.submodule_search_locations
    folder = Path(next(iter(spec.submodule_search_locations))) / "core"
    files = sorted(path.name for path in folder.glob("*.pyi"))
    assert len(files) == len(MODULES)
    definitions = {
        (path.name, getattr(parent, "name", ""), node.name)
        for path in folder.glob("*.pyi")
        for parent in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        for node in getattr(parent, "body", [])
        if isinstance(node, ast.FunctionDef)
    }
    members = sum(len(c.properties) for module in STUBS.modules for c in module.classes)
    assert len(definitions) == len(dict(STUBS.functions())) + members


def test_details() -> None:
    assert [len(f.overloads) for f in CORE.functions if f.name == "arange"] == [2]
    device_type = _class("DeviceType")
    assert device_type.bases == ("enum.Enum",)
    assert [(c.name, c.value) for c in device_type.constants] == [("cpu", "0"), ("gpu", "1")]
    (precision,) = _class("PrintOptions").properties
    assert precision.writable
    assert str(STUBS.function("mlx.core.array.__eq__").overloads[0]) == "(other: scalar | array) -> array"
    constants = {c.name: c for c in CORE.constants}
    assert constants["inf"].value == "float('inf')"
    assert (constants["float32"].annotation, constants["float32"].value) == ("Dtype", None)
    assert all(f.doc for f in STUBS.module("mlx.core.fft").functions)
