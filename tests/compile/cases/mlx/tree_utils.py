import mlx.core as mx
from mlx.utils import tree_flatten, tree_map, tree_unflatten

tree = {"a": [mx.array(1), {"b": mx.array(2)}], "c": (mx.array(3),)}
doubled = tree_map(lambda x: x * 2, tree)
flat = tree_flatten(doubled)
print([(k, v.item()) for k, v in flat], type(doubled["c"]).__name__, tree_unflatten([("x.0", 1), ("x.1", 2)]))
