def f(x):
    try:
        try:
            return [1, 2][x]
        except KeyError:
            return "never"
    except IndexError:
        return "outer"


print(f(0), f(5))
