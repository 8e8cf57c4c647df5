"""What the compiler knows of a value: a small lattice of Python types.

`ANY` is no knowledge, `join` is the least type that covers two. Types come from annotations, literals and
calls;
they only ever choose between a plain JavaScript operator and a helper that decides at run time.
    join(INT, FLOAT)      union of both: a number, so that `+` may be JavaScript's
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Type:
    """`kind` names the type; `items` are its type arguments; `name` is the class of an instance or a
    class."""

    kind: str
    items: tuple[Type, ...] = ()
    name: str = ""


ANY = Type("any")
NONE = Type("none")
BOOL = Type("bool")
INT = Type("int")
FLOAT = Type("float")
STR = Type("str")
BYTES = Type("bytes")
ARRAY = Type("array")
DTYPE = Type("dtype")
SLICE = Type("slice")
FUNCTION = Type("function")
ITERATOR = Type("iterator")
SHAPE = Type("tuple", (INT,))
UNBOUND = Type("unbound")
"""A variable that nothing has been assigned to yet: joins as the other side."""

NUMBERS = frozenset(("bool", "int", "float"))
_MAX_UNION = 5


def list_of(item: Type = ANY) -> Type:
    return Type("list", (item,))


def tuple_of(item: Type = ANY) -> Type:
    """A tuple of any length."""
    return Type("tuple", (item,))


def tuple_with(items: Iterable[Type]) -> Type:
    """A tuple whose items are known one by one."""
    return Type("record", tuple(items))


def dict_of(key: Type = ANY, value: Type = ANY) -> Type:
    return Type("dict", (key, value))


def set_of(item: Type = ANY) -> Type:
    return Type("set", (item,))


def instance(name: str) -> Type:
    """An object of a class, by the class's dotted name."""
    return Type("instance", name=name)


def class_(name: str) -> Type:
    return Type("class", name=name)


def module(name: str) -> Type:
    return Type("module", name=name)


def members(kind: Type) -> tuple[Type, ...]:
    return kind.items if kind.kind == "union" else (kind,)


def union(kinds: Iterable[Type]) -> Type:
    found: list[Type] = []
    for kind in kinds:
        for part in members(kind):
            if part == ANY:
                return ANY
            if part != UNBOUND and part not in found:
                found.append(part)
    if not found:
        return UNBOUND
    if len(found) > 1:
        found = _merged(found)
    if len(found) > _MAX_UNION:
        return ANY
    return found[0] if len(found) == 1 else Type("union", tuple(sorted(found, key=repr)))


def _merged(found: list[Type]) -> list[Type]:
    """One list, dict, … instead of several with different items."""
    out: list[Type] = []
    for part in found:
        same = next((i for i, other in enumerate(out) if other.kind == part.kind), None)
        if same is None or part.kind in ("instance", "class", "module"):
            out.append(part)
        elif part.kind == "record" and len(part.items) != len(out[same].items):
            out[same] = tuple_of(union([*part.items, *out[same].items]))
        else:
            items = tuple(join(a, b) for a, b in zip(part.items, out[same].items, strict=False))
            out[same] = Type(part.kind, items, part.name)
    return out


def join(a: Type, b: Type) -> Type:
    return a if a == b else union((a, b))


def without_none(kind: Type) -> Type:
    if kind.kind != "union":
        return kind
    return union(part for part in kind.items if part != NONE)


def is_kind(kind: Type, *kinds: str) -> bool:
    """Whether every value of the type is of one of these kinds. False where nothing is known."""
    return all(part.kind in kinds for part in members(kind))


def may_be(kind: Type, *kinds: str) -> bool:
    return any(part.kind in kinds or part in (ANY, UNBOUND) for part in members(kind))


def is_number(kind: Type) -> bool:
    return is_kind(kind, *NUMBERS)


def is_array(kind: Type) -> bool:
    return is_kind(without_none(kind), "array")


def is_tuple(kind: Type) -> bool:
    return is_kind(kind, "tuple", "record")


def is_sequence(kind: Type) -> bool:
    return is_kind(kind, "list", "tuple", "record")


def is_floating(kind: Type) -> bool:
    """Whether every number in it is a float: then 2.0 must print as 2.0."""
    if kind.kind in ("union", "tuple", "record", "list"):
        return bool(kind.items) and all(is_floating(part) for part in kind.items)
    return kind == FLOAT


def item_of(kind: Type) -> Type:
    """The type of what iteration yields."""
    found: list[Type] = []
    for part in members(without_none(kind)):
        if part.kind in ("list", "tuple", "set", "iterator", "dict") and part.items:
            found.append(part.items[0])
        elif part.kind == "record":
            found.extend(part.items or (ANY,))
        elif part.kind == "array":
            found.append(ARRAY)
        elif part.kind == "str":
            found.append(STR)
        elif part == UNBOUND:
            found.append(UNBOUND)
        else:
            return ANY
    return union(found) if found else ANY


def iterator_of(item: Type) -> Type:
    return Type("iterator", (item,))
