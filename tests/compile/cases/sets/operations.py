a, b = {1, 2, 3}, {2, 3, 4}
print(sorted(a | b), sorted(a & b), sorted(a - b), sorted(a ^ b), {2} <= a, a.issubset({1, 2, 3, 9}))
a.update([7, 8])
a.difference_update({1})
print(sorted(a), sorted(set([3, 1, 3])), sorted({x % 3 for x in range(10)}))
