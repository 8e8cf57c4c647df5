"""Runs Python cases one after the other and prints, as JSON, what each wrote to stdout."""

from __future__ import annotations

import contextlib
import io
import json
import runpy
import sys

outputs: dict[str, str] = {}
for name, file in json.load(sys.stdin).items():
    captured = io.StringIO()
    with contextlib.redirect_stdout(captured):
        try:
            runpy.run_path(file, run_name=name)
        except Exception as problem:
            captured.write(f"!! {problem!r}")
    outputs[name] = captured.getvalue()
json.dump(outputs, sys.stdout)
