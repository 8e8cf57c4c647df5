import mlx.core as mx

x = mx.array([[1, 2], [3, 4]])
for row in x:
    print(row)
a, b = x
print(a, b, len(x), [r.sum().item() for r in x], sum(x), max(mx.array([3, 1]).tolist()))
