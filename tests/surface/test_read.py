"""What other stages get: the stubs with every disagreement decided."""

from node_mlx.surface import Kind, Signature, read_surface
from node_mlx.surface.annotation import union_members
from node_mlx.surface.lines import Item, item, lines, lines_of
from node_mlx.surface.model import Class

SURFACE = read_surface()


def _signature(name: str) -> str:
    (signature,) = SURFACE.function(name).overloads
    return str(signature)


def test_run_time_is_followed() -> None:
    assert _signature("mlx.core.abs") == "(a: scalar | array, /, *, stream: StreamOrDevice = None) -> array"
    assert _signature("mlx.core.add").startswith("(a: scalar | array, b: scalar | array, *, stream")
    assert _signature("mlx.core.split").endswith("-> list[array]")
    assert _signature("mlx.core.divmod").endswith("-> list[array]")
    assert _signature("mlx.core.depends").endswith("-> array | list[array]")
    assert _signature("mlx.core.roll").startswith("(a: array, /, shift: int | tuple[int, ...], axis:")
    assert _signature("mlx.core.save_gguf").endswith("| None = None) -> None")
    assert "indexing: str = 'xy'" in _signature("mlx.core.meshgrid")
    assert "start: int | float, stop: int | float, num: int = 50" in _signature("mlx.core.linspace")
    assert _signature("mlx.core.array.__eq__") == "(other: scalar | array) -> array | bool"


def test_names_are_those_of_run_time() -> None:
    core, random = SURFACE.module("mlx.core"), SURFACE.module("mlx.core.random")
    constants = {c.name for c in core.constants}
    assert constants.isdisjoint({"P", "R", "StreamOrDevice", "file", "list_or_scalar", "scalar"})
    assert "__version__" in constants
    classes = {c.name for c in core.classes}
    assert classes.isdisjoint({"DLPackCompatible", "_gc_func"})
    assert [c.name for c in random.constants] == ["state"]
    (state,) = random.classes
    assert [m.name for m in state.methods] == ["__getitem__", "__iter__", "__len__"]
    assert _signature("mlx.core.array.__format__") == "(arg: object, /) -> str"
    assert _signature("mlx.core.__array_namespace_info__") == "()"


def test_decided_signatures_are_valid_python() -> None:
    for name, function in SURFACE.functions():
        for signature in function.overloads:
            assert Signature.parse(str(signature)) == signature, name


def test_streams_are_passed_by_name_only() -> None:
    """Except where run time takes them by position; the list shows any change."""
    positional = {
        name
        for name, function in SURFACE.functions()
        for signature in function.overloads
        for p in signature.parameters
        if p.name == "stream" and p.kind is not Kind.KEYWORD_ONLY
    }
    others = {name for name in positional if not name.startswith(("mlx.core.fft.", "mlx.core.random."))}
    assert others == {
        "mlx.core.array.astype",
        "mlx.core.array.diagonal",
        "mlx.core.diagonal",
        "mlx.core.fast.gated_delta_update",
        "mlx.core.linspace",
        "mlx.core.set_default_stream",
        "mlx.core.synchronize",
    }


def test_lines_round_trip() -> None:
    for module in SURFACE.modules:
        items: list[Item] = [*module.functions, *module.constants, *module.aliases]
        for cls in module.classes:
            assert item(cls.name, lines(cls)) == Class(cls.name, cls.bases)
            items += [*cls.methods, *cls.properties, *cls.constants]
        for found in items:
            assert lines(item(found.name, lines(found))) == lines(found)


def test_every_item_has_a_line() -> None:
    names = lines_of(SURFACE.modules)
    assert names["mlx.core.array.T"] == ("property array",)
    assert names["mlx.core.empty"] == ("alias zeros",)
    assert names["mlx.core.DeviceType"] == ("class enum.Enum",)
    assert names["mlx.core.DeviceType.gpu"] == ("constant = 1",)
    assert names["mlx.core.PrintOptions.precision"] == ("writable property int",)
    assert len(names["mlx.core.arange"]) == 2


def test_annotations_stay_within_a_known_vocabulary() -> None:
    """None is written last, and no spelled-out union is left for later stages to recognise."""
    for name, function in SURFACE.functions():
        for signature in function.overloads:
            for p in signature.parameters:
                members = union_members(p.annotation or "object")
                assert "None" not in members[:-1], name
                assert not {"NDArray", "ThreadLocalStream"} <= set(members), name
