from dataclasses import asdict, dataclass, field
from typing import List, Optional


@dataclass
class Args:
    hidden: int
    layers: int = 2
    eps: float = 1e-5
    names: List[str] = field(default_factory=list)
    head: Optional[int] = None

    def __post_init__(self):
        if self.head is None:
            self.head = self.hidden // 4


a = Args(8)
b = Args(hidden=16, layers=3, names=["x"])
a.names.append("own")
print(a, b, a == Args(8, names=["own"]), Args(8).names, asdict(b))
