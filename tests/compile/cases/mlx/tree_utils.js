import * as py from 'mlx/python';
import { core as mx } from 'mlx';
import { tree_flatten, tree_map, tree_unflatten } from 'mlx/utils';
export const tree = { a: [mx.array(1), { b: mx.array(2) }], c: py.Tuple.of(mx.array(3)) };
export const doubled = tree_map((x) => py.mul(x, 2), tree);
export const flat = tree_flatten(doubled);
py.print(
  Array.from(py.iter(flat), ([k, v]) => py.Tuple.of(k, v.item())),
  py.name_of(py.type(py.getitem(doubled, 'c'))),
  tree_unflatten([py.Tuple.of('x.0', 1), py.Tuple.of('x.1', 2)]),
);
//# sourceMappingURL=tree_utils.js.map
