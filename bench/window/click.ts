/**
 * From the click to the first content, in a browser, over a practice of many invoices. The program is warm: its window has been opened before, as it is when the telephone is
 * clicked during a day. A page that stands for the practice software holds the window's one-time address; it is clicked, and the clock stops when the counts of the day are
 * painted. In the window, a click on each page of the menu is timed until its first row is painted. The page does both itself, from the event of the click to the frame after
 * the one that draws the content. Run: `node --require ./test/teletrans/store/programs/typescript.cjs bench/window/click.ts [invoices] [rounds]`; prints one JSON line.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import type { Page } from 'playwright-core';
import { createWindow } from '../../src/teletrans/window/server/create-window';
import { readGlossary } from '../../src/teletrans/window/server/read-glossary';
import { readStateWords } from '../../src/teletrans/window/server/read-state-words';
import { launchBrowser } from '../../test/support/browser';
import { FakeDiagnostics } from '../../test/support/fake-diagnostics';
import { FakeInspection } from '../../test/support/fake-inspection';
import { NO_ARCHIVES } from '../../test/support/no-archives';
import { buildPage } from '../../test/support/page-build';
import { openRig } from '../../test/support/practice-rig';
import { fillPractice } from './practice';

const ROOT = path.join(__dirname, '..', '..');

/** Notes in the page, by wall clock, when something that matters is painted: in the frame after it is there. */
const WATCH = `(() => {
  const now = () => performance.timeOrigin + performance.now();
  window.painted = (selector) => new Promise((resolve) => {
    const look = () => document.querySelector(selector) === null ? requestAnimationFrame(look) : requestAnimationFrame(() => resolve(now()));
    look();
  });
  window.clickAndWait = (link, selector) => new Promise((resolve) => {
    const element = document.querySelector(link);
    element.addEventListener('click', () => { const start = now(); requestAnimationFrame(() => window.painted(selector).then((end) => resolve(end - start))); }, { once: true });
    element.click();
  });
})()`;

const PAGES = [
  ['Factures', 'a[href="#factures"]', 'main.view-factures .list-invoices tbody th'],
  ['Lots', 'a[href="#lots"]', 'main.view-lots .list-lots tbody th'],
  ['Fichiers', 'a[href="#fichiers"]', 'main.view-fichiers .list-files tbody th'],
  ['Tiers payants', 'a[href="#tiers-payants"]', 'main.view-tiers-payants .list-claims tbody th'],
  ['Aujourd’hui', 'a[href="#accueil"]', 'main.view-accueil .tile'],
] as const;

const told = (times: readonly number[]): { readonly median: number; readonly least: number; readonly most: number } => {
  const sorted = [...times].sort((a, b) => a - b).map(Math.round);
  return { median: sorted[Math.floor((sorted.length - 1) / 2)] ?? 0, least: sorted[0] ?? 0, most: sorted.at(-1) ?? 0 };
};

/** Of the window's page, by wall clock. */
const FIRST_PAINT = `performance.timeOrigin + performance.getEntriesByName('first-contentful-paint')[0].startTime`;

/** Clicks on the address in the practice software's page; milliseconds until header and menu, and until the counts of the day are painted. */
async function clickTelephone(page: Page, host: string, address: string): Promise<{ readonly header: number; readonly counts: number }> {
  await page.goto(`${host}/?${encodeURIComponent(address)}`);
  const clicked = await page.evaluate<number>(
    `new Promise((resolve) => { const link = document.querySelector('a'); link.addEventListener('click', () => resolve(performance.timeOrigin + performance.now())); setTimeout(() => link.click()); })`,
  );
  await page.waitForURL(/127\.0\.0\.1:\d+\/$/, { waitUntil: 'commit' });
  await page.locator('.tile').first().waitFor();
  return {
    header: (await page.evaluate<number>(FIRST_PAINT)) - clicked,
    counts: (await page.evaluate<number>(`window.firstTile`)) - clicked,
  };
}

async function main(invoices: number, rounds: number): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), 'vitale-bench-'));
  const rig = await openRig({ folder });
  await fillPractice(rig.store, invoices);
  const built = await buildPage();
  const window = await createWindow({
    teletrans: rig.app,
    ...NO_ARCHIVES,
    inspection: new FakeInspection(),
    lists: rig.lists,
    diagnostics: new FakeDiagnostics(),
    logger: { log: () => undefined },
    pageFolder: built.folder,
    glossary: await readGlossary(path.join(ROOT, 'addin', 'tables', 'glossary.json')),
    words: await readStateWords(path.join(ROOT, 'addin', 'tables', 'state-words.json')),
  });
  const host = createServer((request, response) => {
    const address = decodeURIComponent((request.url ?? '').replace(/^\/\?/, ''));
    response.setHeader('content-type', 'text/html').end(`<!doctype html><title>Logiciel</title><a href="${address}">Telephone</a>`);
  });
  await new Promise<void>((resolve) => host.listen(0, '127.0.0.1', resolve));
  const from = `http://localhost:${(host.address() as AddressInfo).port}`;
  const browser = await launchBrowser();
  const times = new Map<string, number[]>();
  const note = (name: string, ms: number): void => void times.set(name, [...(times.get(name) ?? []), ms]);
  try {
    const context = await browser.newContext({ viewport: { width: 1280, height: 720 } });
    const page = await context.newPage();
    await page.addInitScript(WATCH);
    await page.addInitScript(`window.painted('.tile').then((at) => { window.firstTile = at; })`);
    // The browser is in use, as it is during a day: the first rounds are left out.
    for (let round = -2; round < rounds; round++) {
      const opened = await clickTelephone(page, from, window.newUrl());
      if (round >= 0) note('the telephone: header and menu', opened.header);
      if (round >= 0) note('the telephone: counts', opened.counts);
      for (const [name, link, selector] of PAGES) {
        const ms = await page.evaluate<number>(`window.clickAndWait(${JSON.stringify(link)}, ${JSON.stringify(selector)})`);
        if (round >= 0) note(name, ms);
      }
    }
  } finally {
    await browser.close();
    host.close();
    await window.close();
    await rig.close();
    await built.remove();
    rmSync(folder, { recursive: true, force: true });
  }
  process.stdout.write(
    `${JSON.stringify({ invoices, rounds, ...Object.fromEntries([...times].map(([name, all]) => [name, told(all)])) })}\n`,
  );
}

void main(Number(process.argv[2] ?? '100000'), Number(process.argv[3] ?? '9'));
