"""Recipes and cases for what surrounds the arrays: devices, streams, memory, evaluation, constants.

Sizes in bytes and stream numbers belong to the process, so most results are compared by structure only.
"""

from __future__ import annotations

from collections.abc import Iterator

from node_mlx.parity import values
from node_mlx.parity.case import Case, Step
from node_mlx.parity.dtypes import encode
from node_mlx.parity.recipe import Recipe, Recipes, arguments, case_of
from node_mlx.parity.scene import any_array, integers, one_of
from node_mlx.parity.values import NONE, Value

TOPIC = "runtime"
RESTORE = (Step("restore_defaults"),)
CPU, GPU = values.name("mlx.core.cpu"), values.name("mlx.core.gpu")
CPU_DEVICE = values.call("mlx.core.Device", (CPU,))
STREAM = values.string("mlx.core.stream")
DEFAULT_STREAM = values.call("mlx.core.default_stream", (CPU,))

ON_CPU = (arguments(CPU), arguments(CPU_DEVICE))

_limits = {"limit": integers(0, 2**20, 2**30, 2**33)}
_READERS = "get_active_memory get_peak_memory get_cache_memory get_memory_limit reset_peak_memory clear_cache"

RECIPES: Recipes = {
    **{f"mlx.core.{name}": Recipe(good=2, compare="kind") for name in _READERS.split()},
    **{
        f"mlx.core.{name}": Recipe(good=6, parameters=_limits, compare="kind", cleanup=RESTORE)
        for name in ("set_memory_limit", "set_cache_limit", "set_wired_limit")
    },
    "mlx.core.get_array_buffer_size": Recipe(
        parameters={"args": lambda s: values.sequence(any_array(s) for _ in range(s.rng.randint(0, 3)))},
        picked=(
            arguments(values.integer(1)),
            arguments(values.sequence([values.array("int8", (3,), bytes(3))])),
            arguments(values.mapping({"a": values.array("int8", (3,), bytes(3))})),
        ),
        compare="kind",
    ),
    "mlx.core.default_device": Recipe(good=1),
    "mlx.core.set_default_device": Recipe(good=4, cleanup=RESTORE),
    "mlx.core.is_available": Recipe(good=4),
    "mlx.core.device_count": Recipe(good=4),
    "mlx.core.device_info": Recipe(
        good=6, parameters={"d": one_of(NONE, CPU, GPU, CPU_DEVICE)}, compare="kind", keep=("d",)
    ),
    "mlx.core.default_stream": Recipe(good=4),
    "mlx.core.set_default_stream": Recipe(
        good=2, parameters={"stream": one_of(DEFAULT_STREAM)}, cleanup=RESTORE
    ),
    "mlx.core.new_stream": Recipe(good=4, compare="kind", picked=ON_CPU),
    "mlx.core.new_thread_unsafe_stream": Recipe(good=4, compare="kind", picked=ON_CPU),
    "mlx.core.new_thread_local_stream": Recipe(good=4, compare="kind", picked=ON_CPU),
    "mlx.core.stream": Recipe(good=2, compare="kind", cleanup=RESTORE),
    "mlx.core.synchronize": Recipe(good=6),
    "mlx.core.Device.__init__": Recipe(
        good=6, parameters={"type": one_of(CPU, GPU), "index": integers(0, 1, 3)}
    ),
    "mlx.core.metal.is_available": Recipe(good=1),
    "mlx.core.cuda.is_available": Recipe(good=1),
    **{
        f"mlx.core.metal.{name}": Recipe(good=2, compare="kind")
        for name in (*_READERS.split()[:3], "reset_peak_memory", "clear_cache", "device_info")
    },
    **{
        f"mlx.core.metal.{name}": Recipe(good=4, parameters=_limits, compare="kind", cleanup=RESTORE)
        for name in ("set_memory_limit", "set_cache_limit", "set_wired_limit")
    },
    "mlx.core.metal.start_capture": Recipe(
        good=2, parameters={"path": lambda s: values.path(f"capture{s.index}.gputrace")}
    ),
    "mlx.core.metal.stop_capture": Recipe(good=1),
}

