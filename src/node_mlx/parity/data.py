"""Contents of array arguments: seeded elements of a dtype in a profile.

Input: a random generator, a dtype key, a count and a profile. Output: bytes, row-major, native order.
A profile says what the function can be asked: "mixed" holds NaN payloads, infinities and extremes, the
others stay in a domain where the result is defined upstream.
"""

from __future__ import annotations

import random
import struct
from collections.abc import Callable

from node_mlx.parity.dtypes import FLOATS, FORMATS, bits, encode, encode_bits, integer_range

PROFILES = ("mixed", "ordinary", "positive", "unit", "small", "nonzero", "wide")


def fill(rng: random.Random, dtype: str, count: int, profile: str = "mixed") -> bytes:
    element = _element(dtype, profile)
    return b"".join(element(rng) for _ in range(count))


def _element(dtype: str, profile: str) -> Callable[[random.Random], bytes]:
    if dtype == "complex64":
        part = _element("float32", profile)
        return lambda rng: part(rng) + part(rng)
    if dtype == "bool":
        return lambda rng: b"\x01" if profile == "nonzero" or rng.random() < 0.6 else b"\x00"
    if dtype in FLOATS:
        return lambda rng: _float_element(rng, dtype, profile)
    return lambda rng: encode(dtype, _integer_element(rng, dtype, profile))


def _integer_element(rng: random.Random, dtype: str, profile: str) -> int:
    low, high = integer_range(dtype)
    signed = low < 0
    match profile:
        case "positive" | "nonzero":
            value = rng.randint(1, 9)
            return -value if signed and profile == "nonzero" and rng.random() < 0.4 else value
        case "unit":
            return rng.randint(0, 1)
        case "small":
            return rng.randint(0, 3)
        case "wide":
            return rng.randint(low, high)
        case "mixed" if rng.random() < 0.15:
            return rng.choice((low, high, high - 1, high // 2))
        case _:
            return rng.randint(-9 if signed else 0, 9)


def _float_element(rng: random.Random, dtype: str, profile: str) -> bytes:
    match profile:
        case "positive":
            value = rng.uniform(0.05, 6.0)
        case "unit":
            value = rng.uniform(-1.0, 1.0)
        case "small":
            value = float(rng.randint(-4, 4))
        case "nonzero":
            value = rng.uniform(0.25, 5.0) * rng.choice((-1.0, 1.0))
        case "wide":
            return encode_bits(dtype, rng.getrandbits(bits(dtype)))
        case "mixed" if rng.random() < 0.25:
            return encode_bits(dtype, rng.choice(special_patterns(dtype)))
        case _:
            value = rng.choice((rng.gauss(0.0, 2.0), float(rng.randint(-5, 5)), rng.randint(-9, 9) / 2))
    return encode(dtype, value)


def special_patterns(dtype: str) -> tuple[int, ...]:
    """Zeros, subnormals, extremes, infinities, quiet NaNs with payload; each with both signs."""
    exponent_bits, mantissa_bits = FORMATS[dtype]
    infinity = (2**exponent_bits - 1) << mantissa_bits
    quiet = infinity | 1 << (mantissa_bits - 1)
    smallest_normal = 1 << mantissa_bits
    one = (2 ** (exponent_bits - 1) - 1) << mantissa_bits
    magnitudes = (0, 1, smallest_normal - 1, smallest_normal, one, one + 1, infinity - 1, infinity, quiet | 5)
    sign = 1 << (exponent_bits + mantissa_bits)
    return magnitudes + tuple(sign | pattern for pattern in magnitudes)


def special_floats() -> tuple[float, ...]:
    """Scalars at the edges of what a double or a narrower float can hold. NaN is the canonical one: a
    JavaScript number carries no payload."""
    tiny_half, largest_half, overflow_half = 2.0**-24, 65504.0, 65520.0
    smallest = struct.unpack("=d", struct.pack("=Q", 1))[0]
    return (
        0.0,
        -0.0,
        0.5,
        -1.5,
        0.1,
        1e-7,
        1e10,
        3e38,
        1e39,
        -1e300,
        float("inf"),
        float("-inf"),
        float("nan"),
        smallest,
        tiny_half,
        largest_half,
        overflow_half,
    )


# Integers at the borders of the dtypes that inference and weak promotion choose between.
BORDER_INTEGERS = (
    0,
    1,
    -1,
    2,
    127,
    128,
    -128,
    -129,
    255,
    256,
    32767,
    32768,
    65535,
    65536,
    2**31 - 1,
    2**31,
    -(2**31),
    -(2**31) - 1,
    2**32 - 1,
    2**32,
    2**53,
    2**53 + 1,
    2**63 - 1,
    -(2**63),
    2**63,
    2**64 - 1,
    2**64,
)
