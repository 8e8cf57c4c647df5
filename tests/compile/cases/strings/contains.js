import * as py from 'mlx/python';
py.print('abc'.includes('a'), !'abc'.includes('z'), 'abc'.includes(''), 'abcd'.includes('bc'));
//# sourceMappingURL=contains.js.map
