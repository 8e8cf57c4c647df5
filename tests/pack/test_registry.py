"""Installed by name from a registry: each package manager picks this machine's platform package by itself."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from node_mlx.pack.manifest import version
from node_mlx.pack.platforms import host_platform
from tests.pack.installed import Project
from tests.pack.registry import serve
from tests.pack.runtimes import FOLDER, install_runtimes

ADD_ONE = "console.log(require('mlx').core.array([1, 2]).add(1).tolist().join())"
ALIAS = "mlx@npm:@node-mlx/mlx"


@pytest.fixture(scope="module")
def registry() -> Iterator[str]:
    with serve() as address:
        yield address


def install(folder: Path, registry: str, *command: str) -> Project:
    (folder / "package.json").write_text('{ "name": "consumer", "private": true }\n')
    # Scripts are off everywhere, and no configuration of this machine has a say.
    (folder / ".npmrc").write_text(f"registry={registry}\nignore-scripts=true\n")
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(folder),
        "npm_config_registry": registry,
        "npm_config_cache": str(folder / "cache"),
    }
    done = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, check=False, timeout=120
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return Project(folder)


def test_npm(registry: str, tmp_path: Path) -> None:
    project = install(tmp_path, registry, "npm", "install", ALIAS)
    platforms = [path.name for path in (tmp_path / "node_modules" / "@node-mlx").iterdir()]
    assert platforms == [host_platform().name]
    assert project.output(ADD_ONE) == "2,3"


def test_the_command_of_the_package(registry: str, tmp_path: Path) -> None:
    command = ("npx", "--yes", "@node-mlx/mlx", "doctor")
    environment = {**os.environ, "npm_config_registry": registry, "npm_config_cache": str(tmp_path)}
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert f"@node-mlx/mlx {version()}" in done.stdout
    assert "Everything works." in done.stdout


@pytest.mark.long
@pytest.mark.parametrize("command", [("pnpm", "add", ALIAS), ("bun", "add", ALIAS)], ids=lambda c: c[0])
def test_other_package_managers(registry: str, tmp_path: Path, command: tuple[str, ...]) -> None:
    install_runtimes()
    program = FOLDER / "node_modules" / ".bin" / command[0]
    project = install(tmp_path, registry, str(program), *command[1:])
    assert project.output(ADD_ONE) == "2,3"
