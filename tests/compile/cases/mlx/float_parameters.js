import * as py from 'mlx/python';
import { core as mx } from 'mlx';
const GAIN_INIT = py.signature('Gain(value: float = 1.0)');

export class Gain extends py.Object {
  __init__(value = 1) {
    const named = py.keywords(GAIN_INIT, arguments);
    if (named) ({ value = 1 } = named);
    this.value = mx.full([2], py.as_float(value));
  }
}

const SHIFTED = py.signature('shifted(start: float, count: int)');

export function shifted(start, count) {
  const named = py.keywords(SHIFTED, arguments);
  if (named) ({ start, count } = named);
  return mx.arange(py.as_float(start), start + count);
}

const WHOLE = py.signature('whole(value: float = 3)');

export function whole(value = 3) {
  const named = py.keywords(WHOLE, arguments);
  if (named) ({ value = 3 } = named);
  return mx.array(value);
}

const COUNTED = py.signature('counted(count: int)');

export function counted(count) {
  const named = py.keywords(COUNTED, arguments);
  if (named) ({ count } = named);
  return mx.full([1], count);
}

py.print(new Gain().value.dtype, new Gain(0).value.dtype, new Gain(0.5).value.dtype);
py.print(shifted(1, 2).dtype, counted(2).dtype);
// Annotations do not bind: an array passes.
py.print(new Gain(mx.array(2)).value.dtype);
// Its default says that ints are meant, too.
py.print(whole().dtype, whole(0.5).dtype);
//# sourceMappingURL=float_parameters.js.map
