// The example site in a browser, as `next start` serves it and as the standalone output does outside of the
// repository: streams arrive step by step, cancelling stops the work, many streams leave the site responsive.
// Screenshots of every page are left in build/next.
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { pause } from './events';
import { Site } from './site';

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

/** The times, in ms since the first one, at which the values of a stream arrived. */
async function arrivals(url: string, body: unknown): Promise<{ times: number[]; last: any }> {
  const response = await fetch(url, { method: 'POST', body: JSON.stringify(body) });
  const times: number[] = [];
  let text = '';
  const decoder = new TextDecoder();
  for await (const chunk of response.body!) {
    text += decoder.decode(chunk as Uint8Array, { stream: true });
    const count = text.split('\n\n').length - 1;
    while (times.length < count) times.push(performance.now());
  }
  const values = text.split('\n\n').filter((event) => event.startsWith('data:'));
  return {
    times: times.map((time) => time - times[0]!),
    last: JSON.parse(values.at(-1)!.slice('data:'.length)),
  };
}

describe('the example site', () => {
  let browser: Browser;
  before(async () => {
    mkdirSync(PICTURES, { recursive: true });
    browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
  });
  after(() => browser.close());

  /** Opens a page; `problems` collects what the console shows that it should not. */
  async function open(
    url: string,
    options: BrowserContextOptions = DEVICES.desktop!,
  ): Promise<{ page: Page; problems: string[] }> {
    const context = await browser.newContext(options);
    const page = await context.newPage();
    const problems: string[] = [];
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) problems.push(message.text());
    });
    page.on('pageerror', (error) => problems.push(String(error)));
    await page.goto(url, { waitUntil: 'load' });
    return { page, problems };
  }

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
        const { page, problems } = await open(site.url);
        await see(page, 'eigenvalue').and(page.locator('[data-state=done]')).waitFor();
        assert.ok(Math.abs(Number(await see(page, 'mean').textContent())) < 0.01);
        // Of a random symmetric matrix of this scale: the norm is near √(n/2), the eigenvalue near √2.
        assert.ok(Math.abs(Number(await see(page, 'norm').textContent()) - Math.sqrt(200)) < 0.5);
        assert.match((await see(page, 'eigenvalue').textContent())!, /^1\.[345]\d+ after round 24 of 24$/);
        assert.deepEqual(problems, []);
        await page.context().close();
      });

      it('streams step by step', async () => {
        const { times, last } = await arrivals(`${site.url}/api/train`, { epochs: 4 });
        assert.equal(times.length, 4 * 45 + 1);
        assert.ok(last.accuracy > 0.9, JSON.stringify(last));
        const total = times.at(-1)!;
        // Spread over the whole time: a buffer on the way would deliver them together at the end.
        assert.ok(times[9]! < total / 4, `the tenth value came after ${times[9]} of ${total} ms`);
        assert.ok(new Set(times.map((time) => Math.floor((time / total) * 20))).size > 15, times.join());
      });

      it('draws loss and accuracy while it trains', async () => {
        const { page, problems } = await open(`${site.url}/train`);
        // As text: tsx would add calls of its own to a function, which the page does not know.
        await page.evaluate(`
          globalThis.seen = [];
          const step = document.querySelector('[data-testid=step]');
          new MutationObserver(() => seen.push([performance.now(), step.textContent]))
            .observe(step, { characterData: true, childList: true, subtree: true });
        `);
        await page.getByRole('slider').fill('6');
        await page.getByRole('button', { name: 'Train' }).click();
        await see(page, 'state').and(page.getByText('Done')).waitFor({ timeout: 120_000 });
        assert.equal(await see(page, 'step').textContent(), '270 / 270');
        assert.ok(Number.parseFloat((await see(page, 'accuracy').textContent())!) > 90);
        const seen = (await page.evaluate('seen')) as [number, string][];
        assert.ok(seen.length > 20, `the page changed ${seen.length} times`);
        assert.ok(seen.at(-1)![0] - seen[0]![0] > 200, 'the steps came at once');
        assert.deepEqual(problems, []);
        await page.context().close();
      });

      it('stops the work when it is cancelled, and when the page is left', async () => {
        for (const leave of ['cancel', 'close']) {
          const { page, problems } = await open(`${site.url}/train`);
          await page.getByRole('slider').fill('30');
          await page.getByRole('button', { name: 'Train' }).click();
          await see(page, 'step')
            .and(page.getByText(/^[1-9]\d+ \//))
            .waitFor();
          assert.equal((await site.work()).running, 1);
          if (leave === 'cancel') await page.getByRole('button', { name: 'Cancel' }).click();
          else await page.close();
          const { steps } = await site.idle();
          await pause(300);
          assert.equal((await site.work()).steps, steps);
          if (leave === 'cancel') assert.equal(await see(page, 'state').textContent(), 'Cancelled');
          assert.deepEqual(problems, []);
          await page.context().close();
        }
      });

      it('recognises drawings', async () => {
        const { page, problems } = await open(`${site.url}/draw`);
        for (const digit of Object.keys(STROKES)) {
          await page.getByRole('button', { name: 'Clear' }).click();
          assert.equal(await see(page, 'answer').textContent(), '?');
          await draw(page, digit);
          await see(page, 'answer').and(page.getByText(/^\d$/)).waitFor({ timeout: 60_000 });
          assert.equal(await see(page, 'answer').textContent(), digit);
        }
        assert.deepEqual(problems, []);
        await page.context().close();
      });

      it('writes text, character by character', async () => {
        const { page, problems } = await open(`${site.url}/text`);
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
          document.querySelector('form').requestSubmit();
          setTimeout(() => observer.observe(paper, { characterData: true, childList: true, subtree: true }), 20);
        `);
        await paper.and(page.locator('[data-state=cancelled]')).waitFor();
        const { steps } = await site.idle();
        await pause(200);
        assert.equal((await site.work()).steps, steps);
        assert.ok((await paper.textContent())!.length < 2000);
        assert.deepEqual(problems, []);
        await page.context().close();
      });

      it('stays responsive under 20 streams, and frees what they held', async () => {
        const before = await site.idle();
        const controller = new AbortController();
        const counts = new Array<number>(20).fill(0);
        const streams = counts.map(async (_, i) => {
          const response = await fetch(`${site.url}/api/train`, {
            method: 'POST',
            body: JSON.stringify({ epochs: 50 }),
            signal: controller.signal,
          });
          for await (const _ of response.body!) counts[i]!++;
        });
        const ended = Promise.allSettled(streams);
        try {
          while (Math.min(...counts) < 2) await pause(50);
          assert.equal((await site.work()).running, 20);
          const times: number[] = [];
          for (let i = 0; i < 20; i++) {
            const started = performance.now();
            assert.ok((await fetch(`${site.url}${PAGES[(i % 3) + 1]}`)).ok);
            times.push(performance.now() - started);
          }
          times.sort((a, b) => a - b);
          const [median, most] = [times[10]!, times[17]!];
          console.log(`      pages: median ${median.toFixed()} ms, nine of ten within ${most.toFixed()} ms`);
          assert.ok(median < 500 && most < 2000, times.join());
          const { page, problems } = await open(`${site.url}/draw`);
          await page.getByRole('button', { name: 'Clear' }).click();
          assert.deepEqual(problems, []);
          await page.context().close();
        } finally {
          controller.abort();
          await ended;
        }
        await site.idle();
        const { arrays } = await site.work();
        assert.ok(arrays < before.arrays + 50, `${arrays} arrays, ${before.arrays} before`);
      });

      it('refuses wrong requests', async () => {
        for (const [path, body] of [
          ['/api/train', { epochs: 1e9 }],
          ['/api/text', { prompt: 5, length: 10, temperature: 1 }],
          ['/api/text', { prompt: 'a', length: 1e9, temperature: 1 }],
          ['/api/text', { prompt: 'a', length: 10, temperature: 0 }],
        ] as const) {
          const response = await fetch(site.url + path, { method: 'POST', body: JSON.stringify(body) });
          assert.equal(response.status, 400);
        }
        assert.ok(!/⨯|ERR_/.test(site.log), site.log);
      });

      if (mode === 'standalone') {
        it('looks as in the pictures', async () => {
          for (const [device, options] of Object.entries(DEVICES)) {
            for (const path of PAGES) {
              const { page, problems } = await open(site.url + path, options);
              if (path === '/')
                await see(page, 'eigenvalue').and(page.locator('[data-state=done]')).waitFor();
              if (path === '/train') {
                await page.getByRole('slider').fill('8');
                await page.getByRole('button', { name: 'Train' }).click();
                await see(page, 'state').and(page.getByText('Done')).waitFor({ timeout: 120_000 });
              }
              if (path === '/draw') {
                await draw(page, '3');
                await see(page, 'answer').and(page.getByText('3')).waitFor({ timeout: 60_000 });
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
              await page.context().close();
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
        const { page, problems } = await open(site.url + path);
        if (path === '/') await see(page, 'eigenvalue').and(page.locator('[data-state=done]')).waitFor();
        await pause(500);
        assert.deepEqual(problems, [], path);
        await page.context().close();
      }
    });
  });
});
