"""Binding: one function with every decision taken; what the emitters print.

Input: a Signature of the surface and the tables. Output: a Binding, or an UnboundError that says which
parameter or result no rule covers. Nothing after this stage decides anything.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from node_mlx.bind import rules
from node_mlx.bind.guards import Guards
from node_mlx.bind.kinds import KINDS, Kind
from node_mlx.names import cpp_identifier, cpp_namespace, js_identifier, native_name, qualified
from node_mlx.surface import Kind as ParameterKind
from node_mlx.surface import Parameter, Signature

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

_EXPRESSIONS = Path(__file__).with_name("expressions.toml")

# Result annotation → how it comes back (result.py of the emitters: one row each).
RESULTS: dict[str | None, str] = {
    "array": "array",
    "list[array]": "arrays",
    "tuple[array, array]": "arrays",
    "tuple[array, array, array]": "arrays",
    "tuple[array, ...]": "arrays",
    "array | tuple[array, ...]": "one_or_arrays",
    "array | list[array]": "one_or_arrays",
    "tuple[array, array, array] | array": "one_or_arrays",
    "bool": "bool",
    "int": "number",
    "Stream": "stream",
    "ThreadLocalStream": "thread_local_stream",
    "Device": "device",
    "None": "none",
}

_DTYPES = frozenset(
    "bool_ uint8 uint16 uint32 uint64 int8 int16 int32 int64 "
    "float16 float32 float64 bfloat16 complex64".split()
)


class UnboundError(Exception):
    """No rule covers the function."""


@dataclass(frozen=True)
class Argument:
    """A parameter with its place: `register`, or `position` for kinds that travel as JavaScript values."""

    parameter: Parameter
    kind: Kind
    kind_name: str
    register: int
    position: int
    read: str

    @property
    def name(self) -> str:
        return self.parameter.name

    @property
    def js(self) -> str:
        return "this" if self.name == "self" else js_identifier(self.name)

    @property
    def cpp(self) -> str:
        return "self" if self.name == "self" else cpp_identifier(self.name)

    @property
    def variadic(self) -> bool:
        return self.parameter.kind is ParameterKind.VAR_POSITIONAL


@dataclass(frozen=True)
class Binding:
    module: str
    name: str
    native: str
    signature: Signature
    arguments: tuple[Argument, ...]
    call: str
    result: str
    doc: str = ""
    promotes: bool = False
    in_place: bool = False
    owner: str | None = None
    guards: tuple[str, ...] = ()

    @property
    def full_name(self) -> str:
        """The name as error messages quote it."""
        return f"{self.owner}.{self.name}" if self.owner else self.name

    @property
    def title(self) -> str:
        """The declaration as error messages quote it."""
        return f"{self.full_name}{self.signature}"

    @property
    def values(self) -> tuple[Argument, ...]:
        return tuple(a for a in self.arguments if a.kind.travels_as_value)


@dataclass(frozen=True)
class Exception_:
    """An entry of expressions.toml."""

    call: str | None = None
    kinds: dict[str, str] = field(default_factory=dict)
    locals: dict[str, str] = field(default_factory=dict)
    signature: str | None = None
    returns: str | None = None


class Expressions:
    """expressions.toml, which remembers the entries that were used: an unused one is an error."""

    def __init__(self, path: Path = _EXPRESSIONS) -> None:
        self._entries: dict[str, Any] = tomllib.loads(path.read_text("utf-8"))
        self._used: set[str] = set()

    def get(self, name: str) -> Exception_:
        if name not in self._entries:
            return Exception_()
        self._used.add(name)
        return Exception_(**self._entries[name])

    def unused(self) -> list[str]:
        return sorted(self._entries.keys() - self._used)


def bind(
    module: str,
    name: str,
    signature: Signature,
    expressions: Expressions,
    guards: Guards,
    *,
    doc: str = "",
    owner: str | None = None,
) -> Binding:
    """The binding of a function, or of a method of `owner`. Raises UnboundError."""
    key = f"{owner}.{name}" if owner else qualified(module, name)
    exception = expressions.get(key)
    if owner and exception == Exception_():
        exception = expressions.get(name)
        exception = Exception_(
            exception.call and re.sub(r"\ba\b", "self", exception.call),
            exception.kinds,
            {k: re.sub(r"\ba\b", "self", v) for k, v in exception.locals.items()},
        )
    if exception.signature:
        signature = Signature.parse(exception.signature)
    if owner:
        self_parameter = Parameter("self", ParameterKind.POSITIONAL_ONLY, "array")
        bound = Signature((self_parameter, *signature.parameters), signature.returns)
    else:
        bound = signature
    arguments = tuple(_arguments(key, name, bound, exception))
    in_place = (
        owner is not None and name.startswith("__i") and name not in ("__invert__", "__int__", "__index__")
    )
    if in_place:
        result = "in_place"
    else:
        annotation = exception.returns or signature.returns
        if annotation not in RESULTS:
            raise UnboundError(f"{key}: no rule for a result of type {annotation}")
        result = RESULTS[annotation]
    promotes = owner is None and _promotes(key, arguments)
    return Binding(
        module=module,
        name=name,
        native=native_name(f"x.{owner}" if owner else module, name)
        + ("_operator" if owner and "__" in name else ""),
        signature=signature,
        arguments=arguments,
        call=exception.call or _call(module, key, name, arguments, owner),
        result=result,
        doc=doc,
        promotes=promotes,
        in_place=in_place,
        owner=owner,
        guards=guards.checks(key),
    )


def _arguments(key: str, name: str, signature: Signature, exception: Exception_) -> Iterator[Argument]:
    position = 1  # value 0 is the result's wrapper
    for register, parameter in enumerate(signature.parameters):
        kind_name = _kind_name(key, parameter, exception)
        if parameter.name == "self":
            kind_name = "array"
        read = _read(key, name, parameter, kind_name, signature, exception)
        kind = KINDS[kind_name]
        place = position if kind.travels_as_value else register
        yield Argument(parameter, kind, kind_name, register, position, read.replace("@", str(place)))
        position += kind.travels_as_value


def _kind_name(key: str, parameter: Parameter, exception: Exception_) -> str:
    if parameter.name in exception.kinds:
        return exception.kinds[parameter.name]
    annotation = parameter.annotation
    if parameter.kind is ParameterKind.VAR_POSITIONAL:
        return {"array": "variadic_arrays", None: "variadic_arrays", "int | Sequence[int]": "variadic_ints"}[
            annotation
        ]
    if annotation not in rules.ANNOTATION_KINDS:
        raise UnboundError(f"{key}: no rule for parameter {parameter}")
    kind = rules.ANNOTATION_KINDS[annotation]
    if key.startswith("random.") and parameter.name == "key" and kind == "maybe_array":
        return "random_key"
    if kind == "dtype" and parameter.default is not None:
        return "maybe_dtype"
    return rules.NAME_KINDS.get((parameter.name, kind), kind)


def _read(
    key: str, name: str, parameter: Parameter, kind_name: str, signature: Signature, exception: Exception_
) -> str:
    if parameter.name in exception.locals:
        return exception.locals[parameter.name]
    read = KINDS[kind_name].read
    if kind_name == "maybe_dtype" and parameter.default in _DTYPES:
        return f"{read}.value_or(mx::{parameter.default})"
    if kind_name == "axes" and name in rules.ALL_AXES:
        return f"call.axes(@, {_cpp_name(signature.parameters[0])})"
    is_operator = name in rules.OPERATORS or name.replace("__i", "__", 1) in rules.OPERATORS
    if is_operator and parameter.name == "other" and kind_name == "operand":
        return "call.weak_operand(@, self.dtype())"
    return read


def _cpp_name(parameter: Parameter) -> str:
    return "self" if parameter.name == "self" else cpp_identifier(parameter.name)


def _promotes(key: str, arguments: tuple[Argument, ...]) -> bool:
    """Whether two operands are promoted together: a scalar beside an array is weak."""
    if key in rules.NOT_WEAK:
        return False
    return len(_operands(arguments)) == 2


def _operands(arguments: tuple[Argument, ...]) -> list[Argument]:
    operands = [a for a in arguments if a.kind_name == "operand" and a.read == f"call.operand({a.register})"]
    # where(condition, x, y): the condition stands for itself.
    return operands[-2:] if len(operands) == 3 else operands


def promoted_pair(binding: Binding) -> tuple[Argument, Argument] | None:
    if not binding.promotes:
        return None
    first, second = _operands(binding.arguments)
    return first, second


def _call(module: str, key: str, name: str, arguments: tuple[Argument, ...], owner: str | None) -> str:
    operator = rules.OPERATORS.get(name) or rules.OPERATORS.get(name.replace("__i", "__", 1))
    if owner and operator:
        return operator
    if owner:
        key = name
    # In C++ the stream comes last, wherever Python has it.
    cpp = sorted((a.cpp for a in arguments), key=lambda name: name == "stream")
    function = f"{cpp_namespace(module)}::{rules.CPP_NAMES.get(key, name)}"
    if module == "mlx.core.fft" and "norm" in cpp:
        return _fourier(function, name, cpp)

    def call(**replaced: str | None) -> str:
        words = [replaced.get(word, word) for word in cpp]
        return f"{function}({', '.join(word for word in words if word is not None)})"

    if key in rules.OPTIONAL_AXIS:
        axis = "axes" if "axes" in cpp else "axis"
        return f"{axis} ? {call(**{axis: f'*{axis}'})} : {call(**{axis: None})}"
    if key in rules.FLATTENED_AXIS:
        flat = f"mx::reshape({cpp[0]}, {{-1}}, stream)"
        return f"axis ? {call(axis='*axis')} : {call(**{cpp[0]: flat, 'axis': '0'})}"
    return call()


def _fourier(function: str, name: str, cpp: list[str]) -> str:
    norm = f'fft_norm(norm, "{name}")'
    if "n" in cpp:
        return f"n ? {function}(a, *n, axis, {norm}, stream) : {function}(a, axis, {norm}, stream)"
    return (
        f'(check_fft_axes(s.has_value(), axes.has_value(), "{name}"), '
        f"s ? {function}(a, *s, *axes, {norm}, stream) : "
        f"axes ? {function}(a, *axes, {norm}, stream) : {function}(a, {norm}, stream))"
    )
