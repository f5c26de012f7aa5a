/** A payer nobody knew, added in the window of an open practice: the invoice held for it is ready at once, and everything can be taken back. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRoot, openPractice, type OpenPractice } from '../../../src/composition/container';
import { TOKENS } from '../../../src/composition/tokens';
import { makePracticeBox } from '../../../src/demonstration/practice-box';
import type { Recipients } from '../../../src/teletrans/settings/recipients-port';
import { sampleInvoices } from '../../support/invoices';
import { openHarness } from '../../teletrans/window/server/harness';

jest.setTimeout(60_000);

const root = createRoot();
const ROW = ['2026-01-01', '01', '352', '*', 'CP', '352', '352', 'direct', '01352@352.01.test.invalid', 'CAISSE D’ESSAI'];
const CONFIRMED = ['ownTables', 'recipients'];
let home: string;
let practice: OpenPractice;
let recipients: Recipients;
beforeEach(async () => {
  home = mkdtempSync(join(tmpdir(), 'vitale-tables-'));
  makePracticeBox(home, { smtpPort: 9, pop3Port: 9 });
  practice = await openPractice(home, root);
  recipients = practice.container.resolve(TOKENS.recipients);
});
afterEach(async () => {
  await practice.dispose();
  rmSync(home, { recursive: true, force: true });
});

const version = async (): Promise<string> => (await recipients.read()).tables[0]?.version ?? '';
const add = async (cells: readonly string[], confirmed: readonly string[] = CONFIRMED): ReturnType<Recipients['save']> =>
  recipients.save('amo', await version(), { line: null, cells }, confirmed);

/** An invoice of the fund 352, as LOGOSw hands it over. */
async function takeOneOf352(): Promise<void> {
  const [invoice] = sampleInvoices().filter(({ kind }) => kind === 'FSE');
  if (invoice === undefined) throw new Error('no sample');
  await practice.teletrans.take({ ...invoice, amo: { ...invoice.amo, regime: '01', fund: '352', centre: '0100' } });
}

it('holds, is mended, and releases', async () => {
  await takeOneOf352();
  expect(await practice.teletrans.heldInvoices()).toMatchObject([{ payer: { regime: '01', fund: '352', centre: '0100' } }]);
  expect(await add(ROW, [])).toMatchObject({ saved: false, confirmations: [{ id: 'ownTables' }, { id: 'recipients' }] });
  expect(readdirSync(home)).not.toContain('destinataires');
  expect(await add(ROW)).toMatchObject({ saved: true, view: { own: true } });
  expect(await practice.teletrans.recheckHeld()).toEqual({ released: 1, held: 0 });
  expect((await practice.teletrans.overview()).invoices[0]?.payer).toBe('CAISSE D’ESSAI');
});

it('asks only once to take the tables in hand, and gives the table before back', async () => {
  await add(ROW);
  expect(await add(['2026-01-01', '01', '353', ...ROW.slice(3)], [])).toMatchObject({ confirmations: [{ id: 'recipients' }] });
  const view = await recipients.read();
  expect(view.tables[0]?.previous).not.toBeNull();
  const before = view.tables[0]?.rows.length ?? 0;
  expect((await recipients.goBack('amo', view.tables[0]?.version ?? '')).saved).toBe(true);
  expect((await recipients.read()).tables[0]?.rows).toHaveLength(before - 1);
  expect(practice.container.resolve(TOKENS.routes).fundRecipient('01', '352', '0100', '2026-11-26')).toBeNull();
});

it('changes nothing with cells that do not fit, in a table that is another one by now, or while a transmission runs', async () => {
  const before = readFileSync(join(home, 'cabinet.json'), 'utf8');
  expect(await add(ROW.map((cell, rank) => (rank === 8 ? 'personne' : cell)))).toMatchObject({
    saved: false,
    faults: [{ place: 'mailbox' }],
  });
  await expect(recipients.save('amo', '0'.repeat(64), { line: null, cells: ROW }, CONFIRMED)).rejects.toMatchObject({ code: 'CFG-009' });
  await expect(recipients.goBack('amo', await version())).rejects.toMatchObject({ code: 'CFG-010' });
  await practice.container.resolve(TOKENS.lock).hold(async () => {
    await expect(add(ROW)).rejects.toMatchObject({ code: 'TRA-018' });
  });
  expect(readFileSync(join(home, 'cabinet.json'), 'utf8')).toBe(before);
});

it('never touches the shipped tables', async () => {
  const shipped = join(practice.container.resolve(TOKENS.installation).tables, 'recipients');
  const texts = (): string[] => readdirSync(shipped).map((name) => name + readFileSync(join(shipped, name), 'utf8'));
  const before = texts();
  await add(ROW);
  expect(texts()).toEqual(before);
});

it('is shut to whoever is not the page, and to cells that are more than one', async () => {
  const harness = await openHarness({}, null, { recipients });
  try {
    const body = { table: 'amo', version: await version(), line: null, cells: ROW, confirmed: CONFIRMED };
    expect((await harness.post('/api/settings/recipients', body)).status).toBe(401);
    await harness.open();
    expect((await harness.post('/api/settings/recipients', body, { origin: 'http://attaquant.test' })).status).toBe(403);
    for (const bad of [
      { ...body, table: '../amo' },
      { ...body, cells: [...ROW.slice(0, 9), 'a\tb'] },
      { ...body, cells: [...ROW.slice(0, 9), 'a\nb'] },
      { ...body, line: 0 },
      { ...body, line: 1.5 },
      { ...body, more: 1 },
      { ...body, cells: [...ROW.slice(0, 9), 'x'.repeat(5000)] },
    ])
      expect([400, 413]).toContain((await harness.post('/api/settings/recipients', bad)).status);
    expect(JSON.parse((await harness.post('/api/settings/recipients', body)).text)).toMatchObject({ saved: true });
  } finally {
    await harness.close();
  }
});
