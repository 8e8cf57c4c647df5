import * as py from 'mlx/python';
const CONFIG_FROM_DICT = py.signature('Config.from_dict(params)');

export class Config extends py.Object {
  static from_dict(params) {
    const named = py.keywords(CONFIG_FROM_DICT, arguments);
    if (named) ({ params } = named);
    const known = py.set(Array.from(py.iter(py.values(this.__dataclass_fields__)), (f) => f.name));
    return new this(
      ...py.kwargs(
        py.dict(
          [...py.iter(py.items(params))].filter(([k, v]) => py.contains(known, k)).map(([k, v]) =>
            [k, v]),
        ),
      ),
    );
  }

  static {
    py.shared(this, 'from_dict');
    py.dataclass(this, { size: py.required, name: 'tiny' });
  }
}

py.print(Config.from_dict({ size: 2, other: 1 }));
py.print(Array.from(py.iter(py.dataclasses.fields(Config)), (f) => f.name));
py.print(py.sorted(py.keys(Config.__dataclass_fields__)));
//# sourceMappingURL=declared_fields.js.map
