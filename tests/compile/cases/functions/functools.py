from functools import lru_cache, partial, reduce, wraps

calls = []


@lru_cache
def slow(n):
    calls.append(n)
    return n * 2


def logged(fn):
    @wraps(fn)
    def inner(*args):
        return fn(*args)

    return inner


@logged
def named(x):
    return x


def power(base, exponent=2):
    return base**exponent


print(slow(2), slow(2), len(calls), named.__name__, named(4))
print(partial(power, 3)(), partial(power, exponent=3)(2), reduce(lambda a, b: a * b, [1, 2, 3, 4], 1))
