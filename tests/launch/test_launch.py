"""The Python verb launch hands everything to the command of the npm package that a program would import."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from node_mlx import launch
from node_mlx.diagnostics import ToolError
from node_mlx.project import ROOT

COMMAND = Path(sys.executable).with_name("node-mlx")


def run(*arguments: str, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(COMMAND), "launch", *arguments], cwd=cwd, capture_output=True, text=True, check=False
    )


@pytest.fixture
def script(tmp_path: Path) -> Path:
    path = tmp_path / "script.mjs"
    path.write_text("console.log(process.env.MLX_RANK, ...process.argv.slice(2));\n")
    return path


@pytest.mark.parametrize("separator", [[], ["--"]])
def test_ranks_and_their_arguments(script: Path, separator: list[str]) -> None:
    done = run("-n", "2", *separator, str(script), "-n", "3", "--", "--help", cwd=script.parent)
    assert (done.returncode, done.stderr) == (0, "")
    assert sorted(done.stdout.splitlines()) == ["[0] 0 -n 3 -- --help", "[1] 1 -n 3 -- --help"]


def test_status_of_a_rank_that_fails(script: Path) -> None:
    script.write_text("process.exitCode = 7;\n")
    assert run("-n", "2", str(script)).returncode == 7


def test_help_and_errors_are_the_launchers_own(script: Path) -> None:
    assert run("--help").stdout.startswith("usage: node-mlx launch [options] script.mjs")
    done = run("--backend", "carrier-pigeon", str(script))
    assert done.returncode == 2
    assert "it is one of ring, nccl, mpi" in done.stderr


def package(folder: Path, name: str, manifest: dict[str, object]) -> Path:
    target = folder / "node_modules" / name
    target.mkdir(parents=True)
    (target / "package.json").write_text(json.dumps(manifest))
    return target


OURS: dict[str, object] = {"name": "@node-mlx/mlx", "bin": {"node-mlx": "./bin/node-mlx.mjs"}}


@pytest.mark.parametrize("name", ["mlx", "@node-mlx/mlx"])
def test_the_nearest_package_counts(tmp_path: Path, name: str) -> None:
    inner = tmp_path / "project" / "src"
    inner.mkdir(parents=True)
    package(tmp_path, "mlx", OURS)
    nearest = package(tmp_path / "project", name, OURS)
    assert launch.find_command(inner) == nearest / "bin" / "node-mlx.mjs"


def test_a_package_of_others_does_not_count(tmp_path: Path) -> None:
    package(tmp_path, "mlx", {"name": "mlx"})
    assert launch.find_command(tmp_path).is_relative_to(ROOT)


def test_no_package_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(launch, "ROOT", tmp_path)
    with pytest.raises(ToolError, match=r"npm install mlx@npm:@node-mlx/mlx"):
        launch.find_command(tmp_path)
