"""Runs every case of the programs that are named and prints what they return, as JSON.

A case that raises has its traceback as the result. run_programs.mjs does the same with what the programs were
compiled to.
usage: run_programs.py FOLDER PROGRAM...
"""

from __future__ import annotations

import importlib
import json
import re
import sys
import traceback
from pathlib import Path
from typing import Any

import mlx.core as mx


def result(case: Any) -> Any:
    mx.random.seed(7)
    try:
        return case()
    except Exception:
        return {"error": traceback.format_exc()}


folder, *names = sys.argv[1:]
package = Path(folder)
sys.path.insert(0, str(package.parent))
found = {}
for name in names:
    program: Any = importlib.import_module(f"{package.name}.{name}")
    found[name] = [result(case) for case in program.CASES]
# A function's repr holds its address.
print(re.sub(r" at 0x[0-9a-f]+>", ">", json.dumps(found)))
