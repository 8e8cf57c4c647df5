import * as py from 'mlx/python';
export let scale = 2;
export const f = ((k_now) => (x, k = k_now) => py.mul(x, k))(scale);
scale = 5;
py.print(f(3), f(3, 10), ((...xs) => py.sum(xs))(1, 2, 3), (() => null)());
//# sourceMappingURL=lambda_defaults.js.map
