"""Reads the project's documents: links, code spans and code blocks with their place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from node_mlx.project import ROOT

_FENCE = re.compile(r"^```(\S*)[ \t]*(.*?)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_SPAN = re.compile(r"``(.+?)``|`([^`\n]+)`")
_LINK = re.compile(r"\]\(([^)\s]+)\)")


@dataclass(frozen=True)
class Piece:
    """A link, a code span or a code block of a document."""

    document: Path
    line: int
    text: str
    language: str = ""
    attributes: str = ""

    def __str__(self) -> str:
        return f"{self.document.relative_to(ROOT)}:{self.line}"


def documents() -> list[Path]:
    """Every Markdown file that people wrote or read in the repository."""
    folders = ("docs", "examples", "benchmarks", "js", "native", "src", "tests")
    inside = (path for name in folders for path in (ROOT / name).rglob("*.md"))
    written = (path for path in inside if not {"node_modules", ".next"} & set(path.parts))
    return sorted([*ROOT.glob("*.md"), *written])


def blocks(document: Path) -> Iterator[Piece]:
    text = document.read_text(encoding="utf-8")
    for match in _FENCE.finditer(text):
        yield Piece(document, _line(text, match), match[3], language=match[1], attributes=match[2])


def spans(document: Path) -> Iterator[Piece]:
    text = _without_blocks(document)
    for match in _SPAN.finditer(text):
        yield Piece(document, _line(text, match), (match[1] or match[2]).strip())


def links(document: Path) -> Iterator[Piece]:
    text = _SPAN.sub("", _without_blocks(document))
    for match in _LINK.finditer(text):
        yield Piece(document, _line(text, match), match[1])


def _without_blocks(document: Path) -> str:
    """The text with blocks emptied, so that line numbers stay right."""
    text = document.read_text(encoding="utf-8")
    return _FENCE.sub(lambda match: "\n" * match[0].count("\n"), text)


def _line(text: str, match: re.Match[str]) -> int:
    return text.count("\n", 0, match.start()) + 1
