"""Memory of a training loop, in MB: of the process before it, at its end, and the peak; and what grew.

usage: memory.py STEPS INPUTS HIDDEN
"""

import json
import resource
import sys
from pathlib import Path

import mlx.core as mx

from benchmarks.processes.training_loop import training_loop

MB = 2**20


def resident() -> float:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() / MB


steps, inputs, hidden = map(int, sys.argv[1:])
step = training_loop(inputs, hidden)
base = resident()
middle = 0.0
for i in range(steps):
    step()
    if i == steps // 2:
        middle = resident()
print(
    json.dumps(
        {
            "before, MB": base,
            "training, MB": resident() - base,
            "growth in the second half, MB": resident() - middle,
            "MLX's peak, MB": mx.get_peak_memory() / MB,
        }
    )
)
