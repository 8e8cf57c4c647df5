"""The table of platforms: well-formed, and a mistake in it is reported with its place."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from node_mlx.diagnostics import ToolError
from node_mlx.pack import platform_package, platforms, wheels


def write_table(monkeypatch: pytest.MonkeyPatch, path: Path, text: str) -> None:
    path.write_text(text)
    monkeypatch.setattr(platforms, "TABLE", path)


def test_names_begin_with_system_and_processor() -> None:
    for name, platform in platforms.read_platforms().items():
        assert f"{name}-".startswith(f"{platform.os}-{platform.cpu}-")
        assert platform.package == f"@node-mlx/{name}"


def test_notices_exist() -> None:
    for platform in platforms.read_platforms().values():
        for notice in platform.notices:
            assert (platform_package.NOTICES / notice).is_file()


def test_unknown_key(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    write_table(monkeypatch, tmp_path / "platforms.toml", '[linux-x64]\nos = "linux"\ncolour = "red"\n')
    with pytest.raises(ToolError, match=r"platforms\.toml: error: \[linux-x64\]: .*colour"):
        platforms.read_platforms()


def test_unknown_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "plan9")
    with pytest.raises(ToolError, match="no platform package for plan9-"):
        platforms.host_platform()


def test_pattern_that_finds_nothing(tmp_path: Path) -> None:
    with pytest.raises(ToolError, match=r"has no file no/such/file\.so"):
        wheels.matching(tmp_path, ("no/such/file.so",))


def test_wheel_that_does_not_exist() -> None:
    with pytest.raises(ToolError, match="pip"):
        wheels.unpack("mlx-cpu==0.0.1", "manylinux_2_35_x86_64")
    assert not (wheels.WHEELS / "mlx-cpu-0.0.1-manylinux_2_35_x86_64").exists()


def test_packages_for_an_accelerator_are_installed_by_name() -> None:
    known = platforms.read_platforms()
    assert [name for name, platform in known.items() if platform.by_name] == ["linux-x64-cuda13"]
    assert len({p.machine for p in known.values() if not p.by_name}) == len(known) - 1
