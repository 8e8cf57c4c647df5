"""Sample arguments for probing, as expressions in the names of mlx.core.

A value is looked up by function and parameter, then by parameter name, then by annotation. The first two
tables exist where an annotation alone does not give a call that makes sense. Values are text, so that they
are made in the probing fork and can be shown in messages.
"""

from __future__ import annotations

# A symmetric positive definite matrix suits most of linear algebra, too.
_MATRIX = "array([[4.0, 1.0], [1.0, 3.0]])"
_INTEGERS = "array([[4, 1], [1, 3]])"

BY_ANNOTATION = {
    "array": _MATRIX,
    "scalar": "2.0",
    "bool": "True",
    "int": "1",
    "float": "0.5",
    "str": "'a'",
    "bytes": "b'a'",
    "Any": "1",
    "object": "1",
    "None": "None",
    "type": "ValueError",
    "tuple": "(1,)",
    "list": "[1.0, 2.0]",
    "dict": "{}",
    "Dtype": "float32",
    "DtypeCategory": "floating",
    "StreamOrDevice": "cpu",
    "Stream": "default_stream(cpu)",
    "ThreadLocalStream": "new_thread_local_stream(cpu)",
    "Device": "Device(cpu, 0)",
    "DeviceType": "cpu",
    "Group": "distributed.init()",
    "PrintOptions": "get_printoptions()",
    "_PrintOptionsContext": "printoptions(3)",
    "StreamContext": "stream(cpu)",
    "finfo": "finfo(float32)",
    "iinfo": "iinfo(int32)",
    "ArrayAt": f"{_MATRIX}.at[0]",
    "ArrayIterator": f"iter({_MATRIX})",
    "custom_function": "custom_function(lambda *a: a[0])",
    "FunctionExporter": "exporter('sample.mlxfn', lambda x: x)",
    "ArrayLike": "ArrayLike(array(1.0))",
    "DLPackCompatible": "array([1.0, 2.0])",
    "file": "open('sample', 'w+b')",
    "pathlib.Path": "Path('sample.npz')",
    "Sequence": "[1.0, 2.0]",
    "Sequence[int]": "[0]",
    "Sequence[str]": "['a']",
    "Sequence[array]": f"[{_MATRIX}]",
    "Sequence[scalar | array]": f"[{_MATRIX}]",
    "Sequence[Dtype]": "[float32]",
    "Sequence[object]": "[1]",
    "Sequence[tuple[int, ...]]": "[(2, 2)]",
    "list[array]": f"[{_MATRIX}]",
    "list[int]": "[0]",
    "list[str]": "['a']",
    "list[Sequence[int]]": "[[1], [0]]",
    "list[tuple[int, int]]": "[(1, 1), (1, 1)]",
    "tuple[int]": "(0,)",
    "tuple[int, ...]": "(0,)",
    "tuple[int, int]": "(1, 1)",
    "tuple[int, int, int]": "(1, 1, 1)",
    "tuple[Sequence[int], Sequence[int]]": "([1], [1])",
    "tuple[Dtype | str, ...]": "('integral', float32)",
    "dict[str, array]": f"{{'a': {_MATRIX}}}",
    "dict[str, str]": "{'a': 'b'}",
    "dict[str, array | str | list[str]]": "{'a': 'b'}",
    "Callable": "lambda *a: a[0]",
    "Callable[P, R]": "lambda *a: a[0].sum()",
    "Callable[[int, int], Callable[[bytes, int], bytes]]": "lambda rank, size: lambda data, _: data * size",
}

# Parameters that mean the same wherever they occur.
BY_NAME = {
    "axis": "0",
    "axes": "[0]",
    "shape": "[2, 2]",
    "key": "random.key(0)",
    "ddof": "0",
    "size": "4",
}

_VECTOR = "array([1.0, 2.0])"
_SCALAR_ARRAY = "array(1)"
_QUANTIZED = "quantize(ones((64, 64)))"
_HEADS = "ones((1, 2, 4, 8))"
_EXPORT = "export_function('sample.mlxfn', lambda x: x, array(1.0))"

