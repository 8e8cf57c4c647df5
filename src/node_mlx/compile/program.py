"""The program being compiled: its modules, classes and functions, and what their names refer to.

Input: sources. Output: a Program, in which a dotted name ("mlx.nn.layers.base.Module") finds its definition
through imports, re-exports and star imports. Modules of the installed MLX are read on demand as libraries:
their
declarations are known, their code is not compiled again.
"""

from __future__ import annotations

import ast
import importlib.util
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from node_mlx.compile.frontend import Source, parse
from node_mlx.compile.scopes import FunctionNode, ScopeTable, all_nodes
from node_mlx.compile.types import UNBOUND, Type
from node_mlx.diagnostics import Diagnostic, Location, Severity


@dataclass(eq=False)
class FunctionInfo:
    """A function or method. `private`: every call of it can be seen, so calls tell its parameters' types."""

    name: str
    node: FunctionNode
    module: ModuleInfo
    owner: ClassInfo | None = None
    private: bool = False
    escapes: bool = False
    keyword_calls: bool = False
    argument_types: dict[str, Type] = field(default_factory=dict)
    returns: Type = UNBOUND

    @property
    def qualified(self) -> str:
        return f"{self.owner.qualified if self.owner else self.module.name}.{self.name}"


@dataclass(eq=False)
class ClassInfo:
    name: str
    node: ast.ClassDef
    module: ModuleInfo
    methods: dict[str, FunctionInfo] = field(default_factory=dict)
    properties: dict[str, FunctionInfo] = field(default_factory=dict)
    setters: dict[str, FunctionInfo] = field(default_factory=dict)
    statics: dict[str, FunctionInfo] = field(default_factory=dict)
    classmethods: dict[str, FunctionInfo] = field(default_factory=dict)
    constants: dict[str, ast.expr] = field(default_factory=dict)
    annotations: dict[str, ast.expr] = field(default_factory=dict)
    attributes: dict[str, Type] = field(default_factory=dict)
    is_dataclass: bool = False

    @property
    def qualified(self) -> str:
        return f"{self.module.name}.{self.name}"

    def declares(self, name: str) -> bool:
        return any(
            name in table
            for table in (
                self.methods,
                self.properties,
                self.statics,
                self.classmethods,
                self.constants,
                self.annotations,
                self.attributes,
            )
        )


@dataclass(eq=False)
class ModuleInfo:
    """One file. `path` is its place in the output without the ending: "nn/layers/base"."""

    name: str
    source: Source
    path: str
    is_package: bool
    library: bool
    classes: dict[str, ClassInfo] = field(default_factory=dict)
    functions: dict[str, FunctionInfo] = field(default_factory=dict)
    function_of: dict[ast.AST, FunctionInfo] = field(default_factory=dict)
    class_of: dict[ast.AST, ClassInfo] = field(default_factory=dict)
    imports: dict[str, str] = field(default_factory=dict)
    """Local name to dotted name."""
    stars: list[str] = field(default_factory=list)
    diagnostics: list[Diagnostic] = field(default_factory=list)

    notes: list[tuple[str, str]] = field(default_factory=list)
    """Imports that nothing provides: local name and dotted name."""

    @cached_property
    def scopes(self) -> ScopeTable:
        return ScopeTable(self.source.tree)

    @cached_property
    def nodes(self) -> list[ast.AST]:
        """Every node of the tree, collected once: passes run over them many times."""
        return all_nodes(self.source.tree)

    @cached_property
    def keyword_names(self) -> set[str]:
        """The keywords of every call in the module: a function that is passed on may get any of them."""
        calls = (node for node in self.nodes if isinstance(node, ast.Call))
        return {keyword.arg for call in calls for keyword in call.keywords if keyword.arg is not None}

    def report(self, node: ast.AST | None, message: str, hint: str = "") -> None:
        found = self.source.diagnostic(node, message, hint)
        if found not in self.diagnostics:
            self.diagnostics.append(found)

    def warnings(self) -> list[Diagnostic]:
        """Problems that only matter where the code is reached."""
        return [
            Diagnostic(
                Severity.WARNING,
                Location(self.source.filename, self._import_line(local)),
                f"nothing provides {target!r}: using it is an ImportError at run time",
            )
            for local, target in self.notes
        ]

    def _import_line(self, local: str) -> int:
        for node in ast.walk(self.source.tree):
            if isinstance(node, ast.Import | ast.ImportFrom) and any(
                (a.asname or a.name.partition(".")[0]) == local for a in node.names
            ):
                return node.lineno
        return 0

    def package(self, level: int) -> str:
        """The package that `level` leading dots of an import mean."""
        parts = self.name.split(".")
        keep = len(parts) - level + (1 if self.is_package else 0)
        return ".".join(parts[: max(keep, 0)])


