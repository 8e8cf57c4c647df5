"""Projects that installed the tarballs, made once for all tests of the packages."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from node_mlx.pack.platforms import host_platform
from tests.pack.installed import Project, tarball


@pytest.fixture(scope="session")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Main package and platform package, as a user has them."""
    project = Project(tmp_path_factory.mktemp("project"))
    project.install(f"mlx@file:{tarball('mlx')}", str(tarball(host_platform().name)))
    return project


@pytest.fixture
def gpu_project(project: Project, tmp_path: Path) -> Project:
    """Beside the package for the CPU one for CUDA, which holds the same libraries: it can be loaded here."""
    shutil.copytree(project.folder / "node_modules", tmp_path / "node_modules", symlinks=True)
    packages = tmp_path / "node_modules"
    shutil.copytree(packages / host_platform().package, packages / "@node-mlx" / "linux-x64-cuda13")
    return Project(tmp_path)


@pytest.fixture(scope="session")
def bare_project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The main package alone, as after `npm install --omit=optional`."""
    project = Project(tmp_path_factory.mktemp("bare"))
    project.install("--omit=optional", f"mlx@file:{tarball('mlx')}")
    return project
