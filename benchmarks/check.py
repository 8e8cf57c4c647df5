"""Fails where a kind of call has become slower, relative to Python, than docs/benchmarks.md says.

Input: the table of groups in the document's section on dispatch, and a new run. Output: both means of each
group; exit status 1 where a new one is above the old by more than a busy machine explains.
usage: python -m benchmarks.check [--rounds N]
"""

from __future__ import annotations

import argparse
import re
import sys

from benchmarks.dispatch.run import groups, mean, measure
from benchmarks.report import read_section, table

# Runs of the same build on the same machine differ by up to a fifth.
NOISE = 1.25

GROUP = re.compile(r"^\| (\w+) \| \d+ \| ([\d.]+) \|$", re.MULTILINE)


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=2)
    options = parser.parse_args()
    written = {name: float(ratio) for name, ratio in GROUP.findall(read_section("dispatch"))}
    found = {name: mean(part) for name, part in groups(measure(options.rounds, [])).items()}
    rows = []
    slower = []
    for name, ratio in found.items():
        is_slower = name in written and ratio > NOISE * written[name]
        slower += [name] if is_slower else []
        rows.append([name, f"{written.get(name, 0):.2f}", f"{ratio:.2f}", "slower" if is_slower else ""])
    print(table(["", "written", "now", ""], rows))
    if slower:
        print(f"slower than docs/benchmarks.md: {', '.join(slower)}", file=sys.stderr)
    return 1 if slower else 0


if __name__ == "__main__":
    sys.exit(main())
