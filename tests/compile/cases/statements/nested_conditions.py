def f(a, b):
    if a:
        if b:
            result = "both"
        else:
            result = "a"
    elif b:
        result = "b"
    else:
        result = "none"
    return result


print(f(1, 1), f(1, 0), f(0, 1), f(0, 0))
