"""Prints the type declarations of a module, with its docstrings.

    class Linear(Module):                            export class Linear extends Module {
      def __init__(self, n: int, bias: bool = True)      constructor(n: number, bias?: boolean);
                                                         constructor(n: number, options: { bias?: boolean });
      def __call__(self, x: mx.array) -> mx.array        __call__(x: py.array): py.array;  // and callable
A function has one declaration for each place at which the options object may stand. What no annotation and no
inference tells is `any`.
"""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Iterator
from dataclasses import dataclass

from node_mlx.compile import types as t
from node_mlx.compile.infer_types import Inference, defaults_of
from node_mlx.compile.layout import Layout, relative_specifier
from node_mlx.compile.program import ClassInfo, FunctionInfo, ModuleInfo, Program
from node_mlx.names import js_variable

_SCALARS = {
    "any": "any", "none": "null", "bool": "boolean", "int": "number", "float": "number", "str": "string",
    "bytes": "Uint8Array", "array": "py.array", "dtype": "py.Dtype", "slice": "any",
    "function": "(...args: any[]) => any",
    "method": "(...args: any[]) => any", "unbound": "any", "module": "any", "class": "any",
    "range": "Iterable<number>",
    "keys": "string[]",
}  # fmt: skip


@dataclass(frozen=True)
class _Parameter:
    name: str
    type: str
    required: bool
    named: bool
    positional: bool
    rest: bool = False


def emit_types(
    program: Program, inference: Inference, module: ModuleInfo, layout: Layout, needed: set[str]
) -> str:
    """The text of the .d.ts file."""
    return _Emitter(program, inference, module, layout, needed).text()


