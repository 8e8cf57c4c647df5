for v in [0, 1, 0.0, float("nan"), "", "a", [], [0], (), (0,), {}, {"a": 0}, set(), None, True]:
    print(bool(v), "yes" if v else "no", not v)
