"""A stack trace under `node --enable-source-maps` names the line of the .py file."""

from __future__ import annotations

import subprocess
from pathlib import Path

from node_mlx.compile import compile_source
from node_mlx.project import ROOT

SOURCE = '''"""A module."""


def check(x):
    # The comment keeps lines apart.
    if x < 0:
        raise ValueError("negative")
    return x


check(1)
check(-1)
'''


def test_a_stack_trace_names_python_lines(tmp_path: Path) -> None:
    # Inside the checkout, so that `mlx/python` is found.
    folder = ROOT / "build" / "test_source_map"
    folder.mkdir(parents=True, exist_ok=True)
    compiled = compile_source(SOURCE, filename="checked.py")
    (folder / "checked.js").write_text(compiled.javascript)
    (folder / "checked.js.map").write_text(compiled.source_map)
    command = ["node", "--enable-source-maps", str(folder / "checked.js")]
    done = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, check=False)
    assert done.returncode == 1
    assert "checked.py:7" in done.stderr
    assert "checked.py:12" in done.stderr
