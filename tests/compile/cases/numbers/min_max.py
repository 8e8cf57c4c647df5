print(min(3, 1, 2), max([4, 9, 2]), max("a", "bc", key=len), min([], default=0), max(1, 2.5))
