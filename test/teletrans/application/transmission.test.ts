import { RoutingTables } from '../../../src/teletrans/domain/routing';
import type { SendOutcome } from '../../../src/teletrans/network/port';
import { answer, lotsOf } from '../../support/arl-maker';
import { independentProblems } from '../../support/independent-b2-checker';
import { sampleInvoices } from '../../support/invoices';
import { openRig, sha256, situation, type Rig } from '../../support/practice-rig';

let rig: Rig;
beforeEach(async () => {
  rig = await openRig();
});
afterEach(() => rig.close());

async function takeDay(numbers?: readonly string[]): Promise<void> {
  for (const invoice of sampleInvoices()) if (numbers?.includes(invoice.number) ?? true) await rig.app.take(invoice);
}

/** Answers every delivered file that has not been answered. */
let answered = 0;
async function answerAll(wish: Parameters<typeof answer>[2] = {}): Promise<void> {
  const { files } = await rig.app.overview();
  for (const message of rig.server.delivered.slice(answered)) {
    const { id = '' } = files.find((file) => file.sha256 === sha256(message.bytes)) ?? {};
    const stored = await rig.store.read((session) => session.files.get(id));
    if (stored === null) throw new Error('delivered, but not known');
    rig.server.post(answer(message.bytes, stored.compostage, wish));
  }
  answered = rig.server.delivered.length;
}
beforeEach(() => {
  answered = 0;
});

const statesOf = async (): Promise<Readonly<Record<string, string>>> =>
  Object.fromEntries((await rig.app.overview()).invoices.map((invoice) => [invoice.number, invoice.state]));

const failing = (outcome: SendOutcome['outcome'], phase: SendOutcome['phase'] = 'replied'): SendOutcome => ({
  outcome,
  phase,
  reply: null,
  failure: 'TRA-003',
});

