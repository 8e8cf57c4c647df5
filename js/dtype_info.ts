// Questions about dtypes: finfo, iinfo, issubdtype, result_type, can_cast, isdtype.
import { inspect } from 'node:util';
import { isOptions, dtype as toCode } from './arguments';
import {
  type CategoryName,
  categories,
  type Dtype,
  DtypeCategory,
  dtypeByName,
  dtypes,
  isDtype,
} from './dtype';
import { ValueError } from './errors';
import { isArray } from './handle';
import { dtypeOf } from './host_data';
import { bindArguments, checkCount } from './keywords';
import { native } from './native';
import { doubles, ints, wides } from './registers';
import { badArgument, describe, Signature, tooMany } from './signature';

/** The categories that hold each category, itself included. */
const SUPERTYPES: Record<CategoryName, readonly CategoryName[]> = {
  complexfloating: ['complexfloating', 'inexact', 'number', 'generic'],
  floating: ['floating', 'inexact', 'number', 'generic'],
  inexact: ['inexact', 'number', 'generic'],
  signedinteger: ['signedinteger', 'integer', 'number', 'generic'],
  unsignedinteger: ['unsignedinteger', 'integer', 'number', 'generic'],
  integer: ['integer', 'number', 'generic'],
  number: ['number', 'generic'],
  generic: ['generic'],
};

function within(category: DtypeCategory, other: DtypeCategory): boolean {
  return SUPERTYPES[category.name as CategoryName].includes(other.name as CategoryName);
}

/** Whether a dtype or a category lies within another one. Throws a ValueError for anything else. */
export function issubdtype(arg1: Dtype | DtypeCategory, arg2: Dtype | DtypeCategory): boolean {
  checkCount(ISSUBDTYPE, arguments, 2);
  for (const argument of [arg1, arg2]) {
    if (argument === null || argument === undefined)
      throw badArgument(ISSUBDTYPE, 'arg', 'a dtype or a category', argument);
    if (!isDtype(argument) && !(argument instanceof DtypeCategory)) {
      throw new ValueError(`[issubdtype] A dtype or a category is needed, got ${describe(argument)}.`);
    }
  }
  if (isDtype(arg2)) return arg1 === arg2;
  return within(isDtype(arg1) ? arg1.category : arg1, arg2);
}

function dtypeFrom(value: unknown, call: string): Dtype {
  if (isArray(value)) return dtypeOf(value, call);
  if (isDtype(value)) return value;
  throw new ValueError(`[${call}] Arrays or dtypes are needed, got ${describe(value)}.`);
}

function promote(a: Dtype, b: Dtype): Dtype {
  ints[0] = a.code;
  ints[2] = b.code;
  native.promote_types();
  return dtypes[ints[0]!]!;
}

/** The dtype that an operation on all the arguments has. */
export function result_type(...arrays_and_dtypes: unknown[]): Dtype {
  if (isOptions(arrays_and_dtypes.at(-1))) throw tooMany(RESULT_TYPE, arrays_and_dtypes);
  if (arrays_and_dtypes.length === 0)
    throw new ValueError('[result_type] At least one array or dtype is required.');
  return arrays_and_dtypes.map((value) => dtypeFrom(value, 'result_type')).reduce(promote);
}

const CAN_CAST = new Signature('can_cast(from_: array | Dtype, to: Dtype) -> bool');

/** Whether values of one dtype fit another by promotion. */
export function can_cast(...given: unknown[]): boolean {
  const { from_, to } = bindArguments(CAN_CAST, given);
  if (from_ === null || from_ === undefined)
    throw badArgument(CAN_CAST, 'from_', 'an array or a dtype', from_);
  toCode(to, CAN_CAST, 'to');
  return promote(dtypeFrom(from_, 'can_cast'), to) === to;
}

const ISSUBDTYPE = new Signature(
  'issubdtype(arg1: Dtype | DtypeCategory, arg2: Dtype | DtypeCategory) -> bool',
);
const RESULT_TYPE = new Signature('result_type(*arrays_and_dtypes: array | Dtype) -> Dtype');

