def f(*, a=1, b=2):
    return a, b


print(f(), f(b=5), f(a=3, b=4))