describe('a day', () => {
  it('leaves for one practitioner, the other ones’ invoices stay ready', async () => {
    await takeDay();
    const report = await rig.transmit();
    expect(report.result).toBe('sent');
    expect(report.held).toEqual([]);
    const states = await statesOf();
    const mine = sampleInvoices().filter((invoice) => invoice.practitioner.billingNumber === '999000011');
    const expected = sampleInvoices().map((invoice) => {
      const own = invoice.practitioner.billingNumber === '999000011';
      return [invoice.number, own ? (invoice.securing === 'D' ? 'NO_ACK_EXPECTED' : 'SENT') : 'READY'];
    });
    expect(Object.entries(states)).toEqual(expected);
    const sent = rig.server.delivered.flatMap(({ bytes }) => lotsOf(bytes).flatMap((lot) => lot.invoices));
    expect([...sent].sort()).toEqual(mine.map((invoice) => invoice.number).sort());
  });

  it('makes files that an independent reader finds faultless', async () => {
    await takeDay();
    await rig.transmit();
    expect(rig.server.delivered.length).toBeGreaterThan(3);
    for (const { bytes } of rig.server.delivered) expect(independentProblems(bytes)).toEqual([]);
  });

  it('is acknowledged by its ARL, and what the patient paid is then closed', async () => {
    await takeDay();
    await rig.transmit();
    await answerAll();
    const report = await rig.app.collect(() => undefined);
    expect(report.arl.negative).toBe(0);
    expect(report.unmatched + report.quarantined).toBe(0);
    const overview = await rig.app.overview();
    for (const { number, state, practitioner } of overview.invoices) {
      if (practitioner !== '999000011') continue;
      const invoice = sampleInvoices().find((sample) => sample.number === number)!;
      expect(state).toBe(invoice.securing === 'D' ? 'NO_ACK_EXPECTED' : invoice.thirdParty === 'none' ? 'CLOSED_NO_RSP' : 'ACKED');
    }
    expect(rig.server.mailbox).toEqual([]);
    for (const file of overview.files) expect(file.state).toBe('ACKED');
  });

  it('answers nothing when nothing is ready, and asks for no code', async () => {
    const report = await rig.app.transmit({ practitioner: null, situation: null }, () => undefined);
    expect(report.result).toBe('nothing');
  });

  it('asks for the card when something is ready and none is opened', async () => {
    await takeDay();
    const report = await rig.app.transmit({ practitioner: null, situation: null }, () => undefined);
    expect(report).toMatchObject({ result: 'needs-card', files: [], reason: { code: 'HOT-007' } });
    expect(Object.values(await statesOf())).toEqual(sampleInvoices().map(() => 'READY'));
  });

  it('sends only the chosen situation d’exercice', async () => {
    await takeDay();
    await rig.app.openCard(Buffer.from('1234'), false);
    const report = await rig.app.transmit({ practitioner: '999000011', situation: '2' }, () => undefined);
    const sent = report.files.flatMap((file) => file.lots.flatMap((lot) => lot.invoices));
    const wanted = sampleInvoices().filter(
      ({ practitioner }) => practitioner.billingNumber === '999000011' && practitioner.situation === '2',
    );
    expect([...sent].sort()).toEqual(wanted.map((invoice) => invoice.number).sort());
  });

  it('never presents a code to a card that cannot be the practitioner’s', async () => {
    const code = Buffer.from('1234');
    await expect(rig.app.openCard(code, false, '999000029')).rejects.toMatchObject({ code: 'CPS-010' });
    expect(rig.reader.tries).toBe(3);
    expect([...code]).toEqual([0, 0, 0, 0]);
  });

  it('asks the card itself when its holder is not known to the practice: a locum, say', async () => {
    rig.reader.rpps = '10000000009';
    await expect(rig.app.openCard(Buffer.from('1234'), false, '999000029')).resolves.toMatchObject({ holderName: 'DUPONT CLAIRE' });
    await takeDay(['000000109']);
    const report = await rig.app.transmit({ practitioner: '999000029', situation: null }, () => undefined);
    expect(report).toMatchObject({ result: 'needs-card', reason: { code: 'CPS-010' } });
    expect(rig.reader.tries).toBe(3);
  });

  it('wipes the code, right or wrong', async () => {
    const wrong = Buffer.from('9999');
    await expect(rig.app.openCard(wrong, false)).rejects.toMatchObject({ code: 'CPS-003' });
    expect([...wrong]).toEqual([0, 0, 0, 0]);
    const right = Buffer.from('1234');
    await rig.app.openCard(right, false);
    expect([...right]).toEqual([0, 0, 0, 0]);
  });

  it('says which invoices the card should seal and cannot', async () => {
    await takeDay(['000000101', '000000108']);
    rig.reader.situations = [situation('1', '999000011')];
    const asked = { practitioner: '999000011', situation: null };
    // Nobody knows what a card may seal before it is open; then what stays is told before anything is done.
    expect(await rig.app.preflight(asked)).toMatchObject({ invoices: 2, unsealable: [] });
    await rig.app.openCard(Buffer.from('1234'), false);
    expect(await rig.app.preflight(asked)).toMatchObject({ invoices: 1, unsealable: [{ invoices: 1, reason: { code: 'CPS-014' } }] });
    const report = await rig.transmit();
    expect(report.result).toBe('partial');
    expect(report.held).toEqual([{ number: '000000108', code: 'CPS-014', message: 'CPS-014' }]);
    expect(await statesOf()).toEqual({ '000000101': 'SENT', '000000108': 'READY' });
  });

  it('lets a locum seal with the locum’s own card, and nobody else', async () => {
    const [first] = sampleInvoices();
    await rig.app.take({ ...first!, practitioner: { ...first!.practitioner, replacement: '999000029' } });
    expect((await rig.transmit()).result).toBe('nothing');
    rig.reader.situations = [situation('1', '999000029')];
    rig.reader.rpps = '99900000029';
    expect((await rig.transmit('999000029')).result).toBe('sent');
    expect(rig.server.delivered).toHaveLength(1);
    expect(independentProblems(rig.server.delivered[0]!.bytes)).toEqual([]);
  });
});

describe('holding back', () => {
  it('lets a held invoice leave once the routing table knows its payer', async () => {
    const unknown = sampleInvoices('invalides.ndjson')[11]!;
    await rig.app.take(unknown);
    expect((await rig.transmit()).result).toBe('nothing');
    await rig.close();
    const routes = RoutingTables.parse(
      'valid_from\tregime\tfund\tcentre\trecipient_type\tbody\tdata_centre\troute\tmailbox\tlabel\n2026-01-01\t10\t*\t*\tCE\t123\t123\tdirect\ta@b.test.invalid\tCAISSE\n',
      'amc_no\tname\tregime_pattern\tfund_pattern\tflow\troute\thost\tdomain\tmailbox\n',
    );
    rig = await openRig({ routes });
    await rig.app.take(unknown);
    expect((await rig.transmit()).result).toBe('sent');
  });
});

