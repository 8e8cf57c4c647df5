"""Prints the C++ glue: one function per binding, and the table of exports.

// mlx.core.sort(a: array, /, axis: int | None = -1, *, stream: StreamOrDevice = None) -> array
void core_sort(Call& call) {
  const mx::array& a = call.array(0);
  auto axis = call.maybe_integer(1);
  auto stream = call.stream(2);
  call.result(axis ? mx::sort(a, *axis, stream) : mx::sort(a, stream));
}
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from node_mlx.bind.binding import Argument, Binding, promoted_pair

# How each kind of result is returned; @ is the expression.
_RETURNS = {
    "array": "call.result(@);",
    "arrays": "call.results(@);",
    "one_or_arrays": "call.results(@);",
    "in_place": "call.replace(0, @);",
    "bool": "call.result_boolean(@);",
    "number": "call.result_real(static_cast<double>(@));",
    "stream": "call.result_stream(@);",
    "thread_local_stream": "call.result_stream(@);",
    "device": "call.result_device(@);",
    "none": "@;",
}

# Files of a module's functions, by first letter: compilation runs in parallel.
_GROUPS = ("a-b", "c-d", "e-l", "m-r", "s-z")


def group(binding: Binding) -> str:
    """Name of the file that holds a binding."""
    stem = binding.native.partition("_")[0]
    if stem not in ("core", "array"):
        return stem
    letter = binding.name.strip("_")[0]
    letters = next(g for g in _GROUPS if g[0] <= letter <= g[2])
    return f"{stem}_{letters.replace('-', '_')}" if stem == "core" else stem


def function(binding: Binding) -> str:
    body = [*_locals(binding), *binding.guards, _RETURNS[binding.result].replace("@", binding.call)]
    lines = "".join(f"  {line}\n" for line in body)
    call = "Call& call" if "call." in lines else "Call&"
    return f"// {binding.module}.{binding.title}\nvoid {binding.native}({call}) {{\n{lines}}}\n"


def _locals(binding: Binding) -> Iterator[str]:
    pair = promoted_pair(binding)
    needed = [a for a in binding.arguments if _occurs(a, binding)]
    # An operand may be read with the dtype of another parameter, which must come first.
    for argument in sorted(needed, key=lambda a: "operand(" in a.read):
        if pair and argument in pair:
            continue
        # A guard that replaces the argument needs a copy of its own.
        replaced = any(guard.startswith(f"{argument.cpp} = ") for guard in binding.guards)
        type_ = "const mx::array&" if argument.kind.by_reference and not replaced else "auto"
        yield f"{type_} {argument.cpp} = {argument.read};"
    if pair:
        first, second = pair
        yield f"auto [{first.cpp}, {second.cpp}] = call.operands({first.register}, {second.register});"


def _occurs(argument: Argument, binding: Binding) -> bool:
    texts = [binding.call, *binding.guards, *(a.read for a in binding.arguments if a is not argument)]
    return any(re.search(rf"\b{argument.cpp}\b", text) for text in texts)


def source(bindings: Iterable[Binding]) -> str:
    return (
        '#include "bindings.h"\n#include "expressions.h"\n#include "guards.h"\n\nnamespace node_mlx {\n\n'
        + "\n".join(function(b) for b in bindings)
        + "\n}  // namespace node_mlx\n"
    )


def header(bindings: Iterable[Binding]) -> str:
    declarations = "".join(f"void {b.native}(Call& call);\n" for b in bindings)
    return (
        '#pragma once\n\n#include "call.h"\n\nnamespace node_mlx {\n\n'
        f"{declarations}\n"
        "extern const Export bindings_exports[];\nextern const size_t bindings_export_count;\n\n"
        "}  // namespace node_mlx\n"
    )


def table(bindings: Iterable[Binding]) -> str:
    rows = "".join(f'    {{"{b.native}", invoke<{b.native}>, "{b.full_name}"}},\n' for b in bindings)
    return (
        '#include "bindings.h"\n\n#include <iterator>\n\nnamespace node_mlx {\n\n'
        f"const Export bindings_exports[] = {{\n{rows}}};\n"
        "const size_t bindings_export_count = std::size(bindings_exports);\n\n"
        "}  // namespace node_mlx\n"
    )
