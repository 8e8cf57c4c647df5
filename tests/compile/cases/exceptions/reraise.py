def f():
    try:
        raise ValueError("inner")
    except ValueError as e:
        raise RuntimeError("outer") from e


try:
    f()
except RuntimeError as e:
    print(e, e.__cause__ is None)
try:
    try:
        raise KeyError("k")
    except KeyError:
        raise
except KeyError as e:
    print("again", e)
