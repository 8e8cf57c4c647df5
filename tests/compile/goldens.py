"""Compiles every case and compares with, or writes, the .js and .d.ts beside it.

python -m tests.compile.goldens        writes the expected files anew: read the difference before committing
it
"""

from __future__ import annotations

from pathlib import Path

from node_mlx.compile import CompiledModule, compile_source

CASES = Path(__file__).parent / "cases"
ERRORS = Path(__file__).parent / "errors"


def cases() -> list[Path]:
    return sorted(CASES.rglob("*.py"))


def errors() -> list[Path]:
    return sorted(ERRORS.glob("*.py"))


def name_of(path: Path) -> str:
    return path.relative_to(CASES).with_suffix("").as_posix()


def compiled(path: Path) -> CompiledModule:
    return compile_source(path.read_text(encoding="utf-8"), filename=path.name)


def expected_files(path: Path) -> dict[Path, str]:
    """What a case's files should hold."""
    module = compiled(path)
    text = "".join(f"{d.format()}\n" for d in module.diagnostics)
    assert not text, text
    return {path.with_suffix(".js"): module.javascript, path.with_suffix(".d.ts"): module.types}


def expected_report(path: Path) -> str:
    """The diagnostics of a case that must not compile."""
    return "".join(f"{d.format()}\n" for d in compiled(path).diagnostics)


def main() -> None:
    written = 0
    for path in cases():
        for target, text in expected_files(path).items():
            if not target.is_file() or target.read_text(encoding="utf-8") != text:
                target.write_text(text, encoding="utf-8")
                written += 1
    for path in errors():
        path.with_suffix(".txt").write_text(expected_report(path), encoding="utf-8")
    print(f"{len(cases())} cases, {len(errors())} errors; {written} files written")


if __name__ == "__main__":
    main()
