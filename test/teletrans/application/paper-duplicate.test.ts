/** The way of paper: a lot whose electronic sending is given up goes on paper, whole, and never by mail again; so does an invoice that can leave no more. */
import { glanceOf } from '../../../src/teletrans/application/glance';
import type { SendOutcome } from '../../../src/teletrans/network/port';
import { whyKept } from '../../../src/teletrans/archive/settled';
import { headline } from '../../../src/teletrans/window/view-model/summary';
import { answer, lotsOf } from '../../support/arl-maker';
import { sampleInvoices } from '../../support/invoices';
import { openRig, type Rig } from '../../support/practice-rig';

const CUT: SendOutcome = { outcome: 'UNCERTAIN', phase: 'dot-sent', reply: null, failure: 'TRA-007' };
const SAYS = { by: 'Claire Dupont', reason: 'la caisse dit n’avoir rien reçu' };
/** Long after the legal date of the sample invoices. */
const LATE = '2026-12-14T10:00:00+01:00';
const byNumber = (number: string): (typeof SAMPLES)[number] => SAMPLES.find((invoice) => invoice.number === number)!;
const SAMPLES = sampleInvoices();

let rig: Rig;
beforeEach(async () => {
  rig = await openRig();
});
afterEach(() => rig.close());

async function sent(outcome: SendOutcome | null, ...numbers: readonly string[]): Promise<void> {
  for (const number of numbers) await rig.app.take(byNumber(number));
  if (outcome !== null) rig.server.answers = [outcome];
  await rig.transmit();
}
const seen = async (): Promise<Awaited<ReturnType<Rig['app']['overview']>>> => rig.app.overview();
const lotId = async (): Promise<string> => (await seen()).lots[0]!.id;
const compostage = async (): Promise<string> => (await rig.store.read((session) => session.files.list()))[0]!.compostage;

it('is closed to a lot in doubt before its legal date, and open after it', async () => {
  await sent(CUT, '000000101');
  const id = await lotId();
  expect((await rig.app.question('paper-duplicate', id)).refused?.code).toBe('TRA-039');
  await expect(rig.app.declareOnPaper(id, SAYS)).rejects.toMatchObject({ code: 'TRA-039' });
  expect((await seen()).invoices[0]!.state).toBe('UNCERTAIN');
  rig.setNow(LATE);
  expect((await rig.app.question('paper-duplicate', id)).refused).toBeNull();
  await rig.app.declareOnPaper(id, SAYS);
  expect((await seen()).lots[0]!.state).toBe('ABANDONED');
  expect((await seen()).invoices[0]).toMatchObject({ state: 'PAPER_DUPLICATE', sheet: 'owed', notes: [{ code: 'FAC-042' }] });
  expect(headline(glanceOf(await seen())).detail).toMatch(/1.feuille papier à envoyer/);
});

it('never sends the bytes again, by a person or by itself, and makes no new lot of the invoices', async () => {
  await sent(CUT, '000000101');
  rig.setNow(LATE);
  await rig.app.declareOnPaper(await lotId(), SAYS);
  const [file] = (await seen()).files;
  expect((await rig.app.question('resend', file!.id)).refused?.code).toBe('TRA-040');
  await expect(rig.app.resendFile(file!.id, SAYS)).rejects.toMatchObject({ code: 'TRA-040' });
  await rig.app.sendDue();
  await rig.transmit();
  expect(rig.server.delivered).toHaveLength(1);
  expect((await seen()).lots).toHaveLength(1);
});

it('takes what the mailbox holds first: an ARL that has come decides', async () => {
  await sent(CUT, '000000101');
  rig.setNow(LATE);
  rig.server.post(answer(rig.server.delivered[0]!.bytes, await compostage()));
  await expect(rig.app.declareOnPaper(await lotId(), SAYS)).rejects.toMatchObject({ code: 'DEC-003' });
  expect((await seen()).lots[0]!.state).toBe('ACKED');
});

it('says that the payer has it twice when a positive ARL comes after all', async () => {
  await sent(CUT, '000000101');
  rig.setNow(LATE);
  await rig.app.declareOnPaper(await lotId(), SAYS);
  rig.server.post(answer(rig.server.delivered[0]!.bytes, await compostage()));
  await rig.app.collect(() => undefined);
  const [invoice] = (await seen()).invoices;
  expect(invoice!.state).toBe('PAPER_DUPLICATE');
  expect(invoice!.notes.map(({ code }) => code)).toEqual(['FAC-042', 'FAC-043']);
});

it('takes a refused lot whole, and what its invoices say stays with them', async () => {
  await sent(null, '000000101');
  const [lot] = lotsOf(rig.server.delivered[0]!.bytes);
  rig.server.post(answer(rig.server.delivered[0]!.bytes, await compostage(), { lots: { [lot!.number]: 'L002' } }));
  await rig.app.collect(() => undefined);
  expect((await seen()).lots[0]!.state).toBe('NACKED');
  const id = await lotId();
  const { lines } = await rig.app.question('paper-duplicate', id);
  expect(lines.join(' ')).toMatch(/refusé.*000000101/);
  await rig.app.declareOnPaper(id, SAYS);
  await rig.store.read(async (session) => {
    expect(await session.decisions.of(id)).toMatchObject([{ kind: 'paper-duplicate', ...SAYS, stated: lines }]);
    expect((await session.journal.of('lot', id)).at(-1)).toMatchObject({ event: 'paper-duplicate', from: 'NACKED', to: 'ABANDONED' });
  });
  // Once: it is no lot to decide about any more, and cannot be released either.
  await expect(rig.app.declareOnPaper(id, SAYS)).rejects.toMatchObject({ code: 'DEC-003' });
  await expect(rig.app.releaseLot(id)).rejects.toMatchObject({ code: 'DEC-003' });
});

