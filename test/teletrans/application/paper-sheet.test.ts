/** The sheet of paper of a degraded invoice: a person notes that it was sent, once, with their name; then nothing asks for it any more. */
import { glanceOf } from '../../../src/teletrans/application/glance';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { InvoiceView } from '../../../src/teletrans/application/port';
import type { Invoice } from '../../../src/teletrans/domain/invoice';
import { whyKept } from '../../../src/teletrans/archive/settled';
import { headline } from '../../../src/teletrans/window/view-model/summary';
import { answer } from '../../support/arl-maker';
import { sampleInvoices } from '../../support/invoices';
import { openRig, type Rig } from '../../support/practice-rig';

const SAYS = { by: 'Claire Dupont', reason: 'postée ce soir' };
const DEGRADED = sampleInvoices().find(({ securing }) => securing === 'D')!;

let rig: Rig;
beforeEach(async () => {
  rig = await openRig();
});
afterEach(() => rig.close());

async function sent(changes: Partial<Invoice> = {}): Promise<InvoiceView> {
  await rig.app.take({ ...DEGRADED, ...changes });
  await rig.transmit();
  const invoice = await shown();
  expect(invoice).toMatchObject({ state: 'NO_ACK_EXPECTED', sheet: 'owed' });
  return invoice;
}
const shown = async (): Promise<InvoiceView> => (await rig.app.overview()).invoices[0]!;
const detail = async (): Promise<string> => headline(glanceOf(await rig.app.overview())).detail;
const kept = (id: string, today: string): Promise<string | null> =>
  rig.store.read(async (session) => {
    const invoice = (await session.invoices.get(id))!;
    return whyKept({ invoice, lot: await session.lots.get(invoice.lotId ?? ''), openReturn: false }, 100, today)?.code ?? null;
  });

/** The same degraded invoice, paid by the patient. */
const PAID_BY_PATIENT: Partial<Invoice> = {
  thirdParty: 'none',
  acts: DEGRADED.acts.map((act) => ({ ...act, amc: 0 })),
  totals: { ...DEGRADED.totals, amc: 0 },
};

it('closes an invoice for which no payment is awaited; the purge may take it once it is old', async () => {
  const { id } = await sent(PAID_BY_PATIENT);
  expect(await detail()).toMatch(/1.feuille papier à envoyer/);
  expect(await kept(id, '2027-11-20')).toBe('ARC-004');
  await rig.app.noteSheetSent(id, SAYS);
  expect(await shown()).toMatchObject({ state: 'CLOSED_NO_RSP', sheet: null, notes: [{ code: 'FAC-041' }] });
  expect(await detail()).not.toContain('feuille');
  expect([await kept(id, '2026-11-21'), await kept(id, '2027-11-20')]).toEqual(['ARC-010', null]);
});

it('is still owed when an ARL comes all the same: the lot has its ARL, the invoice its paper', async () => {
  await sent();
  const [file] = (await rig.app.overview()).files;
  const { compostage } = (await rig.store.read((session) => session.files.get(file!.id)))!;
  rig.server.post(answer(rig.server.delivered[0]!.bytes, compostage, {}));
  await rig.app.collect(() => undefined);
  const { lots, files, invoices } = await rig.app.overview();
  expect([lots[0]!.state, files[0]!.state]).toEqual(['ACKED', 'ACKED']);
  expect(invoices[0]).toMatchObject({ state: 'NO_ACK_EXPECTED', sheet: 'owed' });
});

it('leaves an invoice waiting for its payment, and asks for the sheet no more', async () => {
  const { id } = await sent();
  await rig.app.noteSheetSent(id, SAYS);
  expect(await shown()).toMatchObject({ state: 'NO_ACK_EXPECTED', sheet: 'sent', notes: [{ code: 'FAC-041' }] });
  expect(await detail()).not.toContain('feuille');
  expect(await kept(id, '2027-11-20')).toBe('ARC-006');
});

it('keeps who noted it, when, why and what was said, with the journal', async () => {
  const { id } = await sent(PAID_BY_PATIENT);
  const { lines } = await rig.app.question('sheet-sent', id);
  expect(lines.join(' ')).toContain('20/11/2026');
  await rig.app.noteSheetSent(id, SAYS);
  await rig.store.read(async (session) => {
    const [decision] = await session.decisions.of(id);
    expect(decision).toMatchObject({ kind: 'sheet-sent', ...SAYS, stated: lines });
    const journal = (await session.journal.of('invoice', id)).filter(({ event }) => event === 'paper-sent');
    expect(journal).toEqual([
      {
        at: decision!.at,
        actor: 'person:cabinet',
        entity: 'invoice',
        entityId: id,
        event: 'paper-sent',
        from: 'NO_ACK_EXPECTED',
        to: 'CLOSED_NO_RSP',
        detail: { part: 'amo', decision: decision!.id },
      },
    ]);
    expect((await session.invoices.get(id))?.notes).toEqual([{ code: 'FAC-041', details: { date: '20/11/2026' } }]);
  });
});

it('is noted once, by a named person, and only where a sheet is owed', async () => {
  const { id } = await sent();
  await expect(rig.app.noteSheetSent(id, { by: 'Claire Dupont', reason: ' ' })).rejects.toMatchObject({ code: 'DEC-001' });
  expect(await shown()).toMatchObject({ sheet: 'owed', notes: [] });
  const twice = await Promise.allSettled([rig.app.noteSheetSent(id, SAYS), rig.app.noteSheetSent(id, SAYS)]);
  expect(twice.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  await expect(rig.app.question('sheet-sent', id)).rejects.toMatchObject({ code: 'DEC-003' });
  expect(await rig.store.read((session) => session.decisions.of(id))).toHaveLength(1);
  await expect(rig.app.noteSheetSent('unknown', SAYS)).rejects.toMatchObject({ code: 'DEC-002' });
});

it('is asked for by the words of the button that notes it', () => {
  const root = join(__dirname, '../../..');
  const errors = JSON.parse(readFileSync(join(root, 'addin/tables/errors.json'), 'utf8')) as { code: string; action: string }[];
  const button = /« (.*) »/.exec(errors.find(({ code }) => code === 'ARC-004')?.action ?? '')?.[1];
  expect(readFileSync(join(root, 'src/teletrans/window/page/lists/invoice-details.tsx'), 'utf8')).toContain(`>\n            ${button}\n`);
});
