// One running process of a launch, on this machine or, through ssh, on another.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { constants } from 'node:os';
import type { Readable, Writable } from 'node:stream';
import type { Start } from './backends';
import { forwardLines, forwardTagged } from './lines';
import { sshArguments } from './remote';

/** How a process ended: its exit status, and that in words. */
export interface Ending {
  status: number;
  words: string;
}

export interface Running {
  readonly start: Start;
  /** Resolves as soon as it has ended. */
  readonly ended: Promise<Ending>;
  /** Resolves when all its output is there, too. */
  readonly closed: Promise<unknown>;
  signal(name: NodeJS.Signals): void;
}

/** Starts a process, in a group of its own: signals reach all that it starts, and a terminal's reach none. */
export function run(start: Start): Running {
  const { host, command } = start;
  const [program, ...args] = host.local ? command : ['ssh', ...sshArguments(start, process.cwd())];
  const env = { ...process.env, ...(host.local ? start.environment : {}) };
  const child = spawn(program!, args, {
    env,
    detached: true,
    stdio: [host.local ? 'ignore' : 'pipe', 'pipe', 'pipe'],
  });
  forward(child.stdout!, process.stdout, start);
  forward(child.stderr!, process.stderr, start);
  // The listener at the other end may be gone.
  child.stdin?.on('error', () => {});
  return {
    start,
    ended: ending(child, program!),
    closed: once(child, 'close').catch(() => {}),
    signal: (name) => (host.local ? signalLocal(child, name) : signalRemote(child, name)),
  };
}

function forward(from: Readable, to: Writable, { label, tag }: Start): void {
  if (tag === undefined) forwardLines(from, to, label!);
  else forwardTagged(from, to, tag);
}

async function ending(child: ChildProcess, program: string): Promise<Ending> {
  try {
    const [code, signal] = (await once(child, 'exit')) as [number | null, NodeJS.Signals | null];
    if (signal === null) return { status: code!, words: `exited with status ${code}` };
    return { status: 128 + constants.signals[signal], words: `was ended by ${signal}` };
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    const problem = missing ? `${program} is not installed or not on the PATH` : (error as Error).message;
    return { status: 127, words: `could not be started: ${problem}` };
  }
}

function signalLocal({ pid }: ChildProcess, name: NodeJS.Signals): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, name);
  } catch {
    // It has ended meanwhile.
  }
}

function signalRemote(child: ChildProcess, name: NodeJS.Signals): void {
  if (name === 'SIGKILL') {
    // The end of its input makes the listener do the same.
    child.stdin!.end();
    signalLocal(child, name);
  } else if (child.stdin!.writable) {
    child.stdin!.write(`${name.slice('SIG'.length)}\n`);
  }
}
