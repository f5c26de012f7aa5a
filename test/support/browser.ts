/** Debian's Chromium, without a network of its own. */
import { existsSync } from 'node:fs';
import { chromium, type Browser } from 'playwright-core';

const EXECUTABLE = '/usr/bin/chromium';

/** False, with a printed reason, where Chromium is not installed. */
export function hasBrowser(): boolean {
  const there = existsSync(EXECUTABLE);
  if (!there && process.env['CI'] !== undefined) throw new Error('needed here: apt-get install chromium');
  if (!there) console.warn(`${EXECUTABLE} is absent: the tests of the window in a browser are left out (apt-get install chromium).`);
  return there;
}

/** @param more further arguments of Chromium. */
export function launchBrowser(more: readonly string[] = []): Promise<Browser> {
  return chromium.launch({
    executablePath: EXECUTABLE,
    headless: true,
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      ...more,
    ],
  });
}
