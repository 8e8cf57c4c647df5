// Loads damaged variants of a file, each from its path and from memory, and prints how each attempt ended.
//   node load_damaged.mjs FILE SEED COUNT
// The test runs this in a process of its own: what it looks for is a crash.
import { readFileSync, writeFileSync } from 'node:fs';
import { extname } from 'node:path';
import mlx from 'mlx';

const { core: mx } = mlx;
const [path, seed, count] = process.argv.slice(2);
const original = readFileSync(path);
const format = extname(path).slice(1);
const damaged = `${path}.damaged`;

/** Marsaglia's xorshift: the same damage in every run. */
let state = Number(seed);
function random(limit) {
  state ^= state << 13;
  state ^= state >>> 17;
  state ^= state << 5;
  return (state >>> 0) % limit;
}

// Sizes, counts and offsets are what a parser trips over, so they are hit more often than data.
const extremes = [0, 1, 0x7f, 0x80, 0xff];

function damage() {
  const bytes = Buffer.from(original);
  if (random(4) === 0) return bytes.subarray(0, random(bytes.length));
  const header = Math.min(bytes.length, 400);
  for (let hits = 1 + random(3); hits > 0; hits--) {
    const at = random(random(4) === 0 ? bytes.length : header);
    if (random(2) === 0) bytes[at] ^= 1 << random(8);
    else bytes[at] = extremes[random(extremes.length)];
  }
  return bytes;
}

function attempt(load) {
  try {
    const loaded = load();
    const arrays = loaded instanceof mx.array ? [loaded] : Object.values(loaded);
    mx.eval(arrays);
    for (const array of arrays) if (array.size < 100_000) array.tolist();
    return 'loaded';
  } catch (error) {
    if (error.code?.startsWith('ERR_MLX_')) return error.constructor.name;
    throw error;
  }
}

const outcomes = {};
for (let i = 0; i < Number(count); i++) {
  const bytes = damage();
  writeFileSync(damaged, bytes);
  const fromPath = attempt(() => mx.load(damaged, { format }));
  const fromMemory = format === 'gguf' ? fromPath : attempt(() => mx.load(bytes, { format }));
  if (fromPath !== fromMemory)
    throw new Error(`${fromPath} from a path, ${fromMemory} from memory: ${bytes.toString('base64')}`);
  outcomes[fromPath] = (outcomes[fromPath] ?? 0) + 1;
}
console.log(JSON.stringify(outcomes));
