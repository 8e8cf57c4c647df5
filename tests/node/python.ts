// Runs a Python program beside a test, to compare with what Python does.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { core as mx } from 'mlx';

const python = process.env.PYTHON ?? 'build/venv/bin/python';

// `show(value)` prints a value as one line: arrays as dtype, shape and the bits of their elements.
const PREAMBLE = `
import json, sys
import mlx.core as mx
import numpy as np

def bits(value):
    if isinstance(value, mx.array):
        kind = {1: mx.uint8, 2: mx.uint16, 4: mx.uint32, 8: mx.uint64}[value.dtype.size]
        data = np.array(value.view(kind)).tobytes() if value.size else b""
        return [str(value.dtype).split(".")[-1], list(value.shape), data.hex()]
    if isinstance(value, (list, tuple)):
        return [bits(item) for item in value]
    if isinstance(value, dict):
        return {key: bits(item) for key, item in value.items()}
    return value

def show(value):
    print(json.dumps(bits(value)))
`;

/** Runs Python with `mx`, `np`, `json` and `show` at hand; returns what it printed. */
export function runPython(code: string, cwd = '.'): string {
  const command = python.includes('/') ? resolve(python) : python;
  const run = spawnSync(command, ['-c', PREAMBLE + code], { cwd, encoding: 'utf8', timeout: 60_000 });
  assert.equal(run.status, 0, run.stderr);
  return run.stdout;
}

/** What a Python program showed, one value per line. */
export function shownByPython(code: string, cwd?: string): unknown[] {
  return runPython(code, cwd)
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
}

const KINDS = { 1: 'uint8', 2: 'uint16', 4: 'uint32', 8: 'uint64' } as const;

/** A value as `show` prints it. */
export function bits(value: any): unknown {
  if (value instanceof mx.array) {
    const kind = KINDS[value.dtype.size as keyof typeof KINDS];
    const data = value.size === 0 ? [] : mx.view(value, mx[kind]).toTypedArray();
    const bytes = Array.isArray(data)
      ? Buffer.alloc(0)
      : Buffer.from(data.buffer, data.byteOffset, data.byteLength);
    return [value.dtype.key, value.shape, bytes.toString('hex')];
  }
  if (Array.isArray(value)) return value.map(bits);
  if (value instanceof Map) return Object.fromEntries(Array.from(value, ([key, item]) => [key, bits(item)]));
  if (value !== null && typeof value === 'object' && Object.getPrototypeOf(value) === Object.prototype) {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, bits(item)]));
  }
  return value;
}

/** A program in Python, an expression or the body of a function, and the same in JavaScript. */
export type Pair = readonly [python: string, javascript: () => unknown];

/**
 * A test for each pair: both must give the same bits, or throw an error of the same class. All programs run in one
 * Python process, after `preamble`.
 */
export function sameAsPython(preamble: string, pairs: Record<string, Pair>): void {
  const names = Object.keys(pairs);
  let expected: unknown[];

  before(() => {
    const programs = names.map((name, i) => {
      const [python] = pairs[name]!;
      const body = /\breturn\b/.test(python) ? python : `return ${python}`;
      return `def program${i}():\n${body.replace(/^/gm, '    ')}\ntry:
    show(program${i}())\nexcept Exception as error:\n    show({"error": type(error).__name__})`;
    });
    expected = shownByPython([preamble, ...programs].join('\n'));
  });

  names.forEach((name, i) => {
    it(name, () => {
      let found: unknown;
      try {
        found = bits(pairs[name]![1]());
      } catch (error: any) {
        if (!error.code?.startsWith('ERR_MLX_')) throw error;
        found = { error: error.name };
      }
      assert.deepEqual(found, expected[i]);
    });
  });
}
