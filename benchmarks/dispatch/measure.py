"""Times statements in this Python: one process's share of a round.

Input: a task as JSON on stdin, the set-up code and the statements with the length of their blocks. Output:
a report as JSON on stdout, nanoseconds of CPU time per call, one list of passes per statement. measure.mjs
does the same in Node.

Statements rotate in blocks: a loop of only one of them would hide what a program pays, because every cache
and every branch is then trained on it.
"""

from __future__ import annotations

import json
import statistics
import sys
import time
from collections.abc import Callable

import mlx.core as mx
import numpy as np

Block = Callable[[int], None]

EMPTY_CALLS = 200_000


def block(statement: str, names: dict[str, object]) -> Block:
    """A loop around a statement that reads the set-up's names as a nested function does."""
    source = (
        f"def bind({', '.join(names)}):\n"
        f"    def block(calls):\n"
        f"        for _ in range(calls):\n"
        f"            {statement}\n"
        f"    return block\n"
    )
    scope: dict[str, Callable[..., Block]] = {}
    exec(source, {"mx": mx, "np": np}, scope)
    return scope["bind"](**names)


def nanoseconds(run: Block, calls: int) -> float:
    """CPU time of the whole process per call."""
    start = time.process_time_ns()
    run(calls)
    return (time.process_time_ns() - start) / calls


def main() -> None:
    task = json.load(sys.stdin)
    scope: dict[str, object] = {"mx": mx, "np": np}
    exec(task["setup"], scope)
    names = {name: value for name, value in scope.items() if name not in ("mx", "np", "__builtins__")}
    mx.eval([value for value in names.values() if isinstance(value, mx.array)])
    blocks = [block(row["statement"], names) for row in task["rows"]]
    empty = block("pass", names)

    passes: list[list[float]] = [[] for _ in blocks]
    loop: list[float] = []
    for number in range(task["warm"] + task["passes"]):
        for row, run, measured in zip(task["rows"], blocks, passes, strict=True):
            cost = nanoseconds(run, row["calls"])
            if number >= task["warm"]:
                measured.append(cost)
        loop.append(nanoseconds(empty, EMPTY_CALLS))
    overhead = statistics.median(loop)
    json.dump({"rows": [[cost - overhead for cost in measured] for measured in passes]}, sys.stdout)


main()
