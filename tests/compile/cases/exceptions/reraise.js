import * as py from 'mlx/python';

export function f() {
  try {
    throw new py.ValueError('inner');
  } catch (error) {
    if (py.catches(error, py.ValueError)) {
      const e = error;
      throw py.with_cause(new py.RuntimeError('outer'), e);
    } else {
      throw error;
    }
  }
}

try {
  f();
} catch (error_) {
  if (py.catches(error_, py.RuntimeError)) {
    const e = error_;
    py.print(e, e.cause == null);
  } else {
    throw error_;
  }
}
try {
  try {
    throw new py.KeyError('k');
  } catch (error__) {
    if (py.catches(error__, py.KeyError)) {
      throw error__;
    } else {
      throw error__;
    }
  }
} catch (error___) {
  if (py.catches(error___, py.KeyError)) {
    const e = error___;
    py.print('again', e);
  } else {
    throw error___;
  }
}
//# sourceMappingURL=reraise.js.map
