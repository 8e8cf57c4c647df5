"""Runs cases in Python and writes one result line per case, flushed, so that a crash loses only its own case.

Input: a case file, where to start, how many to run, the folder for files and the other runner's.
Output: lines {"id": …, "results": […]}; the last result is {"error": …} where a step raised.
    python -m node_mlx.parity.python_runner cases.jsonl results.jsonl own/ other/ 0 5000
"""

from __future__ import annotations

import itertools
import json
import os
import resource
import sys
from pathlib import Path
from typing import Any

import mlx.core as mx

from node_mlx.parity.python_actions import ACTIONS
from node_mlx.parity.python_values import Context, decode, encode, lookup
from node_mlx.parity.values import Value

# A case that asks for terabytes must fail, not take the machine down.
ADDRESS_SPACE = 24 * 2**30


def call(step: Value, context: Context) -> Any:
    function = ACTIONS.get(step["call"])
    if function is None:
        function = lookup(step["call"])
    args = [decode(argument, context) for argument in step["args"]]
    kwargs = {name: decode(argument, context) for name, argument in step["kwargs"].items()}
    result = function(*args, **kwargs)
    if result is NotImplemented:
        # What the interpreter raises when neither operand knows the operation.
        raise TypeError(f"unsupported operand types for {step['call']}")
    return result


def run_case(case: dict[str, Any], own: Path, other: Path) -> list[Value]:
    context = Context(own, other, call)
    encoded: list[Value] = []
    if "seed" in case:
        mx.random.seed(case["seed"])
    try:
        for step in case["steps"]:
            result = context.call(step)
            context.results.append(result)
            encoded.append(encode(result))
    except Exception as problem:
        encoded.append({"error": {"name": type(problem).__name__, "message": str(problem)[:2000]}})
    finally:
        for step in case.get("cleanup", ()):
            context.call(step)
    return encoded


def lost_gpu(results: list[Value]) -> bool:
    """Whether a kernel has broken this process's access to the GPU: nothing that follows would work."""
    return any("illegal memory access" in result.get("error", {}).get("message", "") for result in results)


def main(arguments: list[str]) -> None:
    cases, results, own, other = (Path(argument).resolve() for argument in arguments[:4])
    first, count = (int(argument) for argument in arguments[4:])
    # A GPU's driver reserves more than there is memory.
    if mx.default_device() == mx.cpu:
        resource.setrlimit(resource.RLIMIT_AS, (ADDRESS_SPACE, ADDRESS_SPACE))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    # Calls with odd file names write into this folder.
    os.chdir(own)
    with cases.open(encoding="utf-8") as lines, results.open("a", encoding="utf-8") as out:
        for line in itertools.islice(lines, first, first + count):
            case = json.loads(line)
            encoded = run_case(case, own, other)
            if lost_gpu(encoded[-1:]):
                os.abort()
            out.write(json.dumps({"id": case["id"], "results": encoded}, separators=(",", ":")) + "\n")
            out.flush()


if __name__ == "__main__":
    main(sys.argv[1:])
