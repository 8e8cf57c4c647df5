from enum import Enum
from typing import NamedTuple


class Color(Enum):
    RED = 1


class Point(NamedTuple):
    x: int
