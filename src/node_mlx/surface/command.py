"""The verb `node-mlx surface`: prints, checks and writes the surface."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator

from node_mlx.decisions import load_decisions
from node_mlx.output import difference, write_if_changed
from node_mlx.project import SURFACE_LOCK, relative
from node_mlx.surface.disagreement import Disagreement
from node_mlx.surface.lock import HINT, lock_text
from node_mlx.surface.model import Surface
from node_mlx.surface.probe import probe
from node_mlx.surface.read import decided_surface, read_surface

Subparsers = argparse._SubParsersAction  # argparse gives its type no public name.


def add_parser(subparsers: Subparsers[argparse.ArgumentParser]) -> None:
    parser = subparsers.add_parser("surface", help="read what Python MLX declares", description=__doc__)
    parser.set_defaults(run=_summary)
    actions = parser.add_mutually_exclusive_group()
    actions.add_argument(
        "--check",
        dest="run",
        action="store_const",
        const=_check,
        help="probe MLX again and fail if surface.lock.json differs",
    )
    actions.add_argument(
        "--write",
        dest="run",
        action="store_const",
        const=_write,
        help="probe MLX and write surface.lock.json",
    )
    actions.add_argument(
        "--disagreements",
        dest="run",
        action="store_const",
        const=_disagreements,
        help="probe MLX and list where stubs and run time disagree, with the decisions",
    )


def _summary(_: argparse.Namespace) -> int:
    for line in summary(read_surface()):
        print(line)
    return 0


def _check(_: argparse.Namespace) -> int:
    diff = difference(SURFACE_LOCK, _probed_lock())
    if diff:
        sys.stdout.write(diff)
        print(f"{relative(SURFACE_LOCK)} is out of date; {HINT}", file=sys.stderr)
        return 1
    print(f"{relative(SURFACE_LOCK)} is up to date")
    return 0


def _write(_: argparse.Namespace) -> int:
    written = write_if_changed(SURFACE_LOCK, _probed_lock())
    print(f"{relative(SURFACE_LOCK)} {'written' if written else 'is up to date'}")
    return 0


def _probed_lock() -> str:
    disagreements = probe()
    return lock_text(decided_surface(disagreements, load_decisions()), disagreements)


def _disagreements(_: argparse.Namespace) -> int:
    """Lists all of them, so that decisions can be written for those which have none."""
    section = load_decisions().section("surface")
    undecided = 0
    for disagreement in sorted(probe(), key=lambda d: d.order):
        entry = section.find(disagreement.subject, topic=disagreement.topic.value)
        undecided += entry is None
        print(_line(disagreement, entry.text("decision") if entry else "UNDECIDED"))
    return 1 if undecided else 0


def _line(disagreement: Disagreement, decision: str) -> str:
    return f"{disagreement}; decided: {decision}"


def summary(surface: Surface) -> Iterator[str]:
    """Counts per module, as lines of a table."""
    kinds = ("functions", "classes", "constants", "aliases")
    yield f"MLX {surface.mlx_version:<20}{''.join(f'{kind:>11}' for kind in kinds)}"
    counts = [[len(getattr(module, kind)) for kind in kinds] for module in surface.modules]
    for module, row in zip(surface.modules, counts, strict=True):
        yield f"{module.name:<24}{''.join(f'{count:>11}' for count in row)}"
    totals = [sum(column) for column in zip(*counts, strict=True)]
    yield f"{'total':<24}{''.join(f'{total:>11}' for total in totals)}"
