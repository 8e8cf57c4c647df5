"""Trains model.py in Python and compares the loss of every step with Node's, to the last bit.

Reads build/digits/losses.json, or the file that is named (see train.mjs). Ends with exit code 1 where a loss
differs.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import mlx.core as mx
from model import SEED, Classifier, prepare, train

FOLDER = Path(__file__).parents[2] / "build" / "digits"


def main(file: Path) -> int:
    node = json.loads(file.read_text(encoding="utf-8"))
    mx.random.seed(SEED)
    x = prepare(mx.load(str(FOLDER / "train_images.npy")))
    labels = mx.load(str(FOLDER / "train_labels.npy"))
    python = list(train(Classifier(), x, labels, node["epochs"], node["batch"]))
    if python == node["losses"]:
        print(f"Python trains the same model: all {len(python)} losses are equal, to the last bit")
        return 0
    pairs = enumerate(zip(python, node["losses"], strict=False))
    first = next((i for i, (a, b) in pairs if a != b), min(len(python), len(node["losses"])))
    print(f"The losses of Python and Node differ from step {first + 1} on", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER / "losses.json"))
