import * as py from 'mlx/python';
export let a = { x: 1 };
py.update(a, { y: 2 });
py.update(a, { z: 3 });
export const b = { ...py.entries_as_object(a), x: 9 };
export const c = py.or_(a, { w: 0 });
a = py.ior(a, { q: 5 });
py.print(a, b, c, py.dict(a, { k: 1 }), py.dict([py.Tuple.of('m', 1)]), { n: 2 });
//# sourceMappingURL=update_and_merge.js.map
