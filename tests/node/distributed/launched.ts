// Runs programs under `node-mlx launch`, as a user does: the command is the one of the npm package.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';

const require = createRequire(import.meta.url);
const manifest = require.resolve('mlx/package.json');

/** The command `node-mlx`. */
export const COMMAND = join(dirname(manifest), require(manifest).bin['node-mlx']);

/** The folder of the programs that ranks run. */
export const PROGRAMS = import.meta.dirname ?? dirname(new URL(import.meta.url).pathname);

export interface Launched {
  status: number | null;
  signal: NodeJS.Signals | null;
  stdout: string;
  stderr: string;
}

export interface Settings {
  env?: Record<string, string | undefined>;
  cwd?: string;
  /** Called with the launcher and what it has printed so far, whenever it prints. */
  watch?(launcher: ChildProcess, stdout: string): void;
}

/** Runs `node-mlx` with the given arguments to its end. */
export async function nodeMlx(
  args: readonly string[],
  { env, cwd, watch }: Settings = {},
): Promise<Launched> {
  const launcher = spawn(process.execPath, [COMMAND, ...args], {
    cwd,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  launcher.stdout.on('data', (chunk) => {
    stdout += chunk;
    watch?.(launcher, stdout);
  });
  launcher.stderr.on('data', (chunk) => {
    stderr += chunk;
  });
  const [status, signal] = await once(launcher, 'close');
  return { status, signal, stdout, stderr };
}

/** Does something once a word that ranks print once has been printed by two. */
export function onceBoth(word: string, then: NonNullable<Settings['watch']>): Settings {
  let done = false;
  return {
    watch(launcher, stdout) {
      if (done || stdout.split(word).length <= 2) return;
      done = true;
      then(launcher, stdout);
    },
  };
}

/** A port that nobody listens on. */
export function freePort(): Promise<number> {
  return new Promise((found) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => found(port));
    });
  });
}

/** What each rank printed, as the launcher labels it. */
export function linesOf(output: string): Record<string, string[]> {
  const ranks: Record<string, string[]> = {};
  for (const line of output.split('\n').slice(0, -1)) {
    const [, rank, text] = /^\[(\d+)\] (.*)$/.exec(line) ?? ['', 'unlabelled', line];
    ranks[rank!] ??= [];
    ranks[rank!]!.push(text!);
  }
  return ranks;
}

/** Launches a program whose ranks print one line of JSON each, and must succeed. */
export async function results(
  ranks: number,
  program: string,
  args: readonly string[] = [],
  backend = 'ring',
): Promise<any[]> {
  const done = await nodeMlx([
    'launch',
    '-n',
    `${ranks}`,
    '--backend',
    backend,
    join(PROGRAMS, program),
    ...args,
  ]);
  if (done.status !== 0) throw new Error(`status ${done.status}\n${done.stdout}${done.stderr}`);
  const lines = linesOf(done.stdout);
  return Array.from({ length: ranks }, (_, rank) => JSON.parse(lines[rank]!.join('')));
}
