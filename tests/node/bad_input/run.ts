// Runs child.ts and says what it found: nothing, or the call that crashed, hung or ended in no proper error.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Report } from './child';

const CHILD = 'tests/node/bad_input/child.ts';

/** Calls are numbered; `every` 3 makes only every third of them. */
export async function run(
  plan: string,
  part: number,
  parts: number,
  every: number,
  timeout: number,
): Promise<Report> {
  const folder = mkdtempSync(join(tmpdir(), 'mlx-bad-input-'));
  try {
    const journal = join(folder, 'journal');
    const args = ['--import', 'tsx', CHILD, journal, plan, part, parts, every].map(String);
    const child = spawn(process.execPath, args, {
      stdio: ['ignore', 'ignore', 'pipe'],
      timeout,
      killSignal: 'SIGKILL',
    });
    let err = '';
    child.stderr.on('data', (data) => {
      err = (err + data).slice(-2000);
    });
    const [status, signal] = await new Promise<[number | null, string | null]>((resolve) => {
      child.on('close', (code, by) => resolve([code, by]));
    });
    try {
      return JSON.parse(readFileSync(`${journal}.json`, 'utf8'));
    } catch {
      const call = readFileSync(journal, 'utf8').trim();
      throw new Error(
        `ended with ${signal ?? `status ${status}`} in call ${call}\n${args.join(' ')}\n${err}`,
      );
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Runs all parts of a plan, two at a time, and adds up what they report. */
export async function runAll(plan: string, parts: number, every: number, timeout: number): Promise<Report> {
  const total: Report = { calls: 0, errors: 0, failures: [] };
  let next = 0;
  const lane = async () => {
    while (next < parts) {
      const report = await run(plan, next++, parts, every, timeout);
      total.calls += report.calls;
      total.errors += report.errors;
      total.failures.push(...report.failures);
    }
  };
  await Promise.all([lane(), lane()]);
  return total;
}