class _Emitter:
    def __init__(
        self, program: Program, inference: Inference, module: ModuleInfo, layout: Layout, needed: set[str]
    ) -> None:
        self._program = program
        self._inference = inference
        self._module = module
        self._layout = layout
        self._needed = needed
        self._imports: dict[str, set[str]] = {}
        self._literals = {
            target.id: node.value
            for node in module.source.tree.body
            if isinstance(node, ast.Assign) and _literal(node.value) is not None
            for target in node.targets
            if isinstance(target, ast.Name)
        }
        """Aliases: `Reduction = Literal["none", "mean"]`."""

    def text(self) -> str:
        body = [*self._members(), *self._reexports()]
        imports = [
            f"import type {{ {', '.join(sorted(names))} }} from '{source}';\n"
            for source, names in sorted(self._imports.items())
        ]
        joined = "\n".join(body)
        if "py." in joined:
            imports.insert(0, f"import * as py from '{self._layout.python}';\n")
        text = "".join(imports) + ("\n" if imports else "") + joined
        return f"{text}export {{}};\n"

    def _members(self) -> Iterator[str]:
        scope = self._module.scopes.module
        for name, binding in scope.bindings.items():
            hidden = name.startswith("_") and name not in self._needed
            if binding.kind == "class" and name in self._module.classes:
                # A private class may be the base of a public one.
                yield self._class(self._module.classes[name], "declare" if hidden else "export")
            elif hidden:
                continue
            elif binding.kind == "function" and name in self._module.functions:
                yield self._function(self._module.functions[name])
            elif binding.kind == "variable" and name != "__all__":
                yield f"export let {js_variable(name)}: {self.type(binding.type)};\n"

    # ---- re-exports

    def _reexports(self) -> Iterator[str]:
        module = self._module
        if not module.is_package and not self._needed:
            return
        for local, target in module.imports.items():
            if local.startswith("_") and local not in self._needed:
                continue
            if not module.is_package and local not in self._needed:
                continue
            whole = self._program.find_module(target)
            owner, _, last = target.rpartition(".")
            if whole is not None:
                yield f"export * as {local} from '{self._specifier(whole)}';\n"
            elif (source := self._program.find_module(owner)) is not None:
                name = last if last == local else f"{last} as {local}"
                yield f"export {{ {name} }} from '{self._specifier(source)}';\n"
        for star in module.stars if module.is_package else ():
            found = self._program.find_module(star)
            if found is not None:
                yield f"export * from '{self._specifier(found)}';\n"

    def _specifier(self, target: ModuleInfo) -> str:
        if target.library:
            return f"{self._layout.package}/{target.path}"
        return relative_specifier(self._module, target)

    # ---- functions

    def _function(self, info: FunctionInfo) -> str:
        name = js_variable(info.node.name)
        lines = [f"export function {name}{text};\n" for text in self._signatures(info, self._result(info))]
        return _comment(_docstring(info.node), "") + "".join(lines)

    def _signatures(self, info: FunctionInfo, result: str | None, skip_self: bool = False) -> Iterator[str]:
        parameters = self._parameters(info, skip_self)
        ending = f": {result}" if result is not None else ""
        yield from (f"{text}{ending}" for text in _parameter_lists(parameters))

    def _parameters(self, info: FunctionInfo, skip_self: bool) -> list[_Parameter]:
        arguments = info.node.args
        defaults = defaults_of(arguments)
        positional = [*arguments.posonlyargs, *arguments.args]
        if skip_self:
            positional = positional[1:]
        out = [
            _Parameter(
                a.arg, self._annotated(info, a), a.arg not in defaults, a not in arguments.posonlyargs, True
            )
            for a in positional
        ]
        if arguments.vararg:
            item = self._annotated(info, arguments.vararg) if arguments.vararg.annotation else "any"
            out.append(_Parameter(arguments.vararg.arg, f"({item})[]", False, False, True, rest=True))
        out += [
            _Parameter(a.arg, self._annotated(info, a), a.arg not in defaults, True, False)
            for a in arguments.kwonlyargs
        ]
        if arguments.kwarg:
            out.append(_Parameter("[keyword: string]", "any", False, True, False))
        return out

    def _annotated(self, info: FunctionInfo, argument: ast.arg) -> str:
        if argument.annotation is None:
            default = defaults_of(info.node.args).get(argument.arg)
            if isinstance(default, ast.Constant) and isinstance(default.value, bool):
                return "boolean"
            return "any"
        kind = self._inference.annotation(info.module, argument.annotation)
        default = defaults_of(info.node.args).get(argument.arg)
        if isinstance(default, ast.Constant) and default.value is None:
            kind = t.join(kind, t.NONE)
        return self.type(kind, argument.annotation)

    def _result(self, info: FunctionInfo) -> str:
        if info.node.returns is not None:
            kind = self._inference.annotation(info.module, info.node.returns)
            if kind != t.ANY:
                return self.type(kind, info.node.returns)
            return "any"
        kind = info.returns
        if isinstance(info.node, ast.AsyncFunctionDef):
            return "Promise<any>"
        if kind == t.NONE:
            return "void"
        return self.type(kind)

    # ---- classes

    def _class(self, info: ClassInfo, modifier: str) -> str:
        name = js_variable(info.name)
        lines: list[str] = []
        if info.is_dataclass:
            lines += self._dataclass(info)
        elif "__init__" in info.methods:
            init = info.methods["__init__"]
            lines.append(_comment(_docstring(init.node), "  "))
            lines += [f"  constructor{text};\n" for text in self._signatures(init, None, skip_self=True)]
        lines += self._fields(info)
        lines += self._class_members(info)
        base = self._base(info)
        text = f"{modifier} class {name}{f' extends {base}' if base else ''} {{\n{''.join(lines)}}}\n"
        call = info.methods.get("__call__")
        calls: list[str] = []
        if call is not None:
            calls = [f"  {text};\n" for text in self._signatures(call, self._result(call), skip_self=True)]
        elif "__call__" in info.annotations:
            # The class itself does not say how: it is called as `__call__` of the class that extends it.
            calls = ["  (...args: Parameters<this['__call__']>): ReturnType<this['__call__']>;\n"]
        if calls:
            text += f"{modifier} interface {name} {{\n{''.join(calls)}}}\n"
        return _comment(_docstring(info.node), "") + text

    def _base(self, info: ClassInfo) -> str:
        bases = [
            b
            for b in self._program.bases(info)
            if b not in ("object", "abc.ABC", "Generic", "typing.Generic")
        ]
        if not bases:
            return "py.Object"
        first = bases[-1]
        if isinstance(first, ClassInfo):
            return self._class_name(first)
        if first == "dict":
            return "py.AttributeDict" if "__setattr__" in info.methods else "py.DictObject"
        return "py.Exception" if first.endswith(("Error", "Exception")) else "py.Object"

    def _class_name(self, info: ClassInfo) -> str:
        if info.module is not self._module:
            source = self._specifier(info.module)
            self._imports.setdefault(source, set()).add(info.name)
        return js_variable(info.name)

    def _dataclass(self, info: ClassInfo) -> list[str]:
        fields: dict[str, _Parameter] = {}
        for ancestor in reversed(self._program.ancestors(info)):
            for name, annotation in ancestor.annotations.items():
                kind = self._inference.annotation(ancestor.module, annotation)
                required = name not in ancestor.constants
                fields[name] = _Parameter(name, self.type(kind, annotation), required, True, True)
        parameters = list(fields.values())
        lines = [f"  constructor{text};\n" for text in _parameter_lists(parameters, most=2)]
        return [*lines, *(f"  {p.name}: {p.type};\n" for p in parameters if p.name in info.annotations)]

    def _fields(self, info: ClassInfo) -> Iterator[str]:
        known = {*info.properties, *info.methods, *info.statics, *info.classmethods, *info.annotations}
        inherited = {
            name
            for c in self._program.ancestors(info)[1:]
            for name in {*c.attributes, *c.properties, *c.methods, *c.annotations}
        }
        for name, kind in info.attributes.items():
            if name.startswith("_") or name in known or name in inherited:
                continue
            optional = "?" if t.may_be(kind, "none") else ""
            yield f"  {js_variable(name) if name == 'constructor' else name}{optional}: {self.type(kind)};\n"
        for name in info.constants:
            if not name.startswith("_") and name not in info.annotations and name not in info.attributes:
                yield f"  static {name}: any;\n"

    def _class_members(self, info: ClassInfo) -> Iterator[str]:
        for name, method in info.methods.items():
            if name == "__init__" or (name.startswith("_") and name != "__call__"):
                continue
            yield _comment(_docstring(method.node), "  ")
            if self._differs(info, name, method):
                # TypeScript wants an override to accept what the method of the base accepts.
                yield f"  {name}(...args: any[]): any;\n"
                continue
            yield from (
                f"  {name}{text};\n"
                for text in self._signatures(method, self._result(method), skip_self=True)
            )
        if "__call__" in info.annotations:
            yield "  __call__(...args: any[]): any;\n"
        for name, method in info.properties.items():
            if not name.startswith("_"):
                yield _comment(_docstring(method.node), "  ")
                readonly = "get "
                yield f"  {readonly}{name}(): {self._result(method)};\n"
                if name in info.setters:
                    yield f"  set {name}(value: any);\n"
        for table, static in ((info.statics, False), (info.classmethods, True)):
            for name, method in table.items():
                if not name.startswith("_"):
                    yield _comment(_docstring(method.node), "  ")
                    yield from (
                        f"  static {name}{text};\n"
                        for text in self._signatures(method, self._result(method), skip_self=static)
                    )

    def _differs(self, info: ClassInfo, name: str, method: FunctionInfo) -> bool:
        """Whether a method of a base has other parameters."""
        for ancestor in self._program.ancestors(info)[1:]:
            other = ancestor.methods.get(name)
            if other is not None and ast.dump(other.node.args) != ast.dump(method.node.args):
                return True
            if name in ("get", "items", "keys", "values", "update", "pop", "copy", "clear") and not other:
                return any(base in ("dict",) for base in self._program.unknown_bases(info))
        return False

    # ---- types

    def type(self, kind: t.Type, annotation: ast.expr | None = None) -> str:
        """A type in TypeScript. `annotation` tells the values of a Literal."""
        if isinstance(annotation, ast.Name):
            annotation = self._literals.get(annotation.id)
        if annotation is not None and (literal := _literal(annotation)) is not None:
            return literal
        return self._type(kind)

    def _type(self, kind: t.Type) -> str:
        if kind.kind in _SCALARS:
            return _SCALARS[kind.kind]
        if kind.kind == "union":
            parts = list(dict.fromkeys(self._type(part) for part in sorted(kind.items, key=_none_last)))
            return "any" if "any" in parts else " | ".join(f"({p})" if "=>" in p else p for p in parts)
        if kind.kind in ("list", "tuple"):
            item = self._type(kind.items[0])
            return f"({item})[]" if re.search(r"[ |]", item) else f"{item}[]"
        if kind.kind == "record":
            return f"[{', '.join(self._type(item) for item in kind.items)}]"
        if kind.kind == "dict":
            return (
                f"Record<string, {self._type(kind.items[1])}>"
                if t.may_be(kind.items[0], "str")
                else "Map<any, any>"
            )
        if kind.kind == "set":
            return f"Set<{self._type(kind.items[0])}>"
        if kind.kind == "iterator":
            return f"Iterable<{self._type(kind.items[0])}>"
        if kind.kind == "instance":
            found = self._program.find(kind.name)
            return (
                self._class_name(found)
                if isinstance(found, ClassInfo) and found.name in found.module.classes
                else "any"
            )
        return "any"


