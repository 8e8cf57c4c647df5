import * as py from 'mlx/python';
export let error;
for (error of [
  new py.KeyError('k'),
  new py.IndexError('i'),
  new py.NotImplementedError('n'),
  new py.ZeroDivisionError('z'),
  new py.OverflowError('o'),
]) {
  try {
    throw error;
  } catch (error_) {
    if (py.catches(error_, py.LookupError)) {
      py.print('lookup');
    } else if (py.catches(error_, py.ArithmeticError)) {
      py.print('arithmetic');
    } else if (py.catches(error_, py.RuntimeError)) {
      py.print('runtime');
    } else {
      throw error_;
    }
  }
}
//# sourceMappingURL=hierarchy.js.map
