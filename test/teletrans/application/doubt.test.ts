/** A file that may have arrived: what a person, or the profile, may do about it. */
import type { SendOutcome } from '../../../src/teletrans/network/port';
import { answer } from '../../support/arl-maker';
import { sampleInvoices } from '../../support/invoices';
import { openRig, type Rig, type RigOptions } from '../../support/practice-rig';

const CUT: SendOutcome = { outcome: 'UNCERTAIN', phase: 'dot-sent', reply: null, failure: 'TRA-007' };
const TEMPORARY: SendOutcome = { outcome: 'TEMP_FAILED', phase: 'envelope', reply: '451 plus tard', failure: 'TRA-003' };
const REFUSED: SendOutcome = { outcome: 'PERM_FAILED', phase: 'envelope', reply: '550 non', failure: 'TRA-004' };
const SAYS = { by: 'Claire Dupont', reason: 'la caisse dit n’avoir rien reçu' };

let rig: Rig;
const start = async (options: RigOptions = {}): Promise<void> => {
  rig = await openRig(options);
};
afterEach(() => rig.close());

/** One invoice sent on a Friday evening, the line cut after the final dot. */
async function doubtful(options: RigOptions = {}): Promise<string> {
  await start(options);
  await rig.app.take(sampleInvoices().find((invoice) => invoice.number === '000000101'));
  rig.server.answers = [CUT];
  await rig.transmit();
  return (await rig.app.overview()).files[0]!.id;
}

const file = async (): Promise<Awaited<ReturnType<Rig['app']['overview']>>['files'][number]> => (await rig.app.overview()).files[0]!;
const state = async (): Promise<string> => (await rig.app.overview()).invoices[0]!.state;

async function postArl(): Promise<void> {
  const { compostage } = (await rig.store.read(async (session) => session.files.list()))[0]!;
  rig.server.post(answer(rig.server.delivered[0]!.bytes, compostage));
}

describe('the journal of an attempt', () => {
  it('keeps how far the dialogue went and how it ended', async () => {
    await doubtful();
    expect((await file()).attemptList).toMatchObject([{ rank: 1, phase: 'dot-sent', outcome: 'UNCERTAIN' }]);
  });

  it('is on the disk before the connection opens, and shows the last phase noted when the process dies', async () => {
    const seen: unknown[] = [];
    await start({
      sender: {
        send: async (_message, onPhase) => {
          seen.push(...(await rig.store.read((session) => session.attempts.open())).map(({ phase }) => phase));
          onPhase?.('body');
          // The note is written behind the dialogue; the process dies once it is there.
          while ((await rig.store.read((session) => session.attempts.open()))[0]?.phase !== 'body') await new Promise(setImmediate);
          throw new Error('the process dies here');
        },
      },
    });
    await rig.app.take(sampleInvoices().find((invoice) => invoice.number === '000000101'));
    await expect(rig.transmit()).rejects.toThrow();
    expect(seen).toEqual(['started']);
    await rig.app.recover();
    expect(await file()).toMatchObject({ state: 'UNCERTAIN', attemptList: [{ phase: 'body', outcome: 'UNCERTAIN' }] });
  });
});

