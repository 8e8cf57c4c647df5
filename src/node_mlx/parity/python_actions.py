"""Actions: what a case can do in Python besides calling a function of mlx.core.

Input: decoded arguments. Output: the result to compare. node_actions.mjs has the same names, each in the
notation of JavaScript: a[index] here is a.get(…index) there.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import mlx.core as mx

from node_mlx.parity.python_programs import PROGRAM_ACTIONS
from node_mlx.parity.python_values import lookup

LIMITS = {
    "set_memory_limit": mx.get_memory_limit(),
    "set_cache_limit": mx.set_cache_limit(2**25),
}
mx.set_cache_limit(LIMITS["set_cache_limit"])


def _set_item(array: mx.array, index: Any, value: Any) -> mx.array:
    array[index] = value
    return array


def _at(array: mx.array, index: Any, method: str, value: Any) -> Any:
    return getattr(array.at[index], method)(value)


def _with_context(context: Any, body: Callable[[], Any]) -> Any:
    with context:
        return body()


def _with_call(path: str, argument: Any, body: Callable[[], Any]) -> Any:
    with lookup(path)(argument):
        return body()


class ArrayLike:
    """An object that becomes `value` where an array is wanted."""

    def __init__(self, value: Any) -> None:
        self._value = value

    def __mlx_array__(self) -> Any:
        return self._value


DEVICE = mx.default_device()


class OwnError(Exception):
    """What a user's callback raises: transforms must pass it on as it is."""


def _raise_own() -> None:
    raise OwnError("raised by the callback")


def _restore_defaults() -> None:
    mx.enable_compile()
    mx.set_printoptions(-1)
    mx.set_default_device(DEVICE)
    for name, limit in LIMITS.items():
        getattr(mx, name)(limit)
    mx.set_wired_limit(0)


def _write_file(path: str, data: bytes) -> None:
    Path(path).write_bytes(data)


def _truncate_file(path: str, length: int) -> None:
    _write_file(path, Path(path).read_bytes()[:length])


def _load_bytes(path: str, file_format: str) -> Any:
    return mx.load(io.BytesIO(Path(path).read_bytes()), format=file_format)


ACTIONS: dict[str, Callable[..., Any]] = {
    **PROGRAM_ACTIONS,
    "identity": lambda value: value,
    "apply": lambda function, *args, **kwargs: function(*args, **kwargs),
    "array_like": ArrayLike,
    "raise_own": _raise_own,
    "async_eval": mx.async_eval,
    "getattr": getattr,
    "setattr": setattr,
    "getitem": lambda array, index: array[index],
    "setitem": _set_item,
    "at": _at,
    "at_chain": lambda array, first, second: array.at[first][second],
    "at_without_index": lambda array, method, value: getattr(array.at, method)(value),
    "iterate": lambda array: list(array),
    "repr": repr,
    "str": str,
    "item_of": lambda container, index: container[index],
    "with_context": _with_context,
    # Two notations in JavaScript, one in Python.
    "with_callback": _with_call,
    "with_scope": _with_call,
    "restore_defaults": _restore_defaults,
    "read_file": lambda path: Path(path).read_bytes(),
    "write_file": _write_file,
    "truncate_file": _truncate_file,
    "load_bytes": _load_bytes,
}