it('asks for the sheet until it is noted sent; then waits for the payment', async () => {
  await sent(CUT, '000000101');
  rig.setNow(LATE);
  await rig.app.declareOnPaper(await lotId(), SAYS);
  const { id } = (await seen()).invoices[0]!;
  const kept = (): Promise<string | null> =>
    rig.store.read(async (session) => {
      const invoice = (await session.invoices.get(id))!;
      return whyKept({ invoice, lot: await session.lots.get(invoice.lotId!), openReturn: false }, 100, '2027-12-01')?.code ?? null;
    });
  expect(await kept()).toBe('ARC-005');
  await rig.app.noteSheetSent(id, SAYS);
  const [after] = (await seen()).invoices;
  expect(headline(glanceOf(await seen())).detail).not.toContain('feuille');
  if (after!.sheet === 'sent') expect([after!.state, await kept()]).toEqual(['PAPER_DUPLICATE', 'ARC-006']);
  else expect([after!.state, await kept()]).toEqual(['CLOSED_BY_PERSON', null]);
});

it.each([
  ['no such lot', 'rien', 'DEC-002'],
  ['no name', null, 'DEC-001'],
])('asks for what it needs: %s', async (_what, id, code) => {
  await sent(CUT, '000000101');
  rig.setNow(LATE);
  await expect(rig.app.declareOnPaper(id ?? (await lotId()), id === null ? { by: ' ', reason: 'x' } : SAYS)).rejects.toMatchObject({
    code,
  });
});

describe('an invoice that can leave no more', () => {
  /** More than 90 days after the sample invoices. */
  const TOO_LATE = '2027-03-01T10:00:00+01:00';

  const heldForItsAge = async (): Promise<string> => {
    await rig.app.take(byNumber('000000101'));
    rig.setNow(TOO_LATE);
    await rig.transmit();
    const [invoice] = (await seen()).invoices;
    expect(invoice).toMatchObject({ state: 'HELD', late: true, held: { code: 'FAC-025' } });
    return invoice!.id;
  };

  it('goes on paper by decision: it is late no more, asks for its sheet, and never leaves by mail', async () => {
    const id = await heldForItsAge();
    const { lines, refused } = await rig.app.question('paper-invoice', id);
    expect(refused).toBeNull();
    expect(lines.join(' ')).toMatch(/000000101 est retenue et n’est jamais partie/);
    await rig.app.declareInvoiceOnPaper(id, SAYS);
    const after = await seen();
    expect(after.invoices[0]).toMatchObject({
      state: 'PAPER_DUPLICATE',
      late: false,
      held: null,
      sheet: 'owed',
      notes: [{ code: 'FAC-042' }],
    });
    expect(after.counts).toMatchObject({ late: 0, held: 0 });
    expect(await rig.app.heldInvoices()).toEqual([]);
    await rig.transmit();
    expect(rig.server.delivered).toEqual([]);
    await rig.store.read(async (session) => {
      expect(await session.decisions.of(id)).toMatchObject([{ kind: 'paper-invoice', ...SAYS, stated: lines }]);
      expect((await session.journal.of('invoice', id)).at(-1)).toMatchObject({
        event: 'paper-duplicate',
        from: 'HELD',
        to: 'PAPER_DUPLICATE',
      });
    });
    await rig.app.noteSheetSent(id, SAYS);
    expect((await seen()).invoices[0]!.sheet).not.toBe('owed');
  });

  it('is asked about once, by name, and never in place of one that may still leave', async () => {
    const id = await heldForItsAge();
    await expect(rig.app.declareInvoiceOnPaper(id, { by: 'Claire Dupont', reason: ' ' })).rejects.toMatchObject({ code: 'DEC-001' });
    const twice = await Promise.allSettled([rig.app.declareInvoiceOnPaper(id, SAYS), rig.app.declareInvoiceOnPaper(id, SAYS)]);
    expect(twice.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(await rig.store.read((session) => session.decisions.of(id))).toHaveLength(1);
    await expect(rig.app.declareInvoiceOnPaper('unknown', SAYS)).rejects.toMatchObject({ code: 'DEC-002' });
  });

  it('is not one that waits to be sent', async () => {
    await rig.app.take(byNumber('000000101'));
    const { id } = (await seen()).invoices[0]!;
    await expect(rig.app.question('paper-invoice', id)).rejects.toMatchObject({ code: 'DEC-003' });
    await expect(rig.app.declareInvoiceOnPaper(id, SAYS)).rejects.toMatchObject({ code: 'DEC-003' });
  });
});
