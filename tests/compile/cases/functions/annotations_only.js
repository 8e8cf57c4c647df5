import * as py from 'mlx/python';
const F = py.signature(
  "f(a: int, b: Optional[List[int]] = None, c: Union[str, Dict[str, Any]] = 'x')",
);

export function f(a, b = null, c = 'x') {
  const named = py.keywords(F, arguments);
  if (named) ({ a, b = null, c = 'x' } = named);
  return py.Tuple.of(a + (py.bool(b) ? b : []).length, py.str(c));
}

const APPLY = py.signature('apply(fn: Callable[[int], int], x: int)');

export function apply(fn, x) {
  const named = py.keywords(APPLY, arguments);
  if (named) ({ fn, x } = named);
  return fn(x);
}

py.print(py.tuple(f(1)), py.tuple(f(1, [2, 3], { c: { k: 1 } })), apply((v) => py.add(v, 1), 1));
//# sourceMappingURL=annotations_only.js.map
