import * as py from 'mlx/python';

export function main() {
  return 'main';
}

py.print(main());
//# sourceMappingURL=main_guard.js.map
