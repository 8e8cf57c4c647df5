import mlx.core as mx


def update(state: dict, x: mx.array):
    state["m"] = 0.9 * state["m"] + 0.1 * x
    state["step"] = state["step"] + 1
    return state


s = {"m": mx.zeros((2,)), "step": 0}
for _ in range(2):
    s = update(s, mx.array([1.0, 2.0]))
print(s["m"], s["step"], {**s, "extra": True}["extra"])
