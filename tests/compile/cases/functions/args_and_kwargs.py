def f(*args, **kwargs):
    return args, sorted(kwargs.items())


def g(first, *rest, flag=False, **more):
    return first, rest, flag, more


print(f(1, 2, a=3), f(), g(1), g(1, 2, 3, flag=True, x=9))
