import mlx.core as mx


def scaled(x, dims: int, by: float):
    # Nothing says that x is an array.
    return x.at[..., :dims].multiply(by)


def counts(tokens: mx.array) -> mx.array:
    return mx.zeros((4,), mx.int32).at[tokens].add(1)


print(scaled(mx.ones((2, 3)), 2, 0.5))
print(counts(mx.array([1, 1, 3])))
print((mx.ones((2,)).at[0].subtract(3) * 2))
print(mx.arange(6).reshape(2, 3).at[1, ::2].maximum(4))
