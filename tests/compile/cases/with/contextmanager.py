from contextlib import contextmanager


@contextmanager
def tagged(name):
    print("open", name)
    try:
        yield name.upper()
    finally:
        print("close", name)


with tagged("x") as t:
    print(t)
