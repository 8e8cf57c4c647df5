"""Compiles the Python half of the installed MLX: mlx.utils, mlx.nn and mlx.optimizers.

Input: the wheel. Output: build/compile, with a module for each file, and `modules.js`, which holds them all
by path
for the bundle. Nothing there is written by hand: it is upstream's code, with upstream's copyright.
"""

from __future__ import annotations

from pathlib import Path

from node_mlx.compile.layout import Layout
from node_mlx.compile.pipeline import CompiledModule, compile_program
from node_mlx.compile.program import Program, library_root
from node_mlx.diagnostics import ToolError, Unsupported, error
from node_mlx.output import Output
from node_mlx.project import BUILD
from node_mlx.surface.stubs import installed_version

# Inside the package the bundler resolves these (see "imports" in package.json).
LAYOUT = Layout(core="#core", python="#python")


def mlx_program() -> Program:
    """Raises ToolError where MLX is not installed."""
    root = library_root()
    if root is None:
        raise ToolError(error("MLX is not installed", hint="pip install 'mlx[cpu]'"))
    program = Program()
    files = [
        root / "utils.py",
        *sorted((root / "nn").rglob("*.py")),
        *sorted((root / "optimizers").rglob("*.py")),
    ]
    for path in files:
        parts = list(path.relative_to(root).with_suffix("").parts)
        is_package = parts[-1] == "__init__"
        parts = parts[:-1] if is_package else parts
        program.add(
            ".".join(["mlx", *parts]),
            path.read_text(encoding="utf-8"),
            f"mlx/{path.relative_to(root).as_posix()}",
            "/".join(parts),
            is_package=is_package,
        )
    return program


def compile_mlx() -> list[CompiledModule]:
    """Raises Unsupported where upstream uses something that the compiler does not handle."""
    modules = compile_program(mlx_program(), LAYOUT)
    problems = [d for module in modules for d in module.diagnostics]
    if problems:
        raise Unsupported(problems)
    return modules


def write_mlx(folder: Path = BUILD / "compile") -> int:
    modules = compile_mlx()
    output = Output(folder, command="node-mlx compile --mlx", mlx_version=installed_version())
    for module in modules:
        output.add(f"{module.path}.js", _without_map(module.javascript))
        output.add(f"{module.path}.d.ts", module.types)
    output.add("modules.js", _table(modules))
    output.add(
        "modules.d.ts",
        "/** Compiled modules by their path in the package. */\n"
        "export const modules: Record<string, object>;\n",
    )
    changes = output.write()
    print(f"compile: {len(modules)} modules of MLX, {len(changes.written)} files written")
    return 0


def _without_map(text: str) -> str:
    """The header shifts lines, and the wheel's files are not shipped: no map."""
    return text[: text.rindex("//# sourceMappingURL")]


def _table(modules: list[CompiledModule]) -> str:
    imports = "".join(f"import * as m{i} from './{m.path}.js';\n" for i, m in enumerate(modules))
    rows = "".join(f"  '{m.path.removesuffix('/index')}': m{i},\n" for i, m in enumerate(modules))
    return f"{imports}\nexport const modules = {{\n{rows}}};\n"
