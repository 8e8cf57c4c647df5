// Tagged values in JavaScript: arguments become MLX and JavaScript values, results become tagged values.
//
// Input and output as in values.py. This file and python_values.py are the two halves of one protocol: a tag
// that one knows the other must know too.
//     decode({ int: '5' })  →  5          encode(mx.array(1.5))  →  { array: { dtype: 'float32', … } }
import path from 'node:path';
import mlx from 'mlx';

const mx = mlx.core;

/** Thrown where the package has nothing under a name of the surface. */
export class Unbound extends Error {}

/** An object of a class that MLX knows nothing about. */
class Unknown {}

/** What a case may refer to while it runs: folders, results of earlier steps, arguments of callbacks. */
export class Context {
  results = [];
  parameters = [];
  constructor(own, other, call) {
    this.own = own;
    this.other = other;
    this.call = (step) => call(step, this);
  }
}

/** The value of a dotted path such as `mlx.core.random.normal`. */
export function lookup(dotted) {
  let found = mlx;
  for (const part of dotted.split('.').slice(1)) {
    found = found?.[part];
    if (found === undefined) throw new Unbound(dotted);
  }
  return found;
}

const DTYPE_KEYS =
  'bool uint8 uint16 uint32 uint64 int8 int16 int32 int64 float16 bfloat16 float32 float64 complex64'.split(' ');
const dtypes = Object.fromEntries(DTYPE_KEYS.map((key) => [key, key === 'bool' ? mx.bool_ : mx[key]]));
const dtypeNames = new Map(Object.entries(dtypes).map(([key, dtype]) => [dtype, key]));
const classNames = new Map(
  Object.entries(mx)
    .filter(([, value]) => typeof value === 'function')
    .map(([name, value]) => [value, name]),
);

function unpackDouble(hex) {
  return Buffer.from(hex, 'hex').readDoubleBE();
}

function packDouble(number) {
  const bytes = Buffer.alloc(8);
  // A JavaScript number carries no payload, so there is one NaN.
  bytes.writeDoubleBE(Number.isNaN(number) ? Number.NaN : number);
  return bytes.toString('hex');
}

function decodeInteger(text) {
  const number = Number(text);
  return Number.isSafeInteger(number) ? number : BigInt(text);
}

/** An integer-valued number would be an int, so such floats are marked. */
function decodeFloat(hex) {
  const number = unpackDouble(hex);
  return Number.isInteger(number) ? mx.float(number) : number;
}

function decodeArray({ dtype, shape, data, layout }) {
  const bytes = Buffer.from(data, 'base64');
  if (bytes.length === 0) return mx.zeros(shape, dtypes[dtype]);
  // Through bytes, so that no conversion can touch a NaN payload.
  let array = mx.reshape(mx.view(mx.array(new Uint8Array(bytes)), dtypes[dtype]), shape);
  if (layout === 'transposed') array = mx.transpose(mx.contiguous(mx.transpose(array)));
  if (layout === 'strided') array = mx.repeat(array, 2, -1).get('...', '::2');
  if (layout === 'offset') array = mx.concatenate([array, array], 0).get(`${shape[0]}:`);
  mx.eval(array);
  return array;
}

const TYPED_ARRAYS = {
  int8: Int8Array,
  int16: Int16Array,
  int32: Int32Array,
  int64: BigInt64Array,
  uint8: Uint8Array,
  uint16: Uint16Array,
  uint32: Uint32Array,
  uint64: BigUint64Array,
  float32: Float32Array,
  float64: Float64Array,
};

function decodeTyped({ kind, data }) {
  // Copied: a Buffer's memory is a part of a pool and need not be aligned.
  return new TYPED_ARRAYS[kind](new Uint8Array(Buffer.from(data, 'base64')).buffer);
}

/** [1, null, 2] → "1::2" */
function sliceText([start, stop, step]) {
  return `${start ?? ''}:${stop ?? ''}${step === null ? '' : `:${step}`}`;
}