describe('a person', () => {
  it('may send the same bytes again once the window is over, and the decision is kept whole', async () => {
    const id = await doubtful();
    rig.setNow('2026-11-21T18:31:00+01:00');
    await rig.app.resendFile(id, SAYS);
    const [first, second] = rig.server.delivered;
    expect(second!.bytes.equals(first!.bytes)).toBe(true);
    expect(await file()).toMatchObject({ state: 'HANDED_OVER', attempts: 2 });
    expect(await state()).toBe('SENT');
    const [decision] = await rig.store.read((session) => session.decisions.of(id));
    expect(decision).toMatchObject({ kind: 'resend', entityId: id, ...SAYS, at: '2026-11-21T17:31:00.000Z' });
    expect(decision!.stated.length).toBeGreaterThan(3);
    const journal = await rig.store.read((session) => session.journal.of('file', id));
    expect(journal.find(({ event }) => event === 'resend-started')).toMatchObject({
      actor: 'person:cabinet',
      detail: { decision: decision!.id, rank: 2 },
    });
  });

  it('is told to wait while the ARL may still come', async () => {
    const id = await doubtful();
    rig.setNow('2026-11-21T18:29:00+01:00');
    expect((await rig.app.question('resend', id)).refused).toMatchObject({ code: 'TRA-032' });
    await expect(rig.app.resendFile(id, SAYS)).rejects.toMatchObject({ code: 'TRA-032', details: { date: '21/11/2026 à 18:30' } });
    expect(rig.server.delivered).toHaveLength(1);
  });

  it('is stopped by the ARL that came in between: returns are fetched first', async () => {
    const id = await doubtful();
    rig.setNow('2026-11-22T18:31:00+01:00');
    await postArl();
    await expect(rig.app.resendFile(id, SAYS)).rejects.toMatchObject({ code: 'TRA-031' });
    expect(rig.server.delivered).toHaveLength(1);
    expect(await state()).toBe('ACKED');
  });

  it('cannot send again while the returns cannot be fetched', async () => {
    const id = await doubtful();
    rig.setNow('2026-11-22T18:31:00+01:00');
    rig.server.mailboxDown = true;
    await expect(rig.app.resendFile(id, SAYS)).rejects.toMatchObject({ code: 'TRA-030' });
    expect(rig.server.delivered).toHaveLength(1);
  });

  it.each([[{ by: '  ', reason: 'x' }], [{ by: 'x', reason: '' }], [{ by: 'x'.repeat(81), reason: 'x' }]])(
    'must say who decides and why: %j is not enough',
    async (says) => {
      const id = await doubtful();
      rig.setNow('2026-11-22T18:31:00+01:00');
      await expect(rig.app.resendFile(id, says)).rejects.toMatchObject({ code: 'DEC-001' });
      expect(rig.server.delivered).toHaveLength(1);
    },
  );

  it.each([[TEMPORARY], [REFUSED], [CUT]])('leaves in doubt what was in doubt when the new attempt ends with %j', async (end) => {
    const id = await doubtful();
    rig.setNow('2026-11-22T18:31:00+01:00');
    rig.server.answers = [end];
    await rig.app.resendFile(id, SAYS);
    expect(await file()).toMatchObject({ state: 'UNCERTAIN', attempts: 2, nextTryAt: null, failure: { code: 'TRA-007' } });
    expect(await state()).toBe('UNCERTAIN');
    // A person's transmission does not take it along either.
    expect((await rig.transmit()).files).toEqual([]);
    await postArl();
    await rig.app.collect(() => undefined);
    expect(await state()).toBe('ACKED');
  });

  it('may send again a file whose ARL is missing; a failure leaves it as it was, late and handed over', async () => {
    await start();
    await rig.app.take(sampleInvoices().find((invoice) => invoice.number === '000000101'));
    await rig.transmit();
    rig.setNow('2026-11-26T08:00:00+01:00');
    await rig.app.collect(() => undefined);
    const { id, state: before } = await file();
    expect(before).toBe('OVERDUE');
    rig.server.answers = [REFUSED];
    await rig.app.resendFile(id, SAYS);
    expect(await file()).toMatchObject({ state: 'OVERDUE', failure: null });
    rig.setNow('2026-11-27T08:01:00+01:00');
    await rig.app.resendFile(id, SAYS);
    expect(await file()).toMatchObject({ state: 'HANDED_OVER', attempts: 3 });
    expect(await state()).toBe('SENT');
  });

  it('sees two ARL of one file, sent twice, applied once, late or not', async () => {
    const id = await doubtful();
    rig.setNow('2026-11-22T18:31:00+01:00');
    await rig.app.resendFile(id, SAYS);
    await postArl();
    await postArl();
    expect((await rig.app.collect(() => undefined)).arl).toEqual({ positive: 1, negative: 0 });
    expect((await rig.app.collect(() => undefined)).arl).toEqual({ positive: 0, negative: 0 });
    expect(await file()).toMatchObject({ state: 'ACKED' });
  });

  it('decides nothing about a file that is not in doubt', async () => {
    await start();
    await rig.app.take(sampleInvoices().find((invoice) => invoice.number === '000000101'));
    await rig.transmit();
    const { id } = await file();
    await expect(rig.app.question('resend', id)).rejects.toMatchObject({ code: 'DEC-003' });
    await expect(rig.app.resendFile(id, SAYS)).rejects.toMatchObject({ code: 'DEC-003' });
  });
});

describe('the profile', () => {
  it('never lets a doubt leave by itself unless it says so', async () => {
    await doubtful();
    rig.setNow('2026-11-30T18:31:00+01:00');
    await rig.app.sendDue();
    await rig.transmit();
    expect(rig.server.delivered).toHaveLength(1);
  });

  it('may let it leave again once, after the window, the returns fetched', async () => {
    await doubtful({ autoResend: true });
    rig.setNow('2026-11-21T18:00:00+01:00');
    await rig.app.sendDue();
    expect(rig.server.delivered).toHaveLength(1);
    rig.setNow('2026-11-21T18:31:00+01:00');
    rig.server.mailboxDown = true;
    await rig.app.sendDue();
    expect(rig.server.delivered).toHaveLength(1);
    rig.server.mailboxDown = false;
    rig.server.answers = [CUT];
    await rig.app.sendDue();
    expect(rig.server.delivered).toHaveLength(2);
    expect(rig.server.delivered[1]!.bytes.equals(rig.server.delivered[0]!.bytes)).toBe(true);
    rig.setNow('2026-12-01T18:31:00+01:00');
    await rig.app.sendDue();
    expect(rig.server.delivered).toHaveLength(2);
    expect(await file()).toMatchObject({ state: 'UNCERTAIN', attempts: 2 });
  });
});

describe('one file that cannot leave', () => {
  it('is kept back alone when its lot would be refused for its date', async () => {
    await start();
    await rig.app.take(sampleInvoices().find((invoice) => invoice.number === '000000101'));
    rig.server.answers = [TEMPORARY];
    await rig.transmit();
    await rig.app.take(sampleInvoices().find((invoice) => invoice.number === '000000102'));
    rig.setNow('2026-11-19T10:00:00+01:00');
    const report = await rig.transmit();
    expect(report.files.map(({ state: each }) => each)).toEqual(['TEMP_FAILED', 'HANDED_OVER']);
    expect(report.files[0]!.failure).toMatchObject({ code: 'LOT-007' });
    expect(report.files[0]!.attempts).toBe(1);
    rig.setNow('2027-02-20T10:00:00+01:00');
    await rig.transmit();
    expect((await file()).failure).toMatchObject({ code: 'LOT-006' });
    expect(rig.server.delivered).toHaveLength(1);
  });

  it('is tried again by itself when the clock was set back: a waiting time of the future does not hold it', async () => {
    await start();
    await rig.app.take(sampleInvoices().find((invoice) => invoice.number === '000000101'));
    rig.server.answers = [TEMPORARY];
    await rig.transmit();
    rig.setNow('2026-11-20T12:00:00+01:00');
    await rig.app.sendDue();
    expect(await file()).toMatchObject({ state: 'HANDED_OVER', attempts: 2 });
  });
});
