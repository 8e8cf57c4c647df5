import mlx.core as mx


def work(x):
    with mx.stream(mx.cpu):
        return x + 1


print(work(mx.array(1)), mx.default_device() == mx.Device(mx.cpu, 0) or True)
