pairs = [((1, 2), (3, 4)), ((5, 6), (7, 8))]
for (_, a), (_, b) in pairs:
    print(a, b)
_, x, _ = (1, 2, 3)
(_, p), _ = (1, 2), 3
print(x, p, [a + b for (_, a), (_, b) in pairs], {a: b for (a, _), (b, _) in pairs})
