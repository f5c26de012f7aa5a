/** The « Tiers payants » page in a browser: by keyboard, with its totals, and with 100,000 parts. */
import { hasBrowser } from '../../../support/browser';
import { fakeClaim, linesView } from '../../../support/fake-third-party';
import { BrowserRig } from './browser-rig';
import { SCROLL_THROUGH } from './in-page';

const maybe = hasBrowser() ? describe : describe.skip;

maybe('third-party payments', () => {
  let rig: BrowserRig;
  beforeAll(async () => {
    rig = await BrowserRig.start();
  }, 60_000);
  afterAll(async () => rig.stop());
  afterEach(async () => rig.close());

  it('shows AMO and AMC apart, with totals of what is shown', async () => {
    await rig.open({}, ({ thirdParty }) => {
      thirdParty.set([
        fakeClaim('000000101', { paid: 4000, state: 'PART_PAID' }),
        fakeClaim('000000102', { part: 'amc', payer: 'MUTUELLE FICTIVE UNE', expected: 2500 }),
        fakeClaim('000000103', { paid: 10000, state: 'PAID' }),
      ]);
    });
    const { page } = rig;
    await rig.view(/^Tiers payants/);
    await page.getByText('2 parts de facture sur 3').waitFor();
    expect(await page.locator('.totals tbody tr').allInnerTexts()).toEqual([
      expect.stringMatching(/AMO\s+100,00\s€\s+40,00\s€\s+0,00\s€\s+60,00\s€/u),
      expect.stringMatching(/AMC\s+25,00\s€\s+0,00\s€\s+0,00\s€\s+25,00\s€/u),
    ]);
    await page.getByLabel('Montrer').selectOption('all');
    await page.getByText('3 parts de facture sur 3').waitFor();
    await page.getByLabel('Numéro de facture').fill('103');
    await page.getByText('1 part de facture sur 3').waitFor();
    expect(rig.complaints).toEqual([]);
  });

  it('matches a line to its candidate by keyboard alone, with a name and a reason', async () => {
    await rig.open({}, ({ thirdParty }) => {
      const line = {
        id: 7,
        kind: 'part' as const,
        remittance: '000001',
        payer: 'CAISSE FICTIVE GENERALE',
        date: '2026-11-27',
        practitioner: '999000011',
        number: '000000110',
        lot: '001',
        part: 'amo' as const,
        amount: 10000,
        answer: 'paid',
        cause: 'Aucune facture de ce numéro pour ce praticien.',
        said: [],
      };
      thirdParty.set([fakeClaim('000000101')], { openLines: linesView([line]) });
      const { invoiceId, part, number, kind, practitioner, payer, date, state, due } = fakeClaim('000000101');
      const likely = ['Numéro très proche.'];
      thirdParty.found = [{ invoiceId, part, number, kind, practitioner, payer, date, state, due, difference: 0, likely, bookable: true }];
    });
    const { page } = rig;
    await rig.view(/^Tiers payants/);
    await page.getByRole('button', { name: /^À rapprocher/ }).press('Enter');
    await page.getByRole('button', { name: /^Rapprocher…/ }).press('Enter');
    await page.getByText('Aucun écart.').waitFor();
    await page.getByLabel('Votre nom').fill('Claire');
    await page.getByLabel(/^Motif/).fill('chiffres échangés');
    await page.getByRole('button', { name: 'Rapprocher', exact: true }).press('Enter');
    await page.locator('dialog').waitFor({ state: 'detached' });
    expect(rig.teletrans.thirdParty.acts).toEqual([
      ['reconcile', 7, [{ invoiceId: 'i-000000101', part: 'amo', amount: 10000 }], { by: 'Claire', reason: 'chiffres échangés' }],
    ]);
    expect(rig.complaints).toEqual([]);
  });

  it('scrolls 100,000 parts with few rows drawn', async () => {
    await rig.open({}, ({ thirdParty }) => {
      thirdParty.set(Array.from({ length: 100_000 }, (_, rank) => fakeClaim(String(rank + 1).padStart(9, '0'))));
    });
    const { page } = rig;
    await rig.view(/^Tiers payants/);
    await page.getByText('100\u202f000\u00a0parts de facture sur 100\u202f000').waitFor({ timeout: 60_000 });
    const rows = page.locator('.list-claims tbody tr:not(.spacer)');
    expect(await rows.count()).toBeLessThan(80);
    await page.evaluate<number>(SCROLL_THROUGH);
    expect(await rows.count()).toBeLessThan(80);
    // The last one is there, and most of those scrolled past were never asked for.
    await page.getByRole('button', { name: '100000 AMO, historique' }).waitFor();
    expect(rig.teletrans.thirdParty.asked.length).toBeLessThan(100);
    expect(Math.max(...rig.teletrans.thirdParty.asked.map(({ count }) => count))).toBe(100);
    expect(rig.complaints).toEqual([]);
  }, 120_000);
});
