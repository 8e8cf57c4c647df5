pairs = [[1, 2, 3]]
print([a for a, *b, c in pairs])
