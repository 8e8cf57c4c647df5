import * as py from 'mlx/python';

export const fs = [
  ...(function* () {
    let i;
    for (i of py.range(3)) {
      yield () => i;
    }
  })(),
];

export const gs = Array.from({ length: 3 }, (_, i) => ((i_now) => (i = i_now) => i)(i));
py.print(fs.map((f) => f()), gs.map((g) => g()));
//# sourceMappingURL=closure_in_comprehension.js.map
