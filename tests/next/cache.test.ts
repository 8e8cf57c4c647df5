// `'use cache'` in a site with `cacheComponents`: plain data that arrays were computed for is kept, arrays are refused
// with advice, in the server's log and, while developing, on the page.
import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { until } from './events';
import { buildSite, Site } from './site';

const SOURCE = fileURLToPath(new URL('./cache', import.meta.url));
const ADVICE =
  /TypeError\]?: An mx\.array stays on the server: .*'use cache'\. Send plain data: await a\.tolistAsync/;

describe("'use cache'", function () {
  // Only a failure takes that long.
  this.timeout(600_000);

  let folder: string;
  before(() => {
    folder = buildSite(SOURCE, 'cache');
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  for (const mode of ['next start', 'next dev'] as const) {
    describe(mode, () => {
      let site: Site;
      before(() => {
        site = new Site(folder);
        return site.start(mode);
      });
      after(() => site.stop());

      const page = async (show: string) => (await site.fetch(`/?show=${show}`)).text();

      it('keeps plain data', async () => {
        const shown = async () => {
          const text = (await page('plain')).match(/<pre>(.*?)<\/pre>/)![1]!;
          return JSON.parse(text.replaceAll('&quot;', '"')) as { cached: number[]; fresh: number[] };
        };
        const [first, second] = [await shown(), await shown()];
        assert.equal(first.cached.length, 3);
        assert.deepEqual(second.cached, first.cached);
        assert.notDeepEqual(second.fresh, first.fresh);
      });

      for (const show of ['returned', 'taken']) {
        it(`refuses an array that is ${show}`, async () => {
          const { length } = site.log;
          const text = await page(show);
          assert.ok(!text.includes('<pre>'), text);
          await until(() => ADVICE.test(site.log.slice(length)), `the advice in ${site.log}`);
          // A production build tells browsers nothing.
          assert.equal(text.includes('An mx.array stays on the server'), mode === 'next dev');
        });
      }
    });
  }
});
