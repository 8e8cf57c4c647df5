"""The install matrix: what works on which runtime, found by running it, and the table in docs/INSTALL.md.

usage: python -m tests.pack.matrix          runs every check on every runtime and rewrites the table
The checks are programs in tests/pack/programs, which print `ok` as their last line.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from node_mlx.pack.platforms import host_platform
from node_mlx.project import ROOT
from tests.pack.installed import Project, tarball
from tests.pack.runtimes import RUNTIMES, Runtime, install_runtimes

INSTALL = ROOT / "docs" / "INSTALL.md"
PROGRAMS = Path(__file__).with_name("programs")
BLOCK = re.compile(r"(?<=<!-- matrix -->\n).*?(?=<!-- /matrix -->)", re.DOTALL)
WORKS, FAILS, UNKNOWN = "yes", "**no**", "–"


@dataclass(frozen=True)
class Check:
    title: str
    program: str
    restricted: bool = False


CHECKS = (
    Check("`require`", "require.cjs"),
    Check("`import`", "import.mjs"),
    Check("gradients, a training step, `await async_eval`", "training.mjs"),
    Check("worker threads", "workers.mjs"),
    Check("memory stays bounded in a synchronous loop", "memory.mjs"),
    Check("the runtime's permission model", "import.mjs", restricted=True),
)


def make_project(folder: Path) -> Project:
    project = Project(folder)
    project.install(f"mlx@file:{tarball('mlx')}", str(tarball(host_platform().name)))
    return project


def run_check(check: Check, runtime: Runtime, project: Project) -> str | None:
    """What a run printed where it failed, else None. Raises LookupError where the check cannot apply."""
    if check.restricted and runtime.permissions is None:
        raise LookupError(f"{runtime.title} has no permissions")
    script = project.folder / check.program
    script.write_text((PROGRAMS / check.program).read_text())
    command = runtime.restricted(project.folder) if check.restricted else runtime.command()
    environment = {"PATH": os.environ["PATH"], "HOME": str(project.folder)}
    try:
        done = subprocess.run(
            [*command, str(script)],
            cwd=project.folder,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )
    except subprocess.TimeoutExpired:
        return "no end after two minutes"
    if done.returncode == 0 and done.stdout.splitlines()[-1:] == ["ok"]:
        return None
    return f"status {done.returncode}\n{done.stdout}\n{done.stderr}"


def find_result(check: Check, runtime: Runtime, project: Project) -> str:
    try:
        problem = run_check(check, runtime, project)
    except LookupError:
        return UNKNOWN
    if problem:
        print(f"{runtime.title}, {check.title}: {problem}", file=sys.stderr)
    return FAILS if problem else WORKS


def table(results: list[list[str]]) -> str:
    """The table in Markdown: one row per check, one column per runtime."""
    heads = [host_platform().name, *(runtime.title for runtime in RUNTIMES)]
    rows = [[check.title, *row] for check, row in zip(CHECKS, results, strict=True)]
    lines = [heads, ["---", *[":-:"] * len(RUNTIMES)], *rows]
    return "".join(f"| {' | '.join(cells)} |\n" for cells in lines)


def main() -> int:
    install_runtimes()
    with tempfile.TemporaryDirectory() as folder:
        project = make_project(Path(folder))
        results = [[find_result(check, runtime, project) for runtime in RUNTIMES] for check in CHECKS]
    text = table(results)
    INSTALL.write_text(BLOCK.sub(lambda _: text, INSTALL.read_text(encoding="utf-8")), encoding="utf-8")
    print(text)
    return int(any(FAILS in row for row in results))


if __name__ == "__main__":
    sys.exit(main())
