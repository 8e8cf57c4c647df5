import * as py from 'mlx/python';
const TAGGED = py.signature('tagged(name)');

export const tagged = py.contextlib.contextmanager(function* tagged(name) {
  const named = py.keywords(TAGGED, arguments);
  if (named) ({ name } = named);
  py.print('open', name);
  try {
    yield py.upper(name);
  } finally {
    py.print('close', name);
  }
});

const manager = py.enter(tagged('x'));
try {
  const t = manager.value;
  py.print(t);
} catch (error) {
  manager.fail(error);
} finally {
  manager.exit();
}
//# sourceMappingURL=contextmanager.js.map
