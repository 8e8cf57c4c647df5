// Python's `math`: what JavaScript's Math computes, with Python's errors and exact ints.
import { isArray } from '../handle';
import { Float } from '../numbers';
import { iter } from './containers';
import { OverflowError, TypeError, ValueError } from './exceptions';
import { isPlainObject } from './keywords';
import { normal } from './operators';

function real(value: any): number {
  if (typeof value === 'number') return value;
  if (value instanceof Float) return value.value;
  if (typeof value === 'bigint' || typeof value === 'boolean') return Number(value);
  if (isArray(value)) return (value as any).__float__();
  if (typeof value?.__float__ === 'function') return value.__float__();
  throw new TypeError('must be real number');
}

/** A function that has no value where its argument is in range but the result is no number. */
function checked(compute: (x: number) => number): (x: any) => number {
  return (x) => {
    const value = real(x);
    const result = compute(value);
    if (Number.isNaN(result) && !Number.isNaN(value)) throw new ValueError('math domain error');
    if (!Number.isFinite(result) && Number.isFinite(value)) throw new OverflowError('math range error');
    return result;
  };
}

function logarithm(compute: (x: number) => number): (x: any, base?: any) => number {
  return (x, base) => {
    const value = real(x);
    if (value <= 0) throw new ValueError('math domain error');
    return base === undefined || base === null ? compute(value) : compute(value) / compute(real(base));
  };
}

function toInt(round: (x: number) => number, method: string): (x: any) => any {
  return (x) => {
    if (typeof x === 'bigint') return x;
    if (typeof x?.[method] === 'function') return x[method]();
    const value = real(x);
    if (Number.isNaN(value)) throw new ValueError('cannot convert float NaN to integer');
    if (!Number.isFinite(value)) throw new OverflowError('cannot convert float infinity to integer');
    const whole = round(value) + 0;
    return Number.isSafeInteger(whole) ? whole : BigInt(whole);
  };
}

function gcd(...args: any[]): any {
  let a = 0n;
  for (const arg of args) {
    let b = BigInt(arg);
    while (b !== 0n) [a, b] = [b, a % b];
  }
  return normal(a < 0n ? -a : a);
}

function product(items: any, start: any = 1): any {
  let total: any = isPlainObject(start) ? (start as any).start : start;
  for (const item of iter(items)) {
    const next = total * item;
    total =
      Number.isInteger(total) && Number.isInteger(item) && !Number.isSafeInteger(next)
        ? BigInt(total) * BigInt(item)
        : next;
  }
  return total;
}

function factorial(n: number): any {
  if (n < 0) throw new ValueError('factorial() not defined for negative values');
  let total = 1n;
  for (let i = 2n; i <= BigInt(n); i++) total *= i;
  return normal(total);
}

function comb(n: number, k: number): any {
  let total = 1n;
  for (let i = 0n; i < BigInt(k); i++) total = (total * (BigInt(n) - i)) / (i + 1n);
  return k > n ? 0 : normal(total);
}

function isqrt(n: any): any {
  const value = BigInt(n);
  if (value < 0n) throw new ValueError('isqrt() argument must be nonnegative');
  let root = BigInt(Math.floor(Math.sqrt(Number(value))));
  while (root * root > value) root--;
  while ((root + 1n) * (root + 1n) <= value) root++;
  return normal(root);
}

function isclose(a: any, b: any, options: { rel_tol?: number; abs_tol?: number } = {}): boolean {
  const { rel_tol = 1e-9, abs_tol = 0 } = options;
  const [x, y] = [real(a), real(b)];
  if (x === y) return true;
  if (!Number.isFinite(x) || !Number.isFinite(y)) return false;
  return Math.abs(x - y) <= Math.max(rel_tol * Math.max(Math.abs(x), Math.abs(y)), abs_tol);
}

export const math = {
  pi: Math.PI,
  e: Math.E,
  tau: 2 * Math.PI,
  inf: Number.POSITIVE_INFINITY,
  nan: Number.NaN,
  sqrt: checked(Math.sqrt),
  exp: checked(Math.exp),
  expm1: checked(Math.expm1),
  log: logarithm(Math.log),
  log2: logarithm(Math.log2),
  log10: logarithm(Math.log10),
  log1p: checked(Math.log1p),
  sin: checked(Math.sin),
  cos: checked(Math.cos),
  tan: checked(Math.tan),
  asin: checked(Math.asin),
  acos: checked(Math.acos),
  atan: checked(Math.atan),
  sinh: checked(Math.sinh),
  cosh: checked(Math.cosh),
  tanh: checked(Math.tanh),
  atan2: (y: any, x: any) => Math.atan2(real(y), real(x)),
  hypot: (...args: any[]) => Math.hypot(...args.map(real)),
  pow: (x: any, y: any) => {
    const result = real(x) ** real(y);
    if (Number.isNaN(result) && !Number.isNaN(real(x))) throw new ValueError('math domain error');
    return result;
  },
  fabs: (x: any) => Math.abs(real(x)),
  fmod: (x: any, y: any) => real(x) % real(y),
  copysign: (x: any, y: any) =>
    real(y) < 0 || Object.is(real(y), -0) ? -Math.abs(real(x)) : Math.abs(real(x)),
  degrees: (x: any) => (real(x) * 180) / Math.PI,
  radians: (x: any) => (real(x) * Math.PI) / 180,
  floor: toInt(Math.floor, '__floor__'),
  ceil: toInt(Math.ceil, '__ceil__'),
  trunc: toInt(Math.trunc, '__trunc__'),
  modf: (x: any) => [real(x) % 1, Math.trunc(real(x))],
  isnan: (x: any) => Number.isNaN(real(x)),
  isinf: (x: any) => Math.abs(real(x)) === Number.POSITIVE_INFINITY,
  isfinite: (x: any) => Number.isFinite(real(x)),
  isclose,
  gcd,
  lcm: (...args: any[]) =>
    args.reduce((a, b) => (a === 0 || b === 0 ? 0 : (Math.abs(a) / Number(gcd(a, b))) * Math.abs(b)), 1),
  prod: product,
  factorial,
  comb,
  perm: (n: number, k = n) => Number(factorial(n)) / Number(factorial(n - k)),
  isqrt,
  fsum: (items: Iterable<any>) => {
    // Shewchuk's exact summation.
    const partials: number[] = [];
    for (let x of iter(items)) {
      let i = 0;
      for (let y of partials) {
        if (Math.abs(x) < Math.abs(y)) [x, y] = [y, x];
        const high = x + y;
        const low = y - (high - x);
        if (low !== 0) partials[i++] = low;
        x = high;
      }
      partials.length = i;
      partials.push(x);
    }
    return partials.reduceRight((total, part) => total + part, 0);
  },
};
