// Programs: small functions as a user writes them, which transforms are applied to, in JavaScript.
//
// Input: arrays, or trees of them. Output: arrays, or trees of them. python_programs.py has the same functions
// under the same names. The actions at the end wrap programs so that every transform can be applied to each.
import mlx from 'mlx';

const { core: mx } = mlx;

class OwnError extends Error {
  name = 'OwnError';
  code = 'ERR_MLX_PARITY_PROTOCOL';
}

const PROGRAMS = {
  // elementwise
  square: (x) => x.multiply(x),
  waves: (x) => mx.sin(x).multiply(mx.cos(x.multiply(2))),
  polynomial: (x) => x.power(3).rmul(3).subtract(x.power(2).rmul(2)).add(x).subtract(1),
  logistic: (x) => mx.exp(x.negative()).radd(1).rtruediv(1),
  softplus: (x) => mx.log1p(mx.exp(x)),
  gelu: (x) => x.multiply(mx.erf(x.divide(Math.sqrt(2))).radd(1)).divide(2),
  silu: (x) => x.multiply(mx.sigmoid(x)),
  hyperbolic: (x) => mx.tanh(x).add(mx.arcsinh(x)).subtract(mx.sinh(x).divide(mx.cosh(x))),
  powers: (x, y) => mx.abs(x).power(y),
  angle: (x, y) => mx.arctan2(x, y).multiply(mx.sqrt(x.multiply(x).add(y.multiply(y)))),
  logaddexp: (x, y) => mx.logaddexp(x, mx.logaddexp(y, 0.5)),
  clipped: (x) => mx.clip(x, -0.5, 0.5).multiply(x),
  leaky: (x) => mx.where(x.greater(0), x, x.rmul(0.1)),
  piecewise: (x) =>
    mx.where(x.greater(0.5), x.multiply(x), mx.where(x.less(-0.5), x.negative(), mx.exp(x))),
  huber(x, y) {
    const error = () => x.subtract(y);
    return mx.where(mx.abs(error()).less(1), error().power(2).rmul(0.5), mx.abs(error()).subtract(0.5));
  },
  extremes: (x, y) => mx.maximum(x, y).multiply(mx.minimum(x, 0.25)),
  remainders: (x) => x.remainder(0.75).add(mx.floor(x).multiply(x)),
  signs: (x) => mx.sign(x).multiply(mx.square(x)).add(mx.round(x)),
  masked: (x) => x.multiply(x.greater(0).astype(x.dtype)).add(mx.logical_not(x.greater(0)).multiply(2)),
  half_precision: (x) => x.astype(mx.float16).multiply(3),
  // reductions and scans
  mean_of_squares: (x) => mx.mean(x.multiply(x)),
  normalised(x) {
    const mean = mx.mean(x, { axis: -1, keepdims: true });
    return x.subtract(mean).multiply(mx.rsqrt(mx.var(x, { axis: -1, keepdims: true }).add(1e-5)));
  },
  softmax: (x) => mx.softmax(x, { axis: -1 }).multiply(x),
  log_softmax: (x) => x.subtract(mx.logsumexp(x, { axis: -1, keepdims: true })),
  largest: (x) => mx.max(x, { axis: -1 }).subtract(mx.min(x)),
  product: (x) => mx.prod(x, { axis: -1 }),
  running_mean: (x) => mx.cumsum(x, { axis: -1 }).divide(mx.arange(1, x.shape.at(-1) + 1)),
  running_product: (x) => mx.cumprod(x, { axis: -1 }),
  running_maximum: (x) => mx.cummax(x, { axis: -1 }).multiply(x),
  two_smallest: (x) => mx.sort(x, { axis: -1 }).get('...', ':2'),
  ranked: (x) => x.multiply(mx.argsort(x, { axis: -1 })),
  norm: (x) => mx.linalg.norm(x, { axis: -1 }),
  // shapes and indexing
  transposed: (x) => mx.transpose(x).add(mx.transpose(x.multiply(2))),
  reshaped: (x) => mx.reshape(x, [-1]).multiply(2),
  stacked: (x) => mx.stack([x, x.multiply(2), mx.exp(x)], { axis: -1 }),
  concatenated: (x, y) => mx.concatenate([x, y.multiply(x)], { axis: -1 }),
  split: (x) => mx.split(x, [1, 2], { axis: -1 }).map((part) => part.multiply(part)),
  padded: (x) => mx.pad(x, 1).multiply(3),
  tiled: (x) => mx.tile(x, [1, 2]).add(1),
  repeated: (x) => mx.repeat(x, 2, { axis: -1 }).multiply(2),
  broadcast: (x, y) => mx.expand_dims(x, -1).multiply(mx.expand_dims(y, -2)),
  differences: (x) => x.get('...', '1:').subtract(x.get('...', ':-1')),
  reversed: (x) => x.get('...', '::-1').multiply(x),
  gathered: (x) => mx.take(x, mx.array([0, 2, 1, 0]), { axis: -1 }).multiply(x.get('...', ':1')),
  scattered: (x) => x.at('...', mx.array([0, 0, 1])).add(x.get('...', ':3').multiply(2)),
  updated_slice(x) {
    const y = x.multiply(1);
    y.set(['...', '0:2'], x.get('...', '1:3').multiply(2));
    return y.multiply(y);
  },
  in_place(x) {
    const y = x.add(1);
    y.iadd(x);
    y.imul(x);
    y.isub(0.5);
    return y;
  },
  diagonal: (x) => mx.diagonal(x.matmul(mx.swapaxes(x, -1, -2))),
  rolled: (x) => mx.roll(x, 1, -1).multiply(x),
  // products
  quadratic_form: (x, w) => mx.sum(x.matmul(w).multiply(x)),
  outer: (x, y) => mx.outer(x, y),
  einsum: (x, y) => mx.einsum('ij,kj->ik', x, y),
  tensordot: (x, y) => mx.tensordot(x, y, [[1], [1]]),
  addmm: (x, w) => mx.addmm(mx.ones([w.shape.at(-1)], x.dtype), x, w, 0.5, 2),
  dense: (x, w, b) => mx.tanh(x.matmul(w).add(b)),
  two_layers: (p, x) => mx.maximum(x.matmul(p.w).add(p.b), 0).matmul(mx.swapaxes(p.w, -1, -2)),
  attention(q, k, v) {
    const scores = q.matmul(mx.swapaxes(k, -1, -2)).divide(mx.float(Math.sqrt(q.shape.at(-1))));
    return mx.softmax(scores, { axis: -1 }).matmul(v);
  },
  recurrent(x, w) {
    let state = mx.zeros(w.shape.slice(-1), x.dtype);
    const states = [];
    for (let i = 0; i < x.shape[0]; i++) {
      state = mx.tanh(x.get(i).add(state.matmul(w)));
      states.push(state);
    }
    return mx.stack(states);
  },
  convolution: (x) => mx.conv1d(mx.expand_dims(x, -1), mx.ones([2, 2, 1], x.dtype), { padding: 1 }),
  rms_norm: (x) => mx.fast.rms_norm(x, null, 1e-5),
  layer_norm: (x, y) => mx.fast.layer_norm(x, mx.mean(y, { axis: 0 }), null, 1e-5),
  cross_entropy(x) {
    const labels = mx.array([[1], [0], [2]]);
    const chosen = mx.take_along_axis(x, labels, { axis: -1 }).squeeze(-1);
    return mx.mean(mx.logsumexp(x, { axis: -1 }).subtract(chosen));
  },
  distances: (x, y) =>
    mx.sum(mx.expand_dims(x, -2).subtract(mx.expand_dims(y, -3)).power(2), { axis: -1 }),
  cosine: (x, y) => mx.sum(x.multiply(y), { axis: -1 }).divide(mx.linalg.norm(x).multiply(mx.linalg.norm(y))),
  spectrum: (x) => mx.square(mx.abs(mx.fft.rfft(x))),
  // control flow, trees, randomness, constants
  newton(x) {
    let y = mx.ones_like(x);
    for (let i = 0; i < 4; i++) y = y.add(mx.abs(x).add(1).divide(y)).divide(2);
    return y;
  },
  two_results: (x) => [mx.sin(x), mx.cos(x)],
  nested_results: (x) => ({ a: x.multiply(2), b: [mx.exp(x), { c: mx.sum(x) }] }),
  tree_argument: (p) => p.a.multiply(p.b[0]).add(p.b[1]),
  stopped: (x) => mx.stop_gradient(x).multiply(x).multiply(x),
  constant: () => mx.ones([2]).multiply(3),
  dropout: (x) => x.multiply(mx.random.bernoulli(0.5, x.shape, { key: mx.random.key(7) })).multiply(2),
  noisy: (x) => x.add(mx.random.normal(x.shape, { key: mx.random.key(3) }).multiply(0.1)),
  // wrong ones
  raises() {
    throw new OwnError('raised by the program');
  },
  evaluated: (x) => x.multiply(x.sum().item()),
  bad_product: (x) => x.matmul(mx.ones([7, 7])),
  bad_axis: (x) => mx.sum(x, { axis: 9 }),
  bad_dtype: (x) => x.astype(mx.int32).bitwise_and(x),
  no_array: () => 3,
  no_result: () => null,
  text: () => 'text',
  mixed_results: (x) => [x, 3],
};

