"""Writes scikit-learn's handwritten digits as .npy files, which `mx.load` reads in Node.

Output in the given folder: {train,test}_images.npy, uint8 of shape (n, 8, 8) with values 0 to 16, and
{train,test}_labels.npy, int32 of shape (n,). The split is fixed: the same 360 digits are always the test.
"""

import sys
from pathlib import Path

import numpy as np
from sklearn.datasets import load_digits

TEST_DIGITS = 360


def main(folder: Path) -> None:
    digits = load_digits()
    order = np.random.default_rng(0).permutation(len(digits.target))
    parts = {"test": order[:TEST_DIGITS], "train": order[TEST_DIGITS:]}
    folder.mkdir(parents=True, exist_ok=True)
    for name, chosen in parts.items():
        np.save(folder / f"{name}_images.npy", digits.images[chosen].astype(np.uint8))
        np.save(folder / f"{name}_labels.npy", digits.target[chosen].astype(np.int32))
        print(f"{folder}/{name}_images.npy: {len(chosen)} digits of 8 × 8 pixels")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
