import * as py from 'mlx/python';
py.print([...'abc'], [...'xyz'], py.sorted('hello'), py.join('', py.reversed('abc')));
export let c, i;
for ([i, c] of py.enumerate('ab')) {
  py.print(i, c);
}
//# sourceMappingURL=iteration.js.map
