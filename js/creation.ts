// Making arrays of host data: mx.array, mx.asarray, mx.from_dlpack; and broadcast_shapes.

import { arange as generatedArange } from '#bind/core.js';
import { isOptions, maybeDtype, shapeList } from './arguments';
import { type Dtype, dtypeByName, dtypes, isDtype } from './dtype';
import { ValueError } from './errors';
import { isArray, type Wrapper } from './handle';
import { dtypeOf, fromHost, isHostData } from './host_data';
import { native } from './native';
import { ints, takeList } from './registers';
import { badArgument, checkKeywords, Signature, tooMany } from './signature';

const ARRAY = new Signature(
  'array(val: scalar | list | TypedArray | ArrayBuffer | array, dtype: Dtype | None = None)',
);
const ASARRAY = new Signature(
  'asarray(a: scalar | list | TypedArray | ArrayBuffer | array, dtype: Dtype | None = None, *, copy: bool | None = None) -> array',
);
const ARANGE = new Signature(
  'arange(start: int | float, stop: int | float, step: int | float | None = None, dtype: Dtype | None = None) -> array',
);
const FROM_DLPACK = new Signature(
  'from_dlpack(x: TypedArray | ArrayBuffer | array, /, *, copy: bool | None = None) -> array',
);

function requested(dtype: unknown, signature: Signature): Dtype | undefined {
  const code = maybeDtype(dtype as Dtype, signature, 'dtype');
  return code < 0 ? undefined : dtypes[code];
}

function maybeCopy(copy: unknown, signature: Signature): boolean | null {
  if (copy === undefined || copy === null) return null;
  if (typeof copy === 'boolean') return copy;
  throw badArgument(signature, 'copy', 'a bool', copy);
}

/** Makes an array of a scalar, nested lists, typed data, or another array. The data is copied. */
export function makeArray(...given: unknown[]): Wrapper {
  // By index: destructuring a list is several times as slow.
  let val = given[0];
  let dtype = given[1];
  let count = given.length;
  if (count > 0 && isOptions(given[count - 1])) {
    const options = given[--count] as Record<string, unknown>;
    checkKeywords(ARRAY, options, count);
    if (count < 1) val = options.val;
    if (count < 2) dtype = options.dtype;
  }
  if (count > 2) throw tooMany(ARRAY, given);
  return fromHost(val, requested(dtype, ARRAY));
}

/** As `mx.array`, but shares the memory of typed data where dtype and platform allow it. */
export function asarray(...given: unknown[]): Wrapper {
  let [a, dtype] = given;
  let copy: unknown;
  let count = given.length;
  if (count > 0 && isOptions(given[count - 1])) {
    const options = given[--count] as Record<string, unknown>;
    checkKeywords(ASARRAY, options, count);
    if (count < 1) a = options.a;
    if (count < 2) dtype = options.dtype;
    copy = options.copy;
  }
  if (count > 2) throw tooMany(ASARRAY, given);
  return fromHost(a, requested(dtype, ASARRAY), maybeCopy(copy, ASARRAY), ASARRAY.name);
}

/** Takes over typed data, without a copy where possible: JavaScript's counterpart of DLPack is the typed array. */
export function from_dlpack(...given: unknown[]): Wrapper {
  const [x, options = {}] = given;
  if (given.length > 2 || !isOptions(options)) throw tooMany(FROM_DLPACK, given);
  checkKeywords(FROM_DLPACK, options, 1);
  if (!isHostData(x) && !isArray(x)) throw badArgument(FROM_DLPACK, 'x', 'typed data or an array', x);
  const copy = maybeCopy(options.copy, FROM_DLPACK);
  if (!isArray(x)) return fromHost(x, undefined, copy, FROM_DLPACK.name);
  // Doubles become float32 wherever they come from.
  const isDouble = dtypeOf(x, FROM_DLPACK.name) === dtypeByName.float64;
  return fromHost(
    x,
    isDouble ? dtypeByName.float32 : undefined,
    !(copy === false && isDouble),
    FROM_DLPACK.name,
  );
}

/**
 * Evenly spaced numbers: `arange(stop)`, `arange(start, stop)`, `arange(start, stop, step)`, each with a dtype behind;
 * also `arange(stop, step, dtype)`, as in Python.
 */
export function arange(...args: unknown[]): Wrapper {
  if (args.length >= 3 && isDtype(args[2])) args.splice(0, 3, null, args[0], args[1], args[2]);
  else if (args.length > 1 && args[0] === null) throw badArgument(ARANGE, 'start', 'a number', null);
  if (args.length === 0) throw badArgument(ARANGE, 'stop', 'a number', undefined);
  const last = args.at(-1);
  if (args.length === 1 && isOptions(last) && !('stop' in last))
    throw badArgument(ARANGE, 'stop', 'a number', undefined);
  return (generatedArange as (...args: unknown[]) => Wrapper)(...args);
}

const BROADCAST_SHAPES = new Signature('broadcast_shapes(*shapes: Sequence[int]) -> tuple[int]');

/** The shape that arrays of the given shapes broadcast to. */
export function broadcast_shapes(...shapes: (readonly number[])[]): number[] {
  if (shapes.length === 0) throw new ValueError('[broadcast_shapes] Must provide at least one shape.');
  // Two at a time: the lists of a call must be in the list area together.
  return shapes.reduce<number[]>((result, shape) => {
    const first = shapeList(result, BROADCAST_SHAPES, 'shapes');
    const second = shapeList(shape, BROADCAST_SHAPES, 'shapes');
    ints[0] = first;
    ints[2] = second;
    native.broadcast_shapes();
    return takeList();
  }, []);
}
