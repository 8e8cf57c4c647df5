"""A clean checkout builds with one command, and a second run has nothing to do."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from node_mlx.project import ROOT


def make(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Runs make as from a terminal, not as a part of the make that may run these tests."""
    environment = {key: value for key, value in os.environ.items() if not key.startswith("MAKE")}
    command = ["make", *arguments]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What git would check out, with the changes that are not committed yet."""
    folder = tmp_path_factory.mktemp("checkout")
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    for name in listed.stdout.splitlines():
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, folder / name)
    return folder


def test_help_lists_the_documented_commands() -> None:
    done = make(ROOT, "help")
    listed = {line.split()[1] for line in done.stdout.splitlines()}
    assert {"build", "demo", "test", "check", "pack", "help"} <= listed


@pytest.mark.long
def test_demo_runs_and_is_not_built_twice(checkout: Path) -> None:
    first = make(checkout, "demo")
    assert first.returncode == 0, first.stdout + first.stderr
    assert "Test accuracy 9" in first.stdout
    assert make(checkout, "--question", "build").returncode == 0
    second = make(checkout, "demo")
    assert second.returncode == 0
    assert "==" not in second.stdout, "a step ran again though nothing changed"
