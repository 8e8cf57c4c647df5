import * as py from 'mlx/python';

export function steps() {
  const out = [];
  for (let i of py.range(4)) {
    out.push(i);
    i += 10;
    out.push(i);
  }
  return out;
}

py.print(steps());
//# sourceMappingURL=counter_changed_inside.js.map
