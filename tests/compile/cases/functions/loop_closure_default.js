import * as py from 'mlx/python';
export const fs = [];
const F = py.signature('f(x, i=i)');
export let f, i;
for (i of py.range(3)) {
  f = ((i_now) =>
    function f(x, i = i_now) {
      const named = py.keywords(F, arguments);
      if (named) ({ x, i = i_now } = named);
      return py.add(x, i);
    })(
    i,
  );
  fs.push(f);
}
py.print(fs.map((f) => f(10)));
//# sourceMappingURL=loop_closure_default.js.map
