// The life of all processes of a launch: they end together.
//
// The first that fails decides the exit status; the others get SIGTERM and, if that does not help, SIGKILL:
// a rank that waits for a dead one would wait forever. Signals to the launcher are passed on; a second one is
// taken for impatience.

import type { Start } from './backends';
import { type Ending, type Running, run } from './process';

const PATIENCE = 5000;
const PASSED_ON = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

export interface Supervision {
  /** Reports something that a person may want to know. */
  report(message: string): void;
  verbose: boolean;
}

/** Runs all processes to their end. Returns the exit status of the launch. */
export async function supervise(starts: readonly Start[], { report, verbose }: Supervision): Promise<number> {
  let failure: Ending | undefined;
  let timer: NodeJS.Timeout | undefined;
  const running = new Set<Running>();
  const signalAll = (name: NodeJS.Signals): void => {
    for (const one of running) one.signal(name);
  };
  const endAll = (): void => {
    signalAll('SIGTERM');
    timer ??= setTimeout(() => signalAll('SIGKILL'), PATIENCE);
  };

  const finish = async (one: Running): Promise<void> => {
    const ending = await one.ended;
    running.delete(one);
    const failed = ending.status !== 0;
    const first = failed && failure === undefined;
    if (first || verbose)
      report(`${one.start.name} ${ending.words}${first && running.size > 0 ? '; ending the others' : ''}`);
    if (first) {
      failure = ending;
      endAll();
    }
    await one.closed;
  };

  let signals = 0;
  const pass = (name: NodeJS.Signals): void => signalAll(signals++ === 0 ? name : 'SIGKILL');
  const killAll = (): void => signalAll('SIGKILL');
  for (const name of PASSED_ON) process.on(name, pass);
  // Whatever ends the launcher, even an error of its own or a closed pipe, leaves nothing behind.
  process.on('exit', killAll);
  process.stdout.on('error', endAll);
  process.stderr.on('error', endAll);

  for (const start of starts) {
    running.add(run(start));
    if (verbose) report(`${start.name} on ${start.host.name}: ${start.command.join(' ')}`);
  }
  await Promise.all([...running].map(finish));

  clearTimeout(timer);
  for (const name of PASSED_ON) process.off(name, pass);
  process.off('exit', killAll);
  return failure?.status ?? 0;
}
