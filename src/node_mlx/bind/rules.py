"""Rules: which kind an annotation stands for, and which C++ call a function is, as tables.

Input: names and annotations of the surface. What no rule covers stands in expressions.toml, one C++
expression per function; what the machine cannot write at all is named in HAND_WRITTEN.
"""

from __future__ import annotations

# Annotation → kind. The first rule that applies wins: PARAMETER_KINDS in expressions.toml, then NAME_KINDS,
# then this table.
ANNOTATION_KINDS: dict[str, str] = {
    "array": "array",
    "array | None": "maybe_array",
    "list[array]": "arrays",
    "scalar | array": "operand",
    "scalar | array | None": "maybe_operand",
    "scalar": "number",
    "int": "int",
    "int | None": "maybe_int",
    "int | float": "number",
    "bool | int | float": "number",
    "bool | int | float | None": "maybe_number",
    "int | float | None": "maybe_number",
    "float": "real",
    "float | None": "maybe_real",
    "bool": "bool",
    "bool | None": "maybe_bool",
    "str": "string",
    "Literal['constant', 'edge', 'reflect', 'symmetric']": "string",
    "Dtype": "dtype",
    "Dtype | None": "maybe_dtype",
    "StreamOrDevice": "stream",
    "Stream | ThreadLocalStream | Device | DeviceType": "stream",
    "Stream": "given_stream",
    "Device | DeviceType": "device",
    "DeviceType": "device_type",
    "Group | None": "group",
    "Sequence[int]": "ints",
    "Sequence[int] | None": "maybe_ints",
    "tuple[int, ...] | None": "maybe_ints",
    "int | Sequence[int]": "given_axes",
    "int | Sequence[int] | None": "axes",
    "int | list[int] | None": "axes",
    "int | tuple[int] | None": "axes",
    "int | tuple[int] | tuple[int, ...] | None": "axes",
    "int | tuple[int, ...] | None": "axes",
    "int | tuple[int, ...]": "int_or_ints",
    "int | tuple[int]": "int_or_ints",
    "int | tuple[int] | tuple[int, ...]": "int_or_ints",
    "int | tuple[int, int]": "pair",
    "int | tuple[int, int, int]": "triple",
    "int | array": "int_or_array",
    "int | list[Sequence[int]]": "lists",
    "int | tuple[int] | tuple[int, int] | list[tuple[int, int]]": "lists",
    "int | Sequence[int] | tuple[Sequence[int], Sequence[int]]": "lists",
    "str | array | None": "array_or_string",
    "int | float | str | None": "number_or_string",
}

# (parameter, kind by annotation) → kind: the same annotation means another C++ type under some names.
NAME_KINDS: dict[tuple[str, str], str] = {
    ("shape", "ints"): "shape",
    ("shape", "maybe_ints"): "maybe_shape",
    ("shape", "given_axes"): "int_or_shape",
    ("slice_size", "ints"): "shape",
    ("s", "maybe_ints"): "maybe_shape",
    ("strides", "maybe_ints"): "strides",
    ("seed", "int"): "unsigned",
    ("limit", "int"): "unsigned",
    ("offset", "int"): "int",
    ("reps", "given_axes"): "int_or_ints",
    ("indices_or_sections", "given_axes"): "int_or_ints",
    ("stride", "given_axes"): "int_or_ints",
    ("kernel_dilation", "given_axes"): "int_or_ints",
    ("input_dilation", "given_axes"): "int_or_ints",
}

# A scalar beside an array takes the array's dtype in every function of two operands, but not in these.
NOT_WEAK = frozenset({"logical_and", "logical_or", "logical_xor", "random.uniform", "random.randint"})

# No axis means all axes.
ALL_AXES = frozenset("all any sum prod min max minmax logsumexp mean median var std softmax".split())

# No axis selects the C++ overload without one.
OPTIONAL_AXIS = frozenset(
    "squeeze flip count_nonzero argmin argmax sort argsort partition argpartition topk concatenate "
    "concat stack repeat cumsum cumprod fft.fftshift fft.ifftshift".split()
)

# No axis means: of the flattened array, along axis 0.
FLATTENED_AXIS = frozenset("logcumsumexp cummax cummin take_along_axis".split())

# C++ spells these differently.
CPP_NAMES: dict[str, str] = {
    "conj": "conjugate",
    "concat": "concatenate",
    "permute_dims": "transpose",
    "fft.fft2": "fftn",
    "fft.ifft2": "ifftn",
    "fft.rfft2": "rfftn",
    "fft.irfft2": "irfftn",
}

