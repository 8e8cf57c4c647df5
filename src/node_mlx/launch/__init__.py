"""The verb launch: starts a script as the ranks of one group, by the JavaScript command of the npm package.

Input: the arguments, unread. Output: none, this process becomes that command. The launcher is part of the npm
package, where it works without Python; the verb is here so that both commands called node-mlx know it.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
from pathlib import Path

from node_mlx.diagnostics import ToolError, error
from node_mlx.project import ROOT

# The package under its own name, and under the one that it is installed as.
_INSTALLED_AS = ("mlx", "@node-mlx/mlx")
_PACKAGE = "@node-mlx/mlx"


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    # No option belongs to Python, not even --help: nothing starts with the prefix of an option.
    parser = subparsers.add_parser(
        "launch", help="start a script as the ranks of one group", add_help=False, prefix_chars="\0"
    )
    parser.add_argument("arguments", nargs=argparse.REMAINDER)
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    node = shutil.which("node")
    if node is None:
        raise ToolError(error("`node` was not found", hint="install Node, 20 or newer"))
    # Replaced, so that signals reach the launcher and its exit status is ours.
    os.execv(node, [node, str(find_command(Path.cwd())), "launch", *options.arguments])


def find_command(folder: Path) -> Path:
    """The command of the package that a program in `folder` imports. Raises ToolError if there is none."""
    for parent in (folder, *folder.parents, ROOT):
        for name in _INSTALLED_AS:
            package = parent / "node_modules" / name
            command = _command_of(package)
            if command is not None:
                return package / command
    raise ToolError(error(f"{_PACKAGE} is not installed here", hint=f"npm install mlx@npm:{_PACKAGE}"))


def _command_of(package: Path) -> str | None:
    """The path in the package of its command; None where the package is not ours."""
    try:
        manifest = json.loads((package / "package.json").read_text(encoding="utf-8"))
    except OSError:
        return None
    if manifest.get("name") != _PACKAGE:
        return None
    command: str | None = manifest.get("bin", {}).get("node-mlx")
    return command
