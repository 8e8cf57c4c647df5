def f(a, b=1):
    return a + b


for args in [(), (1,), (1, 2), (1, 2, 3)]:
    try:
        print(f(*args))
    except TypeError:
        print("TypeError", len(args))
