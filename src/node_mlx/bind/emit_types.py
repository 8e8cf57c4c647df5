"""Prints the type declarations: one .d.ts per module, with upstream's documentation.

    /** Return a sorted copy of the array. … *​/
    export function sort(a: array, axis?: number | null, options?: { stream?: … }): array;
    export function sort(a: array, options?: { axis?: …; stream?: StreamOrDevice }): array;

A function has one declaration for each place at which the options object may stand.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Mapping, Sequence

from node_mlx.bind import rules
from node_mlx.bind.binding import Argument, Binding
from node_mlx.names import js_identifier, short_module
from node_mlx.surface import Kind, Surface

_RESULTS = {
    "array": "array",
    "arrays": "array[]",
    "one_or_arrays": "array | array[]",
    "in_place": "this",
    "bool": "boolean",
    "number": "number",
    "stream": "Stream",
    "thread_local_stream": "ThreadLocalStream",
    "device": "Device",
    "none": "void",
}

_IMPORTS = (
    "import type { array, Operand, Scalar, Real, Dtype, DtypeCategory, Device, DeviceType, Stream, "
    "ThreadLocalStream, StreamOrDevice, Group } from '#types';\n\n"
)


def comment(doc: str, indent: str = "") -> str:
    """A documentation comment; empty for no documentation."""
    text = textwrap.dedent(doc).strip().replace("*/", "*\\/")
    if not text:
        return ""
    lines = "".join(f"{indent} * {line}".rstrip() + "\n" for line in text.splitlines())
    return f"{indent}/**\n{lines}{indent} */\n"


def signatures(binding: Binding) -> Iterator[str]:
    """Parameters and result, once for each place of the options object: "(a: array, …): array"."""
    positional = [
        a
        for a in binding.arguments
        if a.parameter.kind in (Kind.POSITIONAL_ONLY, Kind.POSITIONAL_OR_KEYWORD) and a.name != "self"
    ]
    keyword_only = [a for a in binding.arguments if a.parameter.kind is Kind.KEYWORD_ONLY]
    variadic = [a for a in binding.arguments if a.variadic]
    result = _RESULTS[binding.result]
    if variadic:
        rest = f"...{variadic[0].js}: {_rest_type(variadic[0], keyword_only)}"
        yield f"({', '.join([*(_parameter(a) for a in positional), rest])}): {result}"
        return
    for count in range(len(positional), _fixed(positional) - 1, -1):
        options = _options([*positional[count:], *keyword_only])
        given = positional[:count]
        trailing = _trailing_optional(given)
        parameters = [_parameter(a, optional=i >= trailing) for i, a in enumerate(given)]
        required = any(a.parameter.required for a in [*positional[count:], *keyword_only])
        if options:
            parameters.append(f"options{'' if required else '?'}: {options}")
        yield f"({', '.join(parameters)}): {result}"


def _fixed(positional: Sequence[Argument]) -> int:
    """Parameters before the first that can be named."""
    fixed = [a for a in positional if a.parameter.kind is Kind.POSITIONAL_ONLY]
    return len(fixed)


def _trailing_optional(arguments: Sequence[Argument]) -> int:
    """Index from which on all parameters may be left out."""
    index = len(arguments)
    while index > 0 and not arguments[index - 1].parameter.required:
        index -= 1
    return index


def _parameter(argument: Argument, optional: bool | None = None) -> str:
    may_lack = not argument.parameter.required if optional is None else optional
    return f"{argument.js}{'?' if may_lack else ''}: {argument.kind.typescript}"


def _options(arguments: Iterable[Argument]) -> str:
    fields = [
        f"{a.name}{'' if a.parameter.required else '?'}: {a.kind.typescript}"
        for a in arguments
        if a.parameter.kind is not Kind.POSITIONAL_ONLY
    ]
    return f"{{ {'; '.join(fields)} }}" if fields else ""


def _rest_type(variadic: Argument, keyword_only: Sequence[Argument]) -> str:
    options = _options(keyword_only)
    item = variadic.kind.typescript
    return f"({item}{f' | {options}' if options else ''})[]"


def declarations(binding: Binding) -> str:
    name = js_identifier(binding.name)
    first, *others = signatures(binding)
    export = "export " if name == binding.name else "declare "
    lines = [f"{export}function {name}{text};\n" for text in [first, *others]]
    return comment(binding.doc) + "".join(lines)


def method_declarations(binding: Binding, name: str | None = None) -> str:
    lines = [f"  {name or binding.name}{text};\n" for text in signatures(binding)]
    return comment(binding.doc, "  ") + "".join(lines)


def files(
    surface: Surface,
    functions: Mapping[str, Sequence[Binding]],
    methods: Sequence[Binding],
) -> Iterator[tuple[str, str]]:
    """The declaration files with their paths under build/bind."""
    for module in surface.modules:
        bindings = functions.get(module.name, ())
        names = {binding.name for binding in bindings}
        aliases = [(alias.name, alias.target) for alias in module.aliases if alias.target in names]
        yield f"js/{short_module(module.name)}.d.ts", _module(bindings, aliases)
    by_name = {binding.name: binding for binding in methods}
    members = [method_declarations(b) for b in methods]
    members += [
        method_declarations(by_name[target], alias)
        for alias, target in rules.METHOD_ALIASES.items()
        if target in by_name
    ]
    yield (
        "js/methods.d.ts",
        _IMPORTS
        + "/** The methods of an array that are generated. */\nexport interface ArrayMethods {\n"
        + "\n".join(members)
        + "}\nexport const methods: Record<string, (...args: any[]) => any>;\n"
        + "export const aliases: Record<string, string>;\n",
    )


def _module(bindings: Sequence[Binding], aliases: Iterable[tuple[str, str]]) -> str:
    names = [(js_identifier(b.name), b.name) for b in bindings if js_identifier(b.name) != b.name]
    names += [(js_identifier(target), alias) for alias, target in aliases]
    exports = "".join(f"export {{ {name} as {exported} }};\n" for name, exported in names)
    return _IMPORTS + "\n".join(declarations(b) for b in bindings) + exports + "export {};\n"
