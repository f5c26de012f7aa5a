/** "Ne renvoyez pas": sending stops when failures look systemic, lasts, and goes on by decision or by evidence. */
import type { SendOutcome } from '../../../src/teletrans/network/port';
import { answer, lotsOf, type ArlWish } from '../../support/arl-maker';
import { sampleInvoices } from '../../support/invoices';
import { openRig, sha256, type Rig } from '../../support/practice-rig';

const REFUSED: SendOutcome = { outcome: 'PERM_FAILED', phase: 'envelope', reply: '550 non', failure: 'TRA-004' };
const SAYS = { by: 'Claire Dupont', reason: 'la caisse confirme que tout fonctionne' };
const MINE = sampleInvoices().filter(({ practitioner, securing }) => practitioner.billingNumber === '999000011' && securing !== 'D');

let rig: Rig;
beforeEach(async () => {
  rig = await openRig();
});
afterEach(() => rig.close());

async function take(count = MINE.length): Promise<void> {
  for (const invoice of MINE.slice(0, count)) await rig.app.take(invoice);
}

/** A new invoice for the payer of the first one, as many as wanted. */
async function takeFresh(number: string): Promise<void> {
  const [model] = MINE;
  await rig.app.take({ ...model!, id: `neuve-${number}`, number });
}

async function answerAll(wish: ArlWish, arlFileId = '000001'): Promise<void> {
  const { files } = await rig.app.overview();
  for (const { bytes } of rig.server.delivered) {
    const { id = '' } = files.find((file) => file.sha256 === sha256(bytes)) ?? {};
    const stored = await rig.store.read((session) => session.files.get(id));
    rig.server.post(answer(bytes, stored!.compostage, { ...wish, arlFileId }));
  }
}

const stopCodes = async (): Promise<readonly string[]> => (await rig.app.overview()).stops.map(({ code }) => code);
const transmit = (): ReturnType<Rig['app']['transmit']> => rig.app.transmit({ practitioner: null, situation: null }, () => undefined);

/** Every payer's file is refused by the mail system: two are enough. */
async function stopped(): Promise<string> {
  await take();
  rig.server.answers = [REFUSED, REFUSED];
  const report = await rig.transmit();
  expect(report).toMatchObject({ result: 'incident', reason: { code: 'TRA-034' } });
  return (await rig.app.overview()).stops[0]!.id;
}

describe('when two payers refuse alike', () => {
  it('nothing more leaves, what is sealed waits, and everybody is told', async () => {
    await stopped();
    const { files, stops } = await rig.app.overview();
    expect(rig.server.delivered).toEqual([]);
    expect(files.filter(({ state }) => state === 'PERM_FAILED')).toHaveLength(2);
    expect(files.filter(({ state }) => state === 'FROZEN').length).toBeGreaterThan(0);
    expect(stops).toMatchObject([{ code: 'TRA-034', decisions: ['release-brake'] }]);
    expect((await rig.app.pendingCounts()).stopped).toMatchObject({ code: 'TRA-034' });
    expect(await transmit()).toMatchObject({ result: 'incident', files: [], reason: { code: 'TRA-034' } });
  });

  it('it lasts after the window has passed and after the program was started again', async () => {
    await stopped();
    rig.setNow('2026-11-25T12:00:00+01:00');
    await rig.app.collect(() => undefined);
    expect(await stopCodes()).toEqual(['TRA-034']);
    const again = await openRig({ folder: rig.folder, server: rig.server });
    expect((await again.app.overview()).stops).toHaveLength(1);
    await again.close();
  });

  it('no refused file can be taken up again, and the returns go on being fetched', async () => {
    await stopped();
    const refused = (await rig.app.overview()).files.find(({ state }) => state === 'PERM_FAILED');
    await expect(rig.app.retryFile(refused!.id)).rejects.toMatchObject({ code: 'TRA-034' });
    await expect(rig.app.collect(() => undefined)).resolves.toMatchObject({ unmatched: 0 });
  });

  it('a person’s decision lets it go on, kept with who, when and what was said; what was refused waits for its own', async () => {
    const id = await stopped();
    expect((await rig.app.question('release-brake', id)).lines.length).toBeGreaterThan(3);
    await expect(rig.app.releaseBrake(id, { by: '', reason: '' })).rejects.toMatchObject({ code: 'DEC-001' });
    rig.setNow('2026-11-20T18:40:00+01:00');
    await rig.app.releaseBrake(id, SAYS);
    expect(await rig.store.read((session) => session.decisions.of(id))).toMatchObject([{ kind: 'release-brake', ...SAYS }]);
    const report = await transmit();
    expect(report.files.length).toBeGreaterThan(0);
    expect(report.files.every(({ state }) => state === 'HANDED_OVER')).toBe(true);
    // The two refusals of before do not count again.
    expect(await stopCodes()).toEqual([]);
    await expect(rig.app.releaseBrake(id, SAYS)).rejects.toMatchObject({ code: 'DEC-003' });
  });

  it('one file leaves by itself after four hours, to see; it is taken, and the rest follows', async () => {
    await stopped();
    rig.setNow('2026-11-20T22:29:00+01:00');
    await rig.app.sendDue();
    expect(rig.server.delivered).toEqual([]);
    rig.setNow('2026-11-20T22:31:00+01:00');
    await rig.app.sendDue();
    expect(await stopCodes()).toEqual([]);
    await rig.app.sendDue();
    const { files } = await rig.app.overview();
    expect(files.map(({ state }) => state).sort()).toEqual(
      files.map((_, rank) => (rank < files.length - 2 ? 'HANDED_OVER' : 'PERM_FAILED')).sort(),
    );
  });

  it('a file sent to see that is refused too waits, and so does the rest', async () => {
    await stopped();
    const frozen = (await rig.app.overview()).files.filter(({ state }) => state === 'FROZEN').length;
    rig.server.answers = [REFUSED];
    rig.setNow('2026-11-20T22:31:00+01:00');
    await rig.app.sendDue();
    await rig.app.sendDue();
    rig.setNow('2026-11-21T01:00:00+01:00');
    await rig.app.sendDue();
    expect(rig.server.delivered).toEqual([]);
    expect(await stopCodes()).toEqual(['TRA-034']);
    expect((await rig.app.overview()).files.filter(({ state }) => state === 'FROZEN')).toHaveLength(frozen - 1);
  });
});

