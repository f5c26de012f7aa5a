/** A corrected invoice and the one it replaces (decision 0061): never both on their way. */
import type { Invoice } from '../../../src/teletrans/domain/invoice';
import type { HeldReason } from '../../../src/teletrans/store/port';
import { Recycling } from '../../../src/teletrans/third-party/recycling';
import { THIRD_PARTY } from '../../support/practice-rig';
import { anInvoiceBody } from '../store/samples';
import { about, AMC, openDesk, paid, PS, rspOf, type Desk } from './desk';

let desk: Desk;
beforeEach(async () => {
  desk = await openDesk();
});
afterEach(() => desk.close());

const AT = '2026-11-30T09:00:00.000Z';
const recycling = new Recycling(THIRD_PARTY);

/** What becomes of a corrected invoice that names `linkedTo`. */
const replace = (kind: 'FSE' | 'DRE', linkedTo: string, hostId = 'B-new'): Promise<HeldReason | null> => {
  const body = anInvoiceBody('000000900');
  const thirdParty = 'amo+amc' as const;
  const corrected: Invoice = { ...body, kind, linkedTo, thirdParty, practitioner: { ...body.practitioner, billingNumber: PS } };
  return desk.store.transaction((session) => recycling.replace(session, corrected, hostId, AT));
};
const refused = (code: string, refined: string, part: 'O' | 'C') => [{ code, refined, label: 'MOTIF', part }];

describe('a corrected FSE', () => {
  it.each(['ACKED', 'SENT', 'UNCERTAIN', 'SEALED'] as const)(
    'waits (FAC-040) while the one it replaces is %s, which stays as it was',
    async (state) => {
      const id = await desk.sent({ number: '000000101', state });
      expect(await replace('FSE', '000000101')).toEqual({ code: 'FAC-040', details: { n: '000000101' } });
      expect((await desk.state(id))[0]).toBe(state);
    },
  );

  it('waits (FAC-040) while the one it replaces is paid, and recycles it once it is refused', async () => {
    const paidOne = await desk.sent({ number: '000000101', state: 'ACKED' });
    const refusedOne = await desk.sent({ number: '000000102', state: 'ACKED' });
    await desk.receive(
      rspOf([
        about('000000101', { amo: paid(10000) }),
        about('000000102', { amo: { requested: 10000, state: 'R', paid: 0 }, rejections: refused('0450', '097', 'O') }),
      ]),
    );
    expect((await replace('FSE', '000000101'))?.code).toBe('FAC-040');
    expect(await replace('FSE', '000000102')).toBeNull();
    expect([(await desk.state(paidOne))[0], (await desk.state(refusedOne))[0]]).toEqual(['PAID', 'RECYCLED']);
    const journal = await desk.store.read((session) => session.journal.of('invoice', refusedOne));
    expect(journal.at(-1)).toMatchObject({ event: 'recycled', from: 'REJECTED', to: 'RECYCLED', detail: { by: '000000900', part: 'amo' } });
  });

  it.each(THIRD_PARTY.doNotRetransmit.map((key) => key.split(' ')))(
    'is held (RET-010) after a refusal %s %s, which must not be billed again, and the old one stays refused',
    async (code = '', refined = '') => {
      const id = await desk.sent({ number: '000000101', state: 'ACKED' });
      await desk.receive(
        rspOf([about('000000101', { amo: { requested: 10000, state: 'R', paid: 0 }, rejections: refused(code, refined, 'O') })]),
      );
      expect(await replace('FSE', '000000101')).toEqual({ code: 'RET-010', details: {} });
      expect((await desk.state(id))[0]).toBe('REJECTED');
    },
  );

  it('cancels one that was never sent, and is not its own predecessor', async () => {
    const id = await desk.sent({ number: '000000101', state: 'READY' });
    const own = await desk.store.read((session) => session.invoices.get(id));
    expect(await replace('FSE', '000000101', own?.hostId ?? '')).toBeNull();
    expect((await desk.state(id))[0]).toBe('READY');
    expect(await replace('FSE', '000000101')).toBeNull();
    expect((await desk.state(id))[0]).toBe('CANCELLED');
  });
});

describe('a new DRE', () => {
  const dre = (number: string, linkedTo: string): Promise<string> =>
    desk.sent({ number, kind: 'DRE', amo: 0, amc: 3000, state: 'ACKED', change: { linkedTo } });

  it('recycles the refused DRE that completed the same FSE, whose AMO part is left alone', async () => {
    const fse = await desk.sent({ number: '000000101', state: 'ACKED' });
    const old = await dre('000000102', '000000101');
    expect(await replace('DRE', '000000101')).toEqual({ code: 'FAC-040', details: { n: '000000102' } });
    const amc = { requested: 3000, state: 'R' as const, paid: 0, amcNumber: AMC };
    await desk.receive(rspOf([about('000000102', { kind: 'D', amc, rejections: refused('0450', '097', 'C') })]));
    expect(await replace('DRE', '000000101')).toBeNull();
    expect([await desk.state(fse), await desk.state(old)]).toEqual([
      ['ACKED', null],
      [null, 'RECYCLED'],
    ]);
  });

  it('recycles the refused AMC part of the FSE it names, and the DRE it names itself', async () => {
    const fse = await desk.sent({ number: '000000101', amc: 2000, state: 'ACKED' });
    const old = await dre('000000103', '000000999');
    const no = (requested: number) => ({ requested, state: 'R' as const, paid: 0, amcNumber: AMC });
    await desk.receive(rspOf([about('000000101', { amo: paid(10000), amc: no(2000) }), about('000000103', { kind: 'D', amc: no(3000) })]));
    expect([await replace('DRE', '000000101'), await replace('DRE', '000000103')]).toEqual([null, null]);
    expect([await desk.state(fse), await desk.state(old)]).toEqual([
      ['PAID', 'RECYCLED'],
      [null, 'RECYCLED'],
    ]);
  });
});
