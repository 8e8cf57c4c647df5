def f(state, scale=1):
    return sorted(state), scale


print(f({"w": 1}), f({"w": 1}, 2), f({"scale": 3}), f({"a": 1}, scale=5), f(state={"b": 2}))
