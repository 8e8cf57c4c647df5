import mlx.core as mx


def f(x: mx.array, n: int) -> mx.array:
    y = x * n + 1
    return -y / 2 - x**2 + x % 2 + x // 2


def unknown(x, y):
    return x @ y + x - y * 2.0


a = mx.array([[1.0, 2.0], [3.0, 4.0]])
print(f(a, 3), unknown(a, a), a > 2, (a >= 1) & (a < 3), a == a, 1 - a, 2 / a)
