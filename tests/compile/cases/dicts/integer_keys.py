names = {}
for i in range(3):
    names[i * 10] = str(i)
print(names, names[10], 20 in names, sorted(names.items()), {1: "a", 2: "b"}[2])