function arrays(tree) {
  if (tree instanceof mx.array) return [tree];
  if (Array.isArray(tree)) return tree.flatMap(arrays);
  return typeof tree === 'object' && tree !== null ? Object.values(tree).flatMap(arrays) : [];
}

/** The sum of everything that the function returns, weighted so that each result counts differently. */
function total(fun) {
  return (...args) => {
    const result = fun(...args);
    const parts = arrays(result).map((array, i) => mx.sum(array.astype(mx.float32)).multiply(i + 1));
    return parts.length === 0 ? result : parts.reduce((a, b) => a.add(b));
  };
}

function asList(fun) {
  return (...args) => {
    const result = fun(...args);
    const found = arrays(result);
    return found.length === 0 ? result : found;
  };
}

/** A direction that differs in each element. */
function along(array) {
  const steps = mx.arange(array.size, { dtype: mx.float32 }).reshape(array.shape);
  return mx.cos(steps).astype(array.dtype);
}

function productAhead(fun, ...args) {
  return mx.jvp(asList(fun), args, args.map(along));
}

function productBack(fun, ...args) {
  return mx.vjp(asList(fun), args, arrays(fun(...args)).map(along));
}

/** The function with rules of its own, which double what the default ones give. */
function withRules(fun) {
  const listed = asList(fun);
  const listOf = (primals) => (Array.isArray(primals) ? primals : [primals]);
  const doubled = (gradients) => gradients.map((gradient) => gradient.multiply(2));
  return mx
    .custom_function(listed)
    .vjp((primals, cotangents) => doubled(mx.vjp(listed, listOf(primals), cotangents)[1]))
    .jvp((primals, tangents) => doubled(mx.jvp(listed, listOf(primals), listOf(tangents))[1]));
}

/** Actions get the tags of their arguments last, which these have no use for. */
export const PROGRAM_ACTIONS = {
  program: (name) => PROGRAMS[name],
  total: (fun) => total(fun),
  product_ahead: (fun, ...args) => productAhead(fun, ...args.slice(0, -1)),
  product_back: (fun, ...args) => productBack(fun, ...args.slice(0, -1)),
  with_rules: (fun) => withRules(fun),
};
