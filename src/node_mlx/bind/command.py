"""The verb `bind`: reads the surface, binds every function, writes build/bind."""

from __future__ import annotations

import argparse
from collections import defaultdict
from dataclasses import dataclass, field

from node_mlx.bind import emit_cpp, emit_js, emit_types, rules
from node_mlx.bind.binding import Binding, Expressions, UnboundError, bind
from node_mlx.bind.guards import Guards
from node_mlx.decisions import Section, load_decisions
from node_mlx.diagnostics import ToolError, error
from node_mlx.names import qualified, short_module
from node_mlx.output import Output
from node_mlx.project import BUILD
from node_mlx.surface import Class, Function, Module, Surface, read_surface


@dataclass
class Plan:
    """What becomes of every function: bound by the machine, by hand, or decided against."""

    functions: dict[str, list[Binding]] = field(default_factory=lambda: defaultdict(list))
    methods: list[Binding] = field(default_factory=list)
    hand_written: dict[str, str] = field(default_factory=dict)
    decided: dict[str, str] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)

    @property
    def bindings(self) -> list[Binding]:
        return [b for bindings in self.functions.values() for b in bindings] + self.methods


def make_plan(surface: Surface, decisions: Section) -> Plan:
    """Binds every function of the surface. `decisions`: the [[bind]] entries, names pending or omitted."""
    plan = Plan()
    expressions = Expressions()
    guards = Guards()
    for module in surface.modules:
        for function in module.functions:
            _place_function(plan, module, function.name, decisions, expressions, guards)
        for cls in module.classes:
            key = qualified(module.name, cls.name)
            if key == "array":
                _place_methods(plan, cls, decisions, expressions, guards)
            elif (entry := decisions.find(key)) is not None:
                plan.decided[key] = f"{entry.text('decision')}: {entry.reason}"
            elif key in rules.HAND_WRITTEN:
                plan.hand_written[key] = rules.HAND_WRITTEN[key]
            else:
                plan.problems.append(f"{key}: a class that nothing provides")
    plan.problems += [f"expressions.toml: unused entry {name}" for name in expressions.unused()]
    plan.problems += [f"guards.toml: no function is called {name}" for name in guards.unused()]
    return plan


def _place_function(
    plan: Plan, module: Module, name: str, decisions: Section, expressions: Expressions, guards: Guards
) -> None:
    key = qualified(module.name, name)
    if (entry := decisions.find(key)) is not None:
        plan.decided[key] = f"{entry.text('decision')}: {entry.reason}"
        return
    function = next(f for f in module.functions if f.name == name)
    if key in rules.HAND_WRITTEN:
        plan.hand_written[key] = rules.HAND_WRITTEN[key]
        _note_parameters(plan, key, function, decisions)
        return
    try:
        plan.functions[module.name].append(
            bind(module.name, name, function.overloads[0], expressions, guards, doc=function.doc)
        )
    except UnboundError as problem:
        plan.problems.append(str(problem))


def _note_parameters(plan: Plan, key: str, function: Function, decisions: Section) -> None:
    """Parameters that a function written by hand leaves out: "distributed.init(all_gather_factory)"."""
    for parameter in function.overloads[0].parameters:
        subject = f"{key}({parameter.name})"
        if (entry := decisions.find(subject)) is not None:
            plan.decided[subject] = f"{entry.text('decision')}: {entry.reason}"


def _place_methods(
    plan: Plan, cls: Class, decisions: Section, expressions: Expressions, guards: Guards
) -> None:
    for method in cls.methods:
        key = f"array.{method.name}"
        if (entry := decisions.find(key)) is not None:
            plan.decided[key] = f"{entry.text('decision')}: {entry.reason}"
        elif method.name in rules.HAND_WRITTEN_METHODS:
            plan.hand_written[key] = "array"
        else:
            try:
                plan.methods.append(
                    bind(
                        "mlx.core",
                        method.name,
                        method.overloads[0],
                        expressions,
                        guards,
                        doc=method.doc,
                        owner="array",
                    )
                )
            except UnboundError as problem:
                plan.problems.append(str(problem))
    for prop in cls.properties:
        if prop.name in rules.HAND_WRITTEN_PROPERTIES:
            plan.hand_written[f"array.{prop.name}"] = "array"
        else:
            plan.problems.append(f"array.{prop.name}: a property that nothing provides")


def emit(surface: Surface, plan: Plan) -> Output:
    """Everything under build/bind."""
    output = Output(BUILD / "bind", command="node-mlx bind", mlx_version=surface.mlx_version)
    groups: dict[str, list[Binding]] = defaultdict(list)
    for binding in plan.bindings:
        groups[emit_cpp.group(binding)].append(binding)
    for name, bindings in sorted(groups.items()):
        output.add(f"cpp/{name}.cpp", emit_cpp.source(bindings))
    output.add("cpp/bindings.h", emit_cpp.header(plan.bindings))
    output.add("cpp/bindings.cpp", emit_cpp.table(plan.bindings))
    for module_name, bindings in plan.functions.items():
        names = {binding.name for binding in bindings}
        aliases = [(a.name, a.target) for a in surface.module(module_name).aliases if a.target in names]
        output.add(f"js/{short_module(module_name)}.js", emit_js.module(bindings, aliases))
    output.add("js/methods.js", emit_js.methods(plan.methods, rules.METHOD_ALIASES.items()))
    for path, text in emit_types.files(surface, plan.functions, plan.methods):
        output.add(path, text)
    return output


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--list", action="store_true", help="print how every function is bound, write nothing"
    )


def run(arguments: argparse.Namespace) -> int:
    surface = read_surface()
    decisions = load_decisions().section("bind")
    plan = make_plan(surface, decisions)
    if plan.problems:
        raise ToolError([error(problem) for problem in plan.problems])
    decisions.check_all_used()
    if arguments.list:
        for binding in plan.bindings:
            print(f"{binding.native:40} {binding.call}")
        for name, file in plan.hand_written.items():
            print(f"{name:40} by hand: js/{file}.ts")
        for name, reason in plan.decided.items():
            print(f"{name:40} {reason}")
        return 0
    changes = emit(surface, plan).write()
    print(
        f"bind: {len(plan.bindings)} functions and methods by machine, {len(plan.hand_written)} by hand, "
        f"{len(plan.decided)} decided; {len(changes.written)} files written"
    )
    return 0
