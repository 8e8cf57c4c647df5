"""The JavaScript runtimes that the packages are tried on. All come from npm, and stay in build/runtimes."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from pathlib import Path

from node_mlx.pack.platforms import host_platform
from node_mlx.project import BUILD

FOLDER = BUILD / "runtimes"


@dataclass(frozen=True)
class Runtime:
    title: str
    package: str
    program: str
    """The program inside node_modules."""
    arguments: tuple[str, ...] = ()
    permissions: tuple[str, ...] | None = None
    """The options of a restricted run, which still can load mlx; {project} is the folder it may read."""

    def command(self) -> list[str]:
        return [str(FOLDER / "node_modules" / self.program), *self.arguments]

    def restricted(self, project: Path) -> list[str]:
        assert self.permissions is not None
        options = [option.format(project=project) for option in self.permissions]
        return [str(FOLDER / "node_modules" / self.program), *self.arguments[:1], *options]


_ALLOWED = ("--allow-addons", "--allow-fs-read={project}")


def _node(version: str, permission: str = "--permission") -> Runtime:
    major = version.split(".")[0]
    package = f"node{major}@npm:node-{host_platform().machine}@{version}"
    return Runtime(f"Node {major}", package, f"node{major}/bin/node", (), (permission, *_ALLOWED))


RUNTIMES = (
    _node("20.20.2", "--experimental-permission"),
    _node("22.23.3"),
    _node("24.21.0"),
    _node("26.10.0"),
    Runtime("Bun", "bun@1.4.5", ".bin/bun", ("run",)),
    Runtime(
        "Deno",
        "deno@2.9.6",
        ".bin/deno",
        ("run", "--allow-all"),
        ("--allow-ffi", "--allow-env", "--allow-sys", "--allow-read"),
    ),
)
MANAGERS = ("pnpm@12.21.0",)


def install_runtimes() -> None:
    """Installs what is not there yet, through npm."""
    wanted = "\n".join([*(runtime.package for runtime in RUNTIMES), *MANAGERS])
    done = FOLDER / "installed.txt"
    if done.exists() and done.read_text() == wanted:
        return
    FOLDER.mkdir(parents=True, exist_ok=True)
    (FOLDER / "package.json").write_text("{}\n")
    command = ["npm", "install", "--force", "--silent", "--no-audit", "--no-fund", *wanted.split()]
    subprocess.run(command, cwd=FOLDER, check=True)
    done.write_text(wanted)
