import * as py from 'mlx/python';
export const Mode = py.typing.Literal('a', 'b');
const CHECK = py.signature("check(mode: Mode = 'a')");

export function check(mode = 'a') {
  const named = py.keywords(CHECK, arguments);
  if (named) ({ mode = 'a' } = named);
  return py.contains(py.typing.get_args(Mode), mode);
}

py.print(check('a'), check('z'));
//# sourceMappingURL=literal_type.js.map
