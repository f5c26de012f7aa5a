/** The page in Chromium: long lists, lost connections, hostile text, small and large screens, and what a person who cannot see or point needs. */
import { join } from 'node:path';
import { createWindow } from '../../../../src/teletrans/window/server/create-window';
import { readStateWords } from '../../../../src/teletrans/window/server/read-state-words';
import { NO_ARCHIVES } from '../../../support/no-archives';
import { hasBrowser } from '../../../support/browser';
import { FakeInspection } from '../../../support/fake-inspection';
import { fakeInvoice } from '../../../support/fake-practice';
import { MemoryLogger } from '../server/harness';
import { keptInMemory } from '../../../support/window-memory';
import { openHarness } from '../server/harness';
import { BrowserRig } from './browser-rig';
import {
  FAULTS,
  FEW_ROWS,
  ON_PAPER,
  PAPER,
  PRINTED,
  FOCUS_SHOWN,
  LETTER_SIZE,
  SCROLL_THROUGH,
  OVER_THE_FOOT,
  SIDEWAYS,
  TITLE,
  TRY_FOREIGN_CODE,
} from './in-page';

jest.setTimeout(90_000);
const VIEWS = [/^Aujourd’hui/, /^Factures/, /^Lots/, /^Fichiers/];

(hasBrowser() ? describe : describe.skip)('the window in a browser', () => {
  let rig: BrowserRig;
  beforeAll(async () => {
    rig = await BrowserRig.start();
  });
  afterAll(async () => rig.stop());
  afterEach(async () => rig.close());

  it('scrolls 10,000 invoices with few rows drawn, and prints them all', async () => {
    await rig.open({}, (teletrans) => {
      teletrans.invoices = Array.from({ length: 10_000 }, (_value, rank) => fakeInvoice(rank + 1, rank % 3 === 0 ? 'ACKED' : 'READY'));
    });
    const { page } = rig;
    await rig.view(/^Factures/);
    await page.getByText('10 000 factures sur').waitFor();
    const rows = page.locator('tbody tr:not(.spacer)');
    expect(await rows.count()).toBeLessThan(80);
    const longest = await page.evaluate<number>(SCROLL_THROUGH);
    // Wide, for a machine that is busy: drawing all the rows takes far longer.
    expect(longest).toBeLessThan(2500);
    expect(await rows.count()).toBeLessThan(80);
    expect(await rows.last().getAttribute('aria-rowindex')).toBe('10001');
    await page.evaluate(PAPER);
    await page.getByRole('button', { name: 'Imprimer la liste' }).click();
    await rig.until(PRINTED);
    const paper = await page.evaluate<{ rows: number; partial: boolean; ms: number }>(ON_PAPER);
    expect(paper).toMatchObject({ rows: 10_000, partial: false });
    await rig.until(FEW_ROWS);
    console.info(`10,000 invoices: longest step of scrolling ${Math.round(longest)} ms, drawn for printing in ${Math.round(paper.ms)} ms`);
  });

  it('says that the program is gone, keeps what it shows, and that the session is over when it comes back', async () => {
    await rig.open();
    const { page, harness } = rig;
    const { port } = harness;
    await harness.window.close();
    await page.getByText('cette page le cherche').waitFor();
    expect(await page.getByText('15 factures à envoyer.').count()).toBe(1);
    const words = await readStateWords(join(__dirname, '../../../../addin/tables/state-words.json'));
    const again = await createWindow({
      teletrans: rig.teletrans,
      ...NO_ARCHIVES,
      inspection: new FakeInspection(),
      lists: harness.lists,
      diagnostics: rig.harness.diagnostics,
      logger: new MemoryLogger(),
      pageFolder: rig.built.folder,
      words,
      glossary: { format: 'teletrans.glossary/1', terms: [] },
      port,
    });
    try {
      await page.getByText('n’est plus reliée').waitFor();
      expect(await page.getByText('Cliquez de nouveau sur l’icône du téléphone').count()).toBe(1);
    } finally {
      await again.close();
    }
  });

  it('survives a restart of the program on the same address, and says so', async () => {
    const memory = keptInMemory();
    await rig.open({}, () => undefined, { memory });
    const { page, harness } = rig;
    await rig.view(/^Lots/);
    await harness.window.close();
    await page.getByText('cette page le cherche').waitFor();
    const again = await openHarness({}, rig.built.folder, { memory });
    try {
      expect(again.port).toBe(harness.port);
      await page.getByText('Le module de télétransmission a redémarré. L’affichage est de nouveau à jour.').waitFor();
      await rig.view(/^Factures/);
      await page.getByText('27 factures sur 27').waitFor();
    } finally {
      await again.close();
    }
  });

  it('says in words that an address has already served', async () => {
    await rig.open();
    const url = rig.harness.window.newUrl();
    const [first, second] = [await rig.browser.newContext(), await rig.browser.newContext()];
    try {
      await (await first.newPage()).goto(url);
      const late = await second.newPage();
      await late.goto(url);
      await late.getByText('a déjà servi').waitFor();
    } finally {
      await first.close();
      await second.close();
    }
  });

  it('shows a script in a payer’s name as letters', async () => {
    const evil = '<img src=x onerror="document.title=\'pris\'"><script>document.title="pris"</script>';
    await rig.open({}, (teletrans) => (teletrans.invoices = [fakeInvoice(1, 'READY', { payer: evil })]));
    await rig.view(/^Factures/);
    await rig.page.getByText(evil).first().waitFor();
    expect(await rig.page.evaluate<string>(TITLE)).not.toContain('pris');
  });

  it('runs no inline script, takes no inline style sheet, and speaks to nobody else', async () => {
    await rig.open();
    const blocked = await rig.page.evaluate<string[]>(TRY_FOREIGN_CODE);
    expect(blocked).toEqual(expect.arrayContaining(['script-src-elem', 'style-src-elem', 'connect-src']));
    expect(await rig.page.evaluate<string>(TITLE)).not.toBe('pris');
  });

  it.each([
    [1280, 720],
    [3840, 2160],
  ])('fits a screen of %i × %i without scrolling sideways', async (width, height) => {
    await rig.open();
    await rig.page.setViewportSize({ width, height });
    for (const name of VIEWS) {
      await rig.view(name);
      expect(await rig.page.evaluate<number>(SIDEWAYS)).toBe(0);
    }
    expect((await rig.page.evaluate<number>(LETTER_SIZE)) / height).toBeGreaterThan(0.011);
  });

  it('lets nothing run over the foot of a page on a low screen', async () => {
    await rig.open({}, (teletrans) => {
      teletrans.trayEntries = Array.from({ length: 12 }, (_, rank) => ({
        id: `retour-${rank}`,
        kind: 'ARL',
        receivedAt: '2026-11-20T18:41:00.000Z',
        state: 'unmatched',
        code: 'RET-005',
        message: 'Aucun fichier ne correspond.',
        action: '',
        candidates: [],
      }));
    });
    await rig.page.setViewportSize({ width: 1280, height: 600 });
    for (const name of [...VIEWS, /^Retours/, /^Archives/, /^Tiers payants/, /^Diagnostic/, /^Réglages/]) {
      await rig.view(name);
      await rig.page.locator('main h2').first().waitFor();
      await rig.page
        .locator(name.source === '^Retours' ? '.tray-entry' : 'main')
        .first()
        .waitFor();
      expect({ name, over: await rig.page.evaluate<number>(OVER_THE_FOOT) }).toEqual({ name, over: 0 });
    }
  });

  it('names every field and button, ties every table’s cells to their heads, and shows the focus', async () => {
    await rig.open();
    const { page } = rig;
    await rig.insertCard('cartes/dupont.json');
    await rig.code.waitFor();
    for (const name of VIEWS) {
      await rig.view(name);
      await page.locator('main h2').first().waitFor();
      expect(await page.evaluate<string[]>(FAULTS)).toEqual([]);
      for (let presses = 0; presses < 25; presses++) {
        await page.keyboard.press('Tab');
        expect(await page.evaluate<boolean>(FOCUS_SHOWN)).toBe(true);
      }
    }
    expect(rig.complaints).toEqual([]);
  });
});
