"""The rounding that serves as reference for MLX, itself checked against what the standard library knows."""

import random
import struct

import pytest

from node_mlx.parity.dtypes import (
    DTYPES,
    decode_float,
    encode,
    float_bits,
    integer_range,
    is_nan,
    promote,
    round_bits,
    wrap,
)


def test_every_float16_pattern_widens_exactly_and_rounds_back() -> None:
    for pattern in range(65536):
        number = struct.unpack("<e", struct.pack("<H", pattern))[0]
        if is_nan("float16", pattern):
            assert number != number
        else:
            assert decode_float("float16", pattern) == number
            assert float_bits("float16", number) == pattern


def test_float16_rounds_as_the_standard_library_does() -> None:
    rng = random.Random(0)
    for _ in range(20_000):
        number = rng.uniform(-1, 1) * 2.0 ** rng.randint(-27, 15)
        assert float_bits("float16", number) == struct.unpack("<H", struct.pack("<e", number))[0], number


def test_float32_rounds_as_the_standard_library_does() -> None:
    rng = random.Random(0)
    for _ in range(20_000):
        number = rng.uniform(-1, 1) * 2.0 ** rng.randint(-150, 126)
        assert float_bits("float32", number) == struct.unpack("<I", struct.pack("<f", number))[0], number


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        (0x3F800000, 0x3F80),  # 1
        (0x3F808000, 0x3F80),  # halfway between two neighbours: to the even one
        (0x3F818000, 0x3F82),
        (0x3F808001, 0x3F81),  # just above the middle
        (0x3F807FFF, 0x3F80),  # just below
        (0x7F7FFFFF, 0x7F80),  # the largest float32 is past the middle to infinity
        (0x00008000, 0x0000),  # half of the smallest subnormal
        (0x00008001, 0x0001),
        (0xFF800000, 0xFF80),
    ],
)
def test_bfloat16_rounds_to_nearest_even(pattern: int, expected: int) -> None:
    assert round_bits(pattern, "float32", "bfloat16") == expected


def test_nan_stays_nan_of_the_same_sign() -> None:
    for sign in (0, 1 << 31):
        rounded = round_bits(sign | 0x7F800001, "float32", "bfloat16")
        assert is_nan("bfloat16", rounded)
        assert rounded >> 15 == sign >> 31


def test_integers_wrap() -> None:
    assert (wrap("uint8", 300), wrap("int8", 128), wrap("int64", 2**63)) == (44, -128, -(2**63))
    for dtype in ("uint16", "int32"):
        low, high = integer_range(dtype)
        assert wrap(dtype, high + 1) == low
        assert encode(dtype, high + 1) == encode(dtype, low)


def test_promotion_is_symmetric_and_idempotent() -> None:
    for left in DTYPES:
        assert promote(left, left) == left
        for right in DTYPES:
            both = promote(left, right)
            assert both == promote(right, left)
            assert both in DTYPES