describe('sending', () => {
  it('keeps a file that surely did not leave, and sends the same bytes later', async () => {
    await takeDay(['000000101']);
    rig.server.answers = [failing('TEMP_FAILED')];
    expect((await rig.transmit()).result).toBe('incident');
    const [file] = (await rig.app.overview()).files;
    expect(file).toMatchObject({ state: 'TEMP_FAILED', attempts: 1 });
    expect(file!.nextTryAt).toBe('2026-11-20T17:35:00.000Z');
    const again = await rig.app.transmit({ practitioner: null, situation: null }, () => undefined);
    expect(again.result).toBe('sent');
    expect(again.files[0]).toMatchObject({ id: file!.id, sha256: file!.sha256, messageId: file!.messageId, attempts: 2 });
    expect(rig.server.delivered).toHaveLength(1);
  });

  it('never sends again what may have arrived', async () => {
    await takeDay(['000000101']);
    rig.server.answers = [failing('UNCERTAIN', 'dot-sent')];
    expect((await rig.transmit()).result).toBe('incident');
    expect(await statesOf()).toEqual({ '000000101': 'UNCERTAIN' });
    for (let n = 0; n < 3; n++) expect((await rig.transmit()).files).toEqual([]);
    expect(rig.server.delivered).toHaveLength(1);
    await answerAll();
    await rig.app.collect(() => undefined);
    expect(await statesOf()).toEqual({ '000000101': 'ACKED' });
  });

  it('waits for a person after a definite refusal', async () => {
    await takeDay(['000000101']);
    rig.server.answers = [failing('PERM_FAILED')];
    await rig.transmit();
    expect((await rig.transmit()).files).toEqual([]);
    expect((await rig.app.overview()).files[0]!.state).toBe('PERM_FAILED');
    expect((await rig.app.overview()).advice.map((advice) => advice.code)).toContain('TRA-003');
  });

  it('sends the same bytes again once a person has mended the cause of a refusal', async () => {
    await takeDay(['000000101']);
    rig.server.answers = [failing('PERM_FAILED')];
    await rig.transmit();
    const [refused] = (await rig.app.overview()).files;
    await rig.app.retryFile(refused!.id);
    const report = await rig.app.transmit({ practitioner: null, situation: null }, () => undefined);
    expect(report.files).toMatchObject([{ id: refused!.id, sha256: refused!.sha256, messageId: refused!.messageId, state: 'HANDED_OVER' }]);
    await expect(rig.app.retryFile(refused!.id)).rejects.toMatchObject({ code: 'DEC-003' });
    expect(rig.server.delivered).toHaveLength(1);
  });

  it('sends what it can when one file fails', async () => {
    await takeDay();
    rig.server.answers = [failing('TEMP_FAILED')];
    const report = await rig.transmit();
    expect(report.result).toBe('partial');
    expect(report.files.filter((file) => file.state === 'HANDED_OVER')).toHaveLength(report.files.length - 1);
  });
});

describe('by itself', () => {
  it('tries a failed file again when its waiting time is over, the same bytes, and not before', async () => {
    await takeDay(['000000101']);
    rig.server.answers = [failing('TEMP_FAILED'), failing('TEMP_FAILED')];
    await rig.transmit();
    rig.setNow('2026-11-20T18:34:59+01:00');
    await rig.app.sendDue();
    expect((await rig.app.overview()).files[0]!.attempts).toBe(1);
    rig.setNow('2026-11-20T18:35:00+01:00');
    await rig.app.sendDue();
    expect((await rig.app.overview()).files[0]).toMatchObject({ attempts: 2, state: 'TEMP_FAILED', nextTryAt: '2026-11-20T17:45:00.000Z' });
    rig.setNow('2026-11-20T18:45:01+01:00');
    await rig.app.sendDue();
    expect((await rig.app.overview()).files[0]).toMatchObject({ attempts: 3, state: 'HANDED_OVER' });
    expect(rig.server.delivered).toHaveLength(1);
  });

  it('stops at the legal date: then a person decides', async () => {
    await takeDay(['000000108']);
    rig.setNow('2026-11-25T23:58:00+01:00');
    rig.server.answers = [failing('TEMP_FAILED')];
    await rig.transmit();
    expect((await rig.app.overview()).files[0]).toMatchObject({ state: 'TEMP_FAILED', nextTryAt: null });
    rig.setNow('2026-11-26T12:00:00+01:00');
    await rig.app.sendDue();
    expect(rig.server.delivered).toHaveLength(0);
    expect((await rig.app.transmit({ practitioner: null, situation: null }, () => undefined)).result).toBe('sent');
  });

  it('never seals anything: what needs the card waits for it', async () => {
    await takeDay(['000000101']);
    await rig.app.sendDue();
    expect(await statesOf()).toEqual({ '000000101': 'READY' });
  });
});

