"""How problems are shown."""

import pytest

from node_mlx.diagnostics import (
    DecisionError,
    Diagnostic,
    Location,
    Severity,
    ToolError,
    Unsupported,
    error,
)


@pytest.mark.parametrize(
    ("location", "text"),
    [(Location("a.py"), "a.py"), (Location("a.py", 3), "a.py:3"), (Location("a.py", 3, 7), "a.py:3:7")],
)
def test_locations(location: Location, text: str) -> None:
    assert str(location) == text


def test_source_line_and_caret() -> None:
    diagnostic = Diagnostic(
        Severity.ERROR,
        Location("model.py", 12, 5),
        "no such name",
        hint="did you mean `mx`?",
        source="y = my.sum(x)",
    )
    assert diagnostic.format() == (
        "model.py:12:5: error: no such name\n  12 | y = my.sum(x)\n     |     ^\nhint: did you mean `mx`?"
    )


def test_the_caret_stands_under_its_character_behind_tabs() -> None:
    diagnostic = error("odd", Location("a.py", 1, 3), source="\tif x")
    assert diagnostic.format().splitlines()[1:] == ["  1 | \tif x", "    | \t ^"]


def test_what_is_not_known_is_left_out() -> None:
    assert error("something").format() == "error: something"
    assert error("something", Location("a.py")).format() == "a.py: error: something"
    warning = Diagnostic(Severity.WARNING, Location("a.py", 2), "careful", source="x = 1")
    assert warning.format() == "a.py:2: warning: careful\n  2 | x = 1"


def test_exceptions_show_all_their_diagnostics() -> None:
    problem = DecisionError([error("one"), error("two", hint="think")])
    assert str(problem) == "error: one\nerror: two\nhint: think"
    assert isinstance(problem, ToolError)
    assert Unsupported(error("match")).diagnostics == (error("match"),)
