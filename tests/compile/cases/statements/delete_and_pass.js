import * as py from 'mlx/python';
export const x = [1, 2, 3];
py.delitem(x, 0);
export let y = 5;
y = undefined;
let _;
for (_ of py.range(2)) {}
py.print(x);
//# sourceMappingURL=delete_and_pass.js.map
