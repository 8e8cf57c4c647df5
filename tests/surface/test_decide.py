"""Every disagreement needs a decision, every decision a disagreement; decided ones change the model."""

from pathlib import Path

import pytest

from node_mlx.decisions import Section, load_decisions
from node_mlx.diagnostics import DecisionError
from node_mlx.surface import Constant, Function, Module, Signature
from node_mlx.surface.decide import decide
from node_mlx.surface.disagreement import Disagreement, Topic

FUNCTION = "mlx.core.f"


def _section(tmp_path: Path, *entries: tuple[str, str, list[str]]) -> Section:
    text = "".join(
        f'[[surface]]\ntopic = "{topic}"\ndecision = "{decision}"\nnames = {names}\nreason = "a test"\n'
        for topic, decision, names in entries
    )
    path = tmp_path / "decisions.toml"
    path.write_text(text, encoding="utf-8")
    return load_decisions(path).section("surface")


def _modules(
    signature: str = "(a: array, b: int = 0, *, stream: StreamOrDevice = None) -> array",
) -> tuple[Module]:
    function = Function("f", (Signature.parse(signature),))
    return (Module("mlx.core", functions=(function,), constants=(Constant("P"),)),)


def _decided(tmp_path: Path, topic: Topic, run_time: str, parameter: str | None = None) -> str:
    """The signature after run time won one disagreement."""
    disagreement = Disagreement(topic, FUNCTION, "", run_time, parameter)
    section = _section(tmp_path, (topic.value, "run time", [disagreement.subject]))
    (module,) = decide(_modules(), [disagreement], section)
    (function,) = module.functions
    return " ; ".join(str(signature) for signature in function.overloads)


@pytest.mark.parametrize(
    ("topic", "run_time", "parameter", "expected"),
    [
        (Topic.ACCEPTS_SCALAR, "scalar", "a", "(a: scalar | array, b: int = 0, *, STREAM) -> array"),
        (Topic.ACCEPTS_SCALAR, "float", "a", "(a: float | array, b: int = 0, *, STREAM) -> array"),
        (Topic.ACCEPTS_NONE, "None", "b", "(a: array, b: int | None = 0, *, STREAM) -> array"),
        (Topic.ACCEPTS_TYPE, "str", "b", "(a: array, b: int | str = 0, *, STREAM) -> array"),
        (
            Topic.ACCEPTS_POSITION,
            "positional or keyword",
            "stream",
            "(a: array, b: int = 0, STREAM) -> array",
        ),
        (Topic.REFUSES_POSITION, "keyword-only", "a", "(b: int = 0, *, a: array, STREAM) -> array"),
        (Topic.REFUSES_KEYWORD, "positional-only", "a", "(a: array, /, b: int = 0, *, STREAM) -> array"),
        (Topic.OTHER_KEYWORD, "x", "a", "(x: array, b: int = 0, *, STREAM) -> array"),
        (Topic.OPTIONAL, "None", "a", "(a: array = None, b: int = 0, *, STREAM) -> array"),
        (Topic.RETURNS, "list[array]", None, "(a: array, b: int = 0, *, STREAM) -> list[array]"),
        (Topic.OVERLOADS, "def () -> int ; def (a) -> str", None, "() -> int ; (a) -> str"),
    ],
)
def test_run_time_changes_the_model(
    tmp_path: Path, topic: Topic, run_time: str, parameter: str | None, expected: str
) -> None:
    expected = expected.replace("STREAM", "stream: StreamOrDevice = None")
    assert _decided(tmp_path, topic, run_time, parameter) == expected


@pytest.mark.parametrize(
    ("annotation", "refused", "left"),
    [("int | str | None", "None", "int | str"), ("scalar | array", "complex", "int | float | array")],
)
def test_refused_types_go(tmp_path: Path, annotation: str, refused: str, left: str) -> None:
    disagreement = Disagreement(Topic.REFUSES_TYPE, FUNCTION, annotation, refused, "a")
    section = _section(tmp_path, ("refuses-type", "run time", ["mlx.core.f(a)"]))
    (module,) = decide(_modules(f"(a: {annotation})"), [disagreement], section)
    assert str(module.functions[0].overloads[0]) == f"(a: {left})"


def test_several_edits_keep_the_order_of_parameters(tmp_path: Path) -> None:
    found = [
        Disagreement(Topic.REFUSES_POSITION, FUNCTION, "", "keyword-only", name) for name in ("c", "b", "d")
    ]
    section = _section(tmp_path, ("refuses-position", "run time", ["*"]))
    (module,) = decide(_modules("(a, b, c, d)"), found, section)
    assert str(module.functions[0].overloads[0]) == "(a, *, b, c, d)"


