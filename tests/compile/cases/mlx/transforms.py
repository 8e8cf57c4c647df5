from functools import partial

import mlx.core as mx


@mx.compile
def gelu(x):
    return x * mx.sigmoid(1.702 * x)


@partial(mx.compile, shapeless=True)
def scaled(x, k=2):
    return x * k


def f(x, y):
    return (x**2 * y).sum()


x = mx.array([1.0, 2.0])
print(gelu(x), scaled(x), scaled(x, k=3), mx.grad(f)(x, mx.array(2.0)), mx.value_and_grad(f)(x, x)[0])
print(mx.vmap(lambda a: a * 2)(x), mx.grad(f, argnums=1)(x, x))
