// The example site as a process: started from its build, stopped with the test.
import assert from 'node:assert/strict';
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { pause } from './events';

export const EXAMPLE = fileURLToPath(new URL('../../examples/next', import.meta.url));
const NEXT = 'node_modules/next/dist/bin/next';

export type Mode = 'next start' | 'standalone' | 'next dev';

/** What `/api/work` tells. */
export interface Work {
  running: number;
  steps: number;
  arrays: number;
}

// Long, as a busy machine may be slow: only a failure waits that long.
const PATIENCE = 120_000;

async function freePort(): Promise<number> {
  const server = createServer().listen(0);
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Builds a site in a folder of its own, with the example's packages. */
export function buildSite(source: string, name: string, ...options: string[]): string {
  const folder = fileURLToPath(new URL(`../../build/next/${name}`, import.meta.url));
  rmSync(folder, { recursive: true, force: true });
  const filter = (path: string) => !['.next', 'node_modules'].includes(basename(path));
  cpSync(source, folder, { recursive: true, filter });
  for (const file of ['package.json', 'tsconfig.json']) cpSync(join(EXAMPLE, file), join(folder, file));
  // Hundreds of megabytes: linked, not copied.
  execFileSync('cp', ['-al', join(EXAMPLE, 'node_modules'), folder]);
  execFileSync(process.execPath, [NEXT, 'build', ...options], {
    cwd: folder,
    env: { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' },
    stdio: 'pipe',
  });
  return folder;
}

export class Site {
  log = '';
  #folder: string | undefined;
  #process: ChildProcess | undefined;
  #port = 0;

  /** A site that was built in `root`. */
  constructor(readonly root = EXAMPLE) {}

  get url(): string {
    return `http://localhost:${this.#port}`;
  }

  async start(mode: Mode, tries = 3): Promise<void> {
    this.log = '';
    this.#port = await freePort();
    const options = ['--port', String(this.#port)];
    const [folder, command] =
      mode === 'standalone'
        ? [this.#copyStandalone(), ['server.js']]
        : [this.root, [NEXT, mode.slice('next '.length), ...options]];
    this.#process = spawn(process.execPath, command, {
      cwd: folder,
      // A process group of its own: `next dev` starts others.
      detached: true,
      env: {
        ...process.env,
        NODE_ENV: mode === 'next dev' ? 'development' : 'production',
        NEXT_TELEMETRY_DISABLED: '1',
        EXAMPLE_TEST: '1',
        // Leaves a core for the browser.
        OPENBLAS_NUM_THREADS: '1',
        // As it is for people: the tests' own process multiplies as Python does.
        MLX_BLAS: undefined,
        PORT: String(this.#port),
      },
    });
    for (const stream of [this.#process.stdout!, this.#process.stderr!]) {
      stream.on('data', (text) => {
        this.log += text;
      });
    }
    const answers = () =>
      this.fetch('/icon.svg').then(
        () => true,
        () => false,
      );
    for (const end = Date.now() + PATIENCE; Date.now() < end && this.#process.exitCode === null; ) {
      if (await answers()) return;
      await pause(100);
    }
    await this.stop();
    // Somebody else took the port after it had been free.
    if (this.log.includes('EADDRINUSE') && tries > 1) return this.start(mode, tries - 1);
    throw new Error(`The site does not start:\n${this.log}`);
  }

  /** Outside of the repository, whose packages would hide missing files. */
  #copyStandalone(): string {
    this.#folder = mkdtempSync(join(tmpdir(), 'node-mlx-site-'));
    cpSync(join(this.root, '.next/standalone'), this.#folder, { recursive: true, verbatimSymlinks: true });
    return this.#folder;
  }

  /** A connection per request: a server may close a kept one at the moment of the next request. */
  fetch(path: string, init?: RequestInit): Promise<Response> {
    return fetch(this.url + path, { ...init, headers: { connection: 'close' } });
  }

  async work(): Promise<Work> {
    return (await (await this.fetch('/api/work')).json()) as Work;
  }

  /** Waits until the server's work is as wanted. */
  async until(wanted: (work: Work) => boolean): Promise<Work> {
    let work = await this.work();
    for (const end = Date.now() + PATIENCE; !wanted(work); work = await this.work()) {
      assert.ok(Date.now() < end, `not as wanted: ${JSON.stringify(work)}, ${wanted}`);
      await pause(50);
    }
    return work;
  }

  async stop(): Promise<void> {
    const child = this.#process;
    if (child !== undefined && child.exitCode === null) {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      // Next would wait for streams that a failed test left open.
      process.kill(-child.pid!, 'SIGKILL');
      await ended;
    }
    if (this.#folder !== undefined) rmSync(this.#folder, { recursive: true, force: true });
  }
}
