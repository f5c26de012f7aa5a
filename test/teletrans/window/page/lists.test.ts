/** The lists of invoices, lots and files in a browser: long ones, by keyboard, live, on paper, and when the program fails. */
import { VitaleError } from '../../../../src/teletrans/domain/errors';
import { hasBrowser } from '../../../support/browser';
import { fakeFile, fakeInvoice, fakeLot, MOREL } from '../../../support/fake-practice';
import type { FakeTeletrans } from '../../../support/fake-teletrans';
import { BrowserRig } from './browser-rig';
import { ON_PAPER, PAPER, PRINTED, SCROLL_THROUGH } from './in-page';

const maybe = hasBrowser() ? describe : describe.skip;

const many = (count: number) => (teletrans: FakeTeletrans) =>
  void (teletrans.invoices = Array.from({ length: count }, (_value, rank) => fakeInvoice(rank + 1, rank % 3 === 0 ? 'ACKED' : 'READY')));

maybe('the lists of the window', () => {
  let rig: BrowserRig;
  beforeAll(async () => {
    rig = await BrowserRig.start();
  }, 60_000);
  afterAll(async () => rig.stop());
  afterEach(async () => rig.close());

  const first = (): Promise<string> => rig.page.locator('tbody th').first().innerText();
  /** Waits until the list begins with the invoice of this number. */
  const begins = (number: string): Promise<void> => rig.page.locator(`tbody tr[aria-rowindex="2"] th:has-text("${number}")`).waitFor();

  it('hold 100,000 invoices of which few are fetched, and end where the list ends', async () => {
    await rig.open({}, many(100_000));
    const { page } = rig;
    await rig.view(/^Factures/);
    await page.getByText('100\u202f000\u00a0factures sur 100\u202f000').waitFor({ timeout: 60_000 });
    const rows = page.locator('tbody tr:not(.spacer)');
    expect(await rows.count()).toBeLessThan(80);
    await page.evaluate<number>(SCROLL_THROUGH);
    await page.locator('tbody tr[aria-rowindex="100001"]:not([aria-busy])').waitFor();
    expect(await rows.count()).toBeLessThan(80);
    expect(rig.harness.lists.asked.length).toBeLessThan(100);
    expect(Math.max(...rig.harness.lists.asked.map(({ count }) => count))).toBe(100);
    // A part of the list is never taken on paper for the whole of it; on the screen there is nothing to say.
    const partial = page.getByText('Cette impression n’est pas complète');
    expect(await partial.isVisible()).toBe(false);
    await page.emulateMedia({ media: 'print' });
    expect(await partial.isVisible()).toBe(true);
    await page.emulateMedia({ media: 'screen' });
    await page.evaluate(PAPER);
    await page.getByRole('button', { name: 'Imprimer la liste' }).click();
    await rig.until(PRINTED);
    expect(await page.evaluate(ON_PAPER)).toMatchObject({ partial: true });
    expect(rig.complaints).toEqual([]);
  }, 120_000);

  it('are sorted and chosen by keyboard alone, and say aloud how many rows there are and what they add up to', async () => {
    await rig.open({}, many(300));
    const { page } = rig;
    await rig.view(/^Factures/);
    await page.getByText('300 factures sur 300').waitFor();
    await rig.tabTo(/^Facture$/);
    await page.keyboard.press('Enter');
    await begins('1');
    await page.keyboard.press('Enter');
    await begins('300');
    expect(await page.getByRole('columnheader', { name: 'Facture', exact: true }).getAttribute('aria-sort')).toBe('descending');
    await page.getByLabel('État').focus();
    // The last of the choices.
    await page.keyboard.press('End');
    await page.getByRole('status').filter({ hasText: '100 factures sur 300' }).waitFor();
    const sums = rig.teletrans.invoices.filter(({ state }) => state === 'ACKED').reduce((sum, { fees }) => sum + fees, 0);
    const shown = (await page.locator('.sums').innerText()).replace(/\s/gu, '');
    expect(shown).toContain(`Montant${Math.floor(sums / 100)},`);
    expect(rig.complaints).toEqual([]);
  });

  it('are searched word by word, accents or not, and the address keeps the state', async () => {
    await rig.open({}, (teletrans) => {
      teletrans.invoices = [
        fakeInvoice(207, 'READY', { payer: 'Mutuelle Armor Santé' }),
        fakeInvoice(208, 'READY', { payer: 'CPAM Morbihan' }),
        fakeInvoice(307, 'HELD', { payer: 'Mutuelle Armor Santé', practitioner: MOREL }),
      ];
    });
    const { page } = rig;
    await page.evaluate(`location.hash = '#factures/ready'`);
    await page.getByText('2 factures sur 3').waitFor();
    expect(await page.getByLabel('État').inputValue()).toBe('ready');
    await page.getByLabel('Recherche').fill('207 ARMOR sante');
    await page.getByText('1 facture sur 3').waitFor();
    expect(await first()).toContain('207');
    await page.getByLabel('État').selectOption('');
    await page.getByLabel('Recherche').fill('armor');
    await page.getByText('2 factures sur 3').waitFor();
    await page.getByLabel('Praticien').selectOption(MOREL);
    await page.getByText('1 facture sur 3').waitFor();
    expect(await page.evaluate('location.hash')).toBe('#factures');
    await page.goBack();
    expect(await page.getByLabel('État').inputValue()).toBe('ready');
  });

  it('stay true while somebody looks far down, and so do the details that are open', async () => {
    await rig.open({}, many(1000));
    const { page } = rig;
    await rig.view(/^Factures/);
    await page.getByText('1 000 factures sur 1 000').waitFor();
    await page.evaluate(`document.querySelector('.table-box').scrollTop = 1e6`);
    const last = page.locator('tbody tr[aria-rowindex="1001"] th button');
    await last.click();
    const number = (await page.getByRole('dialog').getByRole('heading').first().innerText()).replace('Facture ', '');
    const asked = rig.harness.lists.asked.length;
    rig.teletrans.invoices = rig.teletrans.invoices.map((invoice) =>
      Number(invoice.number) === Number(number) ? { ...invoice, state: 'PAID', amo: 'PAID' } : invoice,
    );
    rig.teletrans.changed();
    await page.getByRole('dialog').locator('.details-state').getByText('Payée').waitFor();
    await page.keyboard.press('Escape');
    await page.locator('tbody tr[aria-rowindex="1001"] th').waitFor();
    // What is in sight was read again, not the list.
    expect(rig.harness.lists.asked.length - asked).toBeLessThan(4);
    expect(rig.harness.lists.asked.slice(asked).every(({ count }) => count === 100)).toBe(true);
  });

  it('of lots and files are searched, and lead to the file', async () => {
    await rig.open({}, (teletrans) => {
      const lots = [1, 2, 3].map((rank) =>
        fakeLot(String(120 + rank), [fakeInvoice(rank, 'ACKED')], { fileId: `t-00004${rank}`, state: 'ACKED' }),
      );
      teletrans.lots = lots;
      teletrans.files = lots.map((lot, at) => fakeFile(`00004${at + 1}`, [lot], { state: 'ACKED' }));
    });
    const { page } = rig;
    await rig.view(/^Lots/);
    await page.getByText('3 lots sur 3').waitFor();
    await page.getByLabel('Recherche').fill('122');
    await page.getByText('1 lot sur 3').waitFor();
    await rig.view(/^Fichiers/);
    await page.getByText('3 fichiers sur 3').waitFor();
    await page.getByLabel('Recherche').fill('123');
    await page.getByText('1 fichier sur 3').waitFor();
    await page.getByText('1 facture dans ces fichiers').waitFor();
    await page.getByRole('link', { name: /^000043/ }).click();
    expect(await page.evaluate('location.hash')).toBe('#fichiers/t-000043');
  });

  it('say why they cannot be read, and are there again when they can', async () => {
    await rig.open();
    const { page } = rig;
    rig.harness.lists.failure = new VitaleError('STO-003');
    await rig.view(/^Factures/);
    await page.getByRole('alert').getByText('STO-003').waitFor();
    rig.teletrans.changed();
    await page.getByText('27 factures sur 27').waitFor();
    expect(await page.getByText('STO-003').count()).toBe(0);
  });
});
