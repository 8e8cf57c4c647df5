"""The example of docs/PORTING.md: compiled by the command, it trains in Node as in Python, bit by bit."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from node_mlx import cli
from node_mlx.project import BUILD, ROOT

PORT = ROOT / "examples" / "port"


def test_the_example_has_the_losses_of_python(tmp_path: Path) -> None:
    assert cli.main(["compile", str(PORT / "classifier.py"), "-o", str(BUILD / "port")]) == 0
    python = [sys.executable, str(PORT / "losses.py")]
    losses = subprocess.run(python, capture_output=True, text=True, cwd=ROOT, check=True).stdout
    assert len(json.loads(losses)) == 40
    (tmp_path / "losses.json").write_text(losses)
    node = ["node", str(PORT / "main.mjs"), str(tmp_path / "losses.json")]
    done = subprocess.run(node, capture_output=True, text=True, cwd=ROOT, check=False)
    assert done.returncode == 0, done.stderr
    assert "the same losses, to the last bit" in done.stdout
