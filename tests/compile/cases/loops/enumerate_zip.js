import * as py from 'mlx/python';
export let a, b, i;
for ([i, [a, b]] of py.enumerate(py.zip([1, 2, 3], 'xyz'), { start: 1 })) {
  py.print(i, a, b);
}
py.print([...py.zip([1, 2], [3, 4], [5, 6])], [...py.enumerate('ab')]);
//# sourceMappingURL=enumerate_zip.js.map
