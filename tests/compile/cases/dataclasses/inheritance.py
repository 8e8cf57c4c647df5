import inspect
from dataclasses import dataclass


@dataclass
class Base:
    kind: str
    size: int = 1

    @classmethod
    def from_dict(cls, params):
        return cls(**{k: v for k, v in params.items() if k in inspect.signature(cls).parameters})


@dataclass
class Sub(Base):
    extra: str = "e"
    size: int = 5


print(Sub("k"), Sub.from_dict({"kind": "z", "other": 1, "extra": "y"}), isinstance(Sub("a"), Base))