def test_one_overload_can_be_meant(tmp_path: Path) -> None:
    overloads = (Signature.parse("(a: int)"), Signature.parse("(a: str)"))
    modules = (Module("mlx.core", functions=(Function("f", overloads),)),)
    found = Disagreement.about(Topic.ACCEPTS_NONE, "mlx.core.f/1(a)", "str", "None")
    section = _section(tmp_path, ("accepts-none", "run time", ["mlx.core.f/1(a)"]))
    (module,) = decide(modules, [found], section)
    assert [str(s) for s in module.functions[0].overloads] == ["(a: int)", "(a: str | None)"]


def test_names_come_and_go(tmp_path: Path) -> None:
    found = [
        Disagreement(Topic.ONLY_IN_STUB, "mlx.core.P", "constant", ""),
        Disagreement(Topic.ONLY_AT_RUN_TIME, "mlx.core.C", "", "class"),
        Disagreement(Topic.ONLY_AT_RUN_TIME, "mlx.core.C.g", "", "def () -> int"),
        Disagreement(Topic.ONLY_AT_RUN_TIME, "mlx.core.v", "", "constant str"),
    ]
    section = _section(
        tmp_path,
        ("only-in-stub", "run time", ["mlx.core.P"]),
        ("only-at-run-time", "run time", ["mlx.core.C*", "mlx.core.v"]),
    )
    (module,) = decide(_modules(), found, section)
    assert module.constants == (Constant("v", "str"),)
    (cls,) = module.classes
    assert cls.methods == (Function("g", (Signature.parse("() -> int"),)),)


def test_the_stub_can_win(tmp_path: Path) -> None:
    disagreement = Disagreement(Topic.RETURNS, FUNCTION, "array", "int")
    section = _section(tmp_path, ("returns", "stub", ["mlx.core.f"]))
    assert decide(_modules(), [disagreement], section) == _modules()


def test_undecided_is_an_error_that_lists_all(tmp_path: Path) -> None:
    found = [Disagreement(Topic.RETURNS, f"mlx.core.{name}", "array", "int") for name in ("f", "g", "h")]
    section = _section(tmp_path, ("returns", "stub", ["mlx.core.f"]), ("default", "stub", ["mlx.core.g"]))
    with pytest.raises(DecisionError) as raised:
        decide(_modules(), found, section)
    messages = [d.message for d in raised.value.diagnostics]
    assert messages == [
        "undecided: returns mlx.core.g: stub array, run time int",
        "undecided: returns mlx.core.h: stub array, run time int",
    ]


def test_a_decision_about_nothing_is_an_error(tmp_path: Path) -> None:
    disagreement = Disagreement(Topic.RETURNS, FUNCTION, "array", "int")
    section = _section(tmp_path, ("returns", "stub", ["mlx.core.f", "mlx.core.absent"]))
    with pytest.raises(
        DecisionError, match=r'decisions\.toml:1:1: error: nothing matches "mlx\.core\.absent"'
    ):
        decide(_modules(), [disagreement], section)


@pytest.mark.parametrize(
    ("topic", "decision", "message"),
    [
        ("returns", "both", "unknown decision 'both'"),
        ("colour", "stub", "unknown topic 'colour'"),
        ("default", "run time", "the stub's must stand"),
    ],
)
def test_unknown_decisions_are_errors(tmp_path: Path, topic: str, decision: str, message: str) -> None:
    section = _section(tmp_path, (topic, decision, ["mlx.core.f"]))
    with pytest.raises(DecisionError, match=message):
        decide(_modules(), [], section)


def test_unknown_keys_are_errors(tmp_path: Path) -> None:
    path = tmp_path / "decisions.toml"
    path.write_text(
        '[[surface]]\ntopic = "returns"\ndecision = "stub"\nnames = ["f"]\nreason = "r"\nnote = "n"\n',
        encoding="utf-8",
    )
    with pytest.raises(DecisionError, match="unknown key 'note'"):
        decide(_modules(), [], load_decisions(path).section("surface"))


@pytest.mark.parametrize("subject", ["mlx.core.abs(a)", "mlx.core.divmod", "mlx.core.arange/1(stop)", "f/0"])
def test_subjects_round_trip(subject: str) -> None:
    assert Disagreement.about(Topic.RETURNS, subject, "", "").subject == subject


def test_odd_subjects_are_refused() -> None:
    with pytest.raises(ValueError, match="not the subject"):
        Disagreement.about(Topic.RETURNS, "mlx.core.abs(a, b)", "", "")
