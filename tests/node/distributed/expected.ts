// What collectives.mjs must print, computed without MLX.

const range = (n: number): number[] => Array.from({ length: n }, (_, i) => i);
const sum = (items: readonly number[]): number => items.reduce((a, b) => a + b, 0);

/** An array as Python prints it: over six items, the first and last three. */
function printed(items: readonly unknown[], dtype: string): string {
  const shown = items.length > 6 ? [...items.slice(0, 3), '...', ...items.slice(-3)] : items;
  return `array([${shown.join(', ')}], dtype=${dtype})`;
}

const REDUCE: Record<string, (values: number[]) => number> = {
  all_sum: sum,
  all_max: (values) => Math.max(...values),
  all_min: (values) => Math.min(...values),
};

/** The results of one rank that are the same on every backend. */
export function expected(rank: number, size: number): Record<string, unknown> {
  const ranks = range(size);
  const out: Record<string, unknown> = { rank, size };
  for (const dtype of ['int32', 'float32', 'bfloat16', 'float16', 'int64', 'uint8']) {
    // 3 - 3 is the smallest: no unsigned value wraps.
    const given = ranks.map((r) => [r, 2, 3 - r]);
    for (const [name, reduce] of Object.entries(REDUCE)) {
      out[`${name} ${dtype}`] = printed(
        range(3).map((i) => reduce(given.map((row) => row[i]!))),
        dtype,
      );
    }
    out[`all_gather ${dtype}`] = printed(given.flat(), dtype);
  }
  const total = sum(ranks);
  out['all_sum complex64'] = printed([`${total}+${size}j`, `${2 * size}-${total}j`], 'complex64');
  const complex = ranks.flatMap((r) => [`${r}+1j`, r === 0 ? '2+-0j' : `2-${r}j`]);
  out['all_gather complex64'] = printed(complex, 'complex64');
  out['all_gather bool'] = printed(
    ranks.flatMap((r) => [r === 0 ? 'True' : 'False', 'False', 'True']),
    'bool',
  );
  out['scalar number'] = `array(${total + size / 2}, dtype=float32)`;
  out['scalar array'] = `array(${total}, dtype=int32)`;
  out['gathered scalars'] = printed(ranks, 'int32');
  out['gathered rows'] = `array([${ranks.map((r) => `[${r}, ${-r || 0}]`).join(', ')}], dtype=int32)`;
  out.empty = 'array([], dtype=float32)';
  out['global group'] = `array(${size}, dtype=int32)`;
  out['long sum'] = true;
  out['long gather'] = true;
  out.around = printed([(rank + size - 1) % size, 10.5], 'float32');
  out['one way'] = rank === 0 ? 'sent' : rank === 1 ? 'array([[7, 8]], dtype=int32)' : 'not concerned';
  // MLX passes the cotangent on as it is: of all_sum's own input.
  out.gradient = printed([2, 5], 'float32');
  out.compiled = printed([2 * total + 1, 2 * size + 1], 'int32');
  out['send to nobody'] = `ValueError: Invalid destination=${size} for a group of size ${size}`;
  out['receive from nobody'] = `ValueError: Invalid source=-1 for a group of size ${size}`;
  out['negative shape'] = 'ValueError: Negative dimensions not allowed.';
  out['endless shape'] =
    'OverflowError: An array of shape (1073741824,1073741824,16) would have 7.3787e+19 bytes.';
  out['negative color'] = 'ValueError: The color of a split cannot be negative.';
  out['initialised again'] = [
    [rank, size],
    [rank, size],
  ];
  return out;
}

/** What differs: ring splits no groups and adds bools, MPI splits them and reduces no bools. */
export function expectedOf(backend: 'ring' | 'mpi', rank: number, size: number): Record<string, unknown> {
  const out = expected(rank, size);
  const uneven = `ValueError: [sum_scatter] Invalid shape=(${4 * size + 1}) for a group of size ${size}`;
  if (backend === 'ring') {
    return {
      ...out,
      'all_sum bool': printed(['True', 'False', 'True'], 'bool'),
      'all_max bool': printed(['True', 'False', 'True'], 'bool'),
      sum_scatter: 'RuntimeError: [ring] sum_scatter not supported.',
      'uneven sum_scatter': uneven,
      split: 'RuntimeError: [ring] Group split not supported.',
      'split without a key': 'RuntimeError: [ring] Group split not supported.',
    };
  }
  const half = range(size).filter((r) => r % 2 === rank % 2);
  const bools = 'ValueError: [mpi] Arrays of bools cannot be reduced; use another dtype.';
  return {
    ...out,
    'all_sum bool': bools,
    'all_max bool': bools,
    sum_scatter: 'RuntimeError: [mpi] sum_scatter not yet implemented.',
    'uneven sum_scatter': uneven,
    split: [half.length - 1 - half.indexOf(rank), half.length, sum(half)],
    'split without a key': [rank, size, range(size)],
  };
}
