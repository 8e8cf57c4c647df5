"""What Python MLX declares, as frozen data: the input of every later stage.

Words are those of Python's `inspect`. Annotations and defaults are normalised source text (see
annotation.py), names are Python's. A method's signature is that of the bound method: no `self`.
Signatures round-trip to text, which is how they are compared, recorded and reported:
    Signature.parse("(a: array, /, *, stream: StreamOrDevice = None) -> array")
"""

from __future__ import annotations

import ast
import enum
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from node_mlx.surface.annotation import normalise


class Kind(enum.Enum):
    """How an argument may be passed, in the order in which kinds appear in a signature."""

    POSITIONAL_ONLY = "positional-only"
    POSITIONAL_OR_KEYWORD = "positional or keyword"
    VAR_POSITIONAL = "variadic positional"
    KEYWORD_ONLY = "keyword-only"
    VAR_KEYWORD = "variadic keyword"


@dataclass(frozen=True)
class Parameter:
    """One parameter. `default` is None where the argument is required; a default of None is "None"."""

    name: str
    kind: Kind
    annotation: str | None = None
    default: str | None = None

    @property
    def required(self) -> bool:
        return self.default is None and self.kind not in (Kind.VAR_POSITIONAL, Kind.VAR_KEYWORD)

    def __str__(self) -> str:
        stars = {Kind.VAR_POSITIONAL: "*", Kind.VAR_KEYWORD: "**"}.get(self.kind, "")
        typed = f": {self.annotation}" if self.annotation is not None else ""
        equals = " = " if typed else "="
        default = f"{equals}{self.default}" if self.default is not None else ""
        return f"{stars}{self.name}{typed}{default}"


@dataclass(frozen=True)
class Signature:
    """One overload. `str` gives Python syntax with `/` and `*`; `parse` reads it back."""

    parameters: tuple[Parameter, ...]
    returns: str | None = None

    def __str__(self) -> str:
        arrow = f" -> {self.returns}" if self.returns is not None else ""
        return f"({', '.join(self._parts())}){arrow}"

    def _parts(self) -> Iterator[str]:
        star_written = slash_due = False
        for parameter in self.parameters:
            if slash_due and parameter.kind is not Kind.POSITIONAL_ONLY:
                yield "/"
            slash_due = parameter.kind is Kind.POSITIONAL_ONLY
            if parameter.kind is Kind.KEYWORD_ONLY and not star_written:
                yield "*"
            star_written = star_written or parameter.kind in (Kind.VAR_POSITIONAL, Kind.KEYWORD_ONLY)
            yield str(parameter)
        if slash_due:
            yield "/"

    @classmethod
    def parse(cls, text: str) -> Signature:
        """Reads "(…) -> …". Raises SyntaxError on anything that is not a Python signature."""
        module = ast.parse(f"def _{text}: ...")
        (definition,) = module.body
        assert isinstance(definition, ast.FunctionDef)
        return cls.from_ast(definition)

    @classmethod
    def from_ast(cls, definition: ast.FunctionDef) -> Signature:
        arguments = definition.args
        positional = [*arguments.posonlyargs, *arguments.args]
        required = len(positional) - len(arguments.defaults)
        defaults: list[ast.expr | None] = [*([None] * required), *arguments.defaults]
        parameters = [
            _parameter(
                argument,
                Kind.POSITIONAL_ONLY if i < len(arguments.posonlyargs) else Kind.POSITIONAL_OR_KEYWORD,
                default,
            )
            for i, (argument, default) in enumerate(zip(positional, defaults, strict=True))
        ]
        if arguments.vararg is not None:
            parameters.append(_parameter(arguments.vararg, Kind.VAR_POSITIONAL, None))
        for argument, default in zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True):
            parameters.append(_parameter(argument, Kind.KEYWORD_ONLY, default))
        if arguments.kwarg is not None:
            parameters.append(_parameter(arguments.kwarg, Kind.VAR_KEYWORD, None))
        returns = normalise(definition.returns) if definition.returns is not None else None
        return cls(tuple(parameters), returns)


def _parameter(argument: ast.arg, kind: Kind, default: ast.expr | None) -> Parameter:
    return Parameter(
        argument.arg,
        kind,
        normalise(argument.annotation) if argument.annotation is not None else None,
        normalise(default) if default is not None else None,
    )


@dataclass(frozen=True)
class Function:
    """A function or method with all its overloads, in the order in which they are tried."""

    name: str
    overloads: tuple[Signature, ...]
    doc: str = ""


@dataclass(frozen=True)
class Property:
    name: str
    annotation: str | None = None
    doc: str = ""
    writable: bool = False


@dataclass(frozen=True)
class Constant:
    """A module constant or an enum value. `value` is source text, None where only the type is declared."""

    name: str
    annotation: str | None = None
    value: str | None = None


@dataclass(frozen=True)
class Class:
    name: str
    bases: tuple[str, ...] = ()
    methods: tuple[Function, ...] = ()
    properties: tuple[Property, ...] = ()
    constants: tuple[Constant, ...] = ()
    doc: str = ""


@dataclass(frozen=True)
class Alias:
    """A second name of a function. `target` is relative to mlx.core: "zeros", "linalg.norm"."""

    name: str
    target: str


@dataclass(frozen=True)
class Module:
    """`name` is dotted: "mlx.core", "mlx.core.random"."""

    name: str
    functions: tuple[Function, ...] = ()
    classes: tuple[Class, ...] = ()
    constants: tuple[Constant, ...] = ()
    aliases: tuple[Alias, ...] = ()
    doc: str = ""


@dataclass(frozen=True)
class Surface:
    mlx_version: str
    modules: tuple[Module, ...]

    def module(self, name: str) -> Module:
        """The module of that dotted name. KeyError if there is none."""
        return self._modules[name]

    def function(self, name: str) -> Function:
        """A function ("mlx.core.sum"), a method ("mlx.core.array.sum") or the target of an alias.

        KeyError if there is none.
        """
        return self._functions[name]

    def functions(self) -> Iterator[tuple[str, Function]]:
        """Every function and method under its dotted name, aliases left out."""
        for module in self.modules:
            for function in module.functions:
                yield f"{module.name}.{function.name}", function
            for cls in module.classes:
                for method in cls.methods:
                    yield f"{module.name}.{cls.name}.{method.name}", method

    @cached_property
    def _modules(self) -> dict[str, Module]:
        return {module.name: module for module in self.modules}

    @cached_property
    def _functions(self) -> dict[str, Function]:
        found = dict(self.functions())
        for module in self.modules:
            for alias in module.aliases:
                found[f"{module.name}.{alias.name}"] = found[f"{module.name}.{alias.target}"]
        return found
