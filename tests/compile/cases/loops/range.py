print(list(range(5)), list(range(2, 8, 3)), list(range(5, 0, -2)), len(range(10)), 3 in range(5))
for i in range(2):
    for j in range(i, 2):
        print(i, j)
