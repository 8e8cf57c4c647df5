import mlx.core as mx


class Gain:
    def __init__(self, value: float = 1.0):
        self.value = mx.full((2,), value)


def shifted(start: float, count: int):
    return mx.arange(start, start + count)


def whole(value: float = 3):
    return mx.array(value)


def counted(count: int):
    return mx.full((1,), count)


print(Gain().value.dtype, Gain(0.0).value.dtype, Gain(0.5).value.dtype)
print(shifted(1.0, 2).dtype, counted(2).dtype)
# Annotations do not bind: an array passes.
print(Gain(mx.array(2)).value.dtype)
# Its default says that ints are meant, too.
print(whole().dtype, whole(0.5).dtype)
