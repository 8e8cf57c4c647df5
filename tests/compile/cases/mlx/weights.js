import * as py from 'mlx/python';
import { core as mx, nn } from 'mlx';
import { tree_flatten } from 'mlx/utils';
mx.random.seed(2);
export const a = new nn.Sequential(new nn.Linear(2, 3), new nn.LayerNorm(3));
export const b = new nn.Sequential(new nn.Linear(2, 3), new nn.LayerNorm(3));
b.load_weights(tree_flatten(a.parameters()));
py.print(
  [...py.zip(tree_flatten(a.parameters()), tree_flatten(b.parameters()))].every(([[_, x], [__, y]]) =>
    py.bool(mx.array_equal(x, y))),
);
py.print([...py.iter(tree_flatten(a.parameters(), { destination: {} }))]);
try {
  b.load_weights([py.Tuple.of('layers.0.weight', mx.zeros([3, 2]))]);
} catch (error) {
  if (py.catches(error, py.ValueError)) {
    const e = error;
    py.print(py.splitlines(py.str(e))[0]);
  } else {
    throw error;
  }
}
a.freeze();
py.print(
  tree_flatten(a.trainable_parameters()),
  py.len(tree_flatten(a.unfreeze({ keys: 'bias' }).trainable_parameters())),
);
a.apply((x) => py.mul(x, 0));
py.print(py.getitem(a.layers, 0).weight, a.train(false).training, py.getitem(a.layers, 0).training);
//# sourceMappingURL=weights.js.map
