from dataclasses import dataclass, fields


@dataclass
class Config:
    size: int
    name: str = "tiny"

    @classmethod
    def from_dict(cls, params):
        known = {f.name for f in cls.__dataclass_fields__.values()}
        return cls(**{k: v for k, v in params.items() if k in known})


print(Config.from_dict({"size": 2, "other": 1}))
print([f.name for f in fields(Config)])
print(sorted(Config.__dataclass_fields__.keys()))
