/** The prints, as another program (poppler) reads them. */
import { execFileSync } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { readLateNoticeTexts } from '../../../src/composition/tables';
import { ArchiveDesk } from '../../../src/teletrans/archive/desk';
import { PdfPrints, type Printed } from '../../../src/teletrans/print/prints';
import { openStorage } from '../../../src/teletrans/store/open';
import { itWith } from '../../support/debian-tool';
import { contentSources, fillOldPractice, NOW, purgeOf, type PurgeStorage } from '../../support/old-practice';
import { sampleInvoices } from '../../support/invoices';
import { fakeClaim, FakeThirdParty } from '../../support/fake-third-party';
import { openRig, PRACTICE, THIRD_PARTY, type Rig } from '../../support/practice-rig';
import { aFolder } from '../store/folder';

let folder: string;
let remove: () => Promise<void>;
beforeEach(async () => ({ folder, remove } = await aFolder()));
afterEach(() => remove());

const clock = { now: () => new Date(NOW) };
const LATE_NOTICE = readLateNoticeTexts(join(__dirname, '../../../addin/tables'));
const word = (state: string): string => `mot ${state}`;

function printsOf(storage: PurgeStorage, teletrans: Pick<Rig['app'], 'overview' | 'thirdParty'>): PdfPrints {
  const archives = new ArchiveDesk({
    store: storage.store,
    files: storage.archives,
    content: contentSources(storage),
    purge: purgeOf(storage),
    days: () => 100,
    words: { events: { sealed: 'Lot sécurisé par la carte' }, stateWord: (_entity, state) => state, nameOf: () => 'DUPONT CLAIRE' },
    explain: ({ code }) => ({ code, message: code, action: '' }),
    clock,
  });
  const words = { invoice: word, lot: word, file: word };
  return new PdfPrints({
    archives,
    teletrans,
    store: storage.store,
    practitioners: PRACTICE.practitioners,
    reminders: THIRD_PARTY.letters,
    lateNotice: LATE_NOTICE,
    words,
    clock,
  });
}

async function read({ pdf }: Printed): Promise<{ readonly text: string; readonly pages: number; readonly info: string }> {
  const file = join(folder, 'print.pdf');
  await pipeline(pdf, createWriteStream(file));
  const info = execFileSync('pdfinfo', [file], { encoding: 'utf8' });
  const text = execFileSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8', maxBuffer: 64 << 20 });
  return { text, pages: Number(/Pages:\s+(\d+)/.exec(info)?.[1]), info };
}

const withPoppler = itWith('pdftotext', 'poppler-utils');
const nobody = { overview: () => Promise.reject(new Error('not asked')), thirdParty: new FakeThirdParty() };

withPoppler(
  'an archive of 1,000 invoices: every number, every page with its number and the practice’s name, A4, its letters inside',
  async () => {
    const storage = await openStorage(folder);
    const numbers = await fillOldPractice(storage, { invoices: 1000 });
    const { archive } = await purgeOf(storage).run();
    const { text, pages, info } = await read(await printsOf(storage, nobody).archive(archive ?? ''));
    const fonts = execFileSync('pdffonts', [join(folder, 'print.pdf')], { encoding: 'utf8' });
    await storage.store.close();
    expect(numbers.filter((number) => !new RegExp(`\\b${number}\\b`).test(text))).toEqual([]);
    const sheets = text.split('\f').slice(0, pages);
    expect(pages).toBeGreaterThan(10);
    sheets.forEach((sheet, rank) => {
      expect(sheet).toContain(`page ${String(rank + 1)}/${String(pages)}`);
      expect(sheet).toContain('DUPONT CLAIRE, n° 999000011');
      expect(sheet).toContain('Facture');
    });
    expect(info).toMatch(/Page size:\s+595\.28 x 841\.89 pts \(A4\)/);
    // Every font is embedded: column "emb".
    expect(
      fonts
        .split('\n')
        .slice(2)
        .filter((line) => line !== '' && !/TrueType.*\byes\s+yes\s+yes/.test(line)),
    ).toEqual([]);
  },
  120_000,
);

withPoppler('says in the document that it is PDF/A-2b', async () => {
  const storage = await openStorage(folder);
  await fillOldPractice(storage, { invoices: 1 });
  const { archive } = await purgeOf(storage).run();
  await read(await printsOf(storage, nobody).archive(archive ?? ''));
  await storage.store.close();
  const xmp = execFileSync('pdfinfo', ['-meta', join(folder, 'print.pdf')], { encoding: 'utf8' });
  expect(xmp).toMatch(/<pdfaid:part>2<\/pdfaid:part>/);
  expect(xmp).toMatch(/<pdfaid:conformance>B<\/pdfaid:conformance>/);
});

