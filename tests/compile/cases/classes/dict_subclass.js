import * as py from 'mlx/python';
const CONFIG_FLAG = py.signature('Config.flag(name)');

export class Config extends py.DictObject {
  flag(name) {
    const named = py.keywords(CONFIG_FLAG, arguments);
    if (named) ({ name } = named);
    return this.get(name, false);
  }
}

export const c = new Config();
py.setitem(c, 'debug', true);
py.print(
  c.flag('debug'),
  c.flag('other'),
  py.len(c),
  py.contains(c, 'debug'),
  py.isinstance(c, py.dict),
);
//# sourceMappingURL=dict_subclass.js.map
