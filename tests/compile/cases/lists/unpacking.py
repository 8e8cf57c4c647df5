first, *rest = [1, 2, 3]
*start, end = [1, 2, 3]
a, *middle, z = (1, 2, 3, 4)
(p, q), r = (1, 2), 3
print(first, rest, start, end, a, middle, z, p, q, r)
