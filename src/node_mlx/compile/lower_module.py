"""Lowers a module: its imports, its statements, its exports.

Input: a Lowerer. Output: the ESTree Program. Imports that only annotations used are left out; public names
are
exported, private ones only where another module of the program imports them.
    import mlx.core as mx → import { core as mx } from 'mlx'
    from .base import Model → import { Model } from './base.js'
"""

from __future__ import annotations

import ast
from pathlib import Path

from node_mlx.compile import estree as js
from node_mlx.compile.hoist_declarations import hoist_declarations
from node_mlx.compile.infer_types import PYTHON_MODULES
from node_mlx.compile.layout import Layout, relative_specifier
from node_mlx.compile.lower import Lowerer, lowers
from node_mlx.compile.lower_functions import docstring
from node_mlx.compile.program import ModuleInfo
from node_mlx.names import js_variable

# Parts of MLX that the package's namespace holds, by the name of its property.
_NAMESPACES = {"mlx.core": "core", "mlx.nn": "nn", "mlx.optimizers": "optimizers", "mlx.utils": "utils"}


@lowers(ast.Import, ast.ImportFrom)
def lower_import(lower: Lowerer, node: ast.Import | ast.ImportFrom) -> list[js.Statement]:
    """Imports are written at the top of the module, whatever function they stand in."""
    return []


def lower_module(lower: Lowerer, layout: Layout, needed: set[str]) -> js.Program:
    """`needed`: private names that other modules of the program import from this one."""
    module = lower.module
    tree = module.source.tree
    document = docstring(tree)
    copyright_lines = _copyright(module)
    body: list[js.Statement] = []
    statements = tree.body[1:] if document or _is_text(tree.body) else tree.body
    for node in statements:
        lower.before = []
        lowered = lower.body([node])
        if lower.before and lowered:
            # What had to be made before stands before the comments and the docstring.
            lowered[0].leading, lower.before[0].leading = lowered[0].leading, []
        body += [*lower.before, *lowered]
    body = [item for item in body if not _assigns(item, "__all__")]
    scope = module.scopes.module
    variables = {
        lower.name_of(b) for b in scope.bindings.values() if b.kind in ("variable", "function", "class")
    } - {"__all__"}
    body = hoist_declarations(body, variables | lower.context.declared, variables)
    exported = _exported(module, needed)
    body = [_export(item, exported) for item in body]
    imports, reexports = _imports(lower, layout, body, needed)
    return js.Program([*copyright_lines, *document, *imports, *body, *reexports])


def _is_text(body: list[ast.stmt]) -> bool:
    return bool(body) and isinstance(body[0], ast.Expr) and isinstance(body[0].value, ast.Constant)


def _copyright(module: ModuleInfo) -> list[js.Statement]:
    """The comments at the very top that no statement took."""
    lines: list[str] = []
    for number in range(1, len(module.source.lines) + 1):
        if number in module.source.own_line:
            lines.append(module.source.own_line.pop(number))
        elif module.source.lines[number - 1].strip():
            break
    return [js.CommentStatement(leading=lines)] if lines else []


def _assigns(item: js.Statement, name: str) -> bool:
    if not isinstance(item, js.ExpressionStatement) or not isinstance(
        item.expression, js.AssignmentExpression
    ):
        return False
    return isinstance(item.expression.left, js.Identifier) and item.expression.left.name == name


# ---- exports


def _exported(module: ModuleInfo, needed: set[str]) -> set[str]:
    listed: set[str] = set()
    for node in module.source.tree.body:
        if isinstance(node, ast.Assign) and any(
            isinstance(t, ast.Name) and t.id == "__all__" for t in node.targets
        ):
            listed = {str(e.value) for e in getattr(node.value, "elts", ()) if isinstance(e, ast.Constant)}
    names = {
        name
        for name, binding in module.scopes.module.bindings.items()
        if binding.kind in ("variable", "function", "class") and not name.startswith("_")
    }
    return {js_variable(name) for name in names | listed | needed}


def _export(item: js.Statement, exported: set[str]) -> js.Statement:
    names: list[str] = []
    if isinstance(item, js.FunctionDeclaration | js.ClassDeclaration):
        names = [item.id.name]
    elif isinstance(item, js.VariableDeclaration):
        names = [n.name for d in item.declarations for n in js.walk(d.id) if isinstance(n, js.Identifier)]
    if not names or not exported.intersection(names):
        return item
    out = js.ExportNamedDeclaration(item, leading=item.leading, trailing=item.trailing, place=item.place)
    item.leading, item.trailing, item.place = [], None, None
    return out


# ---- imports


