"""Runs the GPU suite in Python and in Node in turn and prints medians and ratios as a Markdown table.

usage: run.py [--rounds N]. Needs MLX for the GPU on both sides; NODE names the Node to use.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent


def run(command: list[str]) -> dict[str, float]:
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    return {row["name"]: row["value"] for row in map(json.loads, done.stdout.splitlines())}


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=3)
    rounds = parser.parse_args().rounds
    commands = {
        "Python": [sys.executable, str(HERE / "suite.py")],
        "Node": [os.environ.get("NODE", "node"), str(HERE / "suite.mjs")],
    }
    found: dict[str, dict[str, list[float]]] = {side: {} for side in commands}
    for _ in range(rounds):
        for side, command in commands.items():
            for name, value in run(command).items():
                found[side].setdefault(name, []).append(value)
    print("| | Python | Node | Node / Python |\n|---|---:|---:|---:|")
    for name, values in found["Python"].items():
        python, node = statistics.median(values), statistics.median(found["Node"][name])
        print(f"| {name} | {python:.3g} | {node:.3g} | {node / python:.2f} |")


if __name__ == "__main__":
    main()
