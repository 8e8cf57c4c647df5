// Times statements in this Node: one process's share of a round. Input, output and reasons as in measure.py.
//
// Node 20 cannot read the CPU time of one thread, so it is the process's on both sides: V8's compiler and garbage
// collector, which work on threads of their own, are paid for.
import { readFileSync } from 'node:fs';
import { core as mx } from 'mlx';

const EMPTY_CALLS = 200_000;
const LOOP = 50;

/**
 * A loop around a statement that reads the set-up's names as a nested function does. It is short and runs often:
 * what V8 compiles for a loop while that runs, it forgets with the next full collection and compiles anew.
 */
function block(statement, names) {
  const source = `return (calls) => { for (let call = 0; call < calls; call++) { ${statement}; } };`;
  const loop = new Function('mx', ...Object.keys(names), source)(mx, ...Object.values(names));
  return (calls) => {
    for (let left = calls; left > 0; left -= LOOP) loop(Math.min(left, LOOP));
  };
}

/** The names that set-up code declares, with their values. */
function setUp(code) {
  const names = [...code.matchAll(/^const (?:\[([^\]]+)\]|(\w+))/gm)].flatMap(([, several, one]) =>
    several === undefined ? [one] : several.split(', '),
  );
  return new Function('mx', `${code}; return { ${names.join(', ')} };`)(mx);
}

/** CPU time of the whole process per call. */
function nanoseconds(run, calls) {
  const start = process.cpuUsage();
  run(calls);
  const { user, system } = process.cpuUsage(start);
  return ((user + system) * 1000) / calls;
}

const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1];

const task = JSON.parse(readFileSync(0, 'utf8'));
const names = setUp(task.setup);
mx.eval(Object.values(names).filter((value) => value instanceof mx.array));
const blocks = task.rows.map((row) => block(row.statement, names));
const empty = block('', names);

const passes = blocks.map(() => []);
const loop = [];
for (let number = 0; number < task.warm + task.passes; number++) {
  for (const [i, row] of task.rows.entries()) {
    const cost = nanoseconds(blocks[i], row.calls);
    if (number >= task.warm) passes[i].push(cost);
  }
  loop.push(nanoseconds(empty, EMPTY_CALLS));
}
const overhead = median(loop);
const rows = passes.map((measured) => measured.map((cost) => cost - overhead));
process.stdout.write(JSON.stringify({ rows }));
