import mlx.core as mx
import mlx.nn as nn


class Wrapped(nn.Module):
    def __init__(self):
        super().__init__()
        self.inner = nn.Linear(2, 2)
        self.name = "wrapped"
        self.length = 3
        self.missing = None

    def __call__(self, x, *, scale=1):
        return self.inner(x) * scale


w = Wrapped()
w.inner = nn.Identity()
w.missing = mx.zeros((1,))
print(w(mx.array([1.0, 2.0]), scale=3), w.name, w.length, w, "missing" in w, [k for k, _ in w.items()])
w.pop("missing")
print(hasattr(w, "missing"), sorted(w.keys()), w.get("nothing"), w.get("inner"))
