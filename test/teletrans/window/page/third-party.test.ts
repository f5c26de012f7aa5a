/** The « Tiers payants » page in a browser: by keyboard, with its totals, and with 100,000 parts. */
import { readFileSync } from 'node:fs';
import { violations } from '../../../support/axe';
import { hasBrowser } from '../../../support/browser';
import { fakeClaim, linesView } from '../../../support/fake-third-party';
import { until } from '../../../support/until';
import { BrowserRig } from './browser-rig';
import { BAR_FILLS, BEGIN_PRINT, END_PRINT, SCROLL_THROUGH } from './in-page';

/** A line that names a number nobody knows. */
const UNKNOWN_NUMBER = {
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
      thirdParty.set([fakeClaim('000000101')], { openLines: linesView([UNKNOWN_NUMBER]) });
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

  it('says in its dialogs that the program does not answer, instead of searching for ever', async () => {
    await rig.open({}, ({ thirdParty }) => thirdParty.set([fakeClaim('000000101')], { openLines: linesView([UNKNOWN_NUMBER]) }));
    const { page } = rig;
    await page.route(/api\/third-party\/(history|candidates)\//, (route) => route.abort());
    await rig.view(/^Tiers payants/);
    const dialog = page.getByRole('dialog');
    await page.getByRole('button', { name: /^101/ }).click();
    await dialog.getByText('FEN-009').waitFor();
    expect(await dialog.innerText()).not.toContain('Lecture…');
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: /^À rapprocher/ }).click();
    await page.getByRole('button', { name: /^Rapprocher…/ }).click();
    await dialog.getByText('FEN-009').waitFor();
    expect(await dialog.innerText()).not.toContain('Recherche');
  });

  it('splits a line over several invoices, to the centime and not otherwise', async () => {
    await rig.open({}, ({ thirdParty }) => {
      const line = {
        id: 7,
        kind: 'lump' as const,
        remittance: '000001',
        payer: 'CAISSE FICTIVE GENERALE',
        date: '2026-11-27',
        practitioner: '999000011',
        number: null,
        lot: null,
        part: null,
        amount: 10000,
        answer: null,
        cause: 'Montant sans facture.',
        said: [],
      };
      thirdParty.set([fakeClaim('000000101'), fakeClaim('000000102')], { openLines: linesView([line]) });
    });
    const { page } = rig;
    await rig.view(/^Tiers payants/);
    await page.getByRole('button', { name: /^À rapprocher/ }).click();
    await page.getByRole('button', { name: /^Répartir…/ }).click();
    await page.getByLabel('Ajouter la facture de numéro').fill('10');
    await page.getByRole('button', { name: 'Chercher' }).click();
    await page.getByLabel('101 AMO', { exact: false }).fill('60');
    await page.getByText('Reste à répartir').waitFor();
    await page.getByLabel('102 AMO', { exact: false }).fill('39,5x');
    await page.getByText('Un montant n’est pas lisible').waitFor();
    await page.getByLabel('102 AMO', { exact: false }).fill('40,00');
    await page.getByText('Réparti au centime.').waitFor();
    await page.getByLabel('Votre nom').fill('Claire');
    await page.getByLabel(/^Motif/).fill('forfait');
    await page.getByRole('button', { name: 'Répartir', exact: true }).click();
    await page.locator('dialog').waitFor({ state: 'detached' });
    const shares = [
      { invoiceId: 'i-000000101', part: 'amo', amount: 6000 },
      { invoiceId: 'i-000000102', part: 'amo', amount: 4000 },
    ];
    expect(rig.teletrans.thirdParty.acts).toEqual([['reconcile', 7, shares, { by: 'Claire', reason: 'forfait' }]]);
    expect(rig.complaints).toEqual([]);
  });

  it('adjusts what is due, notes a letter as sent, and sets a conflicting return aside', async () => {
    const total = { count: 1, open: 1, expected: 10000, paid: 0, adjusted: 0, due: 10000 };
    const id = '0123456789abcdef0123456789abcdef';
    await rig.open({}, ({ thirdParty }) => {
      const claim = fakeClaim('000000101', { paid: 9998, state: 'PART_PAID' });
      const conflict = { returnId: 'r-1', message: 'Ce retour est connu.', action: 'Décidez.', words: null };
      thirdParty.set([claim], { conflicts: [conflict] });
      thirdParty.letters = [
        { id, payer: claim.payer, practitioner: '999000011', part: 'amo', date: '2026-12-20', claims: [claim], total, penalty: 100 },
      ];
    });
    const { page } = rig;
    const says = async (action: string): Promise<void> => {
      await page.getByLabel('Votre nom').fill('Claire');
      await page.getByLabel(/^Motif/).fill('vu');
      await page.getByRole('button', { name: action, exact: true }).click();
      await page.locator('dialog').waitFor({ state: 'detached' });
    };
    await rig.view(/^Tiers payants/);
    await page.getByRole('button', { name: '101 AMO, historique' }).click();
    await page.getByRole('button', { name: 'Ajuster…' }).click();
    await page.getByLabel('Montant à retirer, en euros').fill('0,03');
    await page.getByText('Le montant doit aller vers zéro').waitFor();
    await page.getByLabel('Montant à retirer, en euros').fill('0,02');
    await page.getByText(/^Il restera dû 0,00/).waitFor();
    await says('Ajuster');
    await page.getByRole('button', { name: /^Relances/ }).click();
    await page.getByText('1 lettre de relance à envoyer').waitFor();
    expect(await page.getByRole('link', { name: /^Lettre \(PDF\)/ }).getAttribute('href')).toBe(`/api/print/reminder/${id}`);
    await page.getByRole('button', { name: /^Noter envoyée…/ }).click();
    await says('Noter envoyée');
    await page.getByRole('button', { name: /^Retours de paiement/ }).click();
    await page.getByRole('button', { name: 'Écarter…' }).click();
    await says('Écarter');
    await page.getByRole('button', { name: /^Totaux/ }).click();
    await page.getByText('Ce qui est rapproché est ce qui est payé.').waitFor();
    const shown = (await page.locator('.third-party').innerText()).replace(/\s+/gu, ' ');
    expect(shown).toContain('attendu 100,00 €, payé 99,98 €');
    const said = { by: 'Claire', reason: 'vu' };
    expect(rig.teletrans.thirdParty.acts).toEqual([
      ['adjust', { invoiceId: 'i-000000101', part: 'amo' }, 2, said],
      ['reminded', [id], said],
      ['setAsideReturn', 'r-1', said],
    ]);
    expect(rig.complaints).toEqual([]);
  });

  it('saves the list as it is chosen and sorted, or the parts chosen one by one', async () => {
    await rig.open({}, ({ thirdParty }) => {
      thirdParty.set([fakeClaim('000000101'), fakeClaim('000000102', { part: 'amc' }), fakeClaim('000000103', { paid: 10000 })]);
    });
    const { page } = rig;
    await rig.view(/^Tiers payants/);
    await page.getByLabel('Âge').selectOption('0-7');
    await page.getByRole('button', { name: 'Reste dû' }).click();
    const save = async (name: RegExp): Promise<readonly [string, string]> => {
      const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name }).press('Enter')]);
      return [download.suggestedFilename(), readFileSync(await download.path(), 'utf8')];
    };
    const [name, text] = await save(/^Tableur \(CSV\) : exporter toute la liste$/);
    expect([name, text.startsWith('\ufeffFacture;État\r\n000000101;ARL reçu')]).toEqual(['tiers-payants.csv', true]);
    await page.getByRole('checkbox', { name: 'Choisir 102 AMC' }).press('Space');
    await page.getByText('1 part choisie, reste dû 100,00 €. Les exporter :').waitFor();
    await save(/^XML : exporter les parts choisies$/);
    const choices = { part: null, payer: null, practitioner: null, age: '0-7', settlement: 'open', search: '' };
    const order = { key: 'due', direction: 'asc' };
    expect(rig.teletrans.thirdParty.exported).toEqual([
      { choices, order, chosen: null, format: 'csv' },
      { choices, order, chosen: [{ invoiceId: 'i-000000102', part: 'amc' }], format: 'xml' },
    ]);
    // Nothing that is out of sight stays chosen.
    await page.getByLabel('Montrer').selectOption('all');
    await page.getByText('Exporter 3\u00a0parts, dans cet ordre :').waitFor();
    expect(rig.complaints).toEqual([]);
  });

  it('prints a list of 1,000 parts whole, and finds it as it was after a look at the help', async () => {
    await rig.open({}, ({ thirdParty }) => {
      thirdParty.set(Array.from({ length: 1000 }, (_, rank) => fakeClaim(String(rank + 1).padStart(9, '0'))));
    });
    const { page } = rig;
    await rig.view(/^Tiers payants/);
    await page.getByLabel('Montrer').selectOption('all');
    await page.getByText('1\u202f000\u00a0parts de facture sur 1\u202f000').waitFor();
    await page.getByText('Lecture…').waitFor({ state: 'detached' });
    await until(() => rig.teletrans.thirdParty.asked.some(({ from, choices }) => from === 900 && choices.settlement === 'all'));
    await rig.goTo('guide');
    await rig.goTo('tiers-payants');
    await page.getByText('1\u202f000\u00a0parts de facture sur 1\u202f000').waitFor();
    expect(await page.getByLabel('Montrer').inputValue()).toBe('all');
    const before = rig.teletrans.thirdParty.asked.length;
    await until(() => rig.teletrans.thirdParty.asked.slice(before - 1).some(({ from }) => from === 900));
    await page.emulateMedia({ media: 'print' });
    await rig.until(`(${BEGIN_PRINT}, document.querySelectorAll('.list-claims tbody tr[aria-busy]').length === 0)`);
    expect(await page.locator('.list-claims tbody tr:not(.spacer)').count()).toBe(1000);
    expect(await page.getByText('Cette impression n’est pas complète').count()).toBe(0);
    expect(await page.getByRole('button', { name: /^Tableur/ }).isVisible()).toBe(false);
    await page.evaluate(END_PRINT);
    expect(rig.complaints).toEqual([]);
  });

  it('draws what is due by age and month by month; a bar opens its list, by keyboard, and no one needs to see colours', async () => {
    await rig.open({}, ({ thirdParty }) => {
      thirdParty.set([
        fakeClaim('000000101'),
        fakeClaim('000000102', { part: 'amc', expected: 2500, ageClass: '8-30' }),
        fakeClaim('000000103', { part: 'amc', expected: 5000, paid: 7000, ageClass: '31+' }),
      ]);
      const none = { sent: 0, paid: 0, adjusted: 0, due: 0 };
      thirdParty.months = [
        { month: '2026-10', amo: { sent: 5000, paid: 0, adjusted: 0, due: 5000 }, amc: none },
        { month: '2026-11', amo: { sent: 10000, paid: 5000, adjusted: 0, due: 10000 }, amc: { ...none, sent: 7500, paid: 7000, due: 500 } },
      ];
    });
    const { page } = rig;
    await rig.view(/^Tiers payants/);
    await page.getByRole('button', { name: 'Graphiques' }).press('Enter');
    await page.getByRole('heading', { name: 'Mois par mois' }).waitFor();
    const text = async (selector: string): Promise<string> => (await page.locator(selector).innerText()).replace(/\s+/gu, ' ');
    expect(await text('.age-chart tfoot')).toBe('Total 100,00 € 5,00 € 105,00 €');
    expect(await text('.trend-table tbody')).toContain('nov. 2026 175,00 € 120,00 € 0,00 € 105,00 €');
    await page.getByRole('group', { name: 'Part montrée' }).getByRole('button', { name: 'AMC', exact: true }).press('Space');
    expect(await text('.trend-table tbody')).toContain('nov. 2026 75,00 € 70,00 € 0,00 € 5,00 €');
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      expect(await violations(page)).toEqual([]);
    }
    // Hatchings tell the bars apart where colours do not.
    const fills = await page.evaluate<string[]>(BAR_FILLS);
    expect([...new Set(fills.map((fill) => fill.includes('url(')))].sort()).toEqual([false, true]);
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('.trend-drawing').isVisible()).toBe(true);
    await page.emulateMedia({ media: 'screen' });
    await page.getByRole('button', { name: /^25,00\s€ : 1\spart AMC de 8-30 jours, ouvrir la liste$/u }).press('Enter');
    await page.getByRole('region', { name: 'Ce que doivent les organismes' }).waitFor();
    expect(await page.getByLabel('Âge').inputValue()).toBe('8-30');
    expect(rig.teletrans.thirdParty.asked.at(-1)?.choices).toMatchObject({ part: 'amc', age: '8-30', settlement: 'open' });
    expect(await rig.focused()).toBe('Tiers payants');
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
    // Nobody takes a part of the list on paper for the whole of it; on the screen there is nothing to say.
    const part = page.getByText('Cette impression n’est pas complète');
    expect(await part.isVisible()).toBe(false);
    await page.emulateMedia({ media: 'print' });
    expect(await part.isVisible()).toBe(true);
    expect(rig.complaints).toEqual([]);
  }, 120_000);
});
