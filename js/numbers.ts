// Numbers that JavaScript cannot tell apart: an integer-valued number is Python's int unless it is marked.
import { inspect } from 'node:util';

/** A float whose value may be an integer: what `mx.float(1)` returns, Python's `1.0`. */
export class Float {
  constructor(readonly value: number) {
    Object.freeze(this);
  }
  valueOf(): number {
    return this.value;
  }
  toString(): string {
    return Number.isInteger(this.value) ? `${this.value}.0` : String(this.value);
  }
  toJSON(): number {
    return this.value;
  }
  [inspect.custom](): string {
    return this.toString();
  }
}

/** A complex number, as `item()` and `tolist()` return it for complex64 arrays. */
export class Complex {
  constructor(
    readonly re: number,
    readonly im: number,
  ) {
    Object.freeze(this);
  }
  toString(): string {
    return `(${this.re}${this.im < 0 || Object.is(this.im, -0) ? '' : '+'}${Object.is(this.im, -0) ? '-0' : this.im}j)`;
  }
  [inspect.custom](): string {
    return this.toString();
  }
}

/** A Python number: a JavaScript one, or a marked float. */
export type Scalar = number | bigint | boolean | Float | Complex;

/** Marks a number as a float: `mx.float(1)` is Python's `1.0`. */
export function float(value: number | bigint | Float): Float {
  return value instanceof Float ? value : new Float(Number(value));
}

/** A complex number: `mx.complex(1, 2)` is Python's `1+2j`. */
export function complex(re: number, im = 0): Complex {
  return new Complex(Number(re), Number(im));
}

/** From here on an integer-valued number is a float: no 64-bit integer reaches it. */
export const FIRST_FLOAT = 2 ** 63;

/** Whether a number stands for a Python int. */
export function isInteger(value: number): boolean {
  return Number.isInteger(value) && value < FIRST_FLOAT && value >= -FIRST_FLOAT;
}
