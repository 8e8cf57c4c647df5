xs = [1, 2, 3, 4]
print([x * 2 for x in xs], [x for x in xs if x % 2], [str(x) for x in range(3)], [0 for _ in range(2)])
print([(a, b) for a in "ab" for b in range(2)], [y for row in [[1], [2, 3]] for y in row if y > 1])