def _imports(
    lower: Lowerer, layout: Layout, body: list[js.Statement], needed: set[str]
) -> tuple[list[js.Statement], list[js.Statement]]:
    module = lower.module
    used = {node.name for item in body for node in js.walk(item) if isinstance(node, js.Identifier)}
    sources: dict[str, list[js.ImportSpecifier]] = {}
    namespaces: list[js.Statement] = []
    reexports: list[js.Statement] = []
    missing: list[js.Statement] = []
    for local, target in module.imports.items():
        name = js_variable(local)
        again = (module.is_package and not local.startswith("_")) or local in needed
        if (name not in used and not again) or _is_python(target):
            continue
        _import(lower, layout, local, target, name in used, again, sources, namespaces, reexports, missing)
    for source in module.stars:
        found = lower.program.find_module(source)
        if found is None or source == "mlx.core":
            continue
        specifier = _module_specifier(lower, layout, source)
        if module.is_package:
            reexports.append(js.ExportAllDeclaration(specifier))
        names = [n for n in sorted(used) if lower.program.find(f"{source}.{n}") and n not in module.imports]
        names = [n for n in names if n not in module.scopes.module.bindings]
        for n in names:
            sources.setdefault(specifier, []).append(js.ImportSpecifier(n, n))
    for source, local in lower.imported.items():
        _import(lower, layout, local, source, True, False, sources, namespaces, reexports, missing)
    out: list[js.Statement] = []
    if lower.uses_python:
        out.append(js.ImportDeclaration([], layout.python, "py"))
    out += namespaces
    out += [js.ImportDeclaration(specifiers, source) for source, specifiers in sources.items()]
    return [*out, *missing], reexports


def _is_python(target: str) -> bool:
    return target.partition(".")[0] in PYTHON_MODULES or target.startswith(
        ("__future__", "typing_extensions")
    )


def _import(
    lower: Lowerer,
    layout: Layout,
    local: str,
    target: str,
    used: bool,
    again: bool,
    sources: dict[str, list[js.ImportSpecifier]],
    namespaces: list[js.Statement],
    reexports: list[js.Statement],
    missing: list[js.Statement],
) -> None:
    name = js_variable(local)
    owner, _, last = target.rpartition(".")
    if target == "mlx":
        namespaces.append(js.ImportDeclaration([js.ImportSpecifier("default", name)], layout.package))
        return
    if target in _NAMESPACES and _is_outside(lower, target):
        if target == "mlx.core" and layout.core is not None:
            namespaces.append(js.ImportDeclaration([], layout.core, name))
        else:
            part = js.ImportSpecifier(_NAMESPACES[target], name)
            sources.setdefault(layout.package, []).append(part)
        return
    if owner == "mlx.core" or owner.startswith("mlx.core."):
        missing.append(_core_member(lower, name, target))
        return
    whole = lower.program.find_module(target)
    if whole is not None:
        specifier = _module_specifier(lower, layout, target)
        if used:
            namespaces.append(js.ImportDeclaration([], specifier, name))
        if again:
            reexports.append(js.ExportAllDeclaration(specifier, name))
        return
    if _is_known(lower, owner):
        specifier = _module_specifier(lower, layout, owner)
        item = js.ImportSpecifier(js_variable(last), name)
        if used:
            sources.setdefault(specifier, []).append(item)
        if again:
            _reexport(reexports, specifier, item)
        return
    lower.module.notes.append((local, target))
    missing.append(js.declare("const", js.Identifier(name), lower.py("missing", js.Literal(target))))


def _core_member(lower: Lowerer, name: str, target: str) -> js.Statement:
    return js.declare("const", js.Identifier(name), lower.mx_name(target.removeprefix("mlx.core.")))


def _reexport(reexports: list[js.Statement], source: str, item: js.ImportSpecifier) -> None:
    for found in reexports:
        if isinstance(found, js.ExportNamedDeclaration) and found.source == source:
            found.specifiers.append(item)
            return
    reexports.append(js.ExportNamedDeclaration(None, [item], source))


def _is_outside(lower: Lowerer, name: str) -> bool:
    found = lower.program.modules.get(name)
    return found is None or found.library


def _is_known(lower: Lowerer, name: str) -> bool:
    if lower.program.find_module(name) is not None:
        return True
    # A neighbour that is not part of this compilation.
    package = lower.module.name.rpartition(".")[0]
    return bool(package) and name.startswith(f"{package.partition('.')[0]}.")


def _module_specifier(lower: Lowerer, layout: Layout, name: str) -> str:
    found = lower.program.find_module(name)
    if found is not None and not found.library:
        return relative_specifier(lower.module, found)
    if found is not None:
        return f"{layout.package}/{found.path}"
    own = lower.module.name.split(".")[:-1]
    parts = name.split(".")
    common = 0
    while common < min(len(own), len(parts) - 1) and own[common] == parts[common]:
        common += 1
    up = "../" * (len(own) - common) or "./"
    path = f"{up}{'/'.join(parts[common:])}"
    # What is compiled on its own is known from its source alone.
    source = Path(lower.module.source.filename).parent / path / "__init__.py"
    return f"{path}/index.js" if source.is_file() else f"{path}.js"
