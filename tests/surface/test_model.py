"""Signatures round-trip to text, and lookups find what the model holds."""

import pytest

from node_mlx.surface import Kind, Signature, Surface
from node_mlx.surface.annotation import normalise, union_members, union_of
from node_mlx.surface.stubs import read_stubs

STUBS = Surface("", read_stubs())


def test_every_declared_signature_round_trips() -> None:
    signatures = [signature for _, function in STUBS.functions() for signature in function.overloads]
    assert len(signatures) > 450
    for signature in signatures:
        assert Signature.parse(str(signature)) == signature


@pytest.mark.parametrize(
    "text",
    [
        "()",
        "() -> None",
        "(a, /)",
        "(a: array, /, b: int = 1, *, c=2) -> array",
        "(*args, **kwargs) -> object",
        "(*shape: int, stream: StreamOrDevice = None) -> array",
        "(*, name: str)",
        "(a, b: tuple[int, ...] = (1, 2), /) -> Callable[P, tuple[R, Any]]",
        "(mode: Literal['edge', 'wrap'] = 'edge')",
    ],
)
def test_python_syntax_is_kept(text: str) -> None:
    assert str(Signature.parse(text)) == text


def test_kinds_and_defaults_are_read() -> None:
    signature = Signature.parse("(a, /, b, *c, d, e=None, **f)")
    assert [p.kind for p in signature.parameters] == [
        Kind.POSITIONAL_ONLY,
        Kind.POSITIONAL_OR_KEYWORD,
        Kind.VAR_POSITIONAL,
        Kind.KEYWORD_ONLY,
        Kind.KEYWORD_ONLY,
        Kind.VAR_KEYWORD,
    ]
    assert [p.name for p in signature.parameters if p.required] == ["a", "b", "d"]


@pytest.mark.parametrize("text", ["(a", "(a): pass\ndef g()", "a, b"])
def test_other_text_is_no_signature(text: str) -> None:
    with pytest.raises((SyntaxError, ValueError)):
        Signature.parse(text)


@pytest.mark.parametrize(
    ("written", "normalised"),
    [
        ("mlx.core.array", "array"),
        ("collections.abc.Sequence[mlx.core.array]", "Sequence[array]"),
        ("None | int | Sequence[int]", "int | Sequence[int] | None"),
        (
            "mlx.core.Stream | mlx.core.ThreadLocalStream | mlx.core.Device | mlx.core.DeviceType | None",
            "StreamOrDevice",
        ),
        (
            "bool | int | float | array | Annotated[NDArray, dict(writable=False)] | complex | ArrayLike",
            "scalar | array",
        ),
        ("Sequence[bool | int | float | array | NDArray | complex]", "Sequence[scalar | array]"),
        ("int | tuple[int] | tuple[int, ...]", "int | tuple[int, ...]"),
        ("Device | DeviceType | None", "Device | DeviceType | None"),
        ('"full"', "'full'"),
    ],
)
def test_annotations_have_one_spelling(written: str, normalised: str) -> None:
    assert normalise(written) == normalised
    assert normalise(normalised) == normalised


def test_unions_come_apart_and_together() -> None:
    assert union_members("list[int | None] | array | None") == ("list[int | None]", "array", "None")
    assert union_of(["None", "array", "array"]) == "array | None"


def test_lookups() -> None:
    assert STUBS.module("mlx.core.fft").name == "mlx.core.fft"
    assert STUBS.function("mlx.core.sum").name == "sum"
    assert STUBS.function("mlx.core.array.sum").overloads[0].parameters[0].name == "axis"
    assert STUBS.function("mlx.core.empty") is STUBS.function("mlx.core.zeros")
    assert STUBS.function("mlx.core.matrix_norm") is STUBS.function("mlx.core.linalg.norm")
    with pytest.raises(KeyError):
        STUBS.function("mlx.core.summ")