Definition = ModuleInfo | ClassInfo | FunctionInfo

# The parts of MLX that are written in Python.
_LIBRARIES = ("mlx.utils", "mlx.nn", "mlx.optimizers")


class Program:
    def __init__(self) -> None:
        self.modules: dict[str, ModuleInfo] = {}
        self._missing: set[str] = set()
        self._found: dict[str, Definition | None] = {}

    def add(
        self,
        name: str,
        text: str,
        filename: str,
        path: str,
        *,
        is_package: bool = False,
        library: bool = False,
    ) -> ModuleInfo:
        """Parses a module and adds it. Raises Unsupported where it is not Python."""
        info = ModuleInfo(name, parse(text, filename), path, is_package, library)
        self.modules[name] = info
        _declare(info)
        return info

    def compiled(self) -> list[ModuleInfo]:
        return [info for info in self.modules.values() if not info.library]

    def find_module(self, name: str) -> ModuleInfo | None:
        found = self.modules.get(name)
        if found is None and name not in self._missing:
            found = self._load_library(name)
            if found is None:
                self._missing.add(name)
        return found

    def _load_library(self, name: str) -> ModuleInfo | None:
        if not any(name == root or name.startswith(f"{root}.") for root in _LIBRARIES):
            return None
        root = library_root()
        if root is None:
            return None
        relative = Path(*name.split(".")[1:])
        for path, is_package in ((root / relative / "__init__.py", True), (root / f"{relative}.py", False)):
            if path.is_file():
                text = path.read_text(encoding="utf-8")
                return self.add(
                    name, text, str(path), relative.as_posix(), is_package=is_package, library=True
                )
        return None

    def find(self, name: str) -> Definition | None:
        """What a dotted name refers to; None for what the program does not define."""
        if name not in self._found:
            self._found[name] = None
            self._found[name] = self._find(name)
        return self._found[name]

    def _find(self, name: str) -> Definition | None:
        module = self.find_module(name)
        if module is not None:
            return module
        owner_name, _, last = name.rpartition(".")
        if not owner_name:
            return None
        owner = self.find(owner_name)
        if isinstance(owner, ClassInfo):
            table = {**owner.methods, **owner.statics, **owner.classmethods}
            return table.get(last)
        if not isinstance(owner, ModuleInfo):
            return None
        if last in owner.classes:
            return owner.classes[last]
        if last in owner.functions:
            return owner.functions[last]
        if last in owner.imports:
            return self.find(owner.imports[last])
        for star in owner.stars:
            if not last.startswith("_") and (found := self.find(f"{star}.{last}")) is not None:
                return found
        return None

    def bases(self, info: ClassInfo) -> list[ClassInfo | str]:
        """Base classes: those the program knows, and the dotted names of others."""
        out: list[ClassInfo | str] = []
        for base in info.node.bases:
            name = self.dotted(info.module, base)
            found = self.find(name) if name else None
            out.append(found if isinstance(found, ClassInfo) else name or "")
        return out

    def ancestors(self, info: ClassInfo) -> list[ClassInfo]:
        """The class and its known bases, nearest first."""
        out: list[ClassInfo] = []
        stack = [info]
        while stack:
            current = stack.pop(0)
            if current not in out:
                out.append(current)
                stack += [base for base in self.bases(current) if isinstance(base, ClassInfo)]
        return out

    def unknown_bases(self, info: ClassInfo) -> list[str]:
        """Dotted names of the bases that the program does not define, anywhere up the hierarchy."""
        return [base for c in self.ancestors(info) for base in self.bases(c) if isinstance(base, str)]

    def dotted(self, module: ModuleInfo, node: ast.expr) -> str:
        """The dotted name an expression stands for, through imports; "" where it is none."""
        if isinstance(node, ast.Name):
            if node.id in module.imports:
                return module.imports[node.id]
            if node.id in module.classes or node.id in module.functions:
                return f"{module.name}.{node.id}"
            for star in module.stars:
                if self.find(f"{star}.{node.id}") is not None:
                    return f"{star}.{node.id}"
            return node.id
        if isinstance(node, ast.Attribute):
            owner = self.dotted(module, node.value)
            return f"{owner}.{node.attr}" if owner else ""
        if isinstance(node, ast.Subscript):
            # Generic[T] and the like.
            return self.dotted(module, node.value)
        return ""


