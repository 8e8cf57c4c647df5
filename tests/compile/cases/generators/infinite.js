import * as py from 'mlx/python';
export let n;

export function* naturals() {
  let n = 0;
  while (true) {
    yield n;
    n += 1;
  }
}

export const out = [];
for (n of naturals()) {
  if (py.bool(py.gt(n, 3))) break;
  out.push(n);
}
py.print(out);
//# sourceMappingURL=infinite.js.map
