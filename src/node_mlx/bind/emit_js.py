"""Prints the JavaScript glue: one function per binding, the methods of the array class, and the namespace.

const SORT = new $.Signature("sort(a: array, /, axis: int | None = -1, …) -> array");
export function sort(a, axis) {
  let stream;
  let given = arguments.length;
  if (given > 0 && $.isOptions(arguments[given - 1])) {
    const options = arguments[--given];
    $.checkKeywords(SORT, options, given);
    if (given < 1) a = undefined;
    if (given < 2) axis = options.axis;
    stream = options.stream;
  }
  if (given > 2) throw $.tooMany(SORT, arguments);
  const a_ = $.array(a, SORT, 'a');
  …
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence

from node_mlx.bind.binding import Argument, Binding
from node_mlx.names import js_identifier
from node_mlx.surface import Kind as ParameterKind

# How each kind of result comes back; the call has been made.
_RETURNS = {
    "array": "return $.adopt(result);",
    "arrays": "return $.adoptAll();",
    "one_or_arrays": "return $.adoptOneOrAll();",
    "in_place": "return this;",
    "bool": "return $.ints[0] === 1;",
    "number": "return $.doubles[0];",
    "stream": "return $.takeStream();",
    "thread_local_stream": "return $.takeThreadLocalStream();",
    "device": "return $.takeDevice();",
    "none": "",
}

_LITERALS = {"None": "null", "True": "true", "False": "false"}


def constant(binding: Binding) -> str:
    """Name of the constant that holds a binding's signature."""
    owner = f"{binding.owner}_" if binding.owner else ""
    return f"{owner}{binding.name}".strip("_").upper() + (
        "_OPERATOR" if binding.name.startswith("__") else ""
    )


def declaration(binding: Binding) -> str:
    return f"const {constant(binding)} = new $.Signature({json.dumps(binding.title)});\n"


def function(binding: Binding) -> str:
    """A function of a module. One whose name is reserved is exported under it at the end of the module."""
    name = js_identifier(binding.name)
    export = "export " if name == binding.name else ""
    return f"{export}function {name}{_rest(binding)}"


def method(binding: Binding) -> str:
    """A method, as a member of an object literal."""
    text = f"{binding.name}{_rest(binding)}"
    return "".join(f"  {line}\n" if line else "\n" for line in text.splitlines()).rstrip("\n") + ",\n"


def _rest(binding: Binding) -> str:
    positional = [a for a in binding.arguments if _is_positional(a) and a.js != "this"]
    variadic = [a for a in binding.arguments if a.variadic]
    names = [a.js for a in positional] + [f"...{a.js}" for a in variadic]
    body = [*_prologue(binding, positional), *_conversions(binding), *_stores(binding), *_call(binding)]
    lines = "".join(f"  {line}\n" for line in body if line)
    return f"({', '.join(names)}) {{\n{lines}}}\n"


def _is_positional(argument: Argument) -> bool:
    return argument.parameter.kind in (ParameterKind.POSITIONAL_ONLY, ParameterKind.POSITIONAL_OR_KEYWORD)


def _prologue(binding: Binding, positional: Sequence[Argument]) -> Iterator[str]:
    """Takes keywords out of a last options object and counts what was given by position."""
    signature = constant(binding)
    keyword_only = [a for a in binding.arguments if a.parameter.kind is ParameterKind.KEYWORD_ONLY]
    variadic = next((a for a in binding.arguments if a.variadic), None)
    if keyword_only:
        yield f"let {', '.join(a.js for a in keyword_only)};"
    if variadic:
        yield f"if ({variadic.js}.length > 0 && $.isOptions({variadic.js}[{variadic.js}.length - 1])) {{"
        yield f"  const options = {variadic.js}.pop();"
        yield f"  $.checkKeywords({signature}, options, 0);"
        yield from (f"  {a.js} = options.{a.name};" for a in keyword_only)
        yield "}"
        return
    count = len(positional)
    if count == 0 and not keyword_only:
        yield f"if (arguments.length > 0) throw $.tooMany({signature}, arguments);"
        return
    yield "let given = arguments.length;"
    yield "if (given > 0 && $.isOptions(arguments[given - 1])) {"
    yield "  const options = arguments[--given];"
    yield f"  $.checkKeywords({signature}, options, given);"
    for i, argument in enumerate(positional):
        named = argument.parameter.kind is ParameterKind.POSITIONAL_OR_KEYWORD
        value = f"options.{argument.name}" if named else "undefined"
        yield f"  if (given < {i + 1}) {argument.js} = {value};"
    yield from (f"  {a.js} = options.{a.name};" for a in keyword_only)
    yield "}"
    yield f"if (given > {count}) throw $.tooMany({signature}, arguments);"