def library_root() -> Path | None:
    """The folder of the installed MLX."""
    spec = importlib.util.find_spec("mlx")
    places = list(spec.submodule_search_locations or ()) if spec else []
    return next((Path(place) for place in places if (Path(place) / "nn").is_dir()), None)


def _declare(info: ModuleInfo) -> None:
    """Collects imports, classes and functions, wherever in the module they stand."""
    for node in all_nodes(info.source.tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                if alias.asname:
                    info.imports[alias.asname] = alias.name
                else:
                    root = alias.name.partition(".")[0]
                    info.imports[root] = root
        elif isinstance(node, ast.ImportFrom):
            base = info.package(node.level) if node.level else ""
            source = ".".join(filter(None, [base, node.module]))
            for alias in node.names:
                if alias.name == "*":
                    info.stars.append(source)
                else:
                    info.imports[alias.asname or alias.name] = f"{source}.{alias.name}"
    _declare_body(info, info.source.tree.body, None, None)


def _declare_body(
    info: ModuleInfo, body: list[ast.stmt], owner: ClassInfo | None, outer: FunctionInfo | None
) -> None:
    for node in body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            _declare_function(info, node, owner, outer)
        elif isinstance(node, ast.ClassDef):
            found = ClassInfo(node.name, node, info)
            info.class_of[node] = found
            if outer is None and owner is None:
                info.classes[node.name] = found
            found.is_dataclass = any(_decorator_name(d) == "dataclass" for d in node.decorator_list)
            for item in node.body:
                if isinstance(item, ast.AnnAssign) and isinstance(item.target, ast.Name):
                    found.annotations[item.target.id] = item.annotation
                    if item.value:
                        found.constants[item.target.id] = item.value
                elif isinstance(item, ast.Assign):
                    for target in item.targets:
                        if isinstance(target, ast.Name):
                            found.constants[target.id] = item.value
            _declare_body(info, node.body, found, None)
        else:
            for name in ("body", "orelse", "finalbody"):
                _declare_body(info, getattr(node, name, None) or [], owner, outer)
            for handler in getattr(node, "handlers", ()):
                _declare_body(info, handler.body, owner, outer)


def _declare_function(
    info: ModuleInfo, node: FunctionNode, owner: ClassInfo | None, outer: FunctionInfo | None
) -> None:
    name = f"{outer.name}.<locals>.{node.name}" if outer else node.name
    found = FunctionInfo(name, node, info, owner)
    found.private = outer is not None or (node.name.startswith("_") and not node.name.startswith("__"))
    info.function_of[node] = found
    if owner is not None:
        decorators = {_decorator_name(d) for d in node.decorator_list}
        table = owner.methods
        if "staticmethod" in decorators:
            table = owner.statics
        elif "classmethod" in decorators:
            table = owner.classmethods
        elif decorators & {"property", "cached_property"}:
            table = owner.properties
        elif "setter" in decorators:
            table = owner.setters
        elif decorators & {"getter", "deleter"}:
            table = {}
        table[node.name] = found
    elif outer is None:
        info.functions[node.name] = found
    _declare_body(info, node.body, None, found)


def _decorator_name(node: ast.expr) -> str:
    if isinstance(node, ast.Call):
        node = node.func
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""
