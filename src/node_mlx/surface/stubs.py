"""Reads the type stubs of the installed `mlx` wheel into the model.

Input: mlx/core/*.pyi. Output: one Module per file, as declared, before any decision.
Only `ast` is used, nothing is imported or run, so the result depends on the wheel alone.
    def abs(a: array, /, *, stream: StreamOrDevice = None) -> array: ...  →  Function("abs", …)
"""

from __future__ import annotations

import ast
import importlib.metadata
import importlib.util
from collections.abc import Iterator
from pathlib import Path

from node_mlx.surface.annotation import normalise
from node_mlx.surface.model import Alias, Class, Constant, Function, Module, Property, Signature

# mlx.core first, then the order in which its documentation lists the parts.
MODULES = tuple(
    f"mlx.core{part}"
    for part in ("", ".random", ".fft", ".linalg", ".fast", ".distributed", ".metal", ".cuda")
)


def installed_version() -> str:
    """Version of the installed wheel. Raises PackageNotFoundError where MLX is not installed."""
    return importlib.metadata.version("mlx")


def read_stubs() -> tuple[Module, ...]:
    folder = _stub_folder()
    return tuple(_read_module(name, folder / _file_name(name)) for name in MODULES)


def _stub_folder() -> Path:
    spec = importlib.util.find_spec("mlx")
    if spec is None or not spec.submodule_search_locations:
        raise ModuleNotFoundError("the Python package `mlx` is not installed")
    for location in spec.submodule_search_locations:
        folder = Path(location) / "core"
        if (folder / "__init__.pyi").is_file():
            return folder
    raise FileNotFoundError("the installed `mlx` package has no stubs (mlx/core/__init__.pyi)")


def _file_name(module: str) -> str:
    return "__init__.pyi" if module == "mlx.core" else f"{module.rpartition('.')[2]}.pyi"


def _read_module(name: str, path: Path) -> Module:
    tree = ast.parse(path.read_text(encoding="utf-8"), str(path))
    classes = [_class(node) for node in tree.body if isinstance(node, ast.ClassDef)]
    return Module(
        name,
        functions=tuple(_functions(tree.body)),
        classes=tuple(classes),
        constants=tuple(_constants(tree.body)),
        aliases=tuple(_aliases(tree.body)),
        doc=ast.get_docstring(tree) or "",
    )


def _class(node: ast.ClassDef) -> Class:
    return Class(
        node.name,
        bases=tuple(normalise(base) for base in node.bases),
        methods=tuple(_without_self(method) for method in _functions(node.body)),
        properties=tuple(_properties(node.body)),
        constants=tuple(_constants(node.body)),
        doc=ast.get_docstring(node) or "",
    )


def _functions(body: list[ast.stmt]) -> Iterator[Function]:
    """Functions in order of first appearance; consecutive @overload definitions become one."""
    definitions: dict[str, list[ast.FunctionDef]] = {}
    for node in body:
        if isinstance(node, ast.FunctionDef) and not _is_property(node):
            definitions.setdefault(node.name, []).append(node)
    for name, overloads in definitions.items():
        docs = (ast.get_docstring(node) for node in overloads)
        doc = next((doc for doc in docs if doc), "")
        yield Function(name, tuple(Signature.from_ast(node) for node in overloads), doc)


def _without_self(method: Function) -> Function:
    bound = tuple(Signature(s.parameters[1:], s.returns) for s in method.overloads)
    return Function(method.name, bound, method.doc)


def _properties(body: list[ast.stmt]) -> Iterator[Property]:
    definitions = [node for node in body if isinstance(node, ast.FunctionDef)]
    writable = {node.name for node in definitions if "setter" in _decorators(node)}
    for node in definitions:
        if "property" in _decorators(node):
            annotation = normalise(node.returns) if node.returns is not None else None
            doc = ast.get_docstring(node) or ""
            yield Property(node.name, annotation, doc, writable=node.name in writable)


def _is_property(node: ast.FunctionDef) -> bool:
    return not _decorators(node).isdisjoint({"property", "setter"})


def _decorators(node: ast.FunctionDef) -> set[str]:
    """Last word of each decorator: @precision.setter → "setter"."""
    return {ast.unparse(decorator).rpartition(".")[2] for decorator in node.decorator_list}


def _constants(body: list[ast.stmt]) -> Iterator[Constant]:
    for node in body:
        match node:
            case ast.AnnAssign(target=ast.Name(id=name), annotation=annotation, value=value):
                yield Constant(name, normalise(annotation), _value(value))
            case ast.Assign(targets=[ast.Name(id=name)], value=value) if not _is_reference(value):
                yield Constant(name, None, _value(value))
            case ast.ImportFrom(names=names):
                # A renaming import declares a name; the type it stands for is all there is to know.
                for imported in names:
                    if imported.asname not in (None, imported.name):
                        yield Constant(str(imported.asname), "TypeAlias", imported.name)


def _aliases(body: list[ast.stmt]) -> Iterator[Alias]:
    for node in body:
        match node:
            case ast.Assign(targets=[ast.Name(id=name)], value=value) if _is_reference(value):
                yield Alias(name, normalise(value))


def _is_reference(value: ast.expr) -> bool:
    return isinstance(value, (ast.Name, ast.Attribute))


def _value(value: ast.expr | None) -> str | None:
    """Source text of a value; `...` stands for a value that the stub does not tell."""
    if value is None or (isinstance(value, ast.Constant) and value.value is Ellipsis):
        return None
    return normalise(value)
