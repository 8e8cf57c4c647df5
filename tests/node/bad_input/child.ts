// Puts odd values into calls, in a process of its own: what the test looks for is a crash or a hang.
//   node --import tsx child.ts JOURNAL PLAN PART PARTS EVERY [SKIP]
// The call about to be made is written to JOURNAL first, so that it is known when the process dies. At the end
// JOURNAL.json holds the number of calls, and those that ended in neither a result nor a proper error.
import { closeSync, openSync, readFileSync, writeFileSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import mlx, { core } from 'mlx';
import { ODD_VALUES } from './odd_values';
import { type SampleCall, sampleCalls } from './sample_calls';

const mx: any = core;
const [, , journalPath, plan, part, parts, every, skip = '0'] = process.argv;
const journal = openSync(journalPath!, 'w');

export interface Report {
  calls: number;
  errors: number;
  failures: string[];
}
const report: Report = { calls: 0, errors: 0, failures: [] };

/** Results above this are left lazy, and what is made of huge arrays: computing takes all memory, as asked for. */
const MAX_ELEMENTS = 1e6;
const HUGE = /huge/;
const COMPUTES = /^(save|eval|async_eval|jvp|vjp|vmap)/;

function compute(result: unknown, depth = 0): void {
  if (result instanceof Promise) {
    result.catch(() => {});
  } else if (result instanceof mx.array) {
    const array: any = result;
    if (array.size <= MAX_ELEMENTS) array.eval();
  } else if (Array.isArray(result) && depth < 3) {
    for (const item of result.slice(0, 100)) compute(item, depth + 1);
  }
}

/** Methods that are known by another name. */
const ALSO: Record<string, string> = { __eq__: 'equal', __ne__: 'equal' };

/** Calls that run a function they are given: its errors pass unchanged. */
const RUNS_FUNCTION = /^(printoptions|stream)$/;

/** What an error must be to count as proper: one of ours that names the call, or what the user's own code threw. */
function complaint(error: any, call: SampleCall, name: string): string | undefined {
  if (!(error instanceof Error)) return `threw ${typeof error}, not an Error`;
  const short = name.slice(name.lastIndexOf('.') + 1);
  // A transform calls the user's function, whose errors pass unchanged.
  if (RUNS_FUNCTION.test(short) || call.parameters.some(({ name }) => /^(fun|f)$/.test(name)))
    return undefined;
  if (/^(user code|the trap '\w+' was called)$|on a proxy that has been revoked$/.test(error.message))
    return undefined;
  const isNamed =
    error.message.includes(short) ||
    error.message.includes(ALSO[short] ?? short) ||
    error.message.includes('[tree_visit]');
  if (!(error as any).code?.startsWith?.('ERR_MLX_'))
    return `threw a foreign ${error.constructor.name}: ${error.message}`;
  if (name !== 'eval' && !isNamed)
    return `does not name the call: ${error.constructor.name}: ${error.message}`;
  return undefined;
}

function attempt(call: SampleCall, values: readonly unknown[], what: string): void {
  const number = report.calls++;
  if (number < Number(skip) || number % Number(every) !== 0) return;
  const text = `${call.name}: ${what}`;
  writeSync(journal, `${report.calls} ${text}`.padEnd(200).slice(0, 200), 0);
  const start = process.cpuUsage();
  let { name } = call;
  try {
    const result = call.run(values);
    // From here on errors name what is computed, which may be another call.
    name = 'eval';
    if (!HUGE.test(what)) compute(result);
  } catch (error) {
    report.errors++;
    const problem = complaint(error, call, name);
    if (problem !== undefined) report.failures.push(`${text}: ${problem.slice(0, 300)}`);
  }
  // Of the processor, whatever else keeps the machine busy; who waits for ever meets the limit of the whole run.
  const { user, system } = process.cpuUsage(start);
  const took = (user + system) / 1e6;
  if (took > 10) report.failures.push(`${text}: took ${took.toFixed(1)} s`);
  if (call.name.includes('default')) restore();
}

const device = mx.default_device();
const stream = mx.default_stream(device);
function restore(): void {
  mx.set_default_device(device);
  mx.set_default_stream(stream);
}

/** Marsaglia's xorshift: the same calls in every run. */
let state = 20251120 + Number(part);
function random(limit: number): number {
  state ^= state << 13;
  state ^= state >>> 17;
  state ^= state << 5;
  return (state >>> 0) % limit;
}

const PLANS: Record<string, (call: SampleCall) => void> = {
  // The calls as they are must work.
  samples(call) {
    try {
      compute(call.run(call.parameters.map((parameter) => parameter.value)));
    } catch (error: any) {
      report.failures.push(`${call.name}: ${error.message}`);
    }
    report.calls++;
  },
  // Each odd value in each position.
  single(call) {
    call.parameters.forEach((parameter, i) => {
      for (const [what, make] of ODD_VALUES) {
        if (HUGE.test(what) && COMPUTES.test(call.name)) continue;
        // An int is an open file, and reading one may wait for ever.
        if (parameter.name === 'file' && typeof make() === 'number') continue;
        const values = call.parameters.map((other) => other.value);
        values[i] = make();
        attempt(call, values, `${what} as '${parameter.name}'`);
      }
    });
    attempt(call, [...call.parameters.map((parameter) => parameter.value), 1, 2, 3], 'more arguments');
  },
  // Several odd values at once.
  mixed(call) {
    for (let i = 0; i < 60; i++) {
      const names: string[] = [];
      const values = call.parameters.map((parameter) => {
        if (random(3) === 0) return parameter.value;
        const [what, make] = ODD_VALUES[random(ODD_VALUES.length)]!;
        if (parameter.name === 'file' || (HUGE.test(what) && COMPUTES.test(call.name)))
          return parameter.value;
        names.push(what);
        return make();
      });
      attempt(call, values, names.join(', '));
    }
  },
};

const surface = readFileSync('surface.lock.json', 'utf8');
// Files are written to the folder of the journal.
process.chdir(dirname(journalPath!));
const calls = sampleCalls(surface);
const run = PLANS[plan!]!;
for (let i = Number(part); i < calls.length; i += Number(parts)) run(calls[i]!);
restore();
closeSync(journal);
mlx.native.collect();
writeFileSync(`${journalPath}.json`, JSON.stringify(report));
