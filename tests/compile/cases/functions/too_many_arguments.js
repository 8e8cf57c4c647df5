import * as py from 'mlx/python';
const F = py.signature('f(a, b=1)');

export function f(a, b = 1) {
  const named = py.keywords(F, arguments);
  if (named) ({ a, b = 1 } = named);
  return py.add(a, b);
}

export let args;
for (args of [py.Tuple.of(), py.Tuple.of(1), py.Tuple.of(1, 2), py.Tuple.of(1, 2, 3)]) {
  try {
    py.print(f(...args));
  } catch (error) {
    if (py.catches(error, py.TypeError)) {
      py.print('TypeError', args.length);
    } else {
      throw error;
    }
  }
}
//# sourceMappingURL=too_many_arguments.js.map
