"""Which draw a parameter gets from its name and annotation alone.

Input: a parameter of the surface. Output: a draw (scene.py).
The tables are the rules: the name decides where it says more than the type does (an `axis` is an int that
fits the array), then the annotation. An annotation that no rule knows is an error, not a skipped function.
"""

from __future__ import annotations

from node_mlx.parity import scene as draw
from node_mlx.parity import values
from node_mlx.parity.scene import Draw, Scene, either, integers, one_of, or_none, strings
from node_mlx.parity.values import NONE, Value
from node_mlx.surface import Parameter


def _array_list(scene: Scene) -> Value:
    """Arrays that mostly agree in shape, for concatenate and stack."""
    shape = scene.shape()
    dtype = scene.dtype()
    count = scene.rng.randint(1, 3)
    return values.sequence(draw.make_array(scene, dtype, shape) for _ in range(count))


def _float(scene: Scene) -> Value:
    return values.floating(scene.choose((0.0, 1.0, 0.5, -2.0, 1e-5, 3.25)))


_axis_like = ("axis", "axes", "axis1", "axis2", "source", "destination", "start_axis", "end_axis")

NAMED: dict[tuple[str, str], Draw] = {
    **{(name, "int"): draw.axis for name in _axis_like},
    **{(name, "int | None"): or_none(draw.axis) for name in _axis_like},
    **{(name, "Sequence[int]"): draw.axis_list for name in _axis_like},
    **{(name, "Sequence[int] | None"): or_none(draw.axis_list) for name in _axis_like},
    **{(name, "int | list[int] | None"): or_none(draw.axis_or_axes) for name in _axis_like},
    **{(name, "int | tuple[int] | None"): or_none(draw.axis_or_axes) for name in _axis_like},
    **{(name, "int | Sequence[int]"): draw.axis_or_axes for name in _axis_like},
    **{(name, "int | Sequence[int] | None"): or_none(draw.axis_or_axes) for name in _axis_like},
    ("shape", "int | Sequence[int]"): either(draw.small_shape, integers(0, 1, 5, -1)),
    ("shape", "Sequence[int]"): draw.small_shape,
    ("shape", "Sequence[int] | None"): or_none(draw.small_shape),
}

ANNOTATED: dict[str, Draw] = {
    "array": draw.any_array,
    "array | None": or_none(draw.any_array),
    "scalar | array": draw.scalar_or_array,
    "scalar | array | None": or_none(draw.scalar_or_array),
    "scalar": draw.scalar,
    "int": integers(0, 1, 2, -1, 3),
    "int | None": or_none(integers(0, 1, 2, -1, 3)),
    "int | float": either(integers(0, 1, 5), draw.floats(0.5, 2.0)),
    "int | float | None": or_none(either(integers(1, 5, 9), draw.floats(0.5, 2.0))),
    "int | Sequence[int]": either(integers(1, 2, 3), draw.small_shape),
    "int | Sequence[int] | None": or_none(either(integers(1, 2, 3), draw.small_shape)),
    "int | array": either(integers(0, 1, 2), draw.arrays(("int32",), ((), (2,)), "unit")),
    "bool": draw.boolean,
    "bool | None": or_none(draw.boolean),
    "float": _float,
    "float | None": or_none(_float),
    "str": strings("x"),
    "str | None": or_none(strings("x")),
    "object | None": one_of(NONE),
    "object": one_of(values.OBJECT, values.integer(1), values.string("x")),
    "Dtype": draw.any_dtype,
    "Dtype | None": or_none(draw.any_dtype),
    "Sequence[int]": draw.small_shape,
    "Sequence[int] | None": or_none(draw.small_shape),
    "list[array]": _array_list,
    "StreamOrDevice": draw.stream,
    "Device | DeviceType": one_of(values.name("mlx.core.cpu"), values.name("mlx.core.gpu")),
    "DeviceType": one_of(values.name("mlx.core.cpu"), values.name("mlx.core.gpu")),
    "Stream | ThreadLocalStream | Device | DeviceType": one_of(values.name("mlx.core.cpu")),
}


def draw_for(parameter: Parameter, owner: str) -> Draw:
    """The draw of a parameter of the function `owner`. LookupError if a recipe must name one."""
    annotation = parameter.annotation or ""
    found = NAMED.get((parameter.name, annotation)) or ANNOTATED.get(annotation)
    if found is None:
        raise LookupError(
            f"{owner}: no draw for {parameter}; name one in its recipe (src/node_mlx/parity/recipes)"
        )
    return found
