"""The verb `compile`: a file or a package to ES modules; `--mlx` compiles the Python half of MLX into
build/compile."""

from __future__ import annotations

import argparse
import gc
import sys
from pathlib import Path

from node_mlx.compile.layout import Layout
from node_mlx.compile.mlx_library import write_mlx
from node_mlx.compile.pipeline import PASSES, CompiledModule, Watch, compile_program, module_name
from node_mlx.compile.program import ModuleInfo, Program
from node_mlx.diagnostics import Diagnostic, ToolError, Unsupported, error
from node_mlx.output import write_if_changed
from node_mlx.project import relative


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("source", nargs="?", type=Path, metavar="FILE_OR_PACKAGE", help="what to compile")
    parser.add_argument(
        "-o", "--out", type=Path, metavar="FOLDER", help="where to write (default: beside the source)"
    )
    parser.add_argument(
        "--print-after",
        choices=PASSES,
        metavar="PASS",
        help=f"print the program after a pass: {', '.join(PASSES)}",
    )
    parser.add_argument(
        "--mlx", action="store_true", help="compile the installed MLX's Python into build/compile"
    )


def run(options: argparse.Namespace) -> int:
    if options.mlx:
        return write_mlx()
    if options.source is None:
        raise ToolError(error("name a Python file or a package", hint="node-mlx compile model.py -o lib"))
    # Trees hold no garbage before the end, and looking for it takes a third of the time.
    gc.disable()
    program = load(options.source)
    watch = _printer(options.print_after) if options.print_after else None
    modules = compile_program(program, Layout(), watch)
    problems = [d for module in modules for d in module.diagnostics]
    report([d for module in modules for d in module.warnings])
    if problems:
        raise Unsupported([*problems, error(_summary(problems))])
    if not options.print_after:
        out = options.out or (options.source.parent if options.source.is_file() else options.source)
        for module in modules:
            write_module(out, module)
        print(f"compile: {len(modules)} modules written to {relative(out.resolve())}")
    return 0


def load(source: Path) -> Program:
    """A program of one file, or of every file of a package. Raises ToolError where there is none."""
    program = Program()
    if source.is_file():
        program.add(module_name(source.stem), source.read_text(encoding="utf-8"), str(source), source.stem)
        return program
    if not source.is_dir():
        raise ToolError(error(f"{source}: no such file or folder"))
    root = source.resolve()
    package = root.name
    while (root.parent / "__init__.py").is_file():
        root = root.parent
        package = f"{root.name}.{package}"
    problems: list[Diagnostic] = []
    for path in sorted(source.rglob("*.py")):
        parts = list(path.relative_to(source).with_suffix("").parts)
        is_package = parts[-1] == "__init__"
        parts = parts[:-1] if is_package else parts
        name = ".".join([package, *parts])
        try:
            program.add(
                name, path.read_text(encoding="utf-8"), str(path), "/".join(parts), is_package=is_package
            )
        except Unsupported as problem:
            problems += problem.diagnostics
    if problems:
        raise Unsupported(problems)
    if not program.modules:
        raise ToolError(error(f"{source} holds no Python files"))
    return program


def write_module(out: Path, module: CompiledModule) -> None:
    """Writes the three files of a module."""
    write_if_changed(out / f"{module.path}.js", module.javascript)
    write_if_changed(out / f"{module.path}.js.map", module.source_map)
    write_if_changed(out / f"{module.path}.d.ts", module.types)


def report(diagnostics: list[Diagnostic]) -> None:
    for diagnostic in diagnostics:
        print(diagnostic.format(), file=sys.stderr)


def _summary(problems: list[Diagnostic]) -> str:
    files = len({d.location.file for d in problems if d.location})
    noun = "problem" if len(problems) == 1 else "problems"
    return f"{len(problems)} {noun} in {files} {'file' if files == 1 else 'files'}; nothing was written"


def _printer(wanted: str) -> Watch:
    def show(name: str, module: ModuleInfo, text: str) -> None:
        if name == wanted:
            print(f"# {module.source.filename} after {name}\n{text}")

    return show
