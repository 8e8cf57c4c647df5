"""The stage pack: assembles the npm packages and links them into node_modules.

Input: js/, the generated binding, the compiled addon, the MLX wheel. Output: build/npm/mlx and
build/npm/<platform>, and links to both in node_modules, so that tests and examples in this repository write
`import mlx from 'mlx'` as users do. With --tarballs it packs them into .tgz files.
"""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from node_mlx.pack.commands import run
from node_mlx.pack.main_package import write_main_package, write_types
from node_mlx.pack.platform_package import write_platform_package
from node_mlx.pack.platforms import Platform, host_platform, read_platforms
from node_mlx.project import BUILD, ROOT, relative

NPM = BUILD / "npm"
ADDON = BUILD / "native" / "mlx.node"


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = subparsers.add_parser("pack", help="assemble the npm packages in build/npm")
    parser.add_argument(
        "--tarballs", type=Path, metavar="FOLDER", help="pack what was assembled into .tgz files there"
    )
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    platform = host_platform()
    if options.tarballs:
        _write_tarballs(options.tarballs, [NPM / "mlx", NPM / platform.name])
    else:
        _assemble(platform)
    return 0


def _assemble(platform: Platform) -> None:
    main, native = NPM / "mlx", NPM / platform.name
    write_main_package(main, read_platforms())
    write_platform_package(native, platform, ADDON)
    _link(ROOT / "node_modules" / "mlx", main)
    _link(ROOT / "node_modules" / platform.package, native)
    # Last: a type error is reported, but leaves packages that run.
    write_types(main)
    print(f"wrote {relative(main)}\nwrote {relative(native)}")


def _link(link: Path, folder: Path) -> None:
    link.parent.mkdir(parents=True, exist_ok=True)
    link.unlink(missing_ok=True)
    # Relative, so that the checkout can be moved.
    link.symlink_to(os.path.relpath(folder, link.parent))


def _write_tarballs(target: Path, folders: list[Path]) -> None:
    target.mkdir(parents=True, exist_ok=True)
    for stale in target.glob("*.tgz"):
        stale.unlink()
    run("npm", "pack", "--pack-destination", target.resolve(), *folders)
    for tarball in sorted(target.glob("*.tgz")):
        print(f"wrote {relative(tarball.resolve())} ({tarball.stat().st_size / 1e6:.1f} MB)")
