import * as py from 'mlx/python';
const BASE_FROM_DICT = py.signature('Base.from_dict(params)');

export class Base extends py.Object {
  static from_dict(params) {
    const named = py.keywords(BASE_FROM_DICT, arguments);
    if (named) ({ params } = named);
    return new this(
      ...py.kwargs(
        py.dict(
          [...py.iter(py.items(params))].filter(([k, v]) =>
            py.contains(py.inspect.signature(this).parameters, k)).map(([k, v]) =>
            [k, v]),
        ),
      ),
    );
  }

  static {
    py.shared(this, 'from_dict');
    py.dataclass(this, { kind: py.required, size: 1 });
  }
}

export class Sub extends Base {
  static {
    py.dataclass(this, { extra: 'e', size: 5 });
  }
}

py.print(
  new Sub('k'),
  Sub.from_dict({ kind: 'z', other: 1, extra: 'y' }),
  new Sub('a') instanceof Base,
);
//# sourceMappingURL=inheritance.js.map
