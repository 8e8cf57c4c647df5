import mlx.core as mx

print(mx.array(1).dtype, mx.array(1.0).dtype, mx.array([1, 2.0]).dtype, mx.full((2,), 1.0).dtype)
print(mx.arange(3).dtype, mx.arange(3.0).dtype, mx.maximum(mx.array([1, 2]), 0.0).dtype, (mx.array([1]) * 2.0).dtype)
a = mx.array([1, 2])
print((a + 1).dtype, (a + 1.0).dtype, (1.0 - a).dtype, (a > 1.0).dtype, a.astype(mx.float16).dtype == mx.float16)
