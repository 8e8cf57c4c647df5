"""Projects that installed the tarballs, made once for all tests of the packages."""

from __future__ import annotations

import pytest

from node_mlx.pack.platforms import host_platform
from tests.pack.installed import Project, tarball


@pytest.fixture(scope="session")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Main package and platform package, as a user has them."""
    project = Project(tmp_path_factory.mktemp("project"))
    project.install(f"mlx@file:{tarball('mlx')}", str(tarball(host_platform().name)))
    return project


@pytest.fixture(scope="session")
def bare_project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The main package alone, as after `npm install --omit=optional`."""
    project = Project(tmp_path_factory.mktemp("bare"))
    project.install("--omit=optional", f"mlx@file:{tarball('mlx')}")
    return project
