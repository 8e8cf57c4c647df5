"""The verb `surface`, and with it the lock file, against the installed MLX."""

import json
from pathlib import Path

import pytest

from node_mlx import cli
from node_mlx.decisions import load_decisions
from node_mlx.project import SURFACE_LOCK
from node_mlx.surface import command, read_surface
from node_mlx.surface.disagreement import Disagreement, Topic
from node_mlx.surface.lines import lines_of
from node_mlx.surface.lock import LockError, load_lock, lock_text
from node_mlx.surface.probe import probe
from node_mlx.surface.read import decided_surface
from node_mlx.surface.stubs import installed_version


@pytest.fixture(scope="module")
def probed() -> tuple[Disagreement, ...]:
    return probe()


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch, probed: tuple[Disagreement, ...]) -> None:
    """Commands that probe get the answers of the one real probing."""
    monkeypatch.setattr(command, "probe", lambda: probed)


def test_the_lock_is_up_to_date(probed: tuple[Disagreement, ...]) -> None:
    surface = decided_surface(probed, load_decisions())
    text = lock_text(surface, probed)
    assert SURFACE_LOCK.read_text(encoding="utf-8") == text, "run `node-mlx surface --write`"
    assert surface == read_surface()


def test_the_lock_holds_names_and_no_documentation() -> None:
    tree = json.loads(SURFACE_LOCK.read_text(encoding="utf-8"))
    assert tree["mlx"] == installed_version()
    assert tree["surface"].keys() == lines_of(read_surface().modules).keys()
    longest = max(len(line) for line in SURFACE_LOCK.read_text(encoding="utf-8").splitlines())
    assert longest < 600
    assert "Args:" not in SURFACE_LOCK.read_text(encoding="utf-8")


def test_one_changed_declaration_is_one_changed_line(probed: tuple[Disagreement, ...]) -> None:
    surface = decided_surface(probed, load_decisions())
    lines = lock_text(surface, probed).splitlines()
    fewer = lock_text(surface, probed[1:]).splitlines()
    assert len(lines) == len(set(lines))
    assert len(set(lines) - set(fewer)) == 1


def test_a_lock_of_another_version_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "surface.lock.json"
    path.write_text('{"mlx": "0.1.0", "surface": {}, "disagreements": []}', encoding="utf-8")
    with pytest.raises(LockError, match=r"written for MLX 0\.1\.0, but MLX 9\.9\.9 is installed"):
        load_lock("9.9.9", path)
    with pytest.raises(LockError, match="is missing"):
        load_lock("9.9.9", tmp_path / "none.json")


def test_summary(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["surface"]) == 0
    rows = [line.split() for line in capsys.readouterr().out.splitlines()]
    assert rows[0] == ["MLX", installed_version(), "functions", "classes", "constants", "aliases"]
    assert ["mlx.core.fft", "18", "0", "0", "0"] in rows
    assert rows[-1][0] == "total"


@pytest.mark.usefixtures("quick")
def test_check_and_write(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "surface.lock.json"
    text = SURFACE_LOCK.read_text(encoding="utf-8")
    path.write_text(text.replace('"alias zeros"', '"alias ones"'), encoding="utf-8")
    monkeypatch.setattr(command, "SURFACE_LOCK", path)
    assert cli.main(["surface", "--check"]) == 1
    shown = capsys.readouterr()
    assert '-"mlx.core.empty": "alias ones",\n+"mlx.core.empty": "alias zeros",\n' in shown.out
    assert "surface.lock.json is out of date; run `node-mlx surface --write`" in shown.err
    assert cli.main(["surface", "--write"]) == 0
    assert path.read_text(encoding="utf-8") == text
    assert cli.main(["surface", "--check"]) == 0


@pytest.mark.usefixtures("quick")
def test_disagreements_are_listed_with_their_decisions(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["surface", "--disagreements"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert "returns mlx.core.divmod: stub array, run time list[array]; decided: run time" in lines
    assert "UNDECIDED" not in "\n".join(lines)


def test_an_undecided_disagreement_is_shown_and_stops_writing(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], probed: tuple[Disagreement, ...]
) -> None:
    new = Disagreement(Topic.RETURNS, "mlx.core.abs", "array", "list[array]")
    monkeypatch.setattr(command, "probe", lambda: (*probed, new))
    assert cli.main(["surface", "--disagreements"]) == 1
    assert (
        "returns mlx.core.abs: stub array, run time list[array]; decided: UNDECIDED"
        in capsys.readouterr().out
    )
    before = SURFACE_LOCK.stat().st_mtime_ns
    assert cli.main(["surface", "--write"]) == 1
    assert "error: undecided: returns mlx.core.abs" in capsys.readouterr().err
    assert SURFACE_LOCK.stat().st_mtime_ns == before


@pytest.mark.parametrize(
    "fact",
    [
        "accepts-scalar mlx.core.abs(a)",
        "refuses-position mlx.core.add(stream)",
        "refuses-keyword mlx.core.add(b)",
        "accepts-position mlx.core.count_nonzero(axis)",
        "accepts-keyword mlx.core.astype(dtype)",
        "other-keyword mlx.core.sum(a)",
        "optional mlx.core.save_gguf(metadata)",
        "refuses-type mlx.core.meshgrid(sparse)",
        "only-at-run-time mlx.core.random.state",
        "only-in-stub mlx.core.DLPackCompatible",
        "overloads mlx.core.array.__eq__",
        "returns mlx.core.einsum_path",
    ],
)
def test_known_disagreements_are_found(probed: tuple[Disagreement, ...], fact: str) -> None:
    assert fact in {f"{d.topic.value} {d.subject}" for d in probed}


def test_wrong_use_ends_with_status_2(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.main(["surface", "--check", "--write"])
    assert ended.value.code == 2
    assert "not allowed with" in capsys.readouterr().err
