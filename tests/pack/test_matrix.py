"""The install matrix: every program runs on every runtime, and the table in docs/INSTALL.md says so."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.pack.installed import Project
from tests.pack.matrix import BLOCK, CHECKS, INSTALL, UNKNOWN, WORKS, Check, make_project, run_check, table
from tests.pack.runtimes import RUNTIMES, Runtime, install_runtimes


def expected(check: Check, runtime: Runtime) -> str:
    return UNKNOWN if check.restricted and runtime.permissions is None else WORKS


def test_table_is_current() -> None:
    found = BLOCK.search(INSTALL.read_text(encoding="utf-8"))
    assert found is not None
    results = [[expected(check, runtime) for runtime in RUNTIMES] for check in CHECKS]
    assert found[0] == table(results), "run `build/venv/bin/python -m tests.pack.matrix`"


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Project:
    install_runtimes()
    return make_project(tmp_path_factory.mktemp("matrix"))


@pytest.mark.long
@pytest.mark.parametrize("runtime", RUNTIMES, ids=lambda runtime: runtime.title)
@pytest.mark.parametrize("check", CHECKS, ids=lambda check: f"{Path(check.program).stem}-{check.restricted}")
def test_program_runs(check: Check, runtime: Runtime, installed: Project) -> None:
    if expected(check, runtime) == WORKS:
        assert run_check(check, runtime, installed) is None
    else:
        with pytest.raises(LookupError):
            run_check(check, runtime, installed)
