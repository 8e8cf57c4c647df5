// Dtypes and their categories: objects, never strings. Codes are the order of mlx::core::Dtype::Val.
import { inspect } from 'node:util';
import { TypeError } from './errors';

/** Set once all dtypes and categories are made: there will never be others. */
let isClosed = false;

/** A category of dtypes, as in `mx.issubdtype(mx.float16, mx.floating)`. */
export class DtypeCategory {
  constructor(
    readonly name: string,
    readonly value: number,
  ) {
    if (isClosed)
      throw new TypeError('DtypeCategory(): the categories are mx.floating, mx.integer and so on.');
    Object.freeze(this);
  }
  toString(): string {
    return `DtypeCategory.${this.name}`;
  }
  [inspect.custom](): string {
    return this.toString();
  }
}

const CATEGORY_NAMES = [
  'complexfloating',
  'floating',
  'inexact',
  'signedinteger',
  'unsignedinteger',
  'integer',
  'number',
  'generic',
] as const;

export type CategoryName = (typeof CATEGORY_NAMES)[number];

/** The categories by name. */
export const categories = Object.freeze(
  Object.fromEntries(CATEGORY_NAMES.map((name, value) => [name, new DtypeCategory(name, value)])),
) as Readonly<Record<CategoryName, DtypeCategory>>;
Object.assign(DtypeCategory, categories);

let brand: (value: object) => boolean;

/** The type of an array's elements. */
export class Dtype {
  #brand = true;

  constructor(
    /** Name of the dtype, as in `mx[key]`. */
    readonly key: string,
    /** Size of one element in bytes. */
    readonly size: number,
    /** The narrowest category that holds the dtype. */
    readonly category: DtypeCategory,
    /** Number by which native code knows it. */
    readonly code: number,
  ) {
    if (isClosed) throw new TypeError('Dtype(): the dtypes are mx.float32, mx.int32 and so on.');
    Object.freeze(this);
  }
  /** Whether both are the same dtype. */
  __eq__(other: unknown): boolean {
    if (other === undefined || other === null)
      throw new TypeError('__eq__(): a dtype cannot be compared with nothing.');
    return this === other;
  }
  __hash__(): number {
    return this.code;
  }
  __repr__(): string {
    return this.toString();
  }
  toString(): string {
    return `mlx.core.${this.key}`;
  }
  [inspect.custom](): string {
    return this.toString();
  }
  static {
    brand = (value) => #brand in value;
  }
}

/** Whether a value is a dtype. */
export function isDtype(value: unknown): value is Dtype {
  return typeof value === 'object' && value !== null && brand(value);
}

const { generic, unsignedinteger, signedinteger, floating, complexfloating } = categories;

const ROWS = [
  ['bool', 1, generic],
  ['uint8', 1, unsignedinteger],
  ['uint16', 2, unsignedinteger],
  ['uint32', 4, unsignedinteger],
  ['uint64', 8, unsignedinteger],
  ['int8', 1, signedinteger],
  ['int16', 2, signedinteger],
  ['int32', 4, signedinteger],
  ['int64', 8, signedinteger],
  ['float16', 2, floating],
  ['float32', 4, floating],
  ['float64', 8, floating],
  ['bfloat16', 2, floating],
  ['complex64', 8, complexfloating],
] as const;

export type DtypeName = (typeof ROWS)[number][0];

/** Every dtype, by its code. */
export const dtypes: readonly Dtype[] = Object.freeze(
  ROWS.map(([key, size, category], code) => new Dtype(key, size, category, code)),
);

/** Every dtype, by its name. */
export const dtypeByName = Object.freeze(
  Object.fromEntries(dtypes.map((dtype) => [dtype.key, dtype])),
) as Readonly<Record<DtypeName, Dtype>>;

isClosed = true;