# Samples shared by functions that take the same arguments.
_BITS = {"a": _INTEGERS, "b": _INTEGERS}
_INTEGER_SELF = {"self": _INTEGERS, "other": _INTEGERS}
_SCALAR_SELF = {"self": _SCALAR_ARRAY}
_CONV_1D = {"input": "ones((1, 5, 2))", "weight": "ones((2, 3, 2))"}
_CONV_2D = {"input": "ones((1, 5, 5, 2))", "weight": "ones((2, 3, 3, 2))"}
_CONV_3D = {"input": "ones((1, 5, 5, 5, 2))", "weight": "ones((2, 3, 3, 3, 2))"}
_QUANTIZED_WEIGHTS = {
    "x": "ones((64, 64))",
    "w": f"{_QUANTIZED}[0]",
    "scales": f"{_QUANTIZED}[1]",
    "biases": f"{_QUANTIZED}[2]",
}
_SLICE = {
    "start_indices": "array([0, 0])",
    "axes": "[0, 1]",
    "slice_size": "[1, 1]",
    "update": "array([[9.0]])",
}
_BIT_FUNCTIONS = ("bitwise_and", "bitwise_or", "bitwise_xor", "bitwise_invert", "left_shift", "right_shift")
_BIT_OPERATORS = (
    *("and", "iand", "or", "ior", "xor", "ixor"),
    *("lshift", "ilshift", "rshift", "irshift", "invert"),
)
_CONVERSIONS = ("item", "__bool__", "__int__", "__float__", "__complex__", "__index__")

# Functions whose arguments must fit each other. "*name" is the list for a variadic parameter, "self" the
# object that a method is called on.
BY_FUNCTION: dict[str, dict[str, str]] = {
    **{f"mlx.core.{name}": _BITS for name in _BIT_FUNCTIONS},
    **{f"mlx.core.array.__{name}__": _INTEGER_SELF for name in _BIT_OPERATORS},
    **{f"mlx.core.array.{name}": _SCALAR_SELF for name in _CONVERSIONS},
    "mlx.core.unflatten": {"shape": "[2, 1]"},
    "mlx.core.take": {"indices": "array([0, 1])"},
    "mlx.core.take_along_axis": {"indices": _INTEGERS + " % 2"},
    "mlx.core.put_along_axis": {"indices": "array([0, 1, 2, 3])", "values": "array([0.0])", "axis": "None"},
    "mlx.core.searchsorted": {"sorted_sequence": _VECTOR, "side": "'left'"},
    "mlx.core.pad": {"mode": "'edge'"},
    "mlx.core.convolve": {"a": _VECTOR, "v": _VECTOR, "mode": "'full'"},
    "mlx.core.conv1d": _CONV_1D,
    "mlx.core.conv2d": _CONV_2D,
    "mlx.core.conv3d": _CONV_3D,
    "mlx.core.conv_transpose1d": _CONV_1D,
    "mlx.core.conv_transpose2d": _CONV_2D,
    "mlx.core.conv_transpose3d": _CONV_3D,
    "mlx.core.conv_general": _CONV_2D,
    "mlx.core.save": {"file": "'sample.npy'"},
    "mlx.core.savez": {"file": "'sample.npz'", "*args": f"[{_VECTOR}]"},
    "mlx.core.savez_compressed": {"file": "'sample.npz'", "*args": f"[{_VECTOR}]"},
    "mlx.core.load": {"file": "'sample.npy'", "format": "'npy'"},
    "mlx.core.save_gguf": {"file": "'sample.gguf'"},
    "mlx.core.save_safetensors": {"file": "'sample.safetensors'"},
    "mlx.core.quantized_matmul": _QUANTIZED_WEIGHTS,
    "mlx.core.gather_qmm": _QUANTIZED_WEIGHTS,
    "mlx.core.dequantize": _QUANTIZED_WEIGHTS,
    "mlx.core.quantize": {"w": "ones((64, 64))", "mode": "'mxfp8'", "group_size": "32", "bits": "8"},
    # Packed weights without scales, which the defaults allow, crash; weights of floats need none.
    "mlx.core.gather_qqmm": {"x": "ones((1, 64, 64))", "w": "ones((1, 64, 64))"},
    "mlx.core.qqmm": {"x": "ones((64, 64))", "w": "ones((64, 64))"},
    "mlx.core.segmented_mm": {"segments": "array([[0, 1], [1, 2]])"},
    "mlx.core.block_masked_mm": {"a": "ones((64, 64))", "b": "ones((64, 64))"},
    "mlx.core.result_type": {"*arrays_and_dtypes": f"[float32, {_VECTOR}]"},
    "mlx.core.einsum": {"subscripts": "'ij,jk->ik'", "*operands": f"[{_MATRIX}, {_MATRIX}]"},
    "mlx.core.einsum_path": {"subscripts": "'ij,jk->ik'", "*operands": f"[{_MATRIX}, {_MATRIX}]"},
    "mlx.core.slice": _SLICE,
    "mlx.core.slice_update": _SLICE,
    "mlx.core.from_fp8": {"x": "to_fp8(array([1.0]))"},
    "mlx.core.broadcast_shapes": {"*shapes": "[(2, 1), (1, 2)]"},
    "mlx.core.as_strided": {"strides": "[2, 1]"},
    "mlx.core.meshgrid": {"indexing": "'ij'"},
    "mlx.core.permute_dims": {"axes": "[1, 0]"},
    "mlx.core.transpose": {"axes": "[1, 0]"},
    "mlx.core.tensordot": {"axes": "1"},
    "mlx.core.random.__getattr__": {"arg": "'state'"},
    "mlx.core.export_function": {"file_or_callback": "'sample.mlxfn'", "*args": f"[{_VECTOR}]"},
    "mlx.core.import_function": {"file": "'sample.mlxfn'"},
    "mlx.core.exporter": {"file": "'sample.mlxfn'"},
    "mlx.core.export_to_dot": {"file": "'sample.dot'", "*args": f"[{_VECTOR}]"},
    "mlx.core.get_array_buffer_size": {"*args": f"[{_VECTOR}]"},
    "mlx.core.eval": {"*args": f"[{_VECTOR}]"},
    "mlx.core.async_eval": {"*args": f"[{_VECTOR}]"},
    "mlx.core.iinfo.__init__": {"arg": "int32"},
    "mlx.core.array.__setstate__": {"self": "array.__new__(array)", "arg": f"{_VECTOR}.__getstate__()"},
    "mlx.core.array.reshape": {"*shape": "[4, 1]"},
    "mlx.core.array.transpose": {"*axes": "[1, 0]"},
    "mlx.core.array.__deepcopy__": {"memo": "{}"},
    "mlx.core.array.__array_namespace__": {"api_version": "None"},
    "mlx.core.custom_function.__call__": {"*args": f"[{_VECTOR}]"},
    "mlx.core.FunctionExporter.__call__": {"*args": f"[{_VECTOR}]"},
    "mlx.core.linalg.cross": {"a": "ones((2, 3))", "b": "ones((2, 3))", "axis": "1"},
    "mlx.core.linalg.eigh": {"UPLO": "'U'"},
    "mlx.core.linalg.eigvalsh": {"UPLO": "'U'"},
    "mlx.core.linalg.tri_inv": {"a": "array([[1.0, 0.0], [1.0, 1.0]])"},
    "mlx.core.fft.istft": {"stft_matrix": "fft.stft(ones(64), n_fft=16)", "n_fft": "16"},
    "mlx.core.fft.stft": {"x": "ones(64)", "n_fft": "16"},
    "mlx.core.fast.rms_norm": {"weight": _VECTOR},
    "mlx.core.fast.layer_norm": {"weight": _VECTOR, "bias": _VECTOR},
    "mlx.core.fast.cross_entropy": {"targets": "array([0, 1])"},
    "mlx.core.fast.rope": {"a": _HEADS, "dims": "8"},
    "mlx.core.fast.scaled_dot_product_attention": {"q": _HEADS, "k": _HEADS, "v": _HEADS},
    "mlx.core.fast.gated_delta_update": {
        "q": "ones((1, 4, 1, 32))",
        "k": "ones((1, 4, 1, 32))",
        "v": "ones((1, 4, 1, 32))",
        "gamma": "ones((1, 4, 1))",
        "beta": "ones((1, 4, 1))",
    },
    "mlx.core.distributed.Group.split": {"key": "0"},
    "mlx.core.distributed.init": {"backend": "'any'"},
}

