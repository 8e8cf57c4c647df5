"""The table of docs/PORTING.md: what the compiler makes of the statements in phrases.py.

usage: python -m tests.docs.porting_table          rewrites the table
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from node_mlx.compile.pipeline import compile_source
from node_mlx.project import ROOT

PHRASES = Path(__file__).with_name("phrases.py")
PORTING = ROOT / "docs" / "PORTING.md"
BLOCK = re.compile(r"(?<=<!-- phrases -->\n).*?(?=<!-- /phrases -->)", re.DOTALL)


def rows() -> Iterator[tuple[str, str]]:
    """Statements in Python and in JavaScript."""
    text = PHRASES.read_text(encoding="utf-8")
    compiled = compile_source(text, PHRASES.name)
    assert compiled.diagnostics == ()
    for function in ast.parse(text).body:
        if not isinstance(function, ast.FunctionDef):
            continue
        body = re.search(rf"function {function.name}\(.*?\n}}", compiled.javascript, re.DOTALL)
        assert body is not None, function.name
        # The first two lines take keyword arguments, and are in every function.
        lines = [line.strip() for line in body[0].splitlines()[1:-1]]
        statements = [line for line in lines if "named" not in line]
        assert len(statements) == len(function.body), f"{function.name}: {statements}"
        for python, javascript in zip(function.body, statements, strict=True):
            yield ast.unparse(python), re.sub(r"^(const|let) |;$", "", javascript)


def table() -> str:
    lines = ["| Python | JavaScript |", "|---|---|", *(f"| `{a}` | {code(b)} |" for a, b in rows())]
    return "\n".join(lines) + "\n"


def code(text: str) -> str:
    return f"`` {text} ``" if "`" in text else f"`{text}`"


if __name__ == "__main__":
    changed = BLOCK.sub(lambda _: table(), PORTING.read_text(encoding="utf-8"))
    PORTING.write_text(changed, encoding="utf-8")
