import * as py from 'mlx/python';
const FLATTEN = py.signature(
  "flatten(tree: Any, prefix: str = '', into: Optional[Union[List[Tuple[str, Any]], Dict[str, Any]]] = None)",
);

export function flatten(tree, prefix = '', into = null) {
  const named = py.keywords(FLATTEN, arguments);
  if (named) ({ tree, prefix = '', into = null } = named);
  if (into == null) into = {};
  if (py.isinstance(tree, py.dict)) {
    for (const [key, value] of py.iter(py.items(tree))) {
      flatten(value, `${prefix}.${py.str(key)}`, into);
    }
    return into;
  }
  py.update(into, [py.Tuple.of(prefix.slice(1), tree)]);
  return into;
}

py.print(flatten({ a: { b: 1, into: 2 }, prefix: 3 }), flatten({ tree: 1 }, { into: { x: 0 } }));
//# sourceMappingURL=positional_dict_typed.js.map
