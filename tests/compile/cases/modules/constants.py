import math

_HIDDEN = 3
SIZE = 2 * _HIDDEN
NAMES = ("a", "b")
TABLE = {"pi": math.pi}
__all__ = ["SIZE", "NAMES", "TABLE"]
print(SIZE, NAMES, TABLE["pi"] > 3)