const KINDS: Record<string, (dtype: Dtype) => boolean> = {
  bool: (dtype) => dtype === dtypeByName.bool,
  'signed integer': (dtype) => issubdtype(dtype, categories.signedinteger),
  'unsigned integer': (dtype) => issubdtype(dtype, categories.unsignedinteger),
  integral: (dtype) => issubdtype(dtype, categories.integer),
  'real floating': (dtype) => issubdtype(dtype, categories.floating),
  'complex floating': (dtype) => issubdtype(dtype, categories.complexfloating),
  numeric: (dtype) => issubdtype(dtype, categories.number),
};

const ISDTYPE = new Signature('isdtype(dtype: Dtype, kind: Dtype | str | tuple[Dtype | str, ...]) -> bool');

/** Whether a dtype is of a kind: a dtype, a name such as 'real floating', or one of several. */
export function isdtype(...given: unknown[]): boolean {
  const { dtype, kind } = bindArguments(ISDTYPE, given) as { dtype: Dtype; kind: unknown };
  if (kind === undefined || kind === null)
    throw badArgument(ISDTYPE, 'kind', 'a dtype, a name or several', kind);
  toCode(dtype, ISDTYPE, 'dtype');
  const isOne = (one: unknown): boolean => {
    if (isDtype(one)) return one === dtype;
    if (typeof one !== 'string')
      throw new ValueError(`[isdtype] kind must be a dtype, a name or several, got ${describe(one)}.`);
    if (!Object.hasOwn(KINDS, one)) throw new ValueError(`[isdtype] Unknown kind '${one}'.`);
    return KINDS[one]!(dtype);
  };
  if (!Array.isArray(kind)) return isOne(kind);
  for (const one of kind) if (isOne(one)) return true;
  return false;
}

const FINFO = new Signature('finfo(arg: Dtype, /)');
const IINFO = new Signature('iinfo(arg: Dtype, /)');

/** Limits of a floating-point dtype. Throws a ValueError for others. */
export class finfo {
  /** Bits that the type occupies. */
  readonly bits: number;
  /** The smallest finite number. */
  readonly min: number;
  /** The largest finite number. */
  readonly max: number;
  /** Distance from 1 to the next larger number. */
  readonly eps: number;
  /** The smallest positive normal number. */
  readonly smallest_normal: number;
  readonly dtype: Dtype;
  readonly #text: string;

  constructor(arg: Dtype) {
    ints[0] = toCode(arg, FINFO, 'arg');
    this.#text = native.finfo();
    this.bits = ints[1]!;
    [this.min, this.max, this.eps, this.smallest_normal] = Array.from(doubles.subarray(0, 4)) as [
      number,
      number,
      number,
      number,
    ];
    this.dtype = dtypes[ints[0]!]!;
    Object.freeze(this);
  }
  toString(): string {
    return this.#text;
  }
  [inspect.custom](): string {
    return this.#text;
  }
}

/** Limits of an integer dtype; ints outside ±2^53 are BigInts. Throws a ValueError for other dtypes. */
export class iinfo {
  readonly min: number | bigint;
  readonly max: number | bigint;
  readonly dtype: Dtype;
  readonly #text: string;

  constructor(arg: Dtype) {
    ints[0] = toCode(arg, IINFO, 'arg');
    this.#text = native.iinfo();
    this.min = plain(wides[0]!);
    this.max = plain(BigInt.asUintN(64, wides[1]!));
    this.dtype = dtypes[ints[0]!]!;
    Object.freeze(this);
  }
  toString(): string {
    return this.#text;
  }
  [inspect.custom](): string {
    return this.#text;
  }
}

function plain(value: bigint): number | bigint {
  return value <= Number.MAX_SAFE_INTEGER && value >= Number.MIN_SAFE_INTEGER ? Number(value) : value;
}

/** Names of all dtypes. */
export function keys(): string[] {
  return dtypes.map((dtype) => dtype.key);
}