withPoppler('says in the dossier of a degraded invoice that its sheet of paper was sent, once that is noted', async () => {
  const storage = await openStorage(folder);
  await fillOldPractice(storage, { invoices: 1, stateOf: () => 'NO_ACK_EXPECTED' });
  const [invoice] = await storage.store.read((session) => session.invoices.list());
  const said = async (): Promise<string> => (await read(await printsOf(storage, nobody).dossier(invoice!.id))).text;
  expect(await said()).toContain('AMO : mot NO_ACK_EXPECTED');
  const notes = [{ code: 'FAC-041', details: { date: '04/03/2026' } }];
  await storage.store.transaction((session) => session.invoices.update(invoice!.id, { notes }));
  expect(await said()).toContain('AMO : mot SHEET_SENT');
  await storage.store.close();
});

withPoppler('one invoice’s dossier and its paper duplicate, living or archived, each on one page', async () => {
  const storage = await openStorage(folder);
  await fillOldPractice(storage, { invoices: 2, stateOf: (rank) => (rank === 0 ? 'PAID' : 'NACKED') });
  await purgeOf(storage).run();
  const ids = (await storage.store.read((session) => session.invoices.list())).map(({ id }) => id);
  const prints = printsOf(storage, nobody);
  for (const [rank, id] of ids.entries()) {
    const number = `00000000${String(rank + 1)}`;
    const dossier = await read(await prints.dossier(id));
    for (const part of [
      number,
      'ZYXCANARINOM',
      '1999999999999 12',
      'HBFD999',
      'Chronologie',
      'Lot sécurisé par la carte',
      '250 2.0.0 OK',
      'page 1/1',
    ])
      expect([rank, dossier.text.includes(part)]).toEqual([rank, true]);
    const { text, pages } = await read(await prints.duplicate(id, 'panne'));
    expect(pages).toBe(1);
    for (const part of [
      'DUPLICATA',
      number,
      'R. 161-47',
      'raison extérieure',
      'n° 001 du 02/03/2026',
      '40,48',
      'signature du praticien',
      'signature de l’assuré',
    ])
      expect([part, text.includes(part)]).toEqual([part, true]);
  }
  await storage.store.close();
});

withPoppler('the duplicates of a lot in one document: every invoice that owes its sheet, and no other, each beginning a page', async () => {
  const storage = await openStorage(folder);
  await fillOldPractice(storage, { invoices: 4, stateOf: (rank) => (rank === 1 ? 'PAID' : 'PAPER_DUPLICATE') });
  const invoices = await storage.store.read((session) => session.invoices.list());
  const [first, , third, fourth] = invoices.map(({ id }) => id);
  const notes = [{ code: 'FAC-041', details: { date: '04/03/2026' } }];
  await storage.store.transaction((session) => session.invoices.update(fourth!, { notes }));
  const prints = printsOf(storage, nobody);
  const lotId = invoices[0]!.lotId!;
  const { text, pages } = await read(await prints.duplicates(lotId, 'delai'));
  expect(pages).toBe(2);
  expect(text.match(/DUPLICATA/g)).toHaveLength(2);
  expect(['000000001', '000000002', '000000003', '000000004'].map((number) => text.includes(number))).toEqual([true, false, true, false]);
  expect(text.replace(/\s+/g, ' ')).toContain('le délai dans lequel la feuille électronique peut être transmise est dépassé');
  for (const id of [first!, third!])
    await storage.store.transaction((session) => session.invoices.update(id, { amoState: 'CLOSED_BY_PERSON', amcState: null }));
  await expect(prints.duplicates(lotId, 'delai')).rejects.toMatchObject({ code: 'DEC-003' });
  await expect(prints.duplicates('no-lot', 'delai')).rejects.toMatchObject({ code: 'DEC-002' });
  await storage.store.close();
});

