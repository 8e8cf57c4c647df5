matrix = [[1, 2], [3, 4]]
print([[row[i] for row in matrix] for i in range(2)], [[x * y for x in range(3)] for y in range(2)])
