// Pages of a site in Chromium, as a person sees them: ready to be used, with what the console complained about.
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';

// Long, as a busy machine may be slow: only a failure waits that long.
const TIMEOUT = 120_000;

export interface Opened {
  page: Page;
  /** What the console shows that it should not. */
  problems: string[];
  close(): Promise<void>;
}

export function launch(): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox'],
    timeout: TIMEOUT,
  });
}

export async function open(browser: Browser, url: string, options: BrowserContextOptions): Promise<Opened> {
  const context = await browser.newContext(options);
  context.setDefaultTimeout(TIMEOUT);
  const page = await context.newPage();
  const problems: string[] = [];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) problems.push(message.text());
  });
  page.on('pageerror', (error) => problems.push(String(error)));
  await page.goto(url, { waitUntil: 'load' });
  // React marks the elements that it has taken over; before that, nothing hears a click.
  await page.waitForFunction(`
    [...document.querySelectorAll('a, button, input, canvas')]
      .every((element) => Object.keys(element).some((key) => key.startsWith('__react')))
  `);
  return { page, problems, close: () => context.close() };
}
