import mlx.core as mx

x = mx.array([[1.5, 2.0], [3.0, 4.0]])
print(x, x.shape, x.dtype, f"{x.shape} {x.shape[0]} {x.dtype}", x.sum().item(), [x.shape], x.ndim)
print(f"loss {mx.array(0.25).item():.3f}", str(mx.array([1])), mx.array(2), repr(mx.float32))
