// Root hooks: after each test file, as many native arrays are alive as before it, and no test blocks the run.
import './reference_blas';
import assert from 'node:assert/strict';
import mlx from 'mlx';
import { watch } from './watchdog';

// What a file's own variables may still hold until the next file runs.
const KEPT = 40;

let file: string | undefined;
let before = 0;

function check(): void {
  if (file === undefined) return;
  mlx.native.collect();
  const live = mlx.native.liveObjects();
  assert.ok(live <= before + KEPT, `${file} left ${live - before} arrays alive`);
}

export const mochaHooks = {
  beforeEach(this: Mocha.Context): void {
    watch(this.currentTest?.fullTitle() ?? '');
    const current = this.currentTest?.file;
    if (current === file) return;
    check();
    file = current;
    mlx.native.collect();
    before = mlx.native.liveObjects();
  },
  afterAll(): void {
    check();
  },
};
