import * as py from 'mlx/python';

export function* inner() {
  yield 1;
  yield 2;
}

export function* outer() {
  yield 0;
  yield* inner();
  yield* [3, 4];
}

py.print([...outer()]);
//# sourceMappingURL=delegation.js.map
