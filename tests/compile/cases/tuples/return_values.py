def pair(x):
    return x, x * 2


result = pair(3)
a, b = pair(4)
print(result, a, b, type(result).__name__)
