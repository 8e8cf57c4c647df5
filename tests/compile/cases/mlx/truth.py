import mlx.core as mx


def choose(flag):
    return "yes" if flag else "no"


print(choose(mx.array(True)), choose(mx.array([0])), bool(mx.array(2)), not mx.array(0))
print(mx.any(mx.array([False, True])) and "any", int(mx.array(3)), float(mx.array(1.5)), mx.array([1, 2]).tolist())
