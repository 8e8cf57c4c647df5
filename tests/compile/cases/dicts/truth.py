def f(d: dict):
    return "yes" if d else "no"


print(f({}), f({"a": 0}), bool({}), not {})
