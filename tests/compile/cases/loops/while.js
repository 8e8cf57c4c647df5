import * as py from 'mlx/python';
export let n = 5;
let finished = true;
while (n > 0) {
  n -= 1;
  if (n === 3) continue;
  if (n === 1) {
    finished = false;
    break;
  }
  py.print(n);
}
if (finished) py.print('never');
//# sourceMappingURL=while.js.map
