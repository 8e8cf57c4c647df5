from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np


def f(x: np.ndarray | None = None):
    return x is None


print(f())
