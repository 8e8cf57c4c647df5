"""The 14 dtypes, written down independently of MLX: width, range, promotion, category, number → bytes.

Input: dtype keys and Python numbers. Output: bytes in native order, promoted keys, categories.
round_bits rounds in integer arithmetic, so that it can serve as the reference for MLX itself.
    encode("bfloat16", 1.0)  →  b"\\x80\\x3f"        promote("int8", "uint8")  →  "int16"
"""

from __future__ import annotations

import math
import struct

DTYPES = (
    "bool",
    "uint8",
    "uint16",
    "uint32",
    "uint64",
    "int8",
    "int16",
    "int32",
    "int64",
    "float16",
    "bfloat16",
    "float32",
    "float64",
    "complex64",
)
UNSIGNED = DTYPES[1:5]
SIGNED = DTYPES[5:9]
INTEGERS = UNSIGNED + SIGNED
FLOATS = DTYPES[9:13]
# Floats of the operations that accept no float64 on every device.
SHORT_FLOATS = DTYPES[9:12]
INEXACT = DTYPES[9:]

SIZES = {
    "bool": 1,
    **{key: int(key.lstrip("uint")) // 8 for key in INTEGERS},
    "float16": 2,
    "bfloat16": 2,
    "float32": 4,
    "float64": 8,
    "complex64": 8,
}

CATEGORIES = {
    "bool": "generic",
    **dict.fromkeys(UNSIGNED, "unsignedinteger"),
    **dict.fromkeys(SIGNED, "signedinteger"),
    **dict.fromkeys(FLOATS, "floating"),
    "complex64": "complexfloating",
}

# Each category's parent; issubdtype walks up.
CATEGORY_PARENTS = {
    "complexfloating": "inexact",
    "floating": "inexact",
    "inexact": "number",
    "signedinteger": "integer",
    "unsignedinteger": "integer",
    "integer": "number",
    "number": "generic",
}

# Floating formats: exponent bits, stored mantissa bits.
FORMATS = {"float16": (5, 10), "bfloat16": (8, 7), "float32": (8, 23), "float64": (11, 52)}

_FLOAT_CODES = {"float16": "=e", "float32": "=f", "float64": "=d"}
_INTEGER_CODES = {"uint8": "B", "uint16": "H", "uint32": "I", "uint64": "Q"}


def bits(key: str) -> int:
    return SIZES[key] * 8


def integer_range(key: str) -> tuple[int, int]:
    if key in UNSIGNED:
        return 0, (1 << bits(key)) - 1
    half = 1 << (bits(key) - 1)
    return -half, half - 1


def wrap(key: str, value: int) -> int:
    """The value modulo 2^bits, in the range of the dtype."""
    modulus = 1 << bits(key)
    value %= modulus
    return value - modulus if key in SIGNED and value >= modulus // 2 else value


def round_bits(pattern: int, source: str, target: str) -> int:
    """Bit pattern of a finite or infinite `source` float rounded to nearest, ties to even, in `target`.

    NaN gives a quiet NaN of the same sign; which payload it carries is up to the implementation.
    """
    exponent_bits, mantissa_bits = FORMATS[source]
    sign = pattern >> (exponent_bits + mantissa_bits)
    exponent = (pattern >> mantissa_bits) & ((1 << exponent_bits) - 1)
    mantissa = pattern & ((1 << mantissa_bits) - 1)
    out_exponent_bits, out_mantissa_bits = FORMATS[target]
    top = (1 << out_exponent_bits) - 1
    sign_bit = sign << (out_exponent_bits + out_mantissa_bits)
    if exponent == (1 << exponent_bits) - 1:
        quiet = 1 << (out_mantissa_bits - 1) if mantissa else 0
        return sign_bit | top << out_mantissa_bits | quiet
    # value = significand × 2^power, exactly
    significand = mantissa if exponent == 0 else mantissa | 1 << mantissa_bits
    bias = (1 << (exponent_bits - 1)) - 1
    power = max(exponent, 1) - bias - mantissa_bits
    if significand == 0:
        return sign_bit
    out_bias = (1 << (out_exponent_bits - 1)) - 1
    # Power of the last kept bit: that of the value's own binade, or of the smallest one (subnormals).
    last = max(significand.bit_length() - 1 + power, 1 - out_bias) - out_mantissa_bits
    kept = _round_half_even(significand, last - power)
    # A kept significand without its leading bit is subnormal; carrying into the next binade just adds up.
    if kept < 1 << out_mantissa_bits:
        return sign_bit | kept
    encoded = ((last + out_mantissa_bits + out_bias) << out_mantissa_bits) + (kept - (1 << out_mantissa_bits))
    return sign_bit | min(encoded, top << out_mantissa_bits)


def _round_half_even(significand: int, shift: int) -> int:
    if shift <= 0:
        return significand << -shift
    kept, rest, half = significand >> shift, significand & ((1 << shift) - 1), 1 << (shift - 1)
    return kept + (rest > half or (rest == half and kept & 1))


def float_bits(key: str, value: float) -> int:
    (pattern,) = struct.unpack("=Q", struct.pack("=d", value))
    return pattern if key == "float64" else round_bits(pattern, "float64", key)


def encode_bits(key: str, pattern: int) -> bytes:
    return struct.pack("=" + _INTEGER_CODES[f"uint{bits(key)}"], pattern)


def encode(key: str, value: complex) -> bytes:
    """One element. Integers wrap, floats round to nearest even, NaN becomes a quiet NaN."""
    if key == "complex64":
        parts = (value.real, value.imag)
        return b"".join(encode_bits("float32", float_bits("float32", part)) for part in parts)
    real = value.real
    if key == "bool":
        return b"\x01" if real else b"\x00"
    if key in FLOATS:
        return _encode_float(key, float(real))
    return encode_bits(f"uint{bits(key)}", int(real) & (2 ** bits(key) - 1))


def _encode_float(key: str, value: float) -> bytes:
    """By the standard library where it rounds in the same way, which is much faster; it refuses overflow."""
    if code := _FLOAT_CODES.get(key):
        try:
            return struct.pack(code, value)
        except OverflowError:
            pass
    return encode_bits(key, float_bits(key, value))


def decode_float(key: str, pattern: int) -> float:
    """The number that a float16, bfloat16, float32 or float64 pattern stands for."""
    wide = pattern if key == "float64" else _widen(pattern, key)
    return float(struct.unpack("=d", struct.pack("=Q", wide))[0])


def _widen(pattern: int, key: str) -> int:
    return round_bits(pattern, key, "float64")


def is_nan(key: str, pattern: int) -> bool:
    return math.isnan(decode_float(key, pattern))


def promote(left: str, right: str) -> str:
    """The dtype of an operation between arrays of two dtypes: integers meet in the next wider signed type,
    an integer adopts the float it meets, the two 16-bit floats meet in float32, complex64 takes all."""
    if left == right:
        return left
    pair = {left, right}
    if "complex64" in pair:
        return "complex64"
    floats = [key for key in (left, right) if key in FLOATS]
    if len(floats) == 1:
        return floats[0]
    if len(floats) == 2:
        return "float32" if pair == {"float16", "bfloat16"} else max(floats, key=bits)
    if "bool" in pair:
        return left if right == "bool" else right
    if (left in UNSIGNED) == (right in UNSIGNED):
        return max(left, right, key=bits)
    unsigned, signed = (left, right) if left in UNSIGNED else (right, left)
    if bits(signed) > bits(unsigned):
        return signed
    return "float32" if unsigned == "uint64" else f"int{bits(unsigned) * 2}"


def is_subcategory(category: str, ancestor: str) -> bool:
    current: str | None = category
    while current is not None:
        if current == ancestor:
            return True
        current = CATEGORY_PARENTS.get(current)
    return False
