import mlx.core as mx


def bump(x):
    y = x
    y += 1
    return x


def typed(x: mx.array):
    y = x
    y *= 2
    y -= 1
    return x, y


a = mx.array([1, 2])
print(bump(a), a, typed(a), a)
n = 1
m = n
m += 1
print(n, m)
