import * as py from 'mlx/python';
const APPEND = py.signature('append(x, to=[])');
const APPEND_TO = [];

export function append(x, to = APPEND_TO) {
  const named = py.keywords(APPEND, arguments);
  if (named) ({ x, to = APPEND_TO } = named);
  py.append(to, x);
  return to;
}

py.print(append(1), append(2), append(3, []));
//# sourceMappingURL=defaults_once.js.map
