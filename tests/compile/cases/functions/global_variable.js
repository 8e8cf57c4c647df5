import * as py from 'mlx/python';
export let count = 0;

export function bump() {
  count += 1;
  return count;
}

bump();
bump();
py.print(count);
//# sourceMappingURL=global_variable.js.map
