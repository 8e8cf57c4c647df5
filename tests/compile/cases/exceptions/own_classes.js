import * as py from 'mlx/python';

export class ModelError extends py.ValueError {}

const CODED_INIT = py.signature("Coded(code, message='none')");

export class Coded extends py.Exception {
  constructor(...args) {
    super();
    this.__init__(...args);
  }

  __init__(code, message = 'none') {
    const named = py.keywords(CODED_INIT, arguments);
    if (named) ({ code, message = 'none' } = named);
    super.__init__(`${py.str(code)}: ${py.str(message)}`);
    this.code = code;
  }
}

try {
  throw new ModelError('broken');
} catch (error) {
  if (py.catches(error, py.ValueError)) {
    const e = error;
    py.print(py.name_of(py.type(e)), e, py.isinstance(e, ModelError));
  } else {
    throw error;
  }
}
try {
  throw new Coded(7, { message: 'seven' });
} catch (error_) {
  const e = error_;
  py.print(e.code, e);
}
//# sourceMappingURL=own_classes.js.map
