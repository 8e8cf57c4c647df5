"""The loader of decisions.toml: form, look-up, and account of what was used."""

from pathlib import Path

import pytest

from node_mlx.decisions import Decisions, load_decisions
from node_mlx.diagnostics import DecisionError

TEXT = """\
# A comment.
[[bind.omit]]
names = ["mlx.core.a*", "mlx.core.b"]
reason = "one"

[[surface]]
topic = "returns"
names = ["mlx.core.*"]
reason = "two"

[[bind.omit]]
names = ["mlx.core.c"]
reason = "three"
"""


def _load(tmp_path: Path, text: str = TEXT) -> Decisions:
    path = tmp_path / "decisions.toml"
    path.write_text(text, encoding="utf-8")
    return load_decisions(path)


def test_entries_are_found_by_pattern_and_field(tmp_path: Path) -> None:
    decisions = _load(tmp_path)
    omit = decisions.section("bind.omit")
    assert [entry.location.line for entry in omit.entries] == [2, 11]
    found = omit.find("mlx.core.abs")
    assert found is not None
    assert found.reason == "one"
    assert omit.find("mlx.core.zeros") is None
    surface = decisions.section("surface")
    assert surface.find("mlx.core.abs", topic="default") is None
    assert surface.find("mlx.core.abs", topic="returns") is not None
    assert decisions.section("parity").entries == ()


def test_unused_patterns_are_reported_one_by_one(tmp_path: Path) -> None:
    omit = _load(tmp_path).section("bind.omit")
    omit.find("mlx.core.abs")
    unused = [(d.message, d.location.line if d.location else 0) for d in omit.unused()]
    assert unused == [('nothing matches "mlx.core.b"', 2), ('nothing matches "mlx.core.c"', 11)]
    with pytest.raises(DecisionError, match=r"mlx\.core\.b"):
        omit.check_all_used()
    omit.find("mlx.core.b")
    omit.find("mlx.core.c")
    omit.check_all_used()


def test_deciding_twice_is_an_error(tmp_path: Path) -> None:
    text = '[[bind]]\nnames = ["a*"]\nreason = "r"\n[[bind]]\nnames = ["*b"]\nreason = "r"\n'
    section = _load(tmp_path, text).section("bind")
    assert section.find("ac") is not None
    with pytest.raises(
        DecisionError, match=r"decisions\.toml:4:1: error: ab is decided twice, also at .*:1:1"
    ):
        section.find("ab")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('[[bind]]\nreason = "r"\n', "needs `names`"),
        ('[[bind]]\nnames = []\nreason = "r"\n', "needs `names`"),
        ('[[bind]]\nnames = "f"\nreason = "r"\n', "needs `names`"),
        ('[[bind]]\nnames = ["f"]\n', "needs a `reason`"),
        ('[[bind]]\nnames = ["f"]\nreason = "  "\n', "needs a `reason`"),
        ('top = "x"\n', "`top` stands alone"),
        ('[bind]\nomit = ["f"]\n', r"`bind\.omit` stands alone"),
        ("[[bind\n", "TOML|Expected"),
    ],
)
def test_form_is_checked(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(DecisionError, match=message):
        _load(tmp_path, text)


def test_a_missing_field_names_its_entry(tmp_path: Path) -> None:
    (entry,) = _load(tmp_path, '[[bind]]\nnames = ["f"]\nreason = "r"\n').section("bind").entries
    with pytest.raises(DecisionError, match=r"decisions\.toml:1:1: error: an entry needs `decision`"):
        entry.text("decision")


def test_the_file_of_the_project_loads() -> None:
    assert len(load_decisions().section("surface").entries) > 10
