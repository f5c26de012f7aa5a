/** What people do in the books: by hand, in bulk, and back. */
import { randomUUID } from 'node:crypto';
import { isVitaleError } from '../../../src/teletrans/domain/errors';
import { candidatesFor, nearNumbers } from '../../../src/teletrans/third-party/candidates';
import { Reconciling } from '../../../src/teletrans/third-party/reconciling';
import { Settling } from '../../../src/teletrans/third-party/settling';
import { THIRD_PARTY } from '../../support/practice-rig';
import { about, openDesk, paid, rspOf, type Desk } from './desk';

let desk: Desk;
let books: Reconciling;
const said = { by: 'Claire', reason: 'vu avec la caisse' };
const uuid = (): string => randomUUID();

beforeEach(async () => {
  desk = await openDesk();
  books = new Reconciling(new Settling(THIRD_PARTY), THIRD_PARTY, desk.clock, { uuid });
});
afterEach(() => desk.close());

const openIds = async (): Promise<readonly number[]> =>
  (await desk.store.read((session) => session.thirdParty.lines.list({ status: 'open' }))).map(({ id }) => id);

async function codeOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
    return 'done';
  } catch (error) {
    return isVitaleError(error) ? error.code : String(error);
  }
}

describe('a line matched by hand', () => {
  it('settles the invoice, leaves who and why, and can be undone as if it had never been', async () => {
    const id = await desk.sent({ number: '000000101', state: 'ACKED' });
    await desk.receive(rspOf([about('000000110', { amo: paid(10000) })]));
    const [line = 0] = await openIds();
    const batch = await desk.store.transaction((session) =>
      books.reconcile(session, line, [{ invoiceId: id, part: 'amo', amount: 10000 }], said),
    );
    expect([(await desk.state(id))[0], await desk.due(id, 'amo'), await openIds()]).toEqual(['PAID', 0, []]);
    const [entry] = await desk.store.read((session) => session.thirdParty.ledger.list({ batch }));
    expect([entry?.actor, entry?.note]).toEqual(['person', 'Claire : vu avec la caisse']);
    await desk.store.transaction((session) => books.undo(session, batch, said));
    expect([(await desk.state(id))[0], await desk.due(id, 'amo'), await openIds()]).toEqual(['ACKED', 10000, [line]]);
    expect(await codeOf(desk.store.transaction((session) => books.undo(session, batch, said)))).toBe('RET-045');
  });

  it('may pay several invoices, to the centime and not otherwise', async () => {
    const one = await desk.sent({ number: '000000101', amo: 6000, state: 'ACKED' });
    const two = await desk.sent({ number: '000000102', amo: 4000, state: 'ACKED' });
    await desk.receive(rspOf([], { transfer: { lumps: [{ code: '00012', amount: 10000 }] } }));
    const [line = 0] = await openIds();
    const spread = (a: number, b: number): Promise<string> =>
      desk.store.transaction((session) =>
        books.reconcile(
          session,
          line,
          [
            { invoiceId: one, part: 'amo', amount: a },
            { invoiceId: two, part: 'amo', amount: b },
          ],
          said,
        ),
      );
    expect(await codeOf(spread(6000, 3999))).toBe('RET-044');
    expect([await desk.due(one, 'amo'), await desk.due(two, 'amo')]).toEqual([6000, 4000]);
    await spread(6000, 4000);
    expect([await desk.due(one, 'amo'), await desk.due(two, 'amo')]).toEqual([0, 0]);
    expect(await codeOf(spread(6000, 4000))).toBe('RET-046');
  });

  it('takes no money on an invoice that has not left', async () => {
    const id = await desk.sent({ number: '000000101', state: 'READY' });
    await desk.receive(rspOf([about('000000110', { amo: paid(10000) })]));
    const [line = 0] = await openIds();
    const act = desk.store.transaction((session) => books.reconcile(session, line, [{ invoiceId: id, part: 'amo', amount: 10000 }], said));
    expect(await codeOf(act)).toBe('RET-047');
  });

  it('may be set aside, and taken up again', async () => {
    await desk.receive(rspOf([], { transfer: { lumps: [{ code: '00012', amount: 490 }] } }));
    const [line = 0] = await openIds();
    await desk.store.transaction((session) => books.setAside(session, line, said));
    expect(await openIds()).toEqual([]);
    expect((await desk.store.read((session) => session.thirdParty.lines.get(line)))?.said).toBe('Claire : vu avec la caisse');
    await desk.store.transaction((session) => books.takeUp(session, line, said));
    expect(await openIds()).toEqual([line]);
  });
});

describe('undoing', () => {
  it('takes back a line that was booked by itself, and no other; the part is what it was', async () => {
    const one = await desk.sent({ number: '000000101', state: 'ACKED' });
    const two = await desk.sent({ number: '000000102', state: 'SENT' });
    await desk.receive(
      rspOf([about('000000101', { amo: paid(10000) }), about('000000102', { amo: { requested: 10000, state: 'R', paid: 0 } })]),
    );
    await desk.arl('000000102', '0000');
    const claim = { invoiceId: two, part: 'amo' as const };
    const [refusal] = await desk.store.read((session) => session.thirdParty.ledger.list({ claim }));
    await desk.store.transaction((session) => books.undo(session, refusal?.batch ?? '', said));
    expect([(await desk.state(one))[0], (await desk.state(two))[0]]).toEqual(['PAID', 'ACKED']);
    expect(await openIds()).toHaveLength(1);
  });
});

describe('a claim', () => {
  it('is closed by a person once the payer has answered, and not before', async () => {
    const id = await desk.sent({ number: '000000101', state: 'ACKED' });
    const close = (): Promise<string> => desk.store.transaction((session) => books.close(session, { invoiceId: id, part: 'amo' }, said));
    expect(await codeOf(close())).toBe('RET-048');
    await desk.receive(rspOf([about('000000101', { amo: paid(10000, 9000) })]));
    const batch = await close();
    expect([(await desk.state(id))[0], await desk.due(id, 'amo')]).toEqual(['CLOSED_BY_PERSON', 0]);
    await desk.store.transaction((session) => books.undo(session, batch, said));
    expect([(await desk.state(id))[0], await desk.due(id, 'amo')]).toEqual(['PART_PAID', 1000]);
  });
});

describe('the candidates of a line', () => {
  it('are ranked, with the difference and why each is one', async () => {
    await desk.sent({ number: '000000101', amo: 7000, state: 'ACKED' });
    await desk.sent({ number: '000000555', amo: 10000, state: 'ACKED' });
    await desk.receive(rspOf([about('000000011', { amo: paid(10000) }), about('000000110', { amo: paid(10000) })]));
    const lines = await openIds();
    const found = await desk.store.read(async (session) => {
      const line = await session.thirdParty.lines.get(lines[1] ?? 0);
      return line === null ? [] : candidatesFor(session, line);
    });
    expect(found.map(({ invoice, difference, likely, bookable }) => [invoice.number, difference, likely, bookable])).toEqual([
      ['000000555', 0, ['same-amount'], true],
      ['000000101', 3000, ['near-number'], true],
    ]);
  });

  it('come from one wrong digit, or two exchanged', () => {
    const near = nearNumbers('000000110');
    expect(near).toEqual(expect.arrayContaining(['000000101', '000000111', '000001010']));
    expect(near).not.toContain('000000110');
  });
});
