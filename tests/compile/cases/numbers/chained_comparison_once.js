import * as py from 'mlx/python';
export const calls = [];

export function middle() {
  calls.push(1);
  return 5;
}

let middle_, middle__;
py.print(
  1 < (middle_ = middle()) && middle_ < 10,
  calls.length,
  1 < (middle__ = middle()) && middle__ < 2,
  calls.length,
);
//# sourceMappingURL=chained_comparison_once.js.map
