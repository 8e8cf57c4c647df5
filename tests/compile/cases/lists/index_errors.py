def get(xs, i):
    try:
        return xs[i]
    except IndexError as e:
        return f"IndexError: {e}"


print(get([1, 2], 1), get([1, 2], 2), get([1, 2], -3), get("ab", 5))
