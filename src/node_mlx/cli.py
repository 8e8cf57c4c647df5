"""The command `node-mlx`: one verb per stage.

Each stage package has `add_parser(subparsers)`, which adds its verb and sets `run`, a function from the
parsed arguments to an exit status. A stage listed here but not written yet adds nothing.
"""

from __future__ import annotations

import argparse
import importlib
import importlib.util
import sys
from collections.abc import Sequence

from node_mlx.diagnostics import ToolError

# In the order in which they run.
STAGES = ("surface", "bind", "compile", "parity", "pack", "launch")


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one verb. Exit status: 0 fine, 1 a problem was reported, 2 wrong use of the command."""
    given = sys.argv[1:] if arguments is None else list(arguments)
    # Only the stage asked for is imported: it starts faster, and no other stage can be in its way.
    stages = [stage for stage in STAGES if stage in given[:1]] or STAGES
    options = parser(stages).parse_args(given)
    try:
        status: int = options.run(options)
    except ToolError as problem:
        print(problem, file=sys.stderr)
        return 1
    except BrokenPipeError:
        # The reader (`head`, a pager) has seen enough.
        sys.stderr.close()
        return 0
    return status


def parser(stages: Sequence[str] = STAGES) -> argparse.ArgumentParser:
    root = argparse.ArgumentParser(prog="node-mlx", description="Port Python MLX to Node.js by machine.")
    subparsers = root.add_subparsers(required=True, metavar="verb")
    for stage in stages:
        name = f"node_mlx.{stage}"
        if importlib.util.find_spec(name) is not None:
            package = importlib.import_module(name)
            if hasattr(package, "add_parser"):
                package.add_parser(subparsers)
    return root


if __name__ == "__main__":
    sys.exit(main())