CONSTANTS = (
    "e pi inf nan newaxis euler_gamma __version__ cpu gpu bool_ uint8 uint16 uint32 uint64 int8 int16 int32"
    " int64 float16 bfloat16 float32 float64 complex64 complexfloating floating inexact signedinteger"
    " unsignedinteger integer number generic"
)
# Classes that only the library makes: calling them is a mistake.
CLOSED_CLASSES = (
    "ArrayAt ArrayIterator ArrayLike DeviceType DtypeCategory Dtype Stream ThreadLocalStream StreamContext"
    " _PrintOptionsContext random._RandomState"
)


def cases() -> Iterator[Case]:
    for source in (_constants, _devices, _streams, _array_likes, _evaluation, _stream_arguments):
        yield from source()


def _constants() -> Iterator[Case]:
    for name in CONSTANTS.split():
        step = Step("getattr", (values.name("mlx.core"), values.string(name)))
        yield case_of(f"mlx.core.{name}", TOPIC, step)
    for name in CLOSED_CLASSES.split():
        yield case_of(f"mlx.core.{name}", TOPIC, Step(f"mlx.core.{name}"))


def _devices() -> Iterator[Case]:
    kinds = (CPU, GPU)
    devices = [
        values.call("mlx.core.Device", (kind, values.integer(index))) for kind in kinds for index in (0, 1)
    ]
    for device in devices:
        for other in (*devices, *kinds, values.integer(0), NONE, values.string("cpu")):
            yield case_of("mlx.core.Device.__eq__", TOPIC, Step("mlx.core.Device.__eq__", (device, other)))
        yield case_of("mlx.core.Device.type", TOPIC, Step("getattr", (device, values.string("type"))))
    for kind in kinds:
        for other in (*kinds, devices[0], NONE, values.string("cpu"), values.integer(0), values.integer(1)):
            yield case_of(
                "mlx.core.DeviceType.__eq__", TOPIC, Step("mlx.core.DeviceType.__eq__", (kind, other))
            )
    for name in ("cpu", "gpu"):
        of_class = values.name(f"mlx.core.DeviceType.{name}")
        step = Step("mlx.core.DeviceType.__eq__", (values.name(f"mlx.core.{name}"), of_class))
        yield case_of(f"mlx.core.DeviceType.{name}", TOPIC, step)


def _streams() -> Iterator[Case]:
    made = values.call("mlx.core.new_stream", (CPU,))
    for other in (DEFAULT_STREAM, made, CPU, NONE, values.integer(0)):
        yield case_of(
            "mlx.core.Stream.__eq__", TOPIC, Step("mlx.core.Stream.__eq__", (DEFAULT_STREAM, other))
        )
    yield case_of("mlx.core.Stream.device", TOPIC, Step("getattr", (DEFAULT_STREAM, values.string("device"))))
    local = values.call("mlx.core.new_thread_local_stream", (CPU,))
    yield case_of(
        "mlx.core.ThreadLocalStream.device", TOPIC, Step("getattr", (local, values.string("device")))
    )
    for other in (local, DEFAULT_STREAM, NONE):
        step = Step("mlx.core.ThreadLocalStream.__eq__", (local, other))
        yield case_of("mlx.core.ThreadLocalStream.__eq__", TOPIC, step)
    yield case_of("mlx.core.ThreadLocalStream.__repr__", TOPIC, Step("repr", (local,)), compare="kind")
    one = values.array("float32", (2,), encode("float32", 1.5) * 2)
    inside = values.function(values.call("mlx.core.add", (one, one)))
    current = values.function(values.call("mlx.core.default_stream", (CPU,)))
    for where in (
        CPU,
        CPU_DEVICE,
        DEFAULT_STREAM,
        made,
        values.call("mlx.core.new_thread_unsafe_stream", (CPU,)),
        local,
    ):
        for form in ("with_callback", "with_scope"):
            use = Step(form, (STREAM, where, inside))
            yield case_of("mlx.core.stream", TOPIC, use, cleanup=RESTORE)
            # After the context the stream from before is back.
            after = Step("mlx.core.default_stream", (CPU,))
            yield case_of(
                "mlx.core.stream",
                TOPIC,
                Step(form, (STREAM, where, current)),
                after,
                compare="kind",
                cleanup=RESTORE,
            )
        entered = values.call("mlx.core.StreamContext", (where,))
        use = Step("with_context", (entered, inside))
        for member in ("__enter__", "__exit__"):
            yield case_of(f"mlx.core.StreamContext.{member}", TOPIC, use, cleanup=RESTORE)
    for wrong in (values.string("cpu"), NONE, values.OBJECT, GPU, values.floating(1.0)):
        yield case_of(
            "mlx.core.stream", TOPIC, Step("with_callback", (STREAM, wrong, inside)), cleanup=RESTORE
        )
        yield case_of(
            "mlx.core.StreamContext", TOPIC, Step("mlx.core.StreamContext", (wrong,)), compare="kind"
        )
    failing = values.function(values.call("mlx.core.sum", (values.string("x"),)))
    fails = Step("with_callback", (STREAM, CPU, failing))
    yield case_of("mlx.core.stream", TOPIC, fails, cleanup=RESTORE)
    # Leaves the thread without a stream, so it runs alone in the last phase.
    cleared = (Step("mlx.core.clear_streams"), Step("mlx.core.add", (one, one)))
    yield case_of("mlx.core.clear_streams", TOPIC, *cleared, phase=3)