function decodeFunction({ body }, context) {
  return (...parameters) => {
    const outer = context.parameters;
    context.parameters = parameters;
    try {
      return decode(body, context);
    } finally {
      context.parameters = outer;
    }
  };
}

/** Python's error where a callback gets fewer arguments than its body uses. */
class KeyError extends Error {
  name = 'KeyError';
  code = 'ERR_MLX_PARITY_PROTOCOL';
}

function parameter(which, { parameters }) {
  const found = (typeof which === 'string' ? parameters.at(-1) : parameters)?.[which];
  if (found === undefined) throw new KeyError(String(which));
  return found;
}

const DECODERS = {
  int: decodeInteger,
  float: decodeFloat,
  complex: ([re, im]) => mx.complex(unpackDouble(re), unpackDouble(im)),
  bool: (value) => value,
  none: () => null,
  str: (text) => text,
  bytes: (text) => Buffer.from(text, 'base64'),
  list: (items, context) => items.map((item) => decode(item, context)),
  tuple: (items, context) => items.map((item) => decode(item, context)),
  dict: (items, context) =>
    Object.fromEntries(Object.entries(items).map(([key, item]) => [key, decode(item, context)])),
  array: decodeArray,
  typed: decodeTyped,
  name: lookup,
  slice: sliceText,
  slice_object: (parts) => mx.slice_(...parts.map((part) => (part === null ? null : decodeInteger(part)))),
  ellipsis: () => '...',
  object: () => new Unknown(),
  call: (step, context) => context.call(step),
  ref: (index, context) => context.results[index],
  param: parameter,
  path: ({ name, other }, context) => (name === '' ? '' : path.join(other ? context.other : context.own, name)),
  function: decodeFunction,
};

export function decode(value, context) {
  const [[tag, content]] = Object.entries(value);
  return DECODERS[tag](content, context);
}

function base64(view) {
  return Buffer.from(view.buffer, view.byteOffset, view.byteLength).toString('base64');
}

function encodeArray(array) {
  mx.eval(array);
  const data = array.size === 0 ? '' : base64(array.toTypedArray());
  return { array: { dtype: dtypeNames.get(array.dtype) ?? String(array.dtype), shape: array.shape, data } };
}

function encodeObject(value) {
  const prototype = Object.getPrototypeOf(value);
  if (value instanceof Map || prototype === Object.prototype || prototype === null) {
    const entries = value instanceof Map ? [...value] : Object.entries(value);
    return { dict: Object.fromEntries(entries.map(([key, item]) => [String(key), encode(item)])) };
  }
  const text = String(value);
  const type = classNames.get(value.constructor) ?? value.constructor.name;
  return { object: { type, repr: text.startsWith('[object ') ? null : text } };
}

export function encode(value) {
  switch (typeof value) {
    case 'undefined':
      return { none: 1 };
    case 'boolean':
      return { bool: value };
    case 'number':
      return { number: packDouble(value) };
    case 'bigint':
      return { int: String(value) };
    case 'string':
      return { str: value };
    case 'function':
      return { callable: 1 };
    case 'symbol':
      return { object: { type: 'symbol', repr: String(value) } };
  }
  if (value === null) return { none: 1 };
  if (value instanceof mx.array) return encodeArray(value);
  if (Array.isArray(value)) return { list: value.map(encode) };
  if (dtypeNames.has(value)) return { dtype: dtypeNames.get(value) };
  if (value instanceof Uint8Array) return { bytes: base64(value) };
  if (value instanceof mx.complex(0, 0).constructor) {
    return { complex: [packDouble(value.re), packDouble(value.im)] };
  }
  return encodeObject(value);
}

/** `code` tells an error of the package from one that JavaScript raised inside of it. */
export function encodeError(error) {
  if (error instanceof Unbound) return { unbound: error.message };
  if (!(error instanceof Error)) return { error: { name: `a thrown ${typeof error}`, message: String(error) } };
  return { error: { name: error.name, message: String(error.message).slice(0, 2000), code: error.code ?? null } };
}
