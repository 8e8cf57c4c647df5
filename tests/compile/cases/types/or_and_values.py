def pick(a, b):
    return a or b, a and b


print(pick(0, "b"), pick([], [1]), pick("a", None), pick(None, {}), pick({"k": 1}, 2))
