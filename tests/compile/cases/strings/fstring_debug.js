import * as py from 'mlx/python';
export const x = 5;
py.print(`x=${String(x)} x + 1=${String(x + 1)}`);
//# sourceMappingURL=fstring_debug.js.map
