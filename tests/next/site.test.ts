// The example site in a browser, as `next start` serves it and as the standalone output does outside of the
// repository: streams arrive step by step, cancelling stops the work, many streams leave the site responsive.
// Screenshots of every page are left in build/next.
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { launch, type Opened, open as openPage } from './browser';
import { pause } from './events';
import { Site, type Work } from './site';

const PICTURES = fileURLToPath(new URL('../../build/next/', import.meta.url));
const PAGES = ['/', '/train', '/draw', '/text'];
const DEVICES: Record<string, BrowserContextOptions> = {
  desktop: { viewport: { width: 1100, height: 760 }, colorScheme: 'light' },
  'desktop-dark': { viewport: { width: 1100, height: 760 }, colorScheme: 'dark' },
  phone: { viewport: { width: 390, height: 780 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true },
};

type Point = [x: number, y: number];

/** Points of an ellipse between two angles, in degrees. */
function arc(x: number, y: number, width: number, height: number, from: number, to: number): Point[] {
  return Array.from({ length: 15 }, (_, i) => {
    const angle = ((from + ((to - from) * i) / 14) * Math.PI) / 180;
    return [x + width * Math.cos(angle), y + height * Math.sin(angle)];
  });
}

/** Strokes in a square of side 1: what a person would draw. */
const STROKES: Record<string, Point[]> = {
  0: arc(0.5, 0.5, 0.2, 0.32, -90, 270),
  3: [...arc(0.47, 0.33, 0.17, 0.16, -150, 90), ...arc(0.47, 0.66, 0.2, 0.18, -90, 140)],
  8: [...arc(0.5, 0.33, 0.15, 0.16, 90, 450), ...arc(0.5, 0.67, 0.18, 0.17, -90, 270)],
};

/** Nobody waits for results any more: the server computes nothing, and goes on computing nothing. */
async function assertWorkEnds(site: Site): Promise<void> {
  const { steps } = await site.until(({ running }) => running === 0);
  await pause(300);
  assert.equal((await site.work()).steps, steps);
}

describe('the example site', function () {
  // Only a failure takes that long.
  this.timeout(600_000);

  let browser: Browser | undefined;
  before(async () => {
    mkdirSync(PICTURES, { recursive: true });
    browser = await launch();
  });
  after(() => browser?.close());

  const open = (url: string, options = DEVICES.desktop!): Promise<Opened> => openPage(browser!, url, options);

  const see = (page: Page, id: string) => page.getByTestId(id);

  async function draw(page: Page, digit: string): Promise<void> {
    const box = (await page.getByLabel('Drawing area').boundingBox())!;
    const [first, ...rest] = STROKES[digit]!.map(([x, y]) => [box.x + x * box.width, box.y + y * box.height]);
    await page.mouse.move(first![0]!, first![1]!);
    await page.mouse.down();
    for (const [x, y] of rest) await page.mouse.move(x!, y!, { steps: 8 });
    await page.mouse.up();
  }

  for (const mode of ['next start', 'standalone'] as const) {
    describe(mode, () => {
      const site = new Site();
      before(() => site.start(mode));
      after(() => site.stop());

      it('shows numbers that the server computed while it sent the page', async () => {
        const { page, problems, close } = await open(site.url);
        await see(page, 'eigenvalue').and(page.locator('[data-state=done]')).waitFor();
        assert.ok(Math.abs(Number(await see(page, 'mean').textContent())) < 0.01);
        // Of a random symmetric matrix of this scale: the norm is near √(n/2), the eigenvalue near √2.
        assert.ok(Math.abs(Number(await see(page, 'norm').textContent()) - Math.sqrt(200)) < 0.5);
        assert.match((await see(page, 'eigenvalue').textContent())!, /^1\.[345]\d+ after round 24 of 24$/);
        assert.deepEqual(problems, []);
        await close();
      });

      it('streams step by step', async () => {
        const before = await site.work();
        const response = await site.fetch('/api/train', { method: 'POST', body: '{"epochs":10}' });
        const decoder = new TextDecoder();
        let early: Work | undefined;
        let text = '';
        let pieces = 0;
        for await (const piece of response.body!) {
          early ??= await site.work();
          text += decoder.decode(piece as Uint8Array, { stream: true });
          pieces++;
        }
        const values = text.split('\n\n').filter((event) => event.startsWith('data:'));
        assert.equal(values.length, 450);
        const last = JSON.parse(values.at(-1)!.slice('data:'.length));
        assert.ok(last.accuracy > 0.9, JSON.stringify(last));
        // A buffer on the way would deliver them together, after the work.
        assert.equal(early!.running, 1);
        assert.ok(
          early!.steps - before.steps < 225,
          `${early!.steps - before.steps} steps before a value came`,
        );
        assert.ok(pieces > 20, `450 values came in ${pieces} pieces`);
      });

      it('draws loss and accuracy while it trains', async () => {
        const { page, problems, close } = await open(`${site.url}/train`);
        // As text: tsx would add calls of its own to a function, which the page does not know.
        await page.evaluate(`
          globalThis.seen = new Set();
          const step = document.querySelector('[data-testid=step]');
          new MutationObserver(() => seen.add(step.textContent))
            .observe(step, { characterData: true, childList: true, subtree: true });
        `);
        await page.getByRole('slider').fill('6');
        await page.getByRole('button', { name: 'Train' }).click();
        await see(page, 'state').and(page.getByText('Done')).waitFor();
        assert.equal(await see(page, 'step').textContent(), '270 / 270');
        assert.ok(Number.parseFloat((await see(page, 'accuracy').textContent())!) > 90);
        const seen = (await page.evaluate('seen.size')) as number;
        assert.ok(seen > 5, `the page showed ${seen} steps`);
        assert.deepEqual(problems, []);
        await close();
      });

      it('stops the work when it is cancelled, and when the page is left', async () => {
        for (const leave of ['cancel', 'close']) {
          const { page, problems, close } = await open(`${site.url}/train`);
          await page.getByRole('slider').fill('30');
          await page.getByRole('button', { name: 'Train' }).click();
          await see(page, 'step')
            .and(page.getByText(/^[1-9]\d+ \//))
            .waitFor();
          assert.equal((await site.work()).running, 1);
          if (leave === 'cancel') await page.getByRole('button', { name: 'Cancel' }).click();
          else await page.close();
          await assertWorkEnds(site);
          if (leave === 'cancel') await see(page, 'state').and(page.getByText('Cancelled')).waitFor();
          assert.deepEqual(problems, []);
          await close();
        }
      });

      it('recognises drawings', async () => {
        const { page, problems, close } = await open(`${site.url}/draw`);
        for (const digit of Object.keys(STROKES)) {
          await page.getByRole('button', { name: 'Clear' }).click();
          assert.equal(await see(page, 'answer').textContent(), '?');
          await draw(page, digit);
          await see(page, 'answer').and(page.getByText(/^\d$/)).waitFor();
          assert.equal(await see(page, 'answer').textContent(), digit);
        }
        assert.deepEqual(problems, []);
        await close();
      });

      it('writes text, character by character', async () => {
        const { page, problems, close } = await open(`${site.url}/text`);
        await page.getByRole('button', { name: 'Write' }).click();
        await see(page, 'status').and(page.getByText('Learning to write')).waitFor();
        const paper = see(page, 'text');
        await page.evaluate(`
          globalThis.lengths = new Set();
          globalThis.paper = document.querySelector('[data-testid=text]');
          new MutationObserver(() => lengths.add(paper.textContent.length))
            .observe(paper, { characterData: true, childList: true, subtree: true });
        `);
        await see(page, 'status')
          .and(page.getByText(/^300 characters/))
          .waitFor({ timeout: 500_000 });
        await paper.and(page.locator('[data-state=done]')).waitFor();
        const lengths = (await page.evaluate('lengths.size')) as number;
        assert.ok(lengths > 5, `the text had ${lengths} lengths while it grew`);
        const words = (await paper.textContent())!.match(/[a-z]+/g)!;
        const known = words.filter((word) =>
          /^(the|and|then|rain|in|at|before|after|harvest|while)$/.test(word),
        );
        assert.ok(known.length > words.length / 4, words.join(' '));

        // Inside of the page: two thousand characters are there before playwright has clicked.
        await page.getByRole('slider', { name: 'Characters' }).fill('2000');
        await page.evaluate(`
          const observer = new MutationObserver(() => {
            const stop = document.querySelector('button.stop');
            if (paper.textContent.length < 100 || stop === null) return;
            observer.disconnect();
            stop.click();
          });
          observer.observe(paper, { characterData: true, childList: true, subtree: true });
          document.querySelector('form').requestSubmit();
        `);
        await paper.and(page.locator('[data-state=cancelled]')).waitFor();
        await assertWorkEnds(site);
        assert.ok((await paper.textContent())!.length < 2000);
        assert.deepEqual(problems, []);
        await close();
      });

      it('stays responsive under 20 streams, and frees what they held', async () => {
        const before = await site.until(({ running }) => running === 0);
        const controller = new AbortController();
        const counts = new Array<number>(20).fill(0);
        const streams = counts.map(async (_, i) => {
          const { signal } = controller;
          const response = await site.fetch('/api/train', { method: 'POST', body: '{"epochs":50}', signal });
          for await (const _ of response.body!) counts[i]!++;
        });
        const ended = Promise.allSettled(streams);
        try {
          while (Math.min(...counts) < 2) await pause(50);
          assert.equal((await site.work()).running, 20);
          const { steps: first } = await site.work();
          for (let i = 0; i < 20; i++) assert.ok((await site.fetch(PAGES[(i % 3) + 1]!)).ok);
          const { steps, running } = await site.work();
          // A page that waited for the streams would come when all their 45 000 steps are done.
          assert.equal(running, 20);
          assert.ok(steps - first < 9000, `${steps - first} steps were computed before 20 pages came`);
          const { page, problems, close } = await open(`${site.url}/draw`);
          await page.getByRole('button', { name: 'Clear' }).click();
          assert.deepEqual(problems, []);
          await close();
        } finally {
          controller.abort();
          await ended;
        }
        await site.until(({ running, arrays }) => running === 0 && arrays < before.arrays + 50);
      });

      it('refuses wrong requests', async () => {
        for (const [path, body] of [
          ['/api/train', { epochs: 1e9 }],
          ['/api/text', { prompt: 5, length: 10, temperature: 1 }],
          ['/api/text', { prompt: 'a', length: 1e9, temperature: 1 }],
          ['/api/text', { prompt: 'a', length: 10, temperature: 0 }],
        ] as const) {
          const response = await site.fetch(path, { method: 'POST', body: JSON.stringify(body) });
          assert.equal(response.status, 400);
        }
        assert.ok(!/⨯|ERR_/.test(site.log), site.log);
      });

      if (mode === 'standalone') {
        it('looks as in the pictures', async () => {
          for (const [device, options] of Object.entries(DEVICES)) {
            for (const path of PAGES) {
              const { page, problems, close } = await open(site.url + path, options);
              if (path === '/')
                await see(page, 'eigenvalue').and(page.locator('[data-state=done]')).waitFor();
              if (path === '/train') {
                await page.getByRole('slider').fill('8');
                await page.getByRole('button', { name: 'Train' }).click();
                await see(page, 'state').and(page.getByText('Done')).waitFor();
              }
              if (path === '/draw') {
                await draw(page, '3');
                await see(page, 'answer').and(page.getByText('3')).waitFor();
                await pause(300);
              }
              if (path === '/text') {
                await page.getByRole('button', { name: 'Write' }).click();
                await see(page, 'status').and(page.getByText('300 characters')).waitFor({ timeout: 500_000 });
              }
              const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
              assert.ok(wide <= 0, `${path} is wider than a ${device}`);
              await page.screenshot({ path: `${PICTURES}${path.slice(1) || 'home'}-${device}.png` });
              assert.deepEqual(problems, []);
              await close();
            }
          }
        });
      }
    });
  }

  describe('next dev', () => {
    const site = new Site();
    before(() => site.start('next dev'));
    after(() => site.stop());

    // Only a development build says where the server's page and the browser's differ.
    it('has pages that hydrate without a warning', async () => {
      for (const path of PAGES) {
        const { page, problems, close } = await open(site.url + path);
        if (path === '/') await see(page, 'eigenvalue').and(page.locator('[data-state=done]')).waitFor();
        // A warning may come a moment after React has taken over.
        await pause(500);
        assert.deepEqual(problems, [], path);
        await close();
      }
    });
  });
});