# Functions and classes that JavaScript implements by hand, and the file of js/ that does: they take
# callbacks, trees, files, or make JavaScript objects.
HAND_WRITTEN: dict[str, str] = {
    "array": "array",
    "ArrayAt": "indexing",
    "ArrayIterator": "array",
    "ArrayLike": "array",
    "Device": "device",
    "DeviceType": "device",
    "Stream": "device",
    "ThreadLocalStream": "device",
    "StreamContext": "device",
    "Dtype": "dtype",
    "DtypeCategory": "dtype",
    "finfo": "dtype_info",
    "iinfo": "dtype_info",
    "PrintOptions": "printing",
    "_PrintOptionsContext": "printing",
    "stream": "device",
    "asarray": "creation",
    "from_dlpack": "creation",
    "eval": "evaluation",
    "async_eval": "async",
    "grad": "grad",
    "value_and_grad": "grad",
    "jvp": "grad",
    "vjp": "grad",
    "vmap": "vmap",
    "compile": "compile",
    "checkpoint": "compile",
    "custom_function": "custom_function",
    "get_array_buffer_size": "evaluation",
    "depends": "evaluation",
    "issubdtype": "dtype_info",
    "result_type": "dtype_info",
    "can_cast": "dtype_info",
    "isdtype": "dtype_info",
    "broadcast_shapes": "creation",
    "set_printoptions": "printing",
    "get_printoptions": "printing",
    "printoptions": "printing",
    "device_info": "device",
    "metal.device_info": "device",
    "distributed.Group": "distributed",
    "distributed.init": "distributed",
    "clear_streams": "device",
    "load": "files",
    "save": "files",
    "savez": "files",
    "savez_compressed": "files",
    "save_safetensors": "files",
    "save_gguf": "files",
    "export_function": "export",
    "import_function": "export",
    "exporter": "export",
    "FunctionExporter": "export",
    "export_to_dot": "export",
    "einsum_path": "einsum",
    "fast.metal_kernel": "kernels",
    "fast.cuda_kernel": "kernels",
    "fast.precompiled_cuda_kernel": "kernels",
    "random.state": "random",
    "random._RandomState": "random",
    "random.seed": "random",
}

# Operators of the array class: the C++ expression, with `self` the array and `other` the operand.
OPERATORS: dict[str, str] = {
    "__add__": "mx::add(self, other)",
    "__radd__": "mx::add(self, other)",
    "__sub__": "mx::subtract(self, other)",
    "__rsub__": "mx::subtract(other, self)",
    "__mul__": "mx::multiply(self, other)",
    "__rmul__": "mx::multiply(self, other)",
    "__truediv__": "mx::divide(self, other)",
    "__rtruediv__": "mx::divide(other, self)",
    "__div__": "mx::divide(self, other)",
    "__rdiv__": "mx::divide(other, self)",
    "__floordiv__": "integer::floor_divide(self, other)",
    "__rfloordiv__": "integer::floor_divide(other, self)",
    "__mod__": "integer::remainder(self, other)",
    "__rmod__": "integer::remainder(other, self)",
    "__pow__": "mx::power(self, other)",
    "__rpow__": "mx::power(other, self)",
    "__matmul__": "mx::matmul(self, other)",
    "__lt__": "mx::less(self, other)",
    "__le__": "mx::less_equal(self, other)",
    "__gt__": "mx::greater(self, other)",
    "__ge__": "mx::greater_equal(self, other)",
    "__and__": 'mx::bitwise_and(integral(self, "bitwise and"), integral(other, "bitwise and"))',
    "__or__": 'mx::bitwise_or(integral(self, "bitwise or"), integral(other, "bitwise or"))',
    "__xor__": 'mx::bitwise_xor(integral(self, "bitwise xor"), integral(other, "bitwise xor"))',
    "__lshift__": 'mx::left_shift(integral(self, "left shift"), integral(other, "left shift"))',
    "__rshift__": 'mx::right_shift(integral(self, "right shift"), integral(other, "right shift"))',
    "__neg__": "mx::negative(self)",
    "__pos__": "mx::positive(self)",
    "__abs__": "mx::abs(self)",
    "__invert__": 'mx::bitwise_invert(integral(self, "bitwise inversion"))',
    "__itruediv__": 'mx::divide(inexact(self, "In place division"), other)',
}

# Methods that can be called by a plain name as well: JavaScript has no operators to overload.
METHOD_ALIASES: dict[str, str] = {
    "add": "__add__",
    "subtract": "__sub__",
    "multiply": "__mul__",
    "divide": "__truediv__",
    "floor_divide": "__floordiv__",
    "remainder": "__mod__",
    "power": "__pow__",
    "matmul": "__matmul__",
    "equal": "__eq__",
    "not_equal": "__ne__",
    "less": "__lt__",
    "less_equal": "__le__",
    "greater": "__gt__",
    "greater_equal": "__ge__",
    "bitwise_and": "__and__",
    "bitwise_or": "__or__",
    "bitwise_xor": "__xor__",
    "bitwise_invert": "__invert__",
    "left_shift": "__lshift__",
    "right_shift": "__rshift__",
    "negative": "__neg__",
    "positive": "__pos__",
    **{
        f"{side}{name}": f"__{side}{name}__"
        for side, names in {
            "r": "add sub mul truediv floordiv mod pow",
            "i": "add sub mul truediv floordiv mod pow matmul and or xor lshift rshift",
        }.items()
        for name in names.split()
    },
}

# Methods of array that js/array.ts defines itself: conversions, iteration, indexing.
HAND_WRITTEN_METHODS = frozenset(
    "__init__ item tolist __array_namespace__ __getitem__ __setitem__ __len__ __iter__ __copy__ __deepcopy__ "
    "__eq__ __ne__ __bool__ __repr__ __int__ __float__ __complex__ __index__ __bytes__ __format__".split()
)
HAND_WRITTEN_PROPERTIES = frozenset("size ndim itemsize nbytes shape dtype real imag at T mT".split())
