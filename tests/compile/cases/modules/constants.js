import * as py from 'mlx/python';
const _HIDDEN = 3;
export const SIZE = 2 * _HIDDEN;
export const NAMES = py.Tuple.of('a', 'b');
export const TABLE = { pi: Math.PI };
py.print(SIZE, py.tuple(NAMES), py.getitem(TABLE, 'pi') > 3);
//# sourceMappingURL=constants.js.map
