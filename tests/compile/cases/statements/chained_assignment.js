import * as py from 'mlx/python';
export const a = [1];
export const b = a;
b.push(2);
export let c = 0;
export const d = 0;
c += 1;
py.print(a, c, d);

export class Holder extends py.Object {}

export const h = new Holder();
h.x = 7;
h.y = 7;
export const y = 7;
py.print(h.x, h.y, y);
//# sourceMappingURL=chained_assignment.js.map
