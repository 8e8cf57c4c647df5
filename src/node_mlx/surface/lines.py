"""One line of text per name of the surface, and back.

Used by the lock file, where an MLX upgrade must read as a list of changed lines, and by disagreements about
whole names.
    "mlx.core.abs"      def (a: scalar | array, /, *, stream: StreamOrDevice = None) -> array
    "mlx.core.array"    class
    "mlx.core.array.T"  property array
    "mlx.core.pi"       constant float = 3.141592653589793
    "mlx.core.empty"    alias zeros
"""

from __future__ import annotations

from collections.abc import Iterator

from node_mlx.surface.model import Alias, Class, Constant, Function, Module, Property, Signature

Item = Function | Class | Property | Constant | Alias


def lines_of(modules: tuple[Module, ...]) -> dict[str, tuple[str, ...]]:
    """Dotted name → its lines (several for overloads), in the order of the model."""
    return dict(_module_lines(modules))


def _module_lines(modules: tuple[Module, ...]) -> Iterator[tuple[str, tuple[str, ...]]]:
    for module in modules:
        yield module.name, ("module",)
        items: tuple[Item, ...] = (*module.functions, *module.classes, *module.constants, *module.aliases)
        for item in items:
            yield f"{module.name}.{item.name}", lines(item)
            members: tuple[Item, ...] = ()
            if isinstance(item, Class):
                members = (*item.methods, *item.properties, *item.constants)
            for member in members:
                yield f"{module.name}.{item.name}.{member.name}", lines(member)


def lines(item: Item) -> tuple[str, ...]:
    match item:
        case Function(overloads=overloads):
            return tuple(f"def {signature}" for signature in overloads)
        case Class(bases=bases):
            return (f"class {', '.join(bases)}".strip(),)
        case Property(annotation=annotation, writable=writable):
            return (f"{'writable ' if writable else ''}property {annotation or ''}".strip(),)
        case Constant(annotation=annotation, value=value):
            parts = ("constant", annotation, f"= {value}" if value is not None else None)
            return (" ".join(part for part in parts if part is not None),)
        case Alias(target=target):
            return (f"alias {target}",)


def item(name: str, lines: tuple[str, ...]) -> Item:
    """The item of that (undotted) name that the lines tell of; the inverse of `lines`.

    Raises ValueError on an unknown form. A class comes without its members, which have lines of their own.
    """
    word, _, rest = lines[0].partition(" ")
    match word:
        case "def":
            signatures = (line.removeprefix("def ") for line in lines)
            return Function(name, tuple(Signature.parse(signature) for signature in signatures))
        case "class":
            return Class(name, bases=tuple(rest.split(", ")) if rest else ())
        case "property":
            return Property(name, rest or None)
        case "writable":
            return Property(name, rest.removeprefix("property").strip() or None, writable=True)
        case "constant":
            annotation, _, value = f" {rest}".partition(" = ")
            return Constant(name, annotation.strip() or None, value or None)
        case "alias":
            return Alias(name, rest)
    raise ValueError(f"no item of the surface is written {lines[0]!r}")
