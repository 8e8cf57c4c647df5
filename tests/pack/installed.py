"""A project outside the repository that installed the packed tarballs, and Node run in it.

On the PATH of a run is nothing but `node` itself: what works here needs no Python, compiler or network.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from node_mlx.project import ROOT


def tarball(name: str) -> Path:
    """A packed package: `mlx` or a platform."""
    found = list((ROOT / "dist").glob(f"node-mlx-{name}-[0-9]*.tgz"))
    assert len(found) == 1, f"expected one tarball of {name} in dist/, run `make pack`: {found}"
    return found[0]


@dataclass(frozen=True)
class Project:
    folder: Path

    def install(self, *packages: str) -> None:
        """npm install without network."""
        (self.folder / "package.json").write_text('{ "name": "consumer", "private": true }\n')
        command = ["npm", "install", "--offline", "--no-audit", "--no-fund", "--loglevel=error", *packages]
        done = subprocess.run(command, cwd=self.folder, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr

    def node(self, source: str, *, esm: bool = False, **variables: str) -> subprocess.CompletedProcess[str]:
        """Runs a script that lies in the project, with nothing but `node` on its PATH."""
        script = self.folder / ("script.mjs" if esm else "script.cjs")
        script.write_text(source)
        return self.run(str(script), **variables)

    def run(self, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
        """Runs Node with these arguments and environment variables."""
        tools = self.folder / "bin"
        tools.mkdir(exist_ok=True)
        node = shutil.which("node")
        assert node is not None
        if not (tools / "node").exists():
            (tools / "node").symlink_to(os.path.realpath(node))
        return subprocess.run(
            [tools / "node", *arguments],
            cwd=self.folder,
            env={"PATH": str(tools), "HOME": str(self.folder), **variables},
            capture_output=True,
            text=True,
            check=False,
        )

    def output(self, source: str, *, esm: bool = False, **variables: str) -> str:
        """What a script prints; the script must succeed."""
        done = self.node(source, esm=esm, **variables)
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()
