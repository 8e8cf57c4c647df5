"""Cases whose results are known without MLX: rounding of the short floats bit by bit, and integer edges.

Both sides are compared with values computed here in integer arithmetic (dtypes.py): all 65,536 patterns of
float16 and bfloat16 to float32 and back, float32 and float64 at and around every halfway point, arithmetic
rounded once, wrapping of integers, integer ↔ float conversions in range. Run alone with `--precision`.
"""

from __future__ import annotations

import math
import random
import struct
from collections.abc import Callable, Iterator, Sequence

from node_mlx.parity import values
from node_mlx.parity.case import Case, Step
from node_mlx.parity.dtypes import (
    DTYPES,
    FORMATS,
    INTEGERS,
    bits,
    decode_float,
    encode,
    encode_bits,
    float_bits,
    integer_range,
    is_nan,
    round_bits,
    wrap,
)
from node_mlx.parity.recipe import Recipes, case_of
from node_mlx.parity.values import Value

TOPIC = "precision"
CHUNK = 4096
SHORT = ("float16", "bfloat16")
SAMPLES = 2048

RECIPES: Recipes = {}

# struct codes of unsigned integers by size in bytes.
_CODES = {1: "B", 2: "H", 4: "I", 8: "Q"}


def patterns_array(dtype: str, patterns: Sequence[int]) -> Value:
    code = _CODES[bits(dtype) // 8]
    return values.array(dtype, (len(patterns),), struct.pack(f"={len(patterns)}{code}", *patterns))


def kind_of(case: Case) -> str:
    """What a case with an expected result checks, in the words of the report."""
    call = case.steps[-1]
    name = call.call.removeprefix("mlx.core.")
    if case.topic != TOPIC:
        return "promotion and categories of every pair"
    if name != "astype":
        return f"arithmetic: {name}"
    source, target = call.args[0], call.args[1]["name"].removeprefix("mlx.core.")
    if "array" not in source:
        return f"float32 → {target}, back from all 65,536 patterns"
    dtype = values.dtype_of(source)
    kinds = {
        (True, True): "integer → integer, wrapped",
        (True, False): "integer → float",
        (False, True): "float → integer, truncated",
    }
    integers = (dtype in INTEGERS, target in INTEGERS or target == "bool_")
    return kinds.get(integers) or f"{dtype} → {target}, {_COVERED[str(dtype)]}"


# What of the source is covered.
_COVERED = {
    **dict.fromkeys(SHORT, "all 65,536 patterns"),
    "float32": "at and beside every halfway point",
    "float64": f"at and beside {SAMPLES:,} halfway points",
}


def _chunks(patterns: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(patterns), CHUNK):
        yield patterns[start : start + CHUNK]


def _cast(source: str, target: str, patterns: Sequence[int]) -> Case:
    """astype of the patterns, which must give the correctly rounded ones."""
    step = Step("mlx.core.astype", (patterns_array(source, patterns), values.dtype(target)))
    expected = patterns_array(target, [round_bits(pattern, source, target) for pattern in patterns])
    return case_of("mlx.core.astype", TOPIC, step, expected=expected)


def cases() -> Iterator[Case]:
    for source in (
        _all_patterns,
        _halfway_points,
        _arithmetic,
        _integer_casts,
        _integer_edges,
        _float_integer_casts,
    ):
        yield from source()


def _all_patterns() -> Iterator[Case]:
    for dtype in SHORT:
        for chunk in _chunks(range(65536)):
            yield _cast(dtype, "float32", chunk)
            yield _cast(dtype, "float64", chunk)
            # There and back. NaNs may come back with another payload, so they stay out of this one.
            numbers = [pattern for pattern in chunk if not is_nan(dtype, pattern)]
            array = patterns_array(dtype, numbers)
            wide = values.call("mlx.core.astype", (array, values.dtype("float32")))
            back = Step("mlx.core.astype", (wide, values.dtype(dtype)))
            yield case_of("mlx.core.astype", TOPIC, back, expected=array)


def halfway_patterns(dtype: str, source: str) -> Iterator[int]:
    """Patterns of `source` at, just below and just above the middle of neighbours of `dtype`, both signs.

    The last middle lies between the largest finite number and the infinity that takes its successor's place.
    """
    exponent_bits, mantissa_bits = FORMATS[dtype]
    infinity = (2**exponent_bits - 1) << mantissa_bits
    sign = 1 << (bits(source) - 1)
    largest_step = decode_float(dtype, infinity - 1) - decode_float(dtype, infinity - 2)
    for pattern in range(infinity):
        low = decode_float(dtype, pattern)
        high = decode_float(dtype, pattern + 1) if pattern + 1 < infinity else low + largest_step
        # Exact: the sum has one bit more than the neighbours.
        middle = float_bits(source, (low + high) / 2)
        for offset in (-1, 0, 1):
            yield middle + offset
            yield sign | middle + offset


def _halfway_points() -> Iterator[Case]:
    for dtype in SHORT:
        for chunk in _chunks(list(halfway_patterns(dtype, "float32"))):
            yield _cast("float32", dtype, chunk)
    rng = random.Random("float64")
    middles = []
    for _ in range(SAMPLES):
        pattern = rng.getrandbits(31) % 0x7F7FFFFF
        middle = (decode_float("float32", pattern) + decode_float("float32", pattern + 1)) / 2
        middles += [float_bits("float64", middle) + offset for offset in (-1, 0, 1)]
    for chunk in _chunks(middles):
        yield _cast("float64", "float32", chunk)


_OPERATIONS: dict[str, Callable[[float, float], float]] = {
    "add": lambda a, b: a + b,
    "subtract": lambda a, b: a - b,
    "multiply": lambda a, b: a * b,
    "divide": lambda a, b: a / b,
}


def _arithmetic() -> Iterator[Case]:
    """One operation on short floats, rounded once. The double result is exact, or so close that rounding
    it again gives the same short float."""
    for dtype in SHORT:
        rng = random.Random(dtype)
        for name, compute in _OPERATIONS.items():
            left: list[int] = []
            right: list[int] = []
            out: list[int] = []
            while len(out) < SAMPLES:
                pair = rng.getrandbits(16), rng.getrandbits(16)
                a, b = (decode_float(dtype, pattern) for pattern in pair)
                if math.isfinite(a) and math.isfinite(b) and b != 0.0:
                    left.append(pair[0])
                    right.append(pair[1])
                    out.append(float_bits(dtype, compute(a, b)))
            step = Step(f"mlx.core.{name}", (patterns_array(dtype, left), patterns_array(dtype, right)))
            yield case_of(f"mlx.core.{name}", TOPIC, step, expected=patterns_array(dtype, out))
        positive = [p for p in range(0, 32768, 5) if math.isfinite(decode_float(dtype, p))]
        roots = [float_bits(dtype, math.sqrt(decode_float(dtype, p))) for p in positive]
        step = Step("mlx.core.sqrt", (patterns_array(dtype, positive),))
        yield case_of("mlx.core.sqrt", TOPIC, step, expected=patterns_array(dtype, roots))


def _edges(dtype: str) -> list[int]:
    low, high = integer_range(dtype)
    near = [0, 1, 2, 3, high // 2, high // 2 + 1, high - 1, high, low, low + 1]
    return [*near, -1, -2, -3] if low < 0 else near


def _integers(dtype: str, numbers: Sequence[int]) -> Value:
    return values.array(dtype, (len(numbers),), b"".join(encode(dtype, number) for number in numbers))


def _integer_casts() -> Iterator[Case]:
    """Integer to integer wraps; integer to float rounds to nearest even; anything but 0 is True."""
    for source in INTEGERS:
        numbers = _edges(source)
        array = _integers(source, numbers)
        for target in DTYPES:
            if target in SHORT:
                # Through float32 first, as upstream does: those two roundings are its definition.
                converted = [round_bits(_float32_of(number), "float32", target) for number in numbers]
                expected = patterns_array(target, converted)
            elif target == "bool":
                expected = values.array("bool", (len(numbers),), bytes(number != 0 for number in numbers))
            elif target in INTEGERS:
                expected = _integers(target, [wrap(target, number) for number in numbers])
            elif target == "float32":
                expected = patterns_array(target, [_float32_of(number) for number in numbers])
            elif target == "float64":
                expected = patterns_array(target, [float_bits(target, float(number)) for number in numbers])
            else:
                data = b"".join(encode_bits("float32", _float32_of(number)) + bytes(4) for number in numbers)
                expected = values.array(target, (len(numbers),), data)
            step = Step("mlx.core.astype", (array, values.dtype(target)))
            yield case_of("mlx.core.astype", TOPIC, step, expected=expected)


def _float32_of(number: int) -> int:
    """Bits of the float32 nearest to an integer, rounded once and not through a double."""
    if number == 0:
        return 0
    sign, magnitude = (1 << 31 if number < 0 else 0), abs(number)
    shift = magnitude.bit_length() - 24
    if shift > 0:
        kept, rest, half = magnitude >> shift, magnitude & (2**shift - 1), 2 ** (shift - 1)
        kept += rest > half or (rest == half and kept & 1)
        magnitude = kept << shift
    return sign | float_bits("float32", float(magnitude))


def _integer_edges() -> Iterator[Case]:
    operations: dict[str, Callable[[int, int], int]] = {
        "add": lambda a, b: a + b,
        "subtract": lambda a, b: a - b,
        "multiply": lambda a, b: a * b,
        "bitwise_and": lambda a, b: a & b,
        "bitwise_or": lambda a, b: a | b,
        "bitwise_xor": lambda a, b: a ^ b,
        "maximum": max,
        "minimum": min,
    }
    for dtype in INTEGERS:
        edges = _edges(dtype)
        left = [a for a in edges for _ in edges]
        right = edges * len(edges)
        operands = (_integers(dtype, left), _integers(dtype, right))
        for name, compute in operations.items():
            results = [wrap(dtype, compute(a, b)) for a, b in zip(left, right, strict=True)]
            step = Step(f"mlx.core.{name}", operands)
            yield case_of(f"mlx.core.{name}", TOPIC, step, expected=_integers(dtype, results))
        unary: dict[str, Callable[[int], int]] = {
            "negative": lambda a: -a,
            "abs": abs,
            "square": lambda a: a * a,
            "bitwise_invert": lambda a: ~a,
            "sign": lambda a: (a > 0) - (a < 0),
        }
        for name, single in unary.items():
            results = [wrap(dtype, single(a)) for a in edges]
            step = Step(f"mlx.core.{name}", (_integers(dtype, edges),))
            yield case_of(f"mlx.core.{name}", TOPIC, step, expected=_integers(dtype, results))
        total = Step("mlx.core.cumsum", (_integers(dtype, edges),))
        running = [wrap(dtype, sum(edges[: i + 1])) for i in range(len(edges))]
        yield case_of("mlx.core.cumsum", TOPIC, total, expected=_integers(dtype, running))


def _float_integer_casts() -> Iterator[Case]:
    """Float to integer truncates toward zero; only numbers in range, since the others are undefined."""
    numbers = (
        0.0,
        -0.0,
        0.49,
        0.5,
        0.99,
        1.0,
        1.5,
        2.5,
        99.9,
        127.0,
        -0.5,
        -0.99,
        -1.5,
        -2.5,
        -100.25,
        -127.9,
    )
    for source in FORMATS:
        for target in INTEGERS:
            low, _ = integer_range(target)
            chosen = [number for number in numbers if low < 0 or number > -1.0]
            patterns = [float_bits(source, number) for number in chosen]
            results = [math.trunc(decode_float(source, pattern)) for pattern in patterns]
            step = Step("mlx.core.astype", (patterns_array(source, patterns), values.dtype(target)))
            yield case_of("mlx.core.astype", TOPIC, step, expected=_integers(target, results))
