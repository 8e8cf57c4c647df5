def f(x):
    assert x > 0, f"x is {x}"
    return x


try:
    f(-1)
except AssertionError as e:
    print("assertion", e)
print(f(2))