def _none_last(kind: t.Type) -> tuple[bool, str]:
    return (kind == t.NONE, repr(kind))


def _literal(node: ast.expr) -> str | None:
    if isinstance(node, ast.Subscript) and ast.unparse(node.value).endswith("Literal"):
        items = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
        return " | ".join(repr(i.value) if isinstance(i, ast.Constant) else "any" for i in items)
    return None


def _parameter_lists(parameters: list[_Parameter], most: int = 20) -> Iterator[str]:
    """ "(a: A, b?: B)", once for each place of the options object."""
    positional = [p for p in parameters if p.positional and not p.rest]
    rest = next((p for p in parameters if p.rest), None)
    keyword_only = [p for p in parameters if not p.positional]
    if rest is not None:
        fixed = [_declared(p, p.required) for p in positional]
        item = rest.type if not keyword_only else "any[]"
        yield f"({', '.join([*fixed, f'...{js_variable(rest.name)}: {item}'])})"
        return
    first_named = next((i for i, p in enumerate(positional) if p.named), len(positional))
    places = range(len(positional), first_named - 1, -1)
    chosen = list(places) if len(places) <= most else [places[0], places[-1]]
    for count in chosen:
        given, named = positional[:count], [*positional[count:], *keyword_only]
        trailing = count
        while trailing > 0 and not given[trailing - 1].required:
            trailing -= 1
        required = any(p.required for p in named)
        parts = [
            _declared(p, i < trailing or (required and bool(named)), widen=not p.required)
            for i, p in enumerate(given)
        ]
        if named:
            fields = "; ".join(
                f"{p.name}{'' if p.required or p.name[0] == '[' else '?'}: {p.type}" for p in named
            )
            optional = "?" if not required and count == len(positional) else ""
            parts = [_declared(p, True, widen=not p.required) for p in given] if not optional else parts
            parts.append(f"options{optional}: {{ {fields} }}")
        yield f"({', '.join(parts)})"


def _declared(parameter: _Parameter, required: bool, widen: bool = False) -> str:
    kind = parameter.type
    if required and widen and kind != "any":
        kind = f"{kind} | undefined"
    return f"{js_variable(parameter.name)}{'' if required else '?'}: {kind}"


def _docstring(node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) -> str:
    return inspect.cleandoc(ast.get_docstring(node) or "")


def _comment(text: str, indent: str) -> str:
    if not text:
        return ""
    lines = text.replace("*/", "*\u200b/").split("\n")
    if len(lines) == 1:
        return f"{indent}/** {lines[0]} */\n"
    return (
        f"{indent}/**\n" + "".join(f"{indent} * {line}".rstrip() + "\n" for line in lines) + f"{indent} */\n"
    )
