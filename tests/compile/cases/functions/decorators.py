def twice(fn):
    def wrapper(*args, **kwargs):
        return fn(fn(*args, **kwargs))

    return wrapper


def scaled(by):
    def decorate(fn):
        return lambda x: fn(x) * by

    return decorate


@twice
@scaled(by=3)
def add_one(x):
    return x + 1


print(add_one(1))
