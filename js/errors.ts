// Error classes named as in Python. Each has a stable `code`, so that callers need not match messages.

const NativeTypeError = globalThis.TypeError;

/** Base of the errors that stand for Python's exceptions. */
export class MLXError extends Error {
  /** Stable identifier of the kind of error, such as `ERR_MLX_VALUE`. */
  readonly code: string;

  constructor(message: string, code: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

function define(name: string, code: string): new (message: string, options?: ErrorOptions) => MLXError {
  const ErrorClass = class extends MLXError {
    constructor(message: string, options?: ErrorOptions) {
      super(message, code, options);
    }
  };
  Object.defineProperty(ErrorClass, 'name', { value: name });
  Object.defineProperty(ErrorClass.prototype, 'name', { value: name, configurable: true, writable: true });
  return ErrorClass;
}

export const ValueError = define('ValueError', 'ERR_MLX_VALUE');
export const IndexError = define('IndexError', 'ERR_MLX_INDEX');
export const KeyError = define('KeyError', 'ERR_MLX_KEY');
export const RuntimeError = define('RuntimeError', 'ERR_MLX_RUNTIME');
export const OverflowError = define('OverflowError', 'ERR_MLX_OVERFLOW');
export const MemoryError = define('MemoryError', 'ERR_MLX_MEMORY');
export const NotImplementedError = define('NotImplementedError', 'ERR_MLX_NOT_IMPLEMENTED');

/** A wrong kind or number of arguments. It is a JavaScript TypeError too. */
export class TypeError extends NativeTypeError {
  readonly code = 'ERR_MLX_TYPE';
}
// Bundlers rename the class, since its name shadows the global one.
Object.defineProperty(TypeError, 'name', { value: 'TypeError' });
