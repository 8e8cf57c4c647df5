def target(x, scale=1, shift=0):
    return x * scale + shift


def wrapper(*args, **kwargs):
    return target(*args, **kwargs)


def timed(name, *args, **kwargs):
    return name, target(*args, **kwargs)


print(wrapper(2), wrapper(2, 3), wrapper(2, shift=5), wrapper(x=1, scale=4), timed("n", 2, scale=10))
