"""Reads Python source: a syntax tree, the comments beside it, and the lines that diagnostics quote.

The syntax tree forgets comments, so they come from the tokenizer and are attached to statements by line.
    source = parse("x = 1  # one\\n", "a.py");  source.trailing[1] == "one"
"""

from __future__ import annotations

import ast
import io
import tokenize
from dataclasses import dataclass, field

from node_mlx.diagnostics import Diagnostic, Location, Unsupported, error


@dataclass
class Source:
    """One Python file. `own_line` and `trailing` hold comments by line number, without `#`."""

    filename: str
    text: str
    lines: list[str]
    tree: ast.Module
    own_line: dict[int, str] = field(default_factory=dict)
    trailing: dict[int, str] = field(default_factory=dict)

    def diagnostic(self, node: ast.AST | None, message: str, hint: str = "") -> Diagnostic:
        line = getattr(node, "lineno", 1)
        text = self.lines[line - 1] if line <= len(self.lines) else ""
        # ast counts bytes; a caret is placed by characters.
        offset = len(text.encode()[: getattr(node, "col_offset", 0)].decode(errors="ignore"))
        return error(message, Location(self.filename, line, offset + 1), hint, text)


def parse(text: str, filename: str) -> Source:
    """Raises Unsupported where the text is not Python."""
    try:
        tree = ast.parse(text, filename)
    except SyntaxError as problem:
        lines = text.splitlines()
        line = problem.lineno or 1
        quoted = lines[line - 1] if line <= len(lines) else ""
        where = Location(filename, line, problem.offset or 1)
        raise Unsupported(error(f"this is not Python: {problem.msg}", where, source=quoted)) from problem
    source = Source(filename, text, text.splitlines(), tree)
    _read_comments(source)
    return source


def _read_comments(source: Source) -> None:
    if "#" not in source.text:
        return
    for token in tokenize.generate_tokens(io.StringIO(source.text).readline):
        if token.type != tokenize.COMMENT:
            continue
        text = token.string.lstrip("#")
        text = text.removeprefix(" ") if text.strip() else ""
        line = token.start[0]
        if token.line[: token.start[1]].strip():
            if not text.lower().startswith(("type:", "noqa", "fmt:", "ruff:", "pylint:", "isort:")):
                source.trailing[line] = text
        elif not text.startswith(("fmt:", "isort:", "!")):
            source.own_line[line] = text
