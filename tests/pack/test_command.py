"""The command `node-mlx` as npm installs it: it launches ranks where there is nothing but Node."""

from __future__ import annotations

import os
import shutil
import subprocess

from tests.pack.installed import Project


def test_launch_needs_no_python(project: Project) -> None:
    script = project.folder / "sum.mjs"
    script.write_text(
        "import { core as mx } from 'mlx';\n"
        "const group = mx.distributed.init(true);\n"
        "console.log(mx.distributed.all_sum(group.rank() + 1).item(), group.size());\n"
    )
    node = shutil.which("node")
    assert node is not None
    tools = project.folder / "only-node"
    tools.mkdir()
    (tools / "node").symlink_to(os.path.realpath(node))
    done = subprocess.run(
        [project.folder / "node_modules" / ".bin" / "node-mlx", "launch", "-n", "2", script],
        env={"PATH": str(tools), "HOME": str(project.folder)},
        cwd=project.folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert sorted(done.stdout.splitlines()) == ["[0] 3 2", "[1] 3 2"]
