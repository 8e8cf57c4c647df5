a = [1]
b = a
b.append(2)
b += [3]
c = a + [4]
print(a, b is a, c, a == [1, 2, 3])