def _array_likes() -> Iterator[Case]:
    """Objects that convert themselves, in the place of an array. Only with one operand: for pairs upstream
    reads __mlx_array__ without calling it, and fails."""
    one = values.array("float32", (2,), encode("float32", 1.5) * 2)
    for step in (
        Step("mlx.core.exp", (values.call("array_like", (one,)),)),
        Step("mlx.core.log", (values.call("array_like", (one,)),)),
    ):
        yield case_of("mlx.core.ArrayLike", TOPIC, step)


def _evaluation() -> Iterator[Case]:
    one = values.array("float32", (2,), encode("float32", 1.5) * 2)
    total = values.call("mlx.core.add", (one, one))
    trees: tuple[Value, ...] = (
        one,
        total,
        values.sequence([total, one]),
        values.mapping({"a": total, "b": values.sequence([one])}),
        values.integer(1),
        NONE,
        values.string("x"),
        values.sequence([]),
        values.OBJECT,
    )
    for tree in trees:
        yield case_of("mlx.core.eval", TOPIC, Step("mlx.core.eval", (tree,)))
        yield case_of("mlx.core.eval", TOPIC, Step("mlx.core.eval", (tree, total)))
    yield case_of("mlx.core.eval", TOPIC, Step("mlx.core.eval"))
    for _ in range(3):
        kept = Step("mlx.core.add", (one, one))
        evaluated = Step("mlx.core.eval", (values.reference(0),))
        yield case_of("mlx.core.eval", TOPIC, kept, evaluated, Step("identity", (values.reference(0),)))


def _stream_arguments() -> Iterator[Case]:
    """The stream argument in every notation, right and wrong, of one function."""
    one = values.array("int32", (3,), b"".join(encode("int32", n) for n in (1, 2, 3)))
    other_device = values.call("mlx.core.Device", (CPU, values.integer(3)))
    for where in (
        NONE,
        CPU,
        GPU,
        CPU_DEVICE,
        other_device,
        DEFAULT_STREAM,
        values.call("mlx.core.new_stream", (CPU,)),
        values.call("mlx.core.new_thread_local_stream", (CPU,)),
        values.string("cpu"),
        values.floating(1.0),
        values.OBJECT,
        values.sequence([CPU]),
        values.mapping({}),
        values.dtype("float32"),
        one,
    ):
        for function in ("sum", "exp", "zeros_like"):
            yield case_of(
                f"mlx.core.{function}", TOPIC, Step(f"mlx.core.{function}", (one,), {"stream": where})
            )
        yield case_of("mlx.core.add", TOPIC, Step("mlx.core.add", (one, one), {"stream": where}))
        yield case_of("mlx.core.array.sum", TOPIC, Step("mlx.core.array.sum", (one,), {"stream": where}))
        yield case_of(
            "mlx.core.zeros", TOPIC, Step("mlx.core.zeros", (values.integers((2,)),), {"stream": where})
        )
        yield case_of(
            "mlx.core.random.normal", TOPIC, Step("mlx.core.random.normal", (), {"stream": where}), seed=1
        )
