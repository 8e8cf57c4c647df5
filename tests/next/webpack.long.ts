// The example site built by webpack instead of Turbopack: its standalone output works outside of the repository.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { buildSite, EXAMPLE, Site } from './site';

describe('the example site, built by webpack', () => {
  let site: Site;

  before(async () => {
    const folder = buildSite(EXAMPLE, 'webpack', '--webpack');
    execFileSync(process.execPath, ['scripts/complete_standalone.mjs'], { cwd: folder });
    site = new Site(folder);
    await site.start('standalone');
  });
  after(async () => {
    await site.stop();
    rmSync(site.root, { recursive: true, force: true });
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
