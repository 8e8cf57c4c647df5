"""Fails where a kind of call has become slower, relative to Python, than docs/benchmarks.md says.

Input: the table of groups in the document's section on dispatch, and a new run. Output: both means of each
group, and what noise explains; exit status 1 where a new mean is above. How much noise there is the rounds of
the new run tell. Before a group fails, everything is measured once more, so that one bad minute does not
decide.
usage: python -m benchmarks.check [--rounds N]
"""

from __future__ import annotations

import argparse
import os
import re
import statistics
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from benchmarks.dispatch.run import groups, means_by_round, measure
from benchmarks.report import NODE, read_section, table

# Another run of the same build places code and data elsewhere, which its rounds do not show.
BETWEEN_RUNS = 1.15

GROUP = re.compile(r"^\| (\w+) \| \d+ \| ([\d.]+) \|$", re.MULTILINE)


@dataclass(frozen=True)
class Group:
    """Means of Node / Python. `limit` is the largest that noise explains."""

    name: str
    written: float
    now: float
    limit: float

    @property
    def slower(self) -> bool:
        return self.now > self.limit

    def __str__(self) -> str:
        return (
            f"{self.name}: {self.now:.2f} × Python, was {self.written:.2f}; noise explains {self.limit:.2f}"
        )


def compare(written: Mapping[str, float], rounds: Mapping[str, Sequence[float]]) -> list[Group]:
    """Judges the groups that the document has.

    The document's run had noise as well: hence the square. Few rounds may agree by chance, so that a group's
    rounds count as differing at least as much as those of most groups.
    """
    spreads = {name: max(means) / min(means) for name, means in rounds.items()}
    usual = statistics.median(spreads.values())
    return [
        Group(
            name,
            written[name],
            statistics.median(means),
            written[name] * max(BETWEEN_RUNS, max(spreads[name], usual) ** 2),
        )
        for name, means in rounds.items()
        if name in written
    ]


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    written = {name: float(ratio) for name, ratio in GROUP.findall(read_section("dispatch"))}
    if not written:
        raise SystemExit("docs/benchmarks.md has no table of groups: run `make bench BENCH=--write`")
    rounds: dict[str, list[float]] = {}
    judged: list[Group] = []
    for _ in range(2):
        [found] = measure(options.rounds, [], [NODE])
        for name, part in groups(found).items():
            rounds.setdefault(name, []).extend(means_by_round(part))
        judged = compare(written, rounds)
        if not any(group.slower for group in judged):
            break
    figures = [
        [group.name, *(f"{value:.2f}" for value in (group.written, group.now, group.limit))]
        for group in judged
    ]
    print(table(["Node / Python", "written", "now", "limit"], figures))
    slower = [str(group) for group in judged if group.slower]
    if slower:
        print("slower than docs/benchmarks.md says:", *slower, sep="\n  ", file=sys.stderr)
        load, processors = os.getloadavg()[0], os.cpu_count() or 1
        # V8's threads take more time where they have to wait for each other: all groups shift.
        if load > processors + 1:
            busy = f"{load:.1f} processes wanted {processors} processors"
            print(f"The machine was busy ({busy}): run it again when it is quiet.", file=sys.stderr)
    return 1 if slower else 0


if __name__ == "__main__":
    sys.exit(main())
