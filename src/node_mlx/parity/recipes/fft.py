"""Recipes for mlx.core.fft: lengths that pad and cut, axes, norms, and short-time transforms."""

from __future__ import annotations

from node_mlx.parity import values
from node_mlx.parity.dtypes import DTYPES
from node_mlx.parity.recipe import Arguments, Recipe, Recipes, Together, passed
from node_mlx.parity.scene import Scene, boolean, floats, integers, make_array, strings
from node_mlx.parity.values import NONE, Value

_norms = strings("backward", "ortho", "forward", "no")
_SHAPES: tuple[tuple[int, ...], ...] = ((4,), (2, 4), (3, 5), (8,), (2, 3, 4), (1,), (33,), (4, 16), (0,), ())


def _signal(scene: Scene) -> Value:
    dtype = (
        ("float32", "complex64", "float32")[scene.index % 3] if scene.chance(0.6) else scene.choose(DTYPES)
    )
    array = make_array(scene, dtype, _SHAPES[scene.index % len(_SHAPES)], "ordinary")
    scene.drawn["a"] = array
    return array


def _one_axis(scene: Scene) -> Arguments:
    array = _signal(scene)
    if scene.chance(0.25):
        return Arguments((array,))
    length = NONE if scene.chance(0.4) else values.integer(scene.choose((2, 4, 5, 9, 16, 1, 0, -1)))
    axis = values.integer(
        scene.rng.randrange(-scene.ndim, scene.ndim) if scene.ndim and scene.chance(0.9) else 5
    )
    return passed(scene, [array], {"n": length, "axis": axis, "norm": _norms(scene)})


def _many_axes(*, two: bool) -> Together:
    def draw(scene: Scene) -> Arguments:
        array = _signal(scene)
        if scene.chance(0.25):
            return Arguments((array,))
        count = 2 if two else scene.rng.randint(1, 3)
        axes = values.integers(scene.rng.sample(range(-3, 0), count))
        sizes = values.integer_tuple(scene.choose((2, 3, 4, 7)) for _ in range(count))
        options: dict[str, Value] = {}
        match scene.rng.randrange(4):
            case 0:
                options = {"s": sizes, "axes": axes}
            case 1:
                options = {"s": NONE, "axes": axes}
            case 2:
                # Sizes without axes: an error for the n-dimensional transforms.
                options = {"s": sizes, "axes": NONE} if scene.chance(0.5) else {"s": sizes}
            case _:
                options = {"s": NONE, "axes": NONE}
        if "axes" in options and scene.chance(0.4):
            options["norm"] = _norms(scene)
        return passed(scene, [array], options)

    return draw


def _stft(scene: Scene) -> Arguments:
    dtype = "float32" if scene.chance(0.8) else scene.choose(DTYPES)
    array = make_array(scene, dtype, scene.choose(((64,), (2, 64), (40,), (3,))), "ordinary", plain=True)
    return Arguments((array,), _frames(scene))


def _frames(scene: Scene) -> dict[str, Value]:
    size = scene.choose((8, 16, 15))
    options: dict[str, Value] = {"n_fft": values.integer(size)}
    if scene.chance(0.6):
        options["hop_length"] = values.integer(scene.choose((2, 4, size, 3)))
    if scene.chance(0.4):
        options["win_length"] = values.integer(scene.choose((size, size // 2)))
    if scene.chance(0.4):
        window = scene.choose((size, size // 2))
        options["window"] = values.call("mlx.core.hanning", (values.integer(window),))
    if scene.chance(0.4):
        options["center"] = boolean(scene)
    if scene.chance(0.3):
        options["norm"] = _norms(scene)
    if scene.chance(0.3):
        options["onesided"] = scene.choose((NONE, values.TRUE, values.FALSE))
    return options


def _istft(scene: Scene) -> Arguments:
    array = make_array(scene, "float32", (64,), "ordinary", plain=True)
    size = values.integer(scene.choose((8, 16)))
    hop = values.integer(4)
    frames = values.call("mlx.core.fft.stft", (array,), {"n_fft": size, "hop_length": hop})
    options = {"n_fft": size, "hop_length": hop}
    if scene.chance(0.3):
        options["length"] = values.integer(scene.choose((64, 50, 80)))
    if scene.chance(0.3):
        options["center"] = boolean(scene)
    if scene.chance(0.3):
        options["norm"] = _norms(scene)
    if scene.chance(0.2):
        del options["n_fft"]
    return Arguments((frames,), options)


_frequencies = {"n": integers(1, 2, 5, 8, 33, 0, -1), "d": floats(1.0, 0.5, 2.5)}

RECIPES: Recipes = {
    **{
        f"mlx.core.fft.{name}": Recipe(good=64, together=_one_axis)
        for name in ("fft", "ifft", "rfft", "irfft")
    },
    **{
        f"mlx.core.fft.{name}": Recipe(good=64, together=_many_axes(two=name.endswith("2")))
        for name in ("fft2", "ifft2", "fftn", "ifftn", "rfft2", "irfft2", "rfftn", "irfftn")
    },
    "mlx.core.fft.fftfreq": Recipe(good=24, parameters=_frequencies),
    "mlx.core.fft.rfftfreq": Recipe(good=24, parameters=_frequencies),
    "mlx.core.fft.fftshift": Recipe(good=40),
    "mlx.core.fft.ifftshift": Recipe(good=40),
    "mlx.core.fft.stft": Recipe(together=_stft),
    "mlx.core.fft.istft": Recipe(together=_istft),
}