def _local(argument: Argument) -> str:
    return "self" if argument.js == "this" else f"{argument.js}_".replace("__", "_")


def _conversions(binding: Binding) -> Iterator[str]:
    signature = constant(binding)
    for argument in binding.arguments:
        converter, _, extra = argument.kind.convert.rstrip(")").partition("(")
        value = argument.js
        if argument.parameter.default not in (None, "None") and (literal := _literal(argument)) is not None:
            value = f"{value} === undefined ? {literal} : {value}"
        elif argument.parameter.required and argument.kind_name.startswith("maybe_"):
            # None is a value here, leaving the argument out is not.
            value = f"$.given({value}, {signature}, '{argument.name}')"
        extras = f"{extra}, " if extra else ""
        yield f"const {_local(argument)} = $.{converter}({value}, {extras}{signature}, '{argument.name}');"


def _literal(argument: Argument) -> str | None:
    """A default as JavaScript; None where native code fills it in (dtypes)."""
    default = argument.parameter.default
    assert default is not None
    if argument.kind_name == "maybe_dtype":
        return None
    return _LITERALS.get(default, default)


def _stores(binding: Binding) -> Iterator[str]:
    for argument in binding.arguments:
        if argument.kind.store is not None:
            store = argument.kind.store.replace("@k", str(2 * argument.register))
            yield store.replace("@", str(argument.register)).replace("$v", _local(argument))


def _call(binding: Binding) -> Iterator[str]:
    makes_array = binding.result == "array"
    values = ["result" if makes_array else "undefined", *(_local(a) for a in binding.values)]
    if values == ["undefined"]:
        values = []
    if makes_array:
        yield "const result = $.newArray();"
    yield f"{binding.native}({', '.join(values)});"
    yield _RETURNS[binding.result]


def module(bindings: Sequence[Binding], aliases: Iterable[tuple[str, str]]) -> str:
    natives = ", ".join(sorted({b.native for b in bindings}))
    names = [(js_identifier(b.name), b.name) for b in bindings if js_identifier(b.name) != b.name]
    names += [(js_identifier(target), alias) for alias, target in aliases]
    exports = "".join(f"  {name} as {exported},\n" for name, exported in names)
    return (
        "import * as $ from '#runtime';\n\n"
        f"const {{ {natives} }} = $.native;\n\n"
        + "\n".join(declaration(b) + function(b) for b in bindings)
        + (f"\nexport {{\n{exports}}};\n" if names else "")
    )


def methods(bindings: Sequence[Binding], aliases: Iterable[tuple[str, str]]) -> str:
    natives = ", ".join(sorted({b.native for b in bindings}))
    declarations = "".join(declaration(b) for b in bindings)
    members = "\n".join(method(b) for b in bindings)
    names = "".join(f"  {alias}: '{target}',\n" for alias, target in aliases)
    return (
        "import * as $ from '#runtime';\n\n"
        f"const {{ {natives} }} = $.native;\n\n{declarations}\n"
        f"export const methods = {{\n{members}}};\n\n"
        f"// Plain names of the operators.\nexport const aliases = {{\n{names}}};\n"
    )
