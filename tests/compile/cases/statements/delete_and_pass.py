x = [1, 2, 3]
del x[0]
y = 5
del y
for _ in range(2):
    pass
print(x)
