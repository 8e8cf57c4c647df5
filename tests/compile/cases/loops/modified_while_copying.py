xs = [1, 2, 3, 4]
for x in list(xs):
    if x % 2 == 0:
        xs.remove(x)
print(xs)
