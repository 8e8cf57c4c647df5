import * as py from 'mlx/python';
export const xs = [1, 2, 3, 4];
export let y;
py.print(
  [
    ...(function* () {
      for (const x of xs) {
        if ((y = x * x) > 3) yield y;
      }
    })(),
  ],
  y,
);
export let n;
if ((n = xs.length) > 3) py.print(n);
//# sourceMappingURL=walrus.js.map
