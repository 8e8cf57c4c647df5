"""Recipes for mlx.core.fast: norms, rotary encoding, attention and the other fused operations."""

from __future__ import annotations

from node_mlx.parity import values
from node_mlx.parity.dtypes import DTYPES, SHORT_FLOATS, encode
from node_mlx.parity.recipe import Arguments, Recipe, Recipes, arguments
from node_mlx.parity.scene import Scene, boolean, floats, make_array
from node_mlx.parity.values import NONE, Value

_eps = floats(1e-5, 1e-3, 0.1, 1.0)


def _dtype(scene: Scene) -> str:
    return SHORT_FLOATS[scene.index % 3] if scene.chance(0.85) else scene.choose(DTYPES)


def _weight(scene: Scene, dtype: str, length: int) -> Value:
    if scene.chance(0.3):
        return NONE
    if scene.chance(0.06):
        return make_array(scene, dtype, scene.choose(((length + 1,), (1, length))))
    return make_array(
        scene, dtype if scene.chance(0.8) else scene.choose(SHORT_FLOATS), (length,), "positive"
    )


def _signal(scene: Scene, dtype: str) -> Value:
    return make_array(
        scene, dtype, scene.choose(((3,), (2, 4), (2, 3, 33), (1, 128), (0, 4), (2, 2, 8), ())), "ordinary"
    )


def _rms_norm(scene: Scene) -> Arguments:
    dtype = _dtype(scene)
    signal = _signal(scene, dtype)
    length = values.shape_of(signal)[-1] if values.shape_of(signal) else 1
    weight = _weight(scene, dtype, length)
    if scene.chance(0.4):
        return arguments(signal, weight=weight, eps=_eps(scene))
    return arguments(signal, weight, _eps(scene))


def _layer_norm(scene: Scene) -> Arguments:
    dtype = _dtype(scene)
    signal = _signal(scene, dtype)
    length = values.shape_of(signal)[-1] if values.shape_of(signal) else 1
    weight, bias = _weight(scene, dtype, length), _weight(scene, dtype, length)
    if scene.chance(0.4):
        return arguments(signal, weight, bias=bias, eps=_eps(scene))
    return arguments(signal, weight, bias, _eps(scene))


def _cross_entropy(scene: Scene) -> Arguments:
    dtype = _dtype(scene)
    shape = scene.choose(((5,), (2, 5), (3, 2, 4), (1, 33)))
    logits = make_array(scene, dtype, shape, "ordinary")
    kind = scene.choose(("int32", "uint32", "int64"))
    count = values.size(shape[:-1])
    targets = b"".join(encode(kind, scene.rng.randrange(shape[-1])) for _ in range(count))
    target_shape = shape[:-1]
    if scene.chance(0.08):
        target_shape, targets = (7,), encode(kind, 0) * 7
    return arguments(logits, values.array(kind, target_shape, targets))


