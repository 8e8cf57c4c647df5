"""The stage pack: assembles the npm packages and links them into node_modules.

Input: js/, the generated binding, the compiled addon, wheels from PyPI. Output: build/npm/mlx and
build/npm/<platform>, and links to both in node_modules, so that tests and examples in this repository write
`import mlx from 'mlx'` as users do. With --platforms it makes the platform packages of other machines, with
--tarballs it packs what there is into .tgz files.
"""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from node_mlx.pack.commands import run
from node_mlx.pack.cross_build import cross_build
from node_mlx.pack.main_package import write_main_package, write_types
from node_mlx.pack.platform_package import write_platform_package
from node_mlx.pack.platforms import Platform, find_platform, host_platform, read_platforms
from node_mlx.project import BUILD, ROOT, relative

NPM = BUILD / "npm"
ADDON = BUILD / "native" / "mlx.node"


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = subparsers.add_parser("pack", help="assemble the npm packages in build/npm")
    parser.add_argument(
        "--platforms", nargs="*", metavar="NAME", help="make these platform packages; all without a name"
    )
    parser.add_argument("--tarballs", type=Path, metavar="FOLDER", help="pack into .tgz files there")
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    host = host_platform()
    if options.platforms is None:
        names = [host.name]
        if not options.tarballs:
            _assemble(host)
    else:
        names = options.platforms or list(read_platforms())
        for name in names:
            _assemble_platform(find_platform(name), host)
    if options.tarballs:
        mains = ["mlx"] if host.name in names else []
        _write_tarballs(options.tarballs, [*mains, *names])
    return 0


def _assemble(host: Platform) -> None:
    main = NPM / "mlx"
    write_main_package(main, read_platforms())
    native = _assemble_platform(host, host)
    _link(ROOT / "node_modules" / "mlx", main)
    _link(ROOT / "node_modules" / host.package, native)
    # Last: a type error is reported, but leaves packages that run.
    write_types(main)
    print(f"wrote {relative(main)}")


def _assemble_platform(platform: Platform, host: Platform) -> Path:
    folder = NPM / platform.name
    builder = find_platform(platform.addon) if platform.addon else platform
    addon = ADDON if builder == host else cross_build(builder)
    write_platform_package(folder, platform, addon)
    print(f"wrote {relative(folder)}")
    return folder


def _link(link: Path, folder: Path) -> None:
    link.parent.mkdir(parents=True, exist_ok=True)
    link.unlink(missing_ok=True)
    # Relative, so that the checkout can be moved.
    link.symlink_to(os.path.relpath(folder, link.parent))


def _write_tarballs(target: Path, names: list[str]) -> None:
    target.mkdir(parents=True, exist_ok=True)
    for name in names:
        for stale in target.glob(f"node-mlx-{name}-[0-9]*.tgz"):
            stale.unlink()
    packed = run("npm", "pack", "--silent", "--pack-destination", target.resolve(), *(NPM / n for n in names))
    for tarball in sorted(target / line for line in packed.splitlines()):
        print(f"wrote {relative(tarball.resolve())} ({tarball.stat().st_size / 1e6:.1f} MB)")
