def last(xs: list):
    xs[-1] = "end"
    return xs[-1], xs[-2]


print(last([1, 2, 3]))
