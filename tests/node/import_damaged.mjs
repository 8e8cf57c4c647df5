// Imports damaged variants of exported functions, runs those that can be imported, and prints how each attempt
// ended.
//   node import_damaged.mjs FOLDER SEED COUNT
// The test runs this in a process of its own: what it looks for is a crash.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import mlx from 'mlx';

const { core: mx } = mlx;
const [folder, seed, count] = process.argv.slice(2);

const matrix = (rows, columns) =>
  mx
    .arange(rows * columns)
    .astype(mx.float32)
    .divide(7)
    .reshape([rows, columns]);
const x = matrix(4, 6);
const w = matrix(6, 8);
const identity = mx.eye(4);
mx.eval(identity);
const index = mx.array([3, 0, 2], mx.int32);
const key = mx.random.key(3);
const [quantized, scales, biases] = mx.quantize(matrix(8, 64), { group_size: 32 });

/** Functions that use most kinds of operations, with their inputs. */
const FUNCTIONS = [
  [(a) => a.exp().multiply(a).add(1).log(), [x]],
  [(a, b) => mx.softmax(a.matmul(b), -1).sum(0), [x, w]],
  [(a) => a.transpose().reshape([3, 8]).get('1:', '::2'), [x]],
  [(a) => mx.pad(mx.concatenate([a, a], 1), 1), [x]],
  [(a) => mx.split(a.flatten(), [5, 9]), [x]],
  [(a, i) => [mx.take(a, i, 0), mx.take_along_axis(a, i.reshape([1, 3]), 1)], [x, index]],
  [(a, i) => a.at(i).add(1), [x, index]],
  [(a) => [mx.sort(a, 1), mx.argmax(a, 0), mx.cumsum(a, 1), mx.partition(a, 2, 1)], [x]],
  [(a) => mx.conv2d(a.reshape([1, 4, 6, 1]), mx.ones([2, 2, 2, 1]), 1, 1), [x]],
  [(a) => [mx.fft.rfft(a), mx.fft.ifft2(a).abs()], [x]],
  [(k) => [mx.random.normal([2, 3], { key: k }), mx.random.randint(0, 9, [5], { key: k })], [key]],
  [(a) => mx.quantized_matmul(a, quantized, scales, biases, true, 32), [matrix(3, 64)]],
  [
    (a) => [
      ...mx.linalg.qr(a, { stream: mx.cpu }),
      mx.linalg.inv(a.get(':', ':4').add(identity), { stream: mx.cpu }),
    ],
    [x],
  ],
  [(a) => mx.where(a.greater(1), a.astype(mx.int32), mx.divmod(a, 2)[1]), [x]],
  [(a) => mx.as_strided(a, [3, 3], [6, 2]), [x]],
  [(a) => mx.vjp((b) => mx.mean(mx.square(b)), [a], [mx.array(1, mx.float32)])[1], [x]],
  [(a, { b }) => mx.addmm(mx.ones([4, 8]), a, b), [x], { b: w }],
  [(a, b) => mx.tanh(a.matmul(b)).sum(1), [x, w], {}, true],
];

const files = FUNCTIONS.map(([fun, args, keywords = {}, shapeless = false], i) => {
  const path = join(folder, `${i}.mlxfn`);
  mx.export_function(path, fun, ...args, { ...keywords, shapeless });
  return { bytes: readFileSync(path), args, keywords };
});
const damaged = join(folder, 'damaged.mlxfn');

/** Marsaglia's xorshift: the same damage in every run. */
let state = Number(seed);
function random(limit) {
  state ^= state << 13;
  state ^= state >>> 17;
  state ^= state << 5;
  return (state >>> 0) % limit;
}

const extremes = [0, 1, 2, 0x7f, 0x80, 0xff];

function damage(original) {
  const bytes = Buffer.from(original);
  if (random(6) === 0) return bytes.subarray(0, random(bytes.length));
  for (let hits = 1 + random(2); hits > 0; hits--) {
    const at = random(bytes.length);
    if (random(2) === 0) bytes[at] ^= 1 << random(8);
    else bytes[at] = extremes[random(extremes.length)];
  }
  return bytes;
}

function attempt({ args, keywords }) {
  try {
    const imported = mx.import_function(damaged);
    mx.eval(imported(...args, keywords));
    return 'ran';
  } catch (error) {
    if (error.code?.startsWith('ERR_MLX_')) return error.constructor.name;
    throw error;
  }
}

const outcomes = {};
for (let i = 0; i < Number(count); i++) {
  const file = files[random(files.length)];
  writeFileSync(damaged, damage(file.bytes));
  const outcome = attempt(file);
  outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
}
console.log(JSON.stringify(outcomes));
