for v in [1, 1.5, True, "s", None, [1], (1,), {"a": 1}, {1}, b"x"]:
    kinds = [isinstance(v, int), isinstance(v, (float, str)), isinstance(v, (list, tuple)), isinstance(v, dict)]
    print(type(v).__name__, kinds, isinstance(v, bool), isinstance(v, set))
