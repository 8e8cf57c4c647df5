// Trains the compiled model and prints the losses; with a file of Python's losses it compares them, bit by bit.
//
//   node-mlx compile examples/port/classifier.py -o build/port
//   python examples/port/losses.py > build/port/losses.json
//   MLX_BLAS=reference node examples/port/main.mjs build/port/losses.json
import { readFileSync } from 'node:fs';
import { train } from '../../build/port/classifier.js';

const losses = train({ steps: 40 });
console.log(`loss ${losses[0].toFixed(4)} → ${losses.at(-1).toFixed(4)} in ${losses.length} steps`);

const [, , file] = process.argv;
if (file !== undefined) {
  const expected = JSON.parse(readFileSync(file, 'utf8'));
  const different = losses.filter((loss, i) => !Object.is(loss, expected[i])).length;
  const same = different === 0 && losses.length === expected.length;
  console.log(
    same ? 'Python computes the same losses, to the last bit.' : `${different} losses differ from Python's.`,
  );
  process.exitCode = same ? 0 : 1;
}