def _rope(scene: Scene) -> Arguments:
    dtype = _dtype(scene)
    shape = scene.choose(((1, 2, 4), (2, 3, 8), (1, 2, 3, 8), (2, 1, 1, 4), (8,)))
    signal = make_array(scene, dtype, shape, "ordinary")
    dims = scene.choose((2, 4, shape[-1], shape[-1]))
    options: dict[str, Value] = {
        "traditional": boolean(scene),
        "base": floats(10000.0, 100.0)(scene),
        "scale": floats(1.0, 0.5)(scene),
        "offset": values.integer(scene.choose((0, 1, 5))),
    }
    if scene.chance(0.2):
        batch = shape[0] if scene.chance(0.6) else 1
        offsets = values.integers(scene.rng.randrange(5) for _ in range(batch))
        options["offset"] = values.call("mlx.core.array", (offsets,))
    if scene.chance(0.25):
        options["base"] = NONE if scene.chance(0.8) else values.floating(10.0)
        options["freqs"] = make_array(scene, "float32", (dims // 2,), "positive", plain=True)
    if scene.chance(0.05):
        del options["scale"]
    return Arguments((signal, values.integer(dims)), options)


def _attention(scene: Scene) -> Arguments:
    dtype = _dtype(scene)
    batch, heads, groups = scene.choose((1, 2)), scene.choose((1, 2, 4)), scene.choose((1, 1, 2))
    queries, keys, width = scene.choose(((3, 3, 4), (1, 5, 8), (4, 6, 16), (2, 2, 64)))
    q = make_array(scene, dtype, (batch, heads * groups, queries, width), "unit")
    k = make_array(scene, dtype, (batch, heads, keys, width if scene.chance(0.95) else 3), "unit")
    v = make_array(scene, dtype, (batch, heads, keys, scene.choose((width, width, 6))), "unit")
    options: dict[str, Value] = {"scale": floats(1.0, 0.5, 0.125)(scene)}
    match scene.rng.randrange(6):
        case 0:
            options["mask"] = values.string("causal")
        case 1:
            options["mask"] = make_array(scene, "bool", (queries, keys), "mixed")
        case 2:
            options["mask"] = make_array(scene, dtype, (batch, 1, queries, keys), "unit")
        case 3 if scene.chance(0.3):
            options["mask"] = scene.choose((values.string("no"), NONE, make_array(scene, "float32", (9, 9))))
    if scene.chance(0.15):
        options["sinks"] = make_array(scene, dtype, (heads * groups,), "unit")
    if scene.chance(0.1):
        options["force_fused"] = boolean(scene)
    return Arguments((q, k, v), options)


def _gated_delta(scene: Scene) -> Arguments:
    dtype = SHORT_FLOATS[scene.index % 3]
    batch, steps, key_heads, value_heads = (
        scene.choose((1, 2)),
        scene.choose((1, 3, 64)),
        1,
        scene.choose((1, 2)),
    )
    width, value_width = scene.choose(((4, 4), (8, 4), (32, 32)))
    q = make_array(scene, dtype, (batch, steps, key_heads, width), "unit", plain=True)
    k = make_array(scene, dtype, (batch, steps, key_heads, width), "unit", plain=True)
    v = make_array(scene, dtype, (batch, steps, value_heads, value_width), "unit", plain=True)
    gamma = make_array(scene, dtype, (batch, steps, value_heads), "unit", plain=True)
    beta = make_array(scene, dtype, (batch, steps, value_heads), "unit", plain=True)
    options: dict[str, Value] = {}
    if scene.chance(0.4):
        options["initial_state"] = make_array(
            scene, "float32", (batch, value_heads, value_width, width), "unit", plain=True
        )
    if scene.chance(0.3):
        options["mask"] = make_array(scene, "bool", (batch, steps), "mixed", plain=True)
    return Arguments((q, k, v, gamma, beta), options)


def _kernel(scene: Scene) -> Arguments:
    """Only the Python-side checks: there is no GPU to run a kernel on."""
    names = values.sequence([values.string("a")])
    options: dict[str, Value] = {"source": values.string("out[0] = a[0];")}
    if scene.chance(0.4):
        options["header"] = values.string("// nothing")
    if scene.chance(0.4):
        options["ensure_row_contiguous"] = boolean(scene)
    return Arguments((values.string("kernel"), names, names), options)


def _compiled_kernel(scene: Scene) -> Arguments:
    one = values.integer_tuple((1, 1, 1))
    return Arguments(
        (),
        {
            "name": values.string("kernel"),
            "compiled_source": values.raw(b"\x00"),
            "inputs": values.sequence([make_array(scene, "float32", (2,))]),
            "output_shapes": values.sequence([values.integer_tuple((2,))]),
            "output_dtypes": values.sequence([values.dtype("float32")]),
            "scalars": values.sequence([values.integer(1), values.floating(0.5)]),
            "grid": one,
            "threadgroup": one,
        },
    )


RECIPES: Recipes = {
    "mlx.core.fast.rms_norm": Recipe(together=_rms_norm),
    "mlx.core.fast.layer_norm": Recipe(together=_layer_norm),
    # Class indices out of range read other memory.
    "mlx.core.fast.cross_entropy": Recipe(together=_cross_entropy, keep=("targets",)),
    "mlx.core.fast.rope": Recipe(good=70, together=_rope),
    "mlx.core.fast.scaled_dot_product_attention": Recipe(good=84, together=_attention),
    "mlx.core.fast.gated_delta_update": Recipe(good=40, together=_gated_delta),
    "mlx.core.fast.metal_kernel": Recipe(good=4, together=_kernel, compare="kind"),
    "mlx.core.fast.cuda_kernel": Recipe(good=4, together=_kernel, compare="kind"),
    "mlx.core.fast.precompiled_cuda_kernel": Recipe(good=4, together=_compiled_kernel, compare="kind"),
}
