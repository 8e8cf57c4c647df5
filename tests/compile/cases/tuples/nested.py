shape = (2, 3)
x = (shape, [1], {"k": (4,)})
print(x, x[0][1], tuple(list(shape) + [4]))