describe('the pause between two messages', () => {
  it('is kept with no attempt open', async () => {
    await rig.close();
    rig = await openRig({ pauseMs: 150 });
    await takeDay(['000000101', '000000102']);
    const started = performance.now();
    const sending = rig.transmit();
    while (rig.server.delivered.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    await new Promise((resolve) => setTimeout(resolve, 60));
    expect(rig.server.delivered).toHaveLength(1);
    expect(await rig.store.read((session) => session.attempts.open())).toEqual([]);
    await sending;
    expect(rig.server.delivered).toHaveLength(2);
    expect(performance.now() - started).toBeGreaterThanOrEqual(149);
  });
});

describe('a card pulled out while sealing', () => {
  it('leaves what is sealed, keeps the rest numbered, and seals it the next time under the same number', async () => {
    await takeDay();
    rig.reader.pullAfter = 2;
    const first = await rig.transmit();
    expect(first).toMatchObject({ result: 'partial', reason: { code: 'LEC-004' } });
    const numbered = (await rig.app.overview()).lots.filter((lot) => lot.state === 'NUMBERED');
    expect(numbered.length).toBeGreaterThan(0);
    rig.reader.pullAfter = null;
    expect((await rig.transmit()).result).toBe('sent');
    const after = (await rig.app.overview()).lots;
    for (const lot of numbered)
      expect(after.find(({ id }) => id === lot.id)).toMatchObject({ number: lot.number, invoices: lot.invoices, state: 'SENT' });
    const sent = rig.server.delivered.flatMap(({ bytes }) => lotsOf(bytes).flatMap((lot) => lot.invoices));
    expect(new Set(sent).size).toBe(sent.length);
  });
});

describe('returns', () => {
  it('refuse the named invoice and free the others for a new lot', async () => {
    await takeDay(['000000108', '000000112']);
    await rig.transmit();
    await answerAll({ invoices: { '000000108': 'I004' } });
    const report = await rig.app.collect(() => undefined);
    expect(report.arl).toEqual({ positive: 0, negative: 1 });
    expect(await statesOf()).toEqual({ '000000108': 'TO_CORRECT', '000000112': 'READY' });
    const [lot] = (await rig.app.overview()).lots;
    expect(lot).toMatchObject({ state: 'ABANDONED', ack: { code: 'L008' } });
    const again = await rig.transmit();
    expect(again.files[0]!.lots).toEqual([{ number: '002', invoices: ['000000112'] }]);
    const [, corrected] = [sampleInvoices()[0], sampleInvoices().find((invoice) => invoice.number === '000000108')!];
    await rig.app.take({ ...corrected, id: 'corrected', number: '000000998', linkedTo: '000000108' });
    expect((await statesOf())['000000108']).toBe('RECYCLED');
  });

  it('never let an invoice the insurer has already be sent again', async () => {
    await takeDay(['000000108']);
    await rig.transmit();
    await answerAll({ invoices: { '000000108': 'I002' } });
    await rig.app.collect(() => undefined);
    expect(await statesOf()).toEqual({ '000000108': 'NACKED' });
    expect((await rig.transmit()).files).toEqual([]);
  });

  it('keep a refused lot for a person, who may release it into a new lot', async () => {
    await takeDay(['000000108']);
    await rig.transmit();
    await answerAll({ lots: { '001': 'L004' } });
    await rig.app.collect(() => undefined);
    const overview = await rig.app.overview();
    expect(overview.lots[0]).toMatchObject({ state: 'NACKED', releasable: true });
    expect((await rig.transmit()).files).toEqual([]);
    await rig.app.releaseLot(overview.lots[0]!.id);
    const again = await rig.transmit();
    expect(again.files[0]!.lots).toEqual([{ number: '002', invoices: ['000000108'] }]);
    await expect(rig.app.releaseLot(overview.lots[0]!.id)).rejects.toMatchObject({ code: 'DEC-003' });
  });

  it('refuse every lot of a refused file', async () => {
    await takeDay(['000000108', '000000112']);
    await rig.transmit();
    await answerAll({ file: 'F002' });
    await rig.app.collect(() => undefined);
    const { files, lots, advice } = await rig.app.overview();
    expect(files[0]!.state).toBe('REJECTED');
    for (const lot of lots) expect(lot).toMatchObject({ state: 'NACKED', ack: { code: 'F002' } });
    expect(advice.map(({ code }) => code)).toContain('RET-004');
  });

  it('change nothing when the payer asks to wait', async () => {
    await takeDay(['000000108']);
    await rig.transmit();
    await answerAll({ lots: { '001': 'W001' } });
    await rig.app.collect(() => undefined);
    expect(await statesOf()).toEqual({ '000000108': 'SENT' });
    expect((await rig.app.overview()).lots[0]!.ack).toMatchObject({ code: 'W001' });
  });

  it('apply the same ARL once, however often it comes', async () => {
    await takeDay(['000000108']);
    await rig.transmit();
    await answerAll();
    rig.server.post(rig.server.mailbox[0]!.bytes);
    rig.server.post(rig.server.mailbox[0]!.bytes);
    expect((await rig.app.collect(() => undefined)).arl).toEqual({ positive: 1, negative: 0 });
    expect((await rig.app.collect(() => undefined)).arl).toEqual({ positive: 0, negative: 0 });
    expect(await statesOf()).toEqual({ '000000108': 'CLOSED_NO_RSP' });
  });

  it('show a contradiction and change nothing', async () => {
    await takeDay(['000000101']);
    await rig.transmit();
    await answerAll();
    await rig.app.collect(() => undefined);
    answered = 0;
    await answerAll({ lots: { '001': 'L004' }, arlFileId: '000002' });
    expect(await rig.app.collect(() => undefined)).toMatchObject({ arl: { negative: 0 }, unmatched: 1 });
    expect(await statesOf()).toEqual({ '000000101': 'ACKED' });
    expect((await rig.app.overview()).advice.map(({ code }) => code)).toContain('RET-007');
  });

  it.each([
    ['another compostage and another file', { compostage: '2026112018000000000', change: { ackedFileId: '999999' } }],
    ['the compostage of a file that says another identity', { change: { ackedFileDate: '2026-11-01' } }],
    ['another sender', { change: { senderNumber: '00000999000029' } }],
  ])('leave unmatched an ARL with %s', async (_what, { compostage, change }: { compostage?: string; change: object }) => {
    await takeDay(['000000108']);
    await rig.transmit();
    const [sent] = (await rig.app.overview()).files;
    const file = await rig.store.read((session) => session.files.get(sent!.id));
    const results = compostage === undefined ? {} : { lots: {} };
    const arl = answer(rig.server.delivered[0]!.bytes, compostage ?? file!.compostage, { ...results, change });
    rig.server.post(arl);
    const report = await rig.app.collect(() => undefined);
    // Without compostage and identity, the lots it names still tell the file: that is a match by the last rule.
    expect(report.unmatched).toBe(compostage === undefined ? 1 : 0);
    expect((await statesOf())['000000108']).toBe(compostage === undefined ? 'SENT' : 'CLOSED_NO_RSP');
  });

  it('stop a file the insurer has answered although it never left', async () => {
    await takeDay(['000000101']);
    rig.server.answers = [failing('TEMP_FAILED', 'dot-sent')];
    await rig.transmit();
    await answerAll();
    const report = await rig.transmit();
    expect(report.returns.unmatched).toBe(1);
    expect(report.files).toEqual([]);
    expect(rig.server.delivered).toHaveLength(1);
  });

  it('put aside what they cannot read, and leave it in the mailbox', async () => {
    rig.server.post(Buffer.from('a letter to the dentist'));
    expect(await rig.app.collect(() => undefined)).toMatchObject({ quarantined: 1 });
    expect(await rig.app.collect(() => undefined)).toMatchObject({ quarantined: 0 });
    expect(rig.server.mailbox).toHaveLength(1);
    expect((await rig.app.overview()).returns).toEqual({ unmatched: 0, quarantined: 1 });
  });

  it('put a damaged ARL aside and change nothing', async () => {
    await takeDay(['000000108']);
    await rig.transmit();
    await answerAll();
    const mail = rig.server.mailbox[0]!;
    rig.server.mailbox[0] = { ...mail, bytes: mail.bytes.subarray(0, -128) };
    expect(await rig.app.collect(() => undefined)).toMatchObject({ quarantined: 1, arl: { positive: 0 } });
    expect(await statesOf()).toEqual({ '000000108': 'SENT' });
  });

  it('show a missing ARL after two working days, and take it when it comes late', async () => {
    await takeDay(['000000101', '000000115']);
    await rig.transmit();
    rig.setNow('2026-11-24T18:00:00+01:00');
    await rig.app.collect(() => undefined);
    expect(await statesOf()).toEqual({ '000000101': 'SENT', '000000115': 'NO_ACK_EXPECTED' });
    rig.setNow('2026-11-25T08:00:00+01:00');
    await rig.app.collect(() => undefined);
    expect(await statesOf()).toEqual({ '000000101': 'ACK_OVERDUE', '000000115': 'NO_ACK_EXPECTED' });
    await answerAll();
    await rig.app.collect(() => undefined);
    expect(await statesOf()).toEqual({ '000000101': 'ACKED', '000000115': 'NO_ACK_EXPECTED' });
  });
});

describe('the legal clock', () => {
  it('shows the last day and says when it has passed', async () => {
    await takeDay(['000000101', '000000108']);
    const deadline = async (): Promise<unknown> => (await rig.app.overview()).invoices.map(({ deadline: day, late }) => [day, late]);
    // 2026-11-20 is a Friday: 8 working days with third party, 3 when the patient paid.
    expect(await deadline()).toEqual([
      ['2026-12-02', false],
      ['2026-11-25', false],
    ]);
    rig.setNow('2026-11-25T12:00:00+01:00');
    expect((await rig.app.overview()).counts).toMatchObject({ dueToday: 1, late: 0 });
    rig.setNow('2026-11-26T00:30:00+01:00');
    expect(await deadline()).toEqual([
      ['2026-12-02', false],
      ['2026-11-25', true],
    ]);
    expect((await rig.app.overview()).advice[0]).toMatchObject({ code: 'FAC-022' });
    await rig.transmit();
    expect((await rig.app.overview()).counts).toMatchObject({ late: 0 });
  });
});

describe('the counts of the badge', () => {
  it('are those of the day, but for what is settled', async () => {
    await takeDay();
    for (const invoice of sampleInvoices('invalides.ndjson')) await rig.app.take(invoice).catch(() => undefined);
    const agree = async (): Promise<void> => {
      const { acked, ...pending } = (await rig.app.overview()).counts;
      expect(await rig.app.pendingCounts()).toMatchObject(pending);
      expect(acked).toBeGreaterThanOrEqual(0);
    };
    await agree();
    rig.server.answers = [failing('UNCERTAIN', 'dot-sent')];
    await rig.transmit();
    await agree();
    await answerAll({ lots: { '002': 'L004' } });
    await rig.app.collect(() => undefined);
    await agree();
    expect((await rig.app.overview()).counts).toMatchObject({ ready: 8, held: 2 });
  });
});

describe('after a death', () => {
  it('shows no attempt as under way: the next opening says in doubt', async () => {
    await rig.close();
    rig = await openRig({
      sender: {
        send: () => {
          throw new Error('the process dies here');
        },
      },
    });
    await takeDay(['000000101']);
    await expect(rig.transmit()).rejects.toThrow();
    expect((await rig.app.overview()).files[0]!.state).toBe('ATTEMPT');
    await rig.app.recover();
    expect((await rig.app.overview()).files[0]!.state).toBe('UNCERTAIN');
    expect(await statesOf()).toEqual({ '000000101': 'UNCERTAIN' });
  });
});

describe('lot numbers', () => {
  it('all in use: nothing new is numbered, what was sealed leaves, and the person is told', async () => {
    await takeDay(['000000101']);
    rig.server.answers = [failing('TEMP_FAILED')];
    await rig.transmit();
    await takeDay(['000000108']);
    await rig.store.transaction(async (session) => {
      const [lot] = await session.lots.list();
      for (let n = 2; n <= 999; n++)
        await session.lots.insert({
          ...lot!,
          id: `lot-${n}`,
          number: String(n).padStart(3, '0'),
          state: 'SEALED',
          fileId: null,
          invoiceIds: [],
        });
      for (let n = 2; n <= 999; n++) await session.lots.update(`lot-${n}`, { state: 'CANCELLED' });
    });
    const report = await rig.transmit();
    expect(report.reason).toMatchObject({ code: 'LOT-004' });
    expect(report.files.map((file) => file.state)).toEqual(['HANDED_OVER']);
    expect(report.result).toBe('partial');
  });
});
