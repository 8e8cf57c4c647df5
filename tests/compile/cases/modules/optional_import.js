import * as py from 'mlx/python';
const no_such_module_anywhere = py.missing('no_such_module_anywhere');
try {} catch (error) {
  if (py.catches(error, py.ImportError)) {
    no_such_module_anywhere = null;
  } else {
    throw error;
  }
}

export function use() {
  return no_such_module_anywhere == null ? 'missing' : 'there';
}

py.print('ok');
//# sourceMappingURL=optional_import.js.map
