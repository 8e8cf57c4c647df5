import * as py from 'mlx/python';
export const log = [];

export function* numbers() {
  try {
    yield 1;
    yield 2;
  } finally {
    log.push('closed');
  }
}

export let n;
for (n of numbers()) {
  break;
}
export const g = numbers();
py.next(g);
py.close(g);
py.print([...numbers()], log.length >= 2);
//# sourceMappingURL=cleanup.js.map