describe('when payers refuse lots alike', () => {
  it('sending stops, and a yes to what was sent before does not start it again', async () => {
    await take();
    await rig.transmit();
    rig.setNow('2026-11-20T19:00:00+01:00');
    await answerAll({ file: 'F008' });
    await rig.app.collect(() => undefined);
    expect(await stopCodes()).toEqual(['TRA-034']);
    rig.setNow('2026-11-20T19:30:00+01:00');
    await takeFresh('000000901');
    expect(await rig.transmit()).toMatchObject({ result: 'incident', reason: { code: 'TRA-034' } });
    const delivered = rig.server.delivered.length;
    rig.setNow('2026-11-20T23:10:00+01:00');
    await rig.app.sendDue();
    expect(rig.server.delivered).toHaveLength(delivered + 1);
    expect(await stopCodes()).toEqual(['TRA-034']);
    rig.setNow('2026-11-20T23:20:00+01:00');
    const [probe] = rig.server.delivered.slice(-1);
    const { id = '' } = (await rig.app.overview()).files.find((file) => file.sha256 === sha256(probe!.bytes)) ?? {};
    const { compostage } = (await rig.store.read((session) => session.files.get(id)))!;
    rig.server.post(answer(probe!.bytes, compostage));
    await rig.app.collect(() => undefined);
    expect(await stopCodes()).toEqual([]);
  });

  it('not when the refusals are about invoices', async () => {
    await take();
    await rig.transmit();
    const numbers = rig.server.delivered.flatMap(({ bytes }) => lotsOf(bytes).flatMap((lot) => lot.invoices.slice(0, 1)));
    await answerAll({ invoices: Object.fromEntries(numbers.map((number) => [number, 'I004'])) });
    await rig.app.collect(() => undefined);
    expect(await stopCodes()).toEqual([]);
  });
});

describe('when a payer asks not to send again', () => {
  it('it alone is stopped, at once, until it answers otherwise', async () => {
    await take(1);
    await rig.transmit();
    rig.setNow('2026-11-20T19:00:00+01:00');
    await answerAll({ lots: { '001': 'W001' } });
    await rig.app.collect(() => undefined);
    expect(await stopCodes()).toEqual(['TRA-013']);
    await takeFresh('000000901');
    for (const invoice of MINE.slice(1)) await rig.app.take(invoice);
    const report = await rig.transmit();
    expect(report).toMatchObject({ result: 'partial', reason: { code: 'TRA-013' } });
    expect((await rig.app.overview()).files.filter(({ state }) => state === 'FROZEN')).toHaveLength(1);
    // Not even one file to see, however long it lasts.
    rig.setNow('2026-11-22T19:00:00+01:00');
    await rig.app.sendDue();
    expect((await rig.app.overview()).files.filter(({ state }) => state === 'FROZEN')).toHaveLength(1);
    const [first] = rig.server.delivered;
    const { compostage } = (await rig.store.read((session) => session.files.list()))[0]!;
    rig.server.post(answer(first!.bytes, compostage, { arlFileId: '000777' }));
    await rig.app.collect(() => undefined);
    expect(await stopCodes()).toEqual([]);
  });
});

describe('when no ARL comes any more', () => {
  it('sending stops; the first ARL that arrives starts it again', async () => {
    await take();
    await rig.transmit();
    rig.setNow('2026-11-25T08:00:00+01:00');
    await rig.app.collect(() => undefined);
    expect(await stopCodes()).toEqual(['TRA-035']);
    const overdue = (await rig.app.overview()).files[0]!;
    await expect(rig.app.resendFile(overdue.id, SAYS)).rejects.toMatchObject({ code: 'TRA-035' });
    rig.setNow('2026-11-25T09:00:00+01:00');
    const { compostage } = (await rig.store.read((session) => session.files.list()))[0]!;
    rig.server.post(answer(rig.server.delivered[0]!.bytes, compostage));
    await rig.app.collect(() => undefined);
    expect(await stopCodes()).toEqual([]);
  });

  it('one payer that falls silent while others answer is stopped alone', async () => {
    await take();
    // Two more situations d'exercice make two more lots for the payer of the first invoice.
    const [model] = MINE;
    for (const [rank, situation] of ['3', '4'].entries()) {
      const number = `00000090${rank}`;
      await rig.app.take({ ...model!, id: `neuve-${number}`, number, practitioner: { ...model!.practitioner, situation } });
      rig.reader.situations = [...rig.reader.situations, { ...rig.reader.situations[0]!, number: situation }];
    }
    await rig.transmit();
    const files = await rig.store.read((session) => session.files.list());
    const silent = files.find(({ lotIds }) => lotIds.length >= 3)!.recipient;
    rig.setNow('2026-11-20T19:00:00+01:00');
    for (const { bytes } of rig.server.delivered) {
      const file = files.find((each) => each.sha256 === sha256(bytes))!;
      if (file.recipient.number !== silent.number) rig.server.post(answer(bytes, file.compostage));
    }
    rig.setNow('2026-11-25T08:00:00+01:00');
    await rig.app.collect(() => undefined);
    expect(await stopCodes()).toEqual(['TRA-036']);
  });
});
