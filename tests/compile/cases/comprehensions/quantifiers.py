xs = [1, 2, 3]
print(any(x > 2 for x in xs), all(x > 0 for x in xs), sum(x * x for x in xs), max(x % 3 for x in xs))
print(any(x > y for x in xs for y in [3]), tuple(x for x in xs), sorted(x for x in [2, 1]), "".join(str(x) for x in xs))
