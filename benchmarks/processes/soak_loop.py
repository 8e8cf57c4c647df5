"""Trains for some time from the end of its input on. Prints a line of JSON before that and one when it ends.

The first tells what memory the interpreter took before it loaded MLX, the second how many steps there were.
usage: soak_loop.py SECONDS
"""

import json
import resource
import sys
import time
from pathlib import Path

pages = int(Path("/proc/self/statm").read_text().split()[1])
base = pages * resource.getpagesize() / 2**20

from benchmarks.processes.training_loop import training_loop  # noqa: E402

step = training_loop()
print(json.dumps({"base": base}), flush=True)
sys.stdin.read()
end = time.monotonic() + float(sys.argv[1])
steps = 0
while time.monotonic() < end:
    step()
    steps += 1
print(json.dumps({"steps": steps}))
