import * as py from 'mlx/python';
export const x = 5;
py.print(`x=${x} x + 1=${x + 1}`);
//# sourceMappingURL=fstring_debug.js.map
