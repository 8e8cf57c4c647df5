"""docs/PORTING.md says what the tests of this folder show."""

from __future__ import annotations

from tests.compile.shown import DOCUMENT, whole


def test_the_document_is_current() -> None:
    assert DOCUMENT.read_text(encoding="utf-8") == whole(), "python -m tests.compile.shown"
