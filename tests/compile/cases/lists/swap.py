a, b = 1, 2
a, b = b, a
xs = [1, 2, 3]
xs[0], xs[2] = xs[2], xs[0]
print(a, b, xs)
