from __future__ import annotations

from typing import Any, Callable, Dict, List, Optional, Tuple, Union


def f(a: int, b: Optional[List[int]] = None, c: Union[str, Dict[str, Any]] = "x") -> Tuple[int, str]:
    return a + len(b or []), str(c)


def apply(fn: Callable[[int], int], x: int) -> int:
    return fn(x)


print(f(1), f(1, [2, 3], c={"k": 1}), apply(lambda v: v + 1, 1))
