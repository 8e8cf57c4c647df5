def f(a, b=2, *, c=3, d):
    return (a, b, c, d)


print(f(1, d=4), f(1, 5, d=6, c=7), f(a=1, b=2, c=3, d=4), f(d=1, a=2))
