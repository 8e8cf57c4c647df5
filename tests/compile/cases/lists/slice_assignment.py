xs = [0, 1, 2, 3, 4]
xs[1:3] = ["a", "b", "c"]
print(xs)
xs[::2] = [9, 9, 9]
print(xs)
del xs[1]
del xs[-1]
del xs[1:3]
print(xs)
