import mlx.core as mx
import mlx.nn as nn
from mlx.utils import tree_flatten

mx.random.seed(2)
a = nn.Sequential(nn.Linear(2, 3), nn.LayerNorm(3))
b = nn.Sequential(nn.Linear(2, 3), nn.LayerNorm(3))
b.load_weights(tree_flatten(a.parameters()))
print(all(mx.array_equal(x, y) for (_, x), (_, y) in zip(tree_flatten(a.parameters()), tree_flatten(b.parameters()))))
print(list(tree_flatten(a.parameters(), destination={})))
try:
    b.load_weights([("layers.0.weight", mx.zeros((3, 2)))])
except ValueError as e:
    print(str(e).splitlines()[0])
a.freeze()
print(tree_flatten(a.trainable_parameters()), len(tree_flatten(a.unfreeze(keys="bias").trainable_parameters())))
a.apply(lambda x: x * 0)
print(a.layers[0].weight, a.train(False).training, a.layers[0].training)
