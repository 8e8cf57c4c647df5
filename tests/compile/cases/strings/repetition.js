import * as py from 'mlx/python';
py.print(py.mul('ab', 3), py.mul('-', 5) + '>', py.mul(2, 'xy'));
//# sourceMappingURL=repetition.js.map
