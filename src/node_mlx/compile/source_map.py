"""Writes source maps, version 3: which Python line a JavaScript line came from.

Input: the mappings of the printer. Output: the map as JSON. With it `node --enable-source-maps` shows the
line of the
.py file in a stack trace. One mapping per statement is enough for that.
"""

from __future__ import annotations

import json
from collections.abc import Sequence

from node_mlx.compile.print_javascript import Mapping

_DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"


def source_map(mappings: Sequence[Mapping], file: str, source: str, content: str) -> str:
    """`source`: path of the Python file as seen from the map; `content`: its text."""
    lines: list[list[str]] = []
    before_line = before_column = 0
    column = 0
    current = -1
    for mapping in mappings:
        while current < mapping.line:
            lines.append([])
            current += 1
            column = 0
        fields = (
            mapping.column - column,
            0,
            mapping.source_line - before_line,
            mapping.source_column - before_column,
        )
        lines[-1].append("".join(_vlq(field) for field in fields))
        column, before_line, before_column = mapping.column, mapping.source_line, mapping.source_column
    fields_text = ";".join(",".join(line) for line in lines)
    return json.dumps(
        {
            "version": 3,
            "file": file,
            "sources": [source],
            "sourcesContent": [content],
            "names": [],
            "mappings": fields_text,
        }
    )


def _vlq(value: int) -> str:
    """A number in base 64 of variable length, the sign in the lowest bit."""
    rest = (-value << 1) | 1 if value < 0 else value << 1
    out = ""
    while True:
        digit, rest = rest & 31, rest >> 5
        out += _DIGITS[digit | 32 if rest else digit]
        if not rest:
            return out
