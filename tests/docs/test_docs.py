"""No document names a path, a make target or a node-mlx verb that does not exist; README's programs run."""

from __future__ import annotations

import functools
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from node_mlx import cli
from node_mlx.project import ROOT
from tests.docs.markdown import Piece, blocks, documents, links, spans
from tests.docs.porting_table import BLOCK, PORTING, table

# Endings that make a word a path even without a slash.
ENDINGS = (".md", ".ts", ".mjs", ".py", ".toml", ".json", ".mk", ".sh", ".html", ".png")
PATH = re.compile(r"\.?[A-Za-z_][\w.-]*(/[\w.@*<>-]+)*/?")
# Where a file named without its folder may lie: what is written by hand, and the packages.
NAMED = ("src", "native", "js", "tests", "examples", "benchmarks", "docs", "build/native", "build/npm")
MAKEFILE = ROOT / "Makefile"
# What makes the files of build/: it names them.
MAKERS = "".join(path.read_text(encoding="utf-8") for path in (MAKEFILE, *(ROOT / "src").rglob("*.py")))
# Words with a slash that name an npm package or part of one, not a file here.
PACKAGE = re.compile(r"(@node-mlx|mlx)/")


def paths_in(words: str) -> Iterator[str]:
    """The words of a command or code span that look like paths of this repository."""
    for word in words.split():
        candidate = word.removeprefix("./")
        if not PATH.fullmatch(candidate) or PACKAGE.match(candidate):
            continue
        # `.d.ts` alone speaks of a kind of file.
        if "/" in candidate or (candidate.endswith(ENDINGS) and not candidate.startswith(".")):
            yield candidate


def exists(path: str, document: Path) -> bool:
    """Whether a path exists, from the root or the document's folder; a bare file name may lie deeper.

    What a target makes exists as soon as somebody runs it.
    """
    pattern = path.rstrip("/")
    if pattern.startswith("build/") and pattern in MAKERS:
        return True
    folders = [ROOT, document.parent]
    if any(True for folder in folders for _ in folder.glob(pattern)):
        return True
    return "/" not in pattern and any(True for folder in NAMED for _ in (ROOT / folder).rglob(pattern))


def command_lines(document: Path) -> Iterator[Piece]:
    """Shell commands: the lines of sh blocks without their comments, and code spans."""
    for block in blocks(document):
        if block.language in {"sh", "bash", "console"}:
            for line in block.text.splitlines():
                yield Piece(document, block.line, line.split("#")[0])
    yield from spans(document)


def make_targets() -> set[str]:
    makefile = MAKEFILE.read_text(encoding="utf-8")
    return set(re.findall(r"^([a-z-]+):", makefile, re.MULTILINE))


@functools.cache
def command_help(*verb: str) -> str:
    command = [str(ROOT / "build/venv/bin/node-mlx"), *verb, "--help"]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def verbs() -> set[str]:
    """Those of the toolchain, and those of the command that the npm package has."""
    package = ["node", str(ROOT / "build/npm/mlx/bin/node-mlx.mjs"), "--help"]
    printed = subprocess.run(package, capture_output=True, text=True, check=True).stdout
    ours = {verb for verb in cli.STAGES if re.search(rf"^\s+{verb}\b", command_help(), re.MULTILINE)}
    return ours | set(re.findall(r"^usage: node-mlx (\w+)", printed, re.MULTILINE))


@pytest.mark.parametrize("document", documents(), ids=lambda path: str(path.relative_to(ROOT)))
def test_links_lead_somewhere(document: Path) -> None:
    broken = [
        f"{link}: {link.text}"
        for link in links(document)
        if not re.match(r"(https?:|#)", link.text)
        and not (document.parent / link.text.split("#")[0]).exists()
    ]
    assert broken == []


@pytest.mark.parametrize("document", documents(), ids=lambda path: str(path.relative_to(ROOT)))
def test_paths_exist(document: Path) -> None:
    missing = [
        f"{piece}: {path}"
        for piece in command_lines(document)
        for path in paths_in(piece.text)
        if not exists(path, document)
    ]
    assert missing == []


@pytest.mark.parametrize("document", documents(), ids=lambda path: str(path.relative_to(ROOT)))
def test_commands_exist(document: Path) -> None:
    known = {"make": make_targets(), "node-mlx": verbs()}
    assert all(known.values())
    unknown = [
        f"{piece}: {match[0]}"
        for piece in command_lines(document)
        for match in re.finditer(r"(?<![\w/-])(make|node-mlx) ([a-z][a-z-]*)", piece.text)
        if match[2] not in known[match[1]]
    ]
    assert unknown == []


@pytest.mark.parametrize("document", documents(), ids=lambda path: str(path.relative_to(ROOT)))
def test_options_exist(document: Path) -> None:
    unknown = [
        f"{piece}: {match[0]}"
        for piece in command_lines(document)
        for match in re.finditer(r"\bnode-mlx ([a-z]+) .*?(--[a-z-]+)", piece.text)
        if match[2] not in command_help(match[1])
    ]
    assert unknown == []


def test_every_documented_target_is_explained() -> None:
    building = (ROOT / "docs" / "BUILDING.md").read_text(encoding="utf-8")
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    public = set(re.findall(r"^([a-z-]+):.*##", makefile, re.MULTILINE)) - {"help"}
    assert public == set(re.findall(r"^\| `make ([a-z-]+)` \|", building, re.MULTILINE))


def test_phrases_are_what_the_compiler_makes() -> None:
    found = BLOCK.search(PORTING.read_text(encoding="utf-8"))
    assert found is not None
    assert found[0] == table(), "run `build/venv/bin/python -m tests.docs.porting_table`"


def runnable() -> list[Piece]:
    return [block for block in blocks(ROOT / "README.md") if block.attributes == "runnable"]


def test_readme_has_a_program() -> None:
    assert runnable()


@pytest.mark.parametrize("program", runnable(), ids=str)
def test_program_prints_what_its_comments_say(program: Piece) -> None:
    done = subprocess.run(
        ["node", "--input-type=module", "--eval", program.text],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    expected = re.findall(r"^console\.log\(.*\);\s*// (.*)$", program.text, re.MULTILINE)
    assert expected, "a runnable program has comments with what it prints"
    # Long arrays print over several lines; a comment has one.
    printed = re.sub(r",\n\s+", ", ", done.stdout).splitlines()
    assert printed == expected
