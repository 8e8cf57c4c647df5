import * as py from 'mlx/python';
const FUNCTION = py.signature('function(default, var=1, new=2)');

export function function_(default_, var_ = 1, new_ = 2) {
  const named = py.keywords(FUNCTION, arguments);
  if (named) ({ default: default_, var: var_ = 1, new: new_ = 2 } = named);
  const typeof_ = py.add(default_, var_);
  const delete_ = [...py.range(new_)];
  return py.Tuple.of(typeof_, delete_);
}

py.print(py.tuple(function_(1)), py.tuple(function_({ default: 2, var: 3, new: 1 })));
//# sourceMappingURL=reserved_names.js.map
