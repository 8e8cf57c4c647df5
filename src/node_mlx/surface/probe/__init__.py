"""Asks the running MLX what it accepts and returns, by calling it with sample values.

Input: the stubs. Output: disagreements. Probing happens in a process of its own (see process.py), each
function in a fork of it: calls change global state, and a few that the stubs allow end the interpreter.
One file per question: passing.py (by position, by name, left out), types.py, defaults.py, returns.py.
"""

from node_mlx.surface.probe.process import ProbeError, from_json, probe, to_json

__all__ = ["ProbeError", "from_json", "probe", "to_json"]
