from dataclasses import dataclass, replace


@dataclass(frozen=True)
class P:
    x: int
    y: int = 0


p = P(1)
print(p, replace(p, y=4), p == P(1), P(2).x)
