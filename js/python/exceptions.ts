// Python's exceptions as JavaScript errors: those of errors.ts, and the others that compiled code names.
import {
  IndexError,
  KeyError,
  MLXError,
  NotImplementedError,
  OverflowError,
  RuntimeError,
  TypeError,
} from '../errors';

export {
  IndexError,
  KeyError,
  MemoryError,
  NotImplementedError,
  OverflowError,
  RuntimeError,
  TypeError,
  ValueError,
} from '../errors';

type ErrorClass = new (...args: any[]) => Error;

function define(name: string, code: string, base: ErrorClass = MLXError): ErrorClass {
  const made = class extends base {
    constructor(message: unknown = '', options?: ErrorOptions) {
      if (base === MLXError) super(String(message), code, options);
      else super(message, options);
    }
  };
  Object.defineProperty(made, 'name', { value: name });
  Object.defineProperty(made.prototype, 'name', { value: name, configurable: true, writable: true });
  return made;
}

/** `Exception` itself; every JavaScript error is one for `except` and `isinstance`. */
export const Exception = define('Exception', 'ERR_PYTHON_EXCEPTION');
export const BaseException = Exception;
export const AttributeError = define('AttributeError', 'ERR_PYTHON_ATTRIBUTE');
export const StopIteration = define('StopIteration', 'ERR_PYTHON_STOP_ITERATION');
export const AssertionError = define('AssertionError', 'ERR_PYTHON_ASSERTION');
export const ZeroDivisionError = define('ZeroDivisionError', 'ERR_PYTHON_ZERO_DIVISION');
export const NameError = define('NameError', 'ERR_PYTHON_NAME');
export const EOFError = define('EOFError', 'ERR_PYTHON_EOF');
export const OSError = define('OSError', 'ERR_PYTHON_OS');
export const IOError = OSError;
export const FileNotFoundError = define('FileNotFoundError', 'ERR_PYTHON_FILE_NOT_FOUND', OSError);
export const PermissionError = define('PermissionError', 'ERR_PYTHON_PERMISSION', OSError);
export const TimeoutError = define('TimeoutError', 'ERR_PYTHON_TIMEOUT', OSError);
export const ConnectionError = define('ConnectionError', 'ERR_PYTHON_CONNECTION', OSError);
export const ImportError = define('ImportError', 'ERR_PYTHON_IMPORT');
export const ModuleNotFoundError = define('ModuleNotFoundError', 'ERR_PYTHON_MODULE_NOT_FOUND', ImportError);
export const LookupError = define('LookupError', 'ERR_PYTHON_LOOKUP');
export const ArithmeticError = define('ArithmeticError', 'ERR_PYTHON_ARITHMETIC');
export const KeyboardInterrupt = define('KeyboardInterrupt', 'ERR_PYTHON_INTERRUPT');
export const RecursionError = define('RecursionError', 'ERR_PYTHON_RECURSION');
export const UnicodeError = define('UnicodeError', 'ERR_PYTHON_UNICODE');
export const UnicodeDecodeError = define('UnicodeDecodeError', 'ERR_PYTHON_UNICODE', UnicodeError);
export const GeneratorExit = define('GeneratorExit', 'ERR_PYTHON_GENERATOR_EXIT');
export const SystemExit = define('SystemExit', 'ERR_PYTHON_EXIT');
export const Warning = define('Warning', 'ERR_PYTHON_WARNING');
export const UserWarning = define('UserWarning', 'ERR_PYTHON_WARNING', Warning);
export const DeprecationWarning = define('DeprecationWarning', 'ERR_PYTHON_WARNING', Warning);

// Python's hierarchy where JavaScript's classes do not follow it.
const ALSO = new Map<unknown, readonly unknown[]>([
  [LookupError, [IndexError, KeyError]],
  [ArithmeticError, [ZeroDivisionError, OverflowError]],
  [RuntimeError, [NotImplementedError, RecursionError]],
  [TypeError, [globalThis.TypeError]],
  [RecursionError, [RangeError]],
  [NameError, [ReferenceError]],
]);

/** Whether `except kind` catches an error. */
export function isException(error: unknown, kind: any): boolean {
  if (Array.isArray(kind)) return kind.some((one) => isException(error, one));
  if (kind === Exception) return error instanceof Error;
  if (error instanceof kind) return true;
  if (kind === AttributeError && error instanceof globalThis.TypeError) {
    // Reading a property of null or undefined is JavaScript's missing attribute.
    return /^Cannot read properties of|is not a function$/.test(error.message);
  }
  return ALSO.get(kind)?.some((one) => isException(error, one)) ?? false;
}

/** Whether one of several handlers' classes catches an error. */
export function catches(error: unknown, ...kinds: unknown[]): boolean {
  return kinds.some((kind) => isException(error, kind));
}

/** `raise error from cause`. */
export function with_cause(error: Error, cause: unknown): Error {
  error.cause = cause;
  return error;
}

function initialise(this: Error, ...args: unknown[]): void {
  if (args.length > 0) this.message = String(args[0]);
}

/** Python calls `__init__` of exceptions, JavaScript their constructors. */
for (const prototype of [MLXError.prototype, TypeError.prototype]) {
  Object.defineProperty(prototype, '__init__', { value: initialise, configurable: true, writable: true });
  Object.defineProperty(prototype, 'args', {
    get(this: Error) {
      return this.message === '' ? [] : [this.message];
    },
    configurable: true,
  });
}
