def look(d, key):
    try:
        return d[key]
    except KeyError as e:
        return f"missing {e}"


print(look({"a": 1}, "a"), look({"a": 1}, "b"), look({1: 2}, 3))
