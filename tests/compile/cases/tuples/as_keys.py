cache = {}
cache[(1, 2)] = "x"
cache[(1, 3)] = "y"
print(cache[(1, 2)], (1, 3) in cache, (2, 2) in cache, len(cache))
