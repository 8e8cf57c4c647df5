x = None
y = [1]
print(x is None, x is not None, y is y, y is not [1], not x)
