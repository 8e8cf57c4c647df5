def f(a: int, b: int = 1):
    return a + b


try:
    print(f(1, c=2))
except TypeError as e:
    print("c" in str(e))
