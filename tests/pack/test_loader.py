"""When the native part cannot be loaded, the error says what was tried and what to do."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from node_mlx.pack.platforms import host_platform
from tests.pack.installed import Project

REPORT = """
try {
  require('mlx');
  console.log(JSON.stringify({ code: 'loaded' }));
} catch ({ code, message, cause }) {
  console.log(JSON.stringify({ code, message, cause: String(cause) }));
}
"""
MUSL = "process.report.getReport = () => ({ header: {} });"


def report(project: Project, before: str = "", **variables: str) -> dict[str, str]:
    answer: dict[str, str] = json.loads(project.output(before + REPORT, esm=False, **variables))
    return answer


def pretend(platform: str, arch: str) -> str:
    values = {"platform": {"value": platform}, "arch": {"value": arch}}
    return f"Object.defineProperties(process, {json.dumps(values)});"


def solutions(message: str) -> list[str]:
    head, _, tail = message.partition("Possible solutions:\n")
    assert head, message
    lines = tail.splitlines()
    assert lines, message
    assert all(line.startswith("  - ") for line in lines), message
    return lines


def test_missing_platform_package(bare_project: Project) -> None:
    package = host_platform().package
    error = report(bare_project)
    assert error["code"] == "ERR_MLX_PLATFORM"
    assert f"Tried:\n  - {package}: Cannot find module '{package}'" in error["message"]
    advice = solutions(error["message"])
    assert any("--include=optional" in line for line in advice)
    assert f"  - Install it by name: npm install {package}" in advice
    assert package in error["cause"]


def test_unsupported_platform(bare_project: Project) -> None:
    error = report(bare_project, pretend("sunos", "sparc"))
    assert error["code"] == "ERR_MLX_PLATFORM"
    assert "on sunos-sparc, Node v" in error["message"]
    advice = solutions(error["message"])
    assert advice[0] == (
        "  - There is no package for sunos-sparc yet. Supported: linux-x64, linux-arm64, darwin-arm64."
    )
    assert not any("npm install" in line for line in advice)


def test_musl(bare_project: Project) -> None:
    error = report(bare_project, MUSL)
    assert f"on {host_platform().name} (musl), Node v" in error["message"]
    advice = solutions(error["message"])
    assert "musl" in advice[0]
    assert not any("npm install" in line for line in advice)


def test_variable_names_the_addon(bare_project: Project, project: Project) -> None:
    addon = project.folder / "node_modules" / host_platform().package / "mlx.node"
    assert report(bare_project, NODE_MLX_ADDON=str(addon)) == {"code": "loaded"}
    source = "console.log(require('mlx').core.array([1, 2]).add(1).tolist().join())"
    assert bare_project.output(source, NODE_MLX_ADDON=str(addon)) == "2,3"


def test_variable_names_a_missing_file(project: Project) -> None:
    error = report(project, NODE_MLX_ADDON="nowhere/mlx.node")
    path = (project.folder / "nowhere/mlx.node").resolve()
    assert f"  - {path} (from NODE_MLX_ADDON): Cannot find module" in error["message"]
    assert solutions(error["message"]) == [
        "  - Set NODE_MLX_ADDON to the mlx.node of a build for this platform, or unset it to use the package."
    ]


@pytest.mark.parametrize("content", [b"", b"garbage", b"\x7fELF" + bytes(60)])
def test_addon_is_not_a_library(project: Project, tmp_path: Path, content: bytes) -> None:
    addon = tmp_path / "mlx.node"
    addon.write_bytes(content)
    error = report(project, NODE_MLX_ADDON=str(addon))
    assert error["code"] == "ERR_MLX_PLATFORM"
    assert f"  - {addon} (from NODE_MLX_ADDON): " in error["message"]
    assert any("glibc" in line for line in solutions(error["message"]))
