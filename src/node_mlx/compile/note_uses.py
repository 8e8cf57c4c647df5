"""Notes two facts that a single expression does not show: counters, and dicts with keys that are no strings.

Input: an inferred module. Output: `is_counter` on bindings, and the set of empty dict displays that must
become
Maps, since a key such as 3 would become the string "3" in a plain object.
    names = {}; names[int(i)] = i        const names = new Map()
"""

from __future__ import annotations

import ast

from node_mlx.compile import types as t
from node_mlx.compile.infer_types import Inference, constant_int
from node_mlx.compile.program import ModuleInfo
from node_mlx.compile.scopes import Binding


def note_uses(module: ModuleInfo, inference: Inference) -> set[ast.AST]:
    """The dict displays that become Maps."""
    stored: dict[Binding, list[ast.expr]] = {}
    displays: dict[Binding, list[ast.AST]] = {}
    attributes: dict[str, list[ast.expr]] = {}
    attribute_displays: dict[str, list[ast.AST]] = {}
    for node in module.nodes:
        if isinstance(node, ast.For | ast.comprehension):
            _note_counter(module, node)
        elif isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Store):
            if isinstance(node.value, ast.Name) and (binding := module.scopes.names.get(node.value)):
                stored.setdefault(binding, []).append(node.slice)
            elif isinstance(node.value, ast.Attribute):
                attributes.setdefault(node.value.attr, []).append(node.slice)
        elif isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
            if not (isinstance(node.value, ast.Dict) and not node.value.keys):
                continue
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            for target in targets:
                if isinstance(target, ast.Name) and (binding := module.scopes.names.get(target)):
                    displays.setdefault(binding, []).append(node.value)
                    if isinstance(node, ast.AnnAssign) and _maps(
                        inference.annotation(module, node.annotation)
                    ):
                        stored.setdefault(binding, []).append(ast.Constant(0))
                elif isinstance(target, ast.Attribute):
                    attribute_displays.setdefault(target.attr, []).append(node.value)
    found: set[ast.AST] = set()
    for binding, nodes in displays.items():
        if any(_is_no_string(inference, key) for key in stored.get(binding, ())):
            found.update(nodes)
    for name, nodes in attribute_displays.items():
        if any(_is_no_string(inference, key) for key in attributes.get(name, ())):
            found.update(nodes)
    return found


def _maps(kind: t.Type) -> bool:
    kind = t.without_none(kind)
    return kind.kind == "dict" and not t.may_be(kind.items[0], "str")


def _is_no_string(inference: Inference, key: ast.expr) -> bool:
    kind = inference.type_of(key)
    return not t.may_be(kind, "str")


def _note_counter(module: ModuleInfo, node: ast.For | ast.comprehension) -> None:
    call = node.iter
    if not (
        isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and isinstance(node.target, ast.Name)
    ):
        # for i, x in enumerate(xs)
        if (
            isinstance(call, ast.Call)
            and isinstance(call.func, ast.Name)
            and call.func.id == "enumerate"
            and isinstance(node.target, ast.Tuple)
            and isinstance(node.target.elts[0], ast.Name)
            and len(call.args) == 1
        ):
            binding = module.scopes.names.get(node.target.elts[0])
            if binding is not None and binding.stores == 1:
                binding.is_counter = True
        return
    if call.func.id != "range" or module.scopes.names.get(call.func) is not None:
        return
    binding = module.scopes.names.get(node.target)
    start = constant_int(call.args[0]) if len(call.args) > 1 else 0
    step = constant_int(call.args[2]) if len(call.args) > 2 else 1
    if binding is not None and binding.stores == 1 and start is not None and start >= 0 and (step or 0) > 0:
        binding.is_counter = True
