"""Infers the types of expressions, variables, attributes and results.

Input: a Program. Output: an Inference that answers `type_of(node)`. A variable has the type of
everything that may have been assigned to it (see reaching.py). Private functions get their parameters' types
from their calls, which is why a few
rounds are made until nothing changes.
    for i in range(3): y = i / 2        i is an int, y a float
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable
from typing import Any

from node_mlx.compile import core_types
from node_mlx.compile import types as t
from node_mlx.compile.program import ClassInfo, FunctionInfo, ModuleInfo, Program
from node_mlx.compile.reaching import Reaching
from node_mlx.compile.read_annotation import read_annotation
from node_mlx.compile.scopes import Binding, Scope, arguments_of

_ROUNDS = 4

_BUILTIN_RETURNS = {
    "len": t.INT, "int": t.INT, "float": t.FLOAT, "str": t.STR, "bool": t.BOOL, "repr": t.STR,
    "isinstance": t.BOOL,
    "hasattr": t.BOOL, "callable": t.BOOL, "any": t.BOOL, "all": t.BOOL, "ord": t.INT, "chr": t.STR,
    "id": t.INT,
    "hash": t.INT, "format": t.STR, "hex": t.STR, "bin": t.STR, "issubclass": t.BOOL, "dict": t.dict_of(),
    "divmod": t.tuple_with([t.INT, t.INT]), "range": t.Type("range", (t.INT,)), "print": t.NONE,
    "input": t.STR,
    "slice": t.SLICE, "type": t.class_(""), "globals": t.dict_of(t.STR),
}  # fmt: skip

_STR_METHODS = {
    "join": t.STR, "strip": t.STR, "lstrip": t.STR, "rstrip": t.STR, "lower": t.STR, "upper": t.STR,
    "replace": t.STR, "format": t.STR, "title": t.STR, "capitalize": t.STR, "removeprefix": t.STR,
    "removesuffix": t.STR, "zfill": t.STR, "center": t.STR, "ljust": t.STR, "rjust": t.STR,
    "split": t.list_of(t.STR),
    "rsplit": t.list_of(t.STR), "splitlines": t.list_of(t.STR), "startswith": t.BOOL, "endswith": t.BOOL,
    "isdigit": t.BOOL, "isalpha": t.BOOL, "isspace": t.BOOL, "isupper": t.BOOL, "islower": t.BOOL,
    "isalnum": t.BOOL,
    "find": t.INT, "rfind": t.INT, "index": t.INT, "count": t.INT, "encode": t.BYTES,
    "partition": t.tuple_with([t.STR, t.STR, t.STR]), "rpartition": t.tuple_with([t.STR, t.STR, t.STR]),
}  # fmt: skip

_MATH_INTS = ("floor", "ceil", "trunc", "gcd", "lcm", "comb", "factorial", "isqrt", "perm")
_MATH_BOOLS = ("isnan", "isinf", "isfinite", "isclose")
_ARRAY_SCALARS = {
    "ndim": t.INT,
    "size": t.INT,
    "nbytes": t.INT,
    "itemsize": t.INT,
    "dtype": t.DTYPE,
    "shape": t.SHAPE,
}

# Decorators that leave a function's type as it is, by the last part of their names.
TRANSPARENT = {"compile", "wraps", "lru_cache", "cache", "contextmanager", "staticmethod", "custom_function"}


# What gives variables their types.
_VISITED = (
    ast.Assign, ast.AnnAssign, ast.AugAssign, ast.NamedExpr, ast.For, ast.AsyncFor, ast.comprehension,
    ast.withitem,
    ast.ExceptHandler, ast.Call,
)  # fmt: skip


class Inference:
    def __init__(self, program: Program) -> None:
        self.program = program
        self._known: dict[ast.AST, t.Type] = {}
        self._handlers: dict[type[ast.AST], Callable[[Any], t.Type] | None] = {}
        self._info_of: dict[str, FunctionInfo] = {}
        self._current: ModuleInfo | None = None
        self._reaching: Reaching | None = None
        self._reachings: dict[str, Reaching] = {}
        self._visited: dict[str, list[ast.AST]] = {}

    # ---- rounds

    def run(self, modules: Iterable[ModuleInfo]) -> None:
        modules = list(modules)
        for module in modules:
            for info in module.function_of.values():
                self._info_of[_key(info)] = info
            _note_escapes(module)
        for module in self._by_dependency(modules):
            for _ in range(_ROUNDS):
                before = self._snapshot(module)
                self._known.clear()
                self._visit_module(module)
                if self._snapshot(module) == before:
                    break
        self._known.clear()

    def _by_dependency(self, modules: list[ModuleInfo]) -> list[ModuleInfo]:
        """Modules after those that they import, as far as imports do not go in circles."""
        out: list[ModuleInfo] = []
        wanted = {module.name: module for module in modules}
        seen: set[str] = set()

        def add(module: ModuleInfo) -> None:
            if module.name in seen:
                return
            seen.add(module.name)
            for target in [*module.imports.values(), *module.stars]:
                for name in (target, target.rpartition(".")[0]):
                    if name in wanted:
                        add(wanted[name])
            out.append(module)

        for module in modules:
            add(module)
        return out

    def enter(self, module: ModuleInfo) -> None:
        """Answers are for nodes of this module from now on."""
        self._switch(module)
        self._known.clear()

    def _switch(self, module: ModuleInfo) -> None:
        self._current = module
        if module.name not in self._reachings:
            self._reachings[module.name] = Reaching(module.source.tree)
        self._reaching = self._reachings[module.name]

    def _snapshot(self, module: ModuleInfo) -> list[object]:
        out: list[object] = [b.type for s in module.scopes.by_node.values() for b in s.bindings.values()]
        out += [f.returns for f in module.function_of.values()]
        out += [dict(c.attributes) for c in module.class_of.values()]
        return out

    def _visit_module(self, module: ModuleInfo) -> None:
        self._switch(module)
        for scope in list(module.scopes.by_node.values()):
            self._bind_parameters(module, scope)
        if module.name not in self._visited:
            self._visited[module.name] = [node for node in module.nodes if isinstance(node, _VISITED)]
        for node in self._visited[module.name]:
            self._visit(module, node)
        for node, info in module.function_of.items():
            info.returns = self._returns(module, info, node)

    def _bind_parameters(self, module: ModuleInfo, scope: Scope) -> None:
        node = scope.node
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            return
        info = module.function_of.get(node)
        defaults = defaults_of(node.args)
        for index, argument in enumerate(arguments_of(node.args)):
            binding = scope.bindings[argument.arg]
            if argument is node.args.vararg:
                item = self.annotation(module, argument.annotation) if argument.annotation else t.ANY
                binding.type = t.tuple_of(item)
            elif argument is node.args.kwarg:
                binding.type = t.dict_of(t.STR)
            elif index == 0 and info is not None and info.owner is not None and _takes_self(info):
                owner = info.owner.qualified
                binding.type = t.class_(owner) if node.name in info.owner.classmethods else t.instance(owner)  # type: ignore[union-attr]
            else:
                binding.type = t.union([binding.type, self._parameter(module, info, argument, defaults)])

    def _parameter(
        self, module: ModuleInfo, info: FunctionInfo | None, argument: ast.arg, defaults: dict[str, ast.expr]
    ) -> t.Type:
        default = defaults.get(argument.arg)
        if argument.annotation is not None:
            kind = self.annotation(module, argument.annotation)
            if isinstance(default, ast.Constant) and default.value is None:
                kind = t.join(kind, t.NONE)
            return kind
        if info is None or not info.private or info.escapes:
            return t.ANY
        kind = info.argument_types.get(argument.arg, t.UNBOUND)
        return t.join(kind, self.type_of(default)) if default is not None else kind

    def _visit(self, module: ModuleInfo, node: ast.AST) -> None:
        if isinstance(node, ast.Assign):
            kind = self.type_of(node.value)
            for target in node.targets:
                self._store(module, target, kind, node.value)
        elif isinstance(node, ast.AnnAssign):
            kind = self.annotation(module, node.annotation)
            if kind == t.ANY and node.value is not None:
                kind = self.type_of(node.value)
            self._store(module, node.target, kind, None)
        elif isinstance(node, ast.AugAssign):
            kind = self._binary(node.op, self.type_of(node.target), self.type_of(node.value))
            self._store(module, node.target, kind, None)
        elif isinstance(node, ast.NamedExpr):
            self._store(module, node.target, self.type_of(node.value), None)
        elif isinstance(node, ast.For | ast.AsyncFor | ast.comprehension):
            self._store(module, node.target, self.item(node.iter), None)
        elif isinstance(node, ast.withitem) and node.optional_vars is not None:
            self._store(module, node.optional_vars, t.ANY, None)
        elif isinstance(node, ast.ExceptHandler) and node.name:
            binding = self._scope_binding(module, node, node.name)
            if binding:
                binding.type = t.instance("Exception")
        elif isinstance(node, ast.Call):
            self._note_arguments(node)

    def _scope_binding(self, module: ModuleInfo, node: ast.ExceptHandler, name: str) -> Binding | None:
        for scope in module.scopes.by_node.values():
            found = scope.bindings.get(name)
            if found is not None and found.node is node:
                return found
        return None

    def _store(self, module: ModuleInfo, target: ast.expr, kind: t.Type, value: ast.expr | None) -> None:
        if isinstance(target, ast.Name):
            binding = module.scopes.names.get(target)
            if binding is not None:
                if binding.annotation is not None and binding.kind != "parameter":
                    declared = self.annotation(module, binding.annotation)
                    kind = declared if declared != t.ANY else kind
                binding.type = t.join(binding.type, kind)
        elif isinstance(target, ast.Attribute):
            owner = self.type_of(target.value)
            if owner.kind == "instance" and isinstance(info := self.program.find(owner.name), ClassInfo):
                holder = next(
                    (
                        c
                        for c in self.program.ancestors(info)
                        if target.attr in c.attributes and not c.module.library
                    ),
                    info,
                )
                before = holder.attributes.get(target.attr, t.UNBOUND)
                holder.attributes[target.attr] = t.join(before, kind)
        elif isinstance(target, ast.Starred):
            self._store(module, target.value, t.list_of(t.item_of(kind)), None)
        elif isinstance(target, ast.Tuple | ast.List):
            stripped = t.without_none(kind)
            exact = (
                stripped.items
                if stripped.kind == "record" and len(stripped.items) == len(target.elts)
                else None
            )
            for i, part in enumerate(target.elts):
                item = exact[i] if exact else t.item_of(kind)
                if isinstance(part, ast.Starred):
                    self._store(module, part.value, t.list_of(t.item_of(kind)), None)
                else:
                    self._store(module, part, item, None)

    def _note_arguments(self, node: ast.Call) -> None:
        kind = self.type_of(node.func)
        info = self._info_of.get(kind.name) if kind.kind in ("function", "method") else None
        if info is None or not info.private:
            return
        names = [a.arg for a in [*info.node.args.posonlyargs, *info.node.args.args]]
        if kind.kind == "method":
            names = names[1:]
        starred = any(isinstance(a, ast.Starred) for a in node.args) or any(
            k.arg is None for k in node.keywords
        )
        if starred:
            info.escapes = True
            return
        if node.keywords:
            info.keyword_calls = True
        pairs = [*zip(names, node.args, strict=False), *((k.arg or "", k.value) for k in node.keywords)]
        for name, value in pairs:
            before = info.argument_types.get(name, t.UNBOUND)
            info.argument_types[name] = t.join(before, self.type_of(value))

    def _returns(self, module: ModuleInfo, info: FunctionInfo, node: ast.AST) -> t.Type:
        assert isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        scope = module.scopes.by_node[node]
        if scope.is_generator:
            return t.iterator_of(t.ANY)
        declared = self.annotation(module, node.returns) if node.returns is not None else t.ANY
        if declared != t.ANY:
            return declared
        found = [self.type_of(part.value) for part in scope.returns]
        if not found:
            return t.NONE
        if falls_through(node.body):
            found.append(t.NONE)
        return t.union(found)

    # ---- expressions

    def annotation(self, module: ModuleInfo, node: ast.expr | None) -> t.Type:
        def resolve(part: ast.expr) -> str:
            name = self.program.dotted(module, part)
            found = self.program.find(name) if name else None
            if isinstance(found, ClassInfo):
                return f"!{found.qualified}"
            return name

        return read_annotation(node, resolve)

    def type_of(self, node: ast.AST | None) -> t.Type:
        if node is None:
            return t.NONE
        found = self._known.get(node)
        if found is None:
            self._known[node] = t.ANY
            kind = type(node)
            if kind not in self._handlers:
                self._handlers[kind] = getattr(self, f"_{kind.__name__.lower()}", None)
            handler = self._handlers[kind]
            found = self._known[node] = handler(node) if handler else t.ANY
        return found

    def item(self, node: ast.expr) -> t.Type:
        """The type of what iterating over an expression yields."""
        kind = self.type_of(node)
        return t.INT if kind.kind == "range" else t.item_of(kind)

    def _constant(self, node: ast.Constant) -> t.Type:
        if isinstance(node.value, int) and abs(node.value) >= 2**53:
            # A BigInt: plain operators would refuse it beside a number.
            return t.ANY
        kinds = {bool: t.BOOL, int: t.INT, float: t.FLOAT, str: t.STR, bytes: t.BYTES, type(None): t.NONE}
        return kinds.get(type(node.value), t.ANY)

    def _joinedstr(self, node: ast.JoinedStr) -> t.Type:
        return t.STR

    def _name(self, node: ast.Name) -> t.Type:
        assert self._current is not None
        binding = self._current.scopes.names.get(node)
        if binding is None:
            return t.ANY
        if binding.kind == "import":
            return self._definition(self._current.imports.get(node.id, ""))
        if binding.kind == "function" and isinstance(binding.node, ast.FunctionDef | ast.AsyncFunctionDef):
            info = self._current.function_of.get(binding.node)
            if info is None or binding.stores > 1:
                return t.FUNCTION
            if all(
                _last_name(d) in TRANSPARENT or _is_partial_compile(d) for d in binding.node.decorator_list
            ):
                return t.Type("function", name=_key(info))
            return t.ANY
        if binding.kind == "class" and isinstance(binding.node, ast.ClassDef):
            return t.class_(self._current.class_of[binding.node].qualified)
        if binding.captured and binding.reassigned_from_inside:
            return binding.type
        values = self._reaching.definitions(node) if self._reaching is not None else None
        return t.union(self.type_of(value) for value in values) if values else binding.type

    def _definition(self, name: str) -> t.Type:
        if name == "mlx.core" or name.startswith("mlx.core."):
            return t.module(name) if name in _CORE_MODULES else core_types.kind_of(name)
        found = self.program.find(name)
        if isinstance(found, ModuleInfo):
            return t.module(found.name)
        if isinstance(found, ClassInfo):
            return t.class_(found.qualified)
        if isinstance(found, FunctionInfo):
            return t.Type("function", name=_key(found))
        if name == "mlx" or name in PYTHON_MODULES:
            return t.module(name)
        if name.rpartition(".")[0] in PYTHON_MODULES:
            return t.Type("function", name=name)
        return t.ANY

    def _attribute(self, node: ast.Attribute) -> t.Type:
        owner = self.type_of(node.value)
        if owner.kind == "module":
            if owner.name == "math" and node.attr in ("pi", "e", "inf", "nan", "tau"):
                return t.FLOAT
            return self._definition(f"{owner.name}.{node.attr}")
        stripped = t.without_none(owner)
        if t.is_array(owner):
            found = core_types.attribute_of_array(node.attr)
            return found if found is not None else t.Type("method", (t.ARRAY,), f"mlx.core.array.{node.attr}")
        if stripped.kind == "instance":
            return self._member(stripped, node.attr)
        if stripped.kind == "class":
            return self._class_member(stripped, node.attr)
        if node.attr == "shape":
            return t.SHAPE
        if stripped == t.UNBOUND:
            return t.UNBOUND
        if stripped == t.STR and node.attr in _STR_METHODS:
            return t.Type("method", (t.STR,), f"str.{node.attr}")
        if stripped.kind == "dict" or stripped.kind in ("list", "set"):
            return t.Type("method", (stripped,), f"{stripped.kind}.{node.attr}")
        return t.ANY

    def _member(self, owner: t.Type, name: str) -> t.Type:
        info = self.program.find(owner.name)
        if not isinstance(info, ClassInfo):
            return t.ANY
        known: list[t.Type] = []
        for ancestor in self.program.ancestors(info):
            if name in ancestor.attributes:
                known.append(ancestor.attributes[name])
            if name in ancestor.properties:
                return self._declared_return(ancestor.properties[name])
            if name in ancestor.methods or name in ancestor.classmethods:
                found = (ancestor.methods | ancestor.classmethods)[name]
                return t.Type("method", (owner,), _key(found))
            if name in ancestor.statics:
                return t.Type("function", name=_key(ancestor.statics[name]))
            if name in ancestor.annotations:
                return self.annotation(ancestor.module, ancestor.annotations[name])
            if name in ancestor.constants and ancestor.module is self._current:
                known.append(self.type_of(ancestor.constants[name]))
        return t.union(known) if known else t.ANY

    def _class_member(self, owner: t.Type, name: str) -> t.Type:
        info = self.program.find(owner.name) if owner.name else None
        if not isinstance(info, ClassInfo):
            return t.STR if name == "__name__" else t.ANY
        for ancestor in self.program.ancestors(info):
            for table, kind in ((ancestor.classmethods, "method"), (ancestor.statics, "function")):
                if name in table:
                    return t.Type(kind, (owner,), _key(table[name]))
            if name in ancestor.methods:
                return t.Type("function", name=_key(ancestor.methods[name]))
        return t.STR if name == "__name__" else t.ANY

    def _declared_return(self, info: FunctionInfo) -> t.Type:
        if info.module.library:
            return self.annotation(info.module, info.node.returns)
        return info.returns

    def _call(self, node: ast.Call) -> t.Type:
        function = node.func
        if isinstance(function, ast.Name) and self._is_builtin(function):
            return self._builtin(function.id, node)
        if isinstance(function, ast.Attribute):
            if is_update(function.value):
                return t.ARRAY
            found = self._method(function, node)
            if found is not None:
                return found
        return self._result(self.type_of(function), node)

    def _result(self, kind: t.Type, node: ast.Call) -> t.Type:
        if kind == t.UNBOUND:
            return t.UNBOUND
        if kind.kind == "class":
            return t.instance(kind.name) if kind.name else t.ANY
        if kind.kind in ("function", "method"):
            if kind.name.startswith("mlx.core."):
                return t.ARRAY if kind.name == "mlx.core.array" else core_types.returns_of(kind.name)
            if kind.name.partition(".")[0] in PYTHON_MODULES:
                return self._library_call(kind.name, node)
            info = self._info_of.get(kind.name) or self._library_function(kind.name)
            if info is not None:
                return self._declared_return(info)
        if kind.kind == "instance":
            called = self._member(kind, "__call__")
            return self._result(called, node) if called.kind == "method" else t.ANY
        return t.ANY

    def _library_function(self, name: str) -> FunctionInfo | None:
        found = self.program.find(name.partition("@")[0])
        return found if isinstance(found, FunctionInfo) else None

    def _library_call(self, name: str, node: ast.Call) -> t.Type:
        owner, _, last = name.rpartition(".")
        if owner in ("textwrap", "os.path") or name in ("json.dumps", "re.sub"):
            return t.STR
        if owner == "math":
            if last in ("prod", "fsum") and node.args:
                return self.item(node.args[0])
            return t.INT if last in _MATH_INTS else t.BOOL if last in _MATH_BOOLS else t.FLOAT
        if owner == "copy" and node.args:
            return self.type_of(node.args[0])
        if owner == "functools" and last == "partial":
            return t.FUNCTION
        if owner == "itertools" and last in ("chain", "accumulate", "islice", "cycle") and node.args:
            return t.iterator_of(self.item(node.args[0]))
        return t.ANY

    def _is_builtin(self, node: ast.Name) -> bool:
        return self._current is not None and self._current.scopes.names.get(node) is None

    def _builtin(self, name: str, node: ast.Call) -> t.Type:
        arguments = node.args
        first = arguments[0] if arguments and not isinstance(arguments[0], ast.Starred) else None
        if name in ("list", "sorted"):
            return t.list_of(self.item(first)) if first is not None else t.list_of()
        if name == "tuple":
            return t.tuple_of(self.item(first)) if first is not None else t.tuple_with(())
        if name in ("set", "frozenset"):
            return t.set_of(self.item(first)) if first is not None else t.set_of()
        if name == "dict" and first is not None and self.type_of(first).kind == "dict":
            return self.type_of(first)
        if name in ("reversed", "iter") and first is not None:
            return t.iterator_of(self.item(first))
        if name == "enumerate" and first is not None:
            return t.iterator_of(t.tuple_with([t.INT, self.item(first)]))
        if name == "zip":
            if any(isinstance(a, ast.Starred) for a in arguments):
                return t.iterator_of(t.tuple_of())
            return t.iterator_of(t.tuple_with(self.item(a) for a in arguments))
        if name == "map" and len(arguments) > 1:
            function = arguments[0]
            if isinstance(function, ast.Name) and self._is_builtin(function):
                return t.iterator_of(_BUILTIN_RETURNS.get(function.id, t.ANY))
            return t.iterator_of(self._result(self.type_of(function), node))
        if name == "filter" and len(arguments) > 1:
            return t.iterator_of(self.item(arguments[1]))
        if name == "next" and first is not None:
            kinds = [self.item(first)] + ([self.type_of(arguments[1])] if len(arguments) > 1 else [])
            return t.union(kinds)
        if name in ("max", "min") and first is not None:
            kinds = [self.type_of(a) for a in arguments] if len(arguments) > 1 else [self.item(first)]
            return t.union(kinds)
        if name in ("abs", "round", "sum", "pow") and first is not None:
            return self._arithmetic_builtin(name, first, arguments)
        if name == "super":
            return t.ANY
        return _BUILTIN_RETURNS.get(
            name, t.instance(name) if name.endswith(("Error", "Exception")) else t.ANY
        )

    def _arithmetic_builtin(self, name: str, first: ast.expr, arguments: list[ast.expr]) -> t.Type:
        kind = self.item(first) if name == "sum" else self.type_of(first)
        if name == "round":
            return t.INT if len(arguments) == 1 and t.is_number(kind) else kind
        if name == "sum" and t.is_kind(kind, "bool"):
            return t.INT
        return kind if t.is_number(kind) or kind == t.ARRAY else t.ANY

    def _method(self, function: ast.Attribute, node: ast.Call) -> t.Type | None:
        owner = t.without_none(self.type_of(function.value))
        name = function.attr
        if owner == t.STR:
            return _STR_METHODS.get(name, t.ANY)
        if owner.kind == "dict":
            key, value = owner.items or (t.ANY, t.ANY)
            if name == "get":
                return t.join(value, self.type_of(node.args[1]) if len(node.args) > 1 else t.NONE)
            if name in ("pop", "setdefault"):
                return t.join(value, self.type_of(node.args[1])) if len(node.args) > 1 else value
            return {
                "items": t.iterator_of(t.tuple_with([key, value])), "keys": t.Type("keys", (key,)),
                "values": t.iterator_of(value), "copy": owner, "update": t.NONE,
            }.get(name, t.ANY)  # fmt: skip
        if owner.kind == "list":
            item = owner.items[0] if owner.items else t.ANY
            return {"pop": item, "copy": owner, "index": t.INT, "count": t.INT}.get(name, t.NONE)
        if owner.kind == "set":
            return {"pop": owner.items[0]}.get(
                name, owner if name in ("union", "copy", "difference") else t.ANY
            )
        return None

    def _binop(self, node: ast.BinOp) -> t.Type:
        folded = constant_power(node)
        if folded is not None and folded >= 2**53:
            return t.ANY
        return self._binary(node.op, self.type_of(node.left), self.type_of(node.right))

    def _binary(self, op: ast.operator, left: t.Type, right: t.Type) -> t.Type:
        left, right = t.without_none(left), t.without_none(right)
        if t.UNBOUND in (left, right):
            return t.ARRAY if t.ARRAY in (left, right) else t.UNBOUND
        if t.is_number(left) and t.is_number(right):
            if isinstance(op, ast.Div):
                return t.FLOAT
            if isinstance(op, ast.Pow):
                return t.FLOAT if t.FLOAT in (left, right) else t.union([t.INT, t.FLOAT])
            if t.FLOAT in (left, right):
                return t.FLOAT
            ints = t.is_kind(left, "int", "bool") and t.is_kind(right, "int", "bool")
            if isinstance(op, ast.BitAnd | ast.BitOr | ast.BitXor) and left == right == t.BOOL:
                return t.BOOL
            return t.INT if ints else t.union([t.INT, t.FLOAT])
        if left == t.ARRAY or right == t.ARRAY:
            return t.ARRAY
        if left == t.STR and (isinstance(op, ast.Mod | ast.Mult) or right == t.STR):
            return t.STR
        if left.kind in ("list", "tuple", "record") and isinstance(op, ast.Mult):
            return left if left.kind != "record" else t.tuple_of(t.item_of(left))
        if isinstance(op, ast.Add) and left.kind == right.kind == "record":
            return t.tuple_with([*left.items, *right.items])
        if isinstance(op, ast.Add) and t.is_tuple(left) and t.is_tuple(right):
            return t.tuple_of(t.join(t.item_of(left), t.item_of(right)))
        if isinstance(op, ast.Add) and left.kind == right.kind == "list":
            return t.join(left, right)
        if left.kind in ("set", "keys") and right.kind in ("set", "keys"):
            return t.set_of(t.join(left.items[0], right.items[0]))
        if left.kind == "dict" and right.kind == "dict" and isinstance(op, ast.BitOr):
            return t.join(left, right)
        return t.ANY

    def _unaryop(self, node: ast.UnaryOp) -> t.Type:
        kind = self.type_of(node.operand)
        if isinstance(node.op, ast.Not):
            return t.BOOL
        if t.is_array(kind):
            return t.ARRAY
        return (t.INT if kind == t.BOOL else kind) if t.is_number(kind) else t.ANY

    def _boolop(self, node: ast.BoolOp) -> t.Type:
        kinds = [self.type_of(value) for value in node.values]
        if isinstance(node.op, ast.Or):
            kinds = [t.without_none(kind) if i < len(kinds) - 1 else kind for i, kind in enumerate(kinds)]
        return t.union(kinds)

    def _compare(self, node: ast.Compare) -> t.Type:
        if len(node.ops) == 1 and not isinstance(node.ops[0], ast.Is | ast.IsNot | ast.In | ast.NotIn):
            left, right = self.type_of(node.left), self.type_of(node.comparators[0])
            if t.ARRAY in (t.without_none(left), t.without_none(right)):
                return t.ARRAY
            if t.may_be(left, "array", "instance") and t.may_be(
                right, "array", "instance", "int", "float", "bool"
            ):
                return t.ANY
        elif len(node.ops) > 1:
            parts = [self.type_of(part) for part in [node.left, *node.comparators]]
            return (
                t.BOOL if all(t.is_kind(p, "int", "float", "bool", "str", "tuple") for p in parts) else t.ANY
            )
        return t.BOOL

    def _ifexp(self, node: ast.IfExp) -> t.Type:
        return t.union([self.type_of(node.body), self.type_of(node.orelse)])

    def _namedexpr(self, node: ast.NamedExpr) -> t.Type:
        return self.type_of(node.value)

    def _await(self, node: ast.Await) -> t.Type:
        return t.ANY

    def _lambda(self, node: ast.Lambda) -> t.Type:
        return t.FUNCTION

    def _starred(self, node: ast.Starred) -> t.Type:
        return self.type_of(node.value)

    def _subscript(self, node: ast.Subscript) -> t.Type:
        owner = t.without_none(self.type_of(node.value))
        sliced = isinstance(node.slice, ast.Slice)
        if owner == t.ARRAY:
            return t.ARRAY
        if owner.kind == "record":
            if sliced:
                return t.tuple_of(t.item_of(owner))
            index = constant_int(node.slice)
            if index is not None and -len(owner.items) <= index < len(owner.items):
                return owner.items[index]
            return t.item_of(owner)
        if owner.kind in ("list", "tuple"):
            return owner if sliced else t.item_of(owner)
        if owner == t.STR:
            return t.STR
        if owner.kind == "dict" and len(owner.items) == 2:
            return owner.items[1]
        if (
            owner.kind == "instance"
            and isinstance(node.slice, ast.Constant)
            and isinstance(node.slice.value, str)
        ):
            # A module's items are its attributes.
            kind = self._member(owner, node.slice.value)
            return kind if kind.kind != "method" else t.ANY
        return t.ANY

    def _list(self, node: ast.List) -> t.Type:
        return t.list_of(self._items(node.elts))

    def _tuple(self, node: ast.Tuple) -> t.Type:
        if any(isinstance(item, ast.Starred) for item in node.elts):
            return t.tuple_of(self._items(node.elts))
        return t.tuple_with(self.type_of(item) for item in node.elts)

    def _set(self, node: ast.Set) -> t.Type:
        return t.set_of(self._items(node.elts))

    def _items(self, items: list[ast.expr]) -> t.Type:
        return t.union(self.item(i.value) if isinstance(i, ast.Starred) else self.type_of(i) for i in items)

    def _dict(self, node: ast.Dict) -> t.Type:
        keys = t.union(self.type_of(key) if key is not None else t.STR for key in node.keys)
        values = t.union(
            self.type_of(value) if key is not None else t.ANY
            for key, value in zip(node.keys, node.values, strict=True)
        )
        return t.dict_of(keys, values)

    def _listcomp(self, node: ast.ListComp) -> t.Type:
        return t.list_of(self.type_of(node.elt))

    def _setcomp(self, node: ast.SetComp) -> t.Type:
        return t.set_of(self.type_of(node.elt))

    def _generatorexp(self, node: ast.GeneratorExp) -> t.Type:
        return t.iterator_of(self.type_of(node.elt))

    def _dictcomp(self, node: ast.DictComp) -> t.Type:
        return t.dict_of(self.type_of(node.key), self.type_of(node.value))


_CORE_MODULES = {
    "mlx.core", *(f"mlx.core.{n}" for n in ("random", "fft", "linalg", "fast", "distributed", "metal",
    "cuda"))
}  # fmt: skip

PYTHON_MODULES = frozenset(
    "math functools itertools operator collections copy dataclasses textwrap inspect re os os.path sys "
    "json time random string enum contextlib warnings abc types typing pathlib".split()
)


def _key(info: FunctionInfo) -> str:
    """Names a function uniquely: nested ones may share a name."""
    return info.qualified if "<locals>" not in info.name else f"{info.qualified}@{info.node.lineno}"


def _takes_self(info: FunctionInfo) -> bool:
    assert info.owner is not None
    return info.node.name not in info.owner.statics


def is_update(node: ast.expr) -> bool:
    """`x.at[index]`, whose methods return x with some elements changed."""
    return (
        isinstance(node, ast.Subscript) and isinstance(node.value, ast.Attribute) and node.value.attr == "at"
    )


def constant_int(node: ast.expr) -> int | None:
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        inner = constant_int(node.operand)
        return -inner if inner is not None else None
    if isinstance(node, ast.Constant) and isinstance(node.value, int) and not isinstance(node.value, bool):
        return node.value
    return None


def constant_power(node: ast.BinOp) -> int | None:
    """`2**63`, `1 << 40`: ints that JavaScript would compute as floats or in 32 bits."""
    if not isinstance(node.op, ast.Pow | ast.LShift):
        return None
    left, right = node.left, node.right
    if not (isinstance(left, ast.Constant) and isinstance(right, ast.Constant)):
        return None
    if type(left.value) is not int or type(right.value) is not int or not 0 <= right.value < 256:
        return None
    value: int = left.value**right.value if isinstance(node.op, ast.Pow) else left.value << right.value
    return value if isinstance(node.op, ast.LShift) or value >= 2**53 else None


def defaults_of(arguments: ast.arguments) -> dict[str, ast.expr]:
    """Default values by parameter."""
    positional = [*arguments.posonlyargs, *arguments.args]
    found = {
        a.arg: d
        for a, d in zip(
            positional[len(positional) - len(arguments.defaults) :], arguments.defaults, strict=True
        )
    }
    for argument, default in zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True):
        if default is not None:
            found[argument.arg] = default
    return found


def _last_name(node: ast.expr) -> str:
    if isinstance(node, ast.Call):
        node = node.func
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")


def _is_partial_compile(node: ast.expr) -> bool:
    return (
        isinstance(node, ast.Call) and _last_name(node) == "partial" and _last_name(node.args[0]) == "compile"
    )


def _note_escapes(module: ModuleInfo) -> None:
    """Marks private functions whose calls cannot all be seen: they are stored, returned or handed on."""
    callees: set[ast.AST] = set()
    methods: dict[str, list[FunctionInfo]] = {}
    for info in module.function_of.values():
        if info.owner is not None:
            # A subclass in another file may override or call it.
            info.escapes = True
            methods.setdefault(info.node.name, []).append(info)
    for node in module.nodes:
        if isinstance(node, ast.Call):
            callees.add(node.func)
    for scope in module.scopes.by_node.values():
        for binding in scope.bindings.values():
            if binding.kind == "function" and isinstance(
                binding.node, ast.FunctionDef | ast.AsyncFunctionDef
            ):
                found = module.function_of.get(binding.node)
                if found is None:
                    continue
                loads = [n for n in binding.uses if isinstance(n.ctx, ast.Load)]
                if any(n not in callees for n in loads) or binding.stores > 1 or found.node.decorator_list:
                    found.escapes = True


def falls_through(body: list[ast.stmt]) -> bool:
    """Whether control can fall off the end of a body."""
    if not body:
        return True
    last = body[-1]
    if isinstance(last, ast.Return | ast.Raise | ast.Continue | ast.Break):
        return False
    if isinstance(last, ast.If):
        return not last.orelse or falls_through(last.body) or falls_through(last.orelse)
    if isinstance(last, ast.With):
        return falls_through(last.body)
    if isinstance(last, ast.Try):
        return falls_through(last.body) or any(falls_through(h.body) for h in last.handlers)
    return not (isinstance(last, ast.While) and isinstance(last.test, ast.Constant) and bool(last.test.value))
