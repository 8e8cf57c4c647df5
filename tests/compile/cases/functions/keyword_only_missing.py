def f(a, *, key):
    return a, key


try:
    f(1)
except TypeError:
    print("TypeError")
try:
    f()
except TypeError:
    print("TypeError")