# Types that an annotation leaves out although such values pass now and then: the member that makes the
# question worth asking, members that answer it already, the type to add, a value of it.
CANDIDATES = (
    ("Sequence[int]", ("int", "object"), "int", "1"),
    ("tuple[int]", ("tuple[int, int]",), "tuple[int, ...]", "(0, 0)"),
)

# The types that `scalar` stands for.
SCALARS = {"bool": "True", "int": "1", "float": "1.5", "complex": "1j"}

# Parameters with a default that the sample call needs all the same.
NEEDED = {
    "mlx.core.quantized_matmul": ("biases",),
    "mlx.core.gather_qmm": ("biases",),
    "mlx.core.dequantize": ("biases",),
}

# Expressions to evaluate before a function is probed.
SETUP: dict[str, tuple[str, ...]] = {
    "mlx.core.load": (f"save('sample.npy', {_VECTOR})",),
    "mlx.core.import_function": (_EXPORT,),
}

# Functions whose sample call raises, with the reason. They are probed all the same.
FAILS = {
    "mlx.core.fast.cuda_kernel": "needs a CUDA device",
    "mlx.core.fast.precompiled_cuda_kernel": "needs a CUDA device",
    "mlx.core.distributed.send": "needs a second process",
    "mlx.core.distributed.recv": "needs a second process",
    "mlx.core.distributed.recv_like": "needs a second process",
    "mlx.core.distributed.Group.split": "needs a second process",
}
