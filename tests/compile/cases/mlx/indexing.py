import mlx.core as mx

x = mx.arange(24).reshape(2, 3, 4)
n = 2
print(x[0, 1], x[..., 0], x[:, 1:, ::2].shape, x[0, :, None].shape, x[-1, -1, -1], x[:, :n].shape, x[n - 1, n:])
i = mx.array([0, 2])
print(x[0, i, 0], x[:, [0, 1]].shape, x[mx.array([1])].shape, x[(0, 1)], x[slice(0, 1)].shape)
x[0, 0] = 9
x[:, 1, :n] = mx.zeros((2, 2), dtype=x.dtype)
x[1] += 1
print(x)
