"""The programs use the whole surface of mlx.nn, mlx.optimizers and mlx.utils.

Every public class is made and called, every public function and method is called, and every argument that has
a default gets another value at least once. Recorded while the programs run in Python, so what counts is what
really arrives.
"""

from __future__ import annotations

import importlib
import inspect
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from types import CodeType, FrameType
from typing import Any

import mlx.core as mx
import pytest

from tests.compile.programs_on_both_sides import PROGRAMS
from tests.compile.test_programs import PROGRAMS as NAMES

SURFACE = (
    "mlx.nn",
    "mlx.nn.init",
    "mlx.nn.losses",
    "mlx.nn.utils",
    "mlx.nn.layers.distributed",
    "mlx.optimizers",
    "mlx.utils",
)

# What no program can show here, with the reason.
EXCUSED = {
    "mlx.nn.QQLinear.__call__": "quantized activations are multiplied on a GPU only",
}


@dataclass(frozen=True)
class Entry:
    """Something callable. `of_own_class`: a constructor or __call__, used only by objects of that class."""

    name: str
    function: Any
    owner: type | None = None
    of_own_class: bool = False

    @cached_property
    def code(self) -> CodeType | None:
        function = inspect.unwrap(self.function)
        return getattr(getattr(function, "__func__", function), "__code__", None)

    @cached_property
    def optional(self) -> list[inspect.Parameter]:
        parameters = inspect.signature(self.function).parameters.values()
        return [p for p in parameters if p.default is not inspect.Parameter.empty]


def entries() -> Iterator[Entry]:
    seen: set[int] = set()
    for module_name in SURFACE:
        for name, value in vars(importlib.import_module(module_name)).items():
            if name.startswith("_") or id(value) in seen or not callable(value):
                continue
            if not str(getattr(value, "__module__", "")).startswith("mlx."):
                continue
            seen.add(id(value))
            qualified = f"{module_name}.{name}"
            if inspect.isclass(value):
                yield from _entries_of_class(qualified, value)
            else:
                yield Entry(qualified, value)


def _entries_of_class(qualified: str, cls: type) -> Iterator[Entry]:
    yield Entry(qualified, cls.__init__, cls, of_own_class=True)  # type: ignore[misc]
    for name, member in vars(cls).items():
        if name == "__call__":
            yield Entry(f"{qualified}.{name}", member, cls, of_own_class=True)
        elif not name.startswith("_") and inspect.isroutine(member):
            yield Entry(f"{qualified}.{name}", getattr(cls, name), cls)


def excused(entry: Entry) -> bool:
    return entry.name in EXCUSED


ENTRIES = [entry for entry in entries() if not excused(entry)]


@dataclass
class Recorder:
    """Which arguments got another value than their default, for each entry that was called."""

    used: dict[str, set[str]]
    by_code: dict[CodeType, list[Entry]]

    def __call__(self, frame: FrameType, event: str, _: Any) -> None:
        if event != "call":
            return
        for entry in self.by_code.get(frame.f_code, ()):
            if not entry.of_own_class or type(_first_argument(frame)) is entry.owner:
                used = self.used.setdefault(entry.name, set())
                used.update(p.name for p in entry.optional if _is_other(p, frame.f_locals))


def _first_argument(frame: FrameType) -> Any:
    return frame.f_locals.get(frame.f_code.co_varnames[0])


def _is_other(parameter: inspect.Parameter, given: dict[str, Any]) -> bool:
    value = given.get(parameter.name, parameter.default)
    return type(value) is not type(parameter.default) or bool(value != parameter.default)


@pytest.fixture(scope="module")
def used(tmp_path_factory: pytest.TempPathFactory) -> dict[str, set[str]]:
    recorder = Recorder({}, {})
    for entry in ENTRIES:
        assert entry.code is not None, entry.name
        recorder.by_code.setdefault(entry.code, []).append(entry)
    patch = pytest.MonkeyPatch()
    patch.syspath_prepend(str(PROGRAMS.parent))
    patch.chdir(tmp_path_factory.mktemp("recorded"))
    # A compiled function runs its Python only the first time.
    mx.disable_compile()
    cases: list[Callable[[], object]] = []
    for name in NAMES:
        cases += importlib.import_module(f"{PROGRAMS.name}.{name}").CASES
    sys.setprofile(recorder)
    try:
        for case in cases:
            case()
    finally:
        sys.setprofile(None)
        mx.enable_compile()
        patch.undo()
    return recorder.used


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.name)
def test_every_argument_is_used(used: dict[str, set[str]], entry: Entry) -> None:
    assert entry.name in used, f"no case of tests/compile/programs calls {entry.name}"
    missing = [p.name for p in entry.optional if p.name not in used[entry.name]]
    assert missing == [], f"no case gives {entry.name} another value than the default of {missing}"


def test_the_surface_is_whole() -> None:
    names = [entry.name for entry in entries()]
    assert {"mlx.nn.Linear", "mlx.nn.Module.freeze", "mlx.nn.losses.mse_loss", "mlx.optimizers.Muon"} <= {
        *names
    }
    assert len(names) > 250
    assert all(name in names for name in EXCUSED), "an excuse that nothing uses"
