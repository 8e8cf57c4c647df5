// The example site built by webpack instead of Turbopack: its standalone output works outside of the repository.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { EXAMPLE, NEXT, Site } from './site';

const FOLDER = fileURLToPath(new URL('../../build/next/webpack', import.meta.url));

describe('the example site, built by webpack', () => {
  const site = new Site(FOLDER);

  before(async () => {
    rmSync(FOLDER, { recursive: true, force: true });
    mkdirSync(FOLDER, { recursive: true });
    cpSync(EXAMPLE, FOLDER, {
      recursive: true,
      filter: (path) => !['.next', 'node_modules'].includes(basename(path)),
    });
    // Hundreds of megabytes: linked, not copied.
    execFileSync('cp', ['-al', join(EXAMPLE, 'node_modules'), FOLDER]);
    const options = {
      cwd: FOLDER,
      env: { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' },
    };
    execFileSync(process.execPath, [NEXT, 'build', '--webpack'], { ...options, stdio: 'pipe' });
    execFileSync(process.execPath, ['scripts/complete_standalone.mjs'], options);
    await site.start('standalone');
  });
  after(async () => {
    await site.stop();
    rmSync(FOLDER, { recursive: true, force: true });
  });

  it('computes for its first page', async () => {
    const page = await (await site.fetch('/')).text();
    assert.match(page, /data-testid="mean">-?0\.00\d+</);
    assert.match(page, /data-testid="norm">14\.\d+</);
  });

  it('streams', async () => {
    const response = await site.fetch('/api/train', { method: 'POST', body: '{"epochs":1}' });
    const events = (await response.text()).trim().split('\n\n');
    assert.equal(events.length, 45 + 1);
    assert.match(events.at(-1)!, /^event: done\ndata: \{"digits":360\}$/);
  });
});
