"""Runs the passes over a program.

Input: Python sources. Output: a CompiledModule for each, with JavaScript, declarations, source map and
diagnostics.
`watch` is called with the program after each pass: that is what `--print-after` shows.
"""

from __future__ import annotations

import ast
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePosixPath

from node_mlx.compile import (
    lower_classes,
    lower_comprehensions,
    lower_fstrings,
    lower_functions,
    lower_names,
    lower_operators,
    lower_slices,
    lower_statements,
    resolve_keyword_arguments,
)
from node_mlx.compile.emit_types import emit_types
from node_mlx.compile.erase_typing import erase_typing
from node_mlx.compile.in_processes import in_processes
from node_mlx.compile.infer_types import PYTHON_MODULES, Inference
from node_mlx.compile.layout import Layout, output_path
from node_mlx.compile.lower import Lowerer
from node_mlx.compile.lower_module import lower_module
from node_mlx.compile.note_uses import note_uses
from node_mlx.compile.print_javascript import print_program
from node_mlx.compile.program import ModuleInfo, Program
from node_mlx.compile.source_map import source_map
from node_mlx.diagnostics import Diagnostic, Unsupported

# Importing a lowering registers it.
LOWERINGS = (
    lower_classes,
    lower_comprehensions,
    lower_fstrings,
    lower_functions,
    lower_names,
    lower_operators,
    lower_slices,
    lower_statements,
    resolve_keyword_arguments,
)

PASSES = ("parse", "erase_typing", "infer_types", "lower")


@dataclass(frozen=True)
class CompiledModule:
    """One module. `path` is where it belongs in the output, without an ending: "models/llama"."""

    path: str
    javascript: str
    types: str
    source_map: str
    diagnostics: tuple[Diagnostic, ...]
    warnings: tuple[Diagnostic, ...] = ()


Watch = Callable[[str, ModuleInfo, str], None]


def compile_source(text: str, filename: str = "<source>", layout: Layout | None = None) -> CompiledModule:
    """Compiles one module. Problems are in the result's `diagnostics`; nothing is raised for them."""
    program = Program()
    stem = PurePosixPath(filename.replace("\\", "/")).stem.strip("<>") or "module"
    try:
        program.add(module_name(stem), text, filename, stem)
    except Unsupported as problem:
        return CompiledModule(stem, "", "", "", problem.diagnostics)
    (found,) = compile_program(program, layout or Layout())
    return found


def module_name(stem: str) -> str:
    """The name of a module that is compiled on its own: never that of one of Python's modules."""
    return f"{stem}_" if stem in PYTHON_MODULES else stem


def compile_program(program: Program, layout: Layout, watch: Watch | None = None) -> list[CompiledModule]:
    """Compiles every module of the program that is no library."""
    inference, needed = analyse(program, watch)

    def one(module: ModuleInfo) -> CompiledModule:
        return compile_module(program, inference, module, layout, needed, watch)

    return in_processes(one, program.compiled()) if watch is None else [one(m) for m in program.compiled()]


def analyse(program: Program, watch: Watch | None = None) -> tuple[Inference, dict[str, set[str]]]:
    """The passes over the whole program: erasing, inference, and who imports what from whom."""
    for module in program.compiled():
        _show(watch, "parse", module, lambda m: ast.unparse(m.source.tree))
        erase_typing(module.source.tree)
        _show(watch, "erase_typing", module, lambda m: ast.unparse(m.source.tree))
    inference = Inference(program)
    inference.run(program.compiled())
    needed: dict[str, set[str]] = {}
    for module in program.compiled():
        for target in module.imports.values():
            owner, _, name = target.rpartition(".")
            needed.setdefault(owner, set()).add(name)
        for node in module.nodes:
            # module._private through an imported module
            if (
                isinstance(node, ast.Attribute)
                and isinstance(node.value, ast.Name)
                and node.attr.startswith("_")
            ):
                owner = module.imports.get(node.value.id, "")
                needed.setdefault(owner, set()).add(node.attr)
    return inference, needed


def compile_module(
    program: Program,
    inference: Inference,
    module: ModuleInfo,
    layout: Layout,
    needed: dict[str, set[str]],
    watch: Watch | None = None,
) -> CompiledModule:
    inference.enter(module)
    _show(watch, "infer_types", module, lambda m: describe_types(m))
    lowerer = Lowerer(program, inference, module)
    lowerer.map_displays = note_uses(module, inference)
    own = {
        name
        for name in needed.get(module.name, ())
        if name in module.scopes.module.bindings
        and not (name in module.imports and module.imports[name] == name)
    }
    tree = lower_module(lowerer, layout, own)
    printed = print_program(tree)
    _show(watch, "lower", module, lambda m: printed.text)
    path = output_path(module)
    name = PurePosixPath(path).name
    source = PurePosixPath(module.source.filename).name
    return CompiledModule(
        path,
        f"{printed.text}//# sourceMappingURL={name}.js.map\n",
        emit_types(program, inference, module, layout, own),
        source_map(printed.mappings, f"{name}.js", source, module.source.text),
        tuple(sorted(module.diagnostics, key=lambda d: d.location.line if d.location else 0)),
        tuple(module.warnings()),
    )


def _show(watch: Watch | None, name: str, module: ModuleInfo, text: Callable[[ModuleInfo], str]) -> None:
    if watch is not None:
        watch(name, module, text(module))


def describe_types(module: ModuleInfo) -> str:
    """The inferred types, one variable per line."""
    lines: list[str] = []
    for scope in module.scopes.by_node.values():
        where = getattr(scope.node, "name", scope.kind)
        for binding in scope.bindings.values():
            if binding.kind in ("variable", "parameter"):
                lines.append(f"{where}.{binding.name}: {show_type(binding.type)}")
    for info in module.class_of.values():
        lines += [f"{info.name}.{name}: {show_type(kind)}" for name, kind in info.attributes.items()]
    return "\n".join(lines)


def show_type(kind: object) -> str:
    from node_mlx.compile.types import Type

    assert isinstance(kind, Type)
    if kind.kind == "union":
        return " | ".join(show_type(part) for part in kind.items)
    name = kind.name or kind.kind
    return f"{name}[{', '.join(show_type(part) for part in kind.items)}]" if kind.items else name
