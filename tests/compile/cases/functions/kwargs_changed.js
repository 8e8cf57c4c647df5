import * as py from 'mlx/python';
const TARGET = py.signature('target(**options)');

export function target() {
  let options = {};
  const named = py.keywords(TARGET, arguments);
  if (named) ({ options } = named);
  return py.sorted(py.items(options));
}

const WRAPPER = py.signature('wrapper(**kwargs)');

export function wrapper() {
  let kwargs = {};
  const named = py.keywords(WRAPPER, arguments);
  if (named) ({ kwargs } = named);
  py.setitem(kwargs, 'added', true);
  py.pop(kwargs, 'dropped', null);
  return target({ ...kwargs, more: 1 });
}

py.print(wrapper({ a: 1, dropped: 2 }), wrapper(), target(...py.kwargs({})));
//# sourceMappingURL=kwargs_changed.js.map
