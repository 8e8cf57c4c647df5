import mlx.core as mx

q, k, v = mx.split(mx.arange(6), 3)
B, L = mx.zeros((2, 5)).shape
first, *others = mx.split(mx.arange(6), [2, 4])
print(q, k, v, B, L, first, len(others), B * L)
