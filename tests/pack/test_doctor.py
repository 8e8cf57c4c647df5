"""`node-mlx doctor` says what is installed, what is wrong with it and what to do."""

from __future__ import annotations

import re
from importlib import metadata

import pytest

from node_mlx.pack.manifest import version
from node_mlx.pack.platforms import find_platform, host_platform
from tests.pack.installed import Project

COMMAND = "node_modules/mlx/bin/node-mlx.mjs"


def test_nothing_is_wrong(project: Project) -> None:
    done = project.run(COMMAND, "doctor")
    assert (done.returncode, done.stderr) == (0, "")
    folder = project.folder / "node_modules" / host_platform().package
    assert re.search(rf"^system   {host_platform().name}, glibc 2\.\d+$", done.stdout, re.MULTILINE)
    assert f"mlx      @node-mlx/mlx {version()}\n" in done.stdout
    assert f"package  {host_platform().package} in {folder}\n" in done.stdout
    assert f"MLX      {metadata.version('mlx')}, {folder}/lib/libmlx.so\n" in done.stdout
    assert f"BLAS     OpenBLAS, {folder}/lib/openblas/libblas-" in done.stdout
    assert "device   Device(cpu, 0)" in done.stdout
    assert done.stdout.endswith("\nEverything works.\n")


def test_reference_blas(project: Project) -> None:
    done = project.run(COMMAND, "doctor", MLX_BLAS="reference")
    assert done.returncode == 0
    assert re.search(r"^BLAS     reference BLAS, .*/lib/reference/libblas-", done.stdout, re.MULTILINE)


def test_unknown_blas(project: Project) -> None:
    done = project.run(COMMAND, "doctor", MLX_BLAS="fast")
    assert done.returncode == 1
    assert "problem: MLX_BLAS must be openblas or reference, not fast." in done.stdout


def test_missing_platform_package(bare_project: Project) -> None:
    done = bare_project.run(COMMAND, "doctor")
    assert done.returncode == 1
    assert "problem: mlx could not load its native part" in done.stdout
    assert f"npm install {host_platform().package}" in done.stdout
    assert "Everything works" not in done.stdout


def test_accelerator_without_driver(gpu_project: Project) -> None:
    done = gpu_project.run(COMMAND, "doctor")
    assert done.returncode == 1
    cuda = find_platform("linux-x64-cuda13").package
    assert f"problem: {cuda} is installed, but there is no driver for cuda." in done.stdout


@pytest.mark.parametrize("arguments", [("doctor", "--fix"), ("doctors",)])
def test_wrong_use(project: Project, arguments: tuple[str, ...]) -> None:
    done = project.run(COMMAND, *arguments)
    assert done.returncode == 2
    assert done.stderr.startswith("node-mlx: ")


def test_help(project: Project) -> None:
    done = project.run(COMMAND, "--help")
    assert done.returncode == 0
    assert "usage: node-mlx launch" in done.stdout
    assert "usage: node-mlx doctor" in done.stdout
