// Ranks of echo.mjs: what they report about themselves, and whether they are still there.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { linesOf, nodeMlx, onceBoth, PROGRAMS, type Settings } from './launched';

export const ECHO = join(PROGRAMS, 'echo.mjs');

/** What each rank of echo.mjs reports about itself. */
export async function echoes(args: string[], settings?: Settings): Promise<any[]> {
  const done = await nodeMlx(['launch', ...args], settings);
  assert.equal(done.status, 0, done.stderr);
  const lines = linesOf(done.stdout);
  return Object.keys(lines).map((_, rank) => JSON.parse(lines[rank]![0]!));
}

/** Whether a process is still there. */
function lives(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** The processes of ranks that ran echo.mjs. */
export function pidsIn(stdout: string): number[] {
  return Object.values(linesOf(stdout)).map(([line]) => JSON.parse(line!).pid);
}

/** Kills rank 0 once two ranks are ready. */
export function killFirst(): Settings {
  return onceBoth('ready', (_, stdout) => process.kill(JSON.parse(linesOf(stdout)['0']![0]!).pid, 'SIGKILL'));
}

/** A PATH with a folder of stand-ins first. */
export function withPath(tools: string): Record<string, string> {
  return { PATH: `${tools}${delimiter}${process.env.PATH}` };
}

/** Waits until a process is gone. */
export async function gone(pid: number): Promise<void> {
  for (let i = 0; lives(pid); i++) {
    assert.ok(i < 100, `process ${pid} was left behind`);
    await new Promise((next) => setTimeout(next, 50));
  }
}

/** A folder of a suite's own, there while its tests run. */
export class Folder {
  path = '';

  constructor() {
    before(() => {
      this.path = mkdtempSync(join(tmpdir(), 'launch-test-'));
    });
    after(() => rmSync(this.path, { recursive: true }));
  }

  /** Writes a file, as JSON where the content is no text. */
  file(name: string, content: unknown): string {
    const path = join(this.path, name);
    writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
    return path;
  }

  /** Makes a folder in it. */
  make(name: string): string {
    return mkdtempSync(join(this.path, `${name}-`));
  }
}