withPoppler(
  'the slip of a day, and the list of ARL and RSP',
  async () => {
    const rig = await openRig({ folder });
    for (const invoice of sampleInvoices()) await rig.app.take(invoice).catch(() => undefined);
    await rig.transmit();
    const overview = await rig.app.overview();
    await rig.close();
    const storage = await openStorage(folder);
    const prints = printsOf(storage, { overview: () => Promise.resolve(overview), thirdParty: new FakeThirdParty() });
    const slip = await read(await prints.slip('2026-11-20'));
    const other = await read(await prints.slip('2026-11-19'));
    const returns = await read(await prints.returns());
    await storage.store.close();
    expect(overview.files.length).toBeGreaterThan(2);
    for (const { fileId, sha256, lots } of overview.files) {
      expect(slip.text).toContain(`Fichier ${fileId}`);
      expect(slip.text).toContain(sha256 ?? '?');
      for (const number of lots.flatMap(({ invoices }) => invoices)) expect(slip.text).toContain(number);
    }
    expect(other.text).toContain('Aucun fichier');
    expect(returns.text).toContain('pas encore d’accusé');
    expect(returns.text).toContain('Retours de paiement (RSP)');
  },
  60_000,
);

it('fails, and does not end, where its archive cannot be read to the end', async () => {
  const storage = await openStorage(folder);
  await fillOldPractice(storage, { invoices: 1 });
  const { archive } = await purgeOf(storage).run();
  const { pdf } = await printsOf(storage, nobody).archive(archive ?? '');
  await storage.archives.remove(archive ?? '');
  await expect(pipeline(pdf, createWriteStream(join(folder, 'cut.pdf')))).rejects.toMatchObject({ code: 'ARC-020' });
  await storage.store.close();
});

withPoppler(
  'a note to a payer about invoices that could not leave in time: all of one practitioner and payer, no patient',
  async () => {
    const rig = await openRig({ folder });
    for (const invoice of sampleInvoices()) await rig.app.take(invoice);
    const inTime = await rig.app.overview();
    // Past the delay of three jours ouvrés, not that of eight.
    rig.setNow('2026-11-27T09:00:00+01:00');
    const overview = await rig.app.overview();
    await rig.close();
    const storage = await openStorage(folder);
    const printsAt = (day: typeof overview): PdfPrints =>
      printsOf(storage, { overview: () => Promise.resolve(day), thirdParty: new FakeThirdParty() });
    const [asked] = overview.invoices.filter(({ late }) => late);
    const { text, pages } = await read(await printsAt(overview).lateNotice(asked!.id));
    expect(pages).toBe(1);
    for (const { number, late, practitioner, payer } of overview.invoices)
      expect([number, text.includes(number)]).toEqual([number, late && practitioner === asked!.practitioner && payer === asked!.payer]);
    expect(overview.invoices.filter(({ number }) => text.includes(number)).length).toBeGreaterThan(1);
    for (const part of [
      asked!.payer!,
      'Objet : Transmission tardive',
      'R. 161-47',
      'Cause du retard (à compléter)',
      'Docteur DUPONT CLAIRE',
    ])
      expect(text).toContain(part);
    for (const { beneficiary, insured } of sampleInvoices())
      for (const secret of [beneficiary.lastName, insured.nir]) expect(text).not.toContain(secret);
    await expect(printsAt(inTime).lateNotice(asked!.id)).rejects.toMatchObject({ code: 'DEC-003' });
    await expect(printsAt(overview).lateNotice('unknown')).rejects.toMatchObject({ code: 'DEC-002' });
    await storage.store.close();
  },
  60_000,
);

withPoppler(
  'a reminder to a payer: every invoice with what is due and the legal penalty, the totals, no patient',
  async () => {
    const storage = await openStorage(folder);
    const thirdParty = new FakeThirdParty();
    const claims = [fakeClaim('000000101', { paid: 4000, penalty: 1000 }), fakeClaim('000000102', { penalty: 1000 })];
    const total = { count: 2, open: 2, expected: 20000, paid: 4000, adjusted: 0, due: 16000 };
    const id = 'a'.repeat(32);
    const [payer, practitioner] = ['CAISSE FICTIVE GENERALE', '999000011'];
    thirdParty.letters = [{ id, payer, practitioner, part: 'amo', date: '2026-12-20', claims, total, penalty: 2000 }];
    const prints = printsOf(storage, { ...nobody, thirdParty });
    const { text } = await read(await prints.reminder(id));
    await expect(prints.reminder('b'.repeat(32))).rejects.toMatchObject({ code: 'RET-049' });
    await storage.store.close();
    const flat = text.replace(/\s+/g, ' ');
    for (const words of [
      'CAISSE FICTIVE GENERALE',
      'Docteur DUPONT CLAIRE',
      'Le 20/12/2026',
      '000000101',
      '60,00 €',
      '000000102',
      '160,00 €',
      '20,00 €',
    ])
      expect(flat).toContain(words);
    expect(flat).toMatch(/les 2 factures ci-dessous,.*sept jours ouvrés.*pénalités de retard/);
    expect(flat).not.toMatch(/\{\w+\}/);
  },
  60_000,
);
