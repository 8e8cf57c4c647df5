def f(a, b, c):
    return a, b, c


xs = [2, 3]
print(f(1, *xs), f(*"abc"), f(**{"a": 1, "b": 2, "c": 3}), f(1, **{"b": 2, "c": 3}))
