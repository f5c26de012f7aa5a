/** Reminders, adjustments, returns set aside and totals: through the application, on the real store. */
import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { ThirdPartyApplication } from '../../../src/teletrans/application/third-party-desk';
import type { GroupView } from '../../../src/teletrans/application/third-party-port';
import { isVitaleError } from '../../../src/teletrans/domain/errors';
import { Reconciling } from '../../../src/teletrans/third-party/reconciling';
import { Settling } from '../../../src/teletrans/third-party/settling';
import { HOLIDAYS, PLAIN_READER, ROUTES, THIRD_PARTY } from '../../support/practice-rig';
import { about, AMC, openDesk, paid, rspOf, type Desk } from './desk';

let desk: Desk;
let app: ThirdPartyApplication;
const said = { by: 'Claire', reason: 'vu avec la caisse' };
beforeEach(async () => {
  desk = await openDesk();
  const ids = { uuid: () => randomUUID() };
  app = new ThirdPartyApplication(
    {
      store: desk.store,
      rules: THIRD_PARTY,
      reconciling: new Reconciling(new Settling(THIRD_PARTY), THIRD_PARTY, desk.clock, ids),
      rsp: desk.rsp,
      mails: PLAIN_READER,
      routes: ROUTES,
      calendar: { table: HOLIDAYS, region: '35', goodFriday: false },
      clock: desk.clock,
      ids,
      explain: ({ code }) => ({ code, message: code, action: code }),
    },
    () => undefined,
  );
});
afterEach(() => desk.close());

async function codeOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
    return 'done';
  } catch (error) {
    return isVitaleError(error) ? error.code : String(error);
  }
}

describe('reminder letters', () => {
  beforeEach(async () => {
    const change = { ackedAt: '2026-11-20T19:00:00.000Z' };
    for (const number of ['000000101', '000000102']) await desk.sent({ number, amo: 10000, amc: 2000, state: 'ACKED', change });
    desk.setNow('2026-12-20T10:00:00+01:00');
  });

  it('are one a payer, part and practitioner, of what is due beyond the delays; noting one says so of its invoices, once', async () => {
    const letters = await app.reminderLetters();
    expect(letters.map(({ part, claims, total }) => [part, claims.length, total.due])).toEqual([
      ['amc', 2, 4000],
      ['amo', 2, 20000],
    ]);
    const [, amo] = letters;
    expect(amo?.penalty).toBe(2000);
    await app.reminded([amo?.id ?? ''], said);
    expect((await app.reminderLetters()).map(({ part }) => part)).toEqual(['amc']);
    const claim = { invoiceId: amo?.claims[0]?.invoiceId ?? '', part: 'amo' as const };
    expect((await app.history(claim)).map(({ kind, words }) => [kind, words])).toEqual([['reminder', 'Claire : vu avec la caisse']]);
    expect(await codeOf(app.reminded([amo?.id ?? ''], said))).toBe('RET-049');
    desk.setNow('2027-01-04T10:00:00+01:00');
    const again = (await app.reminderLetters()).find(({ part }) => part === 'amo');
    expect(again?.claims.map(({ reminders, remindedOn }) => [reminders, remindedOn])).toEqual([
      [1, '2026-12-20'],
      [1, '2026-12-20'],
    ]);
  });

  it('that changed since they were read are neither printed nor noted', async () => {
    const [, amo] = await app.reminderLetters();
    await desk.receive(rspOf([about('000000101', { amo: paid(10000, 4000) })]));
    expect(await codeOf(app.reminderLetter(amo?.id ?? ''))).toBe('RET-049');
    expect(await codeOf(app.reminded([amo?.id ?? ''], said))).toBe('RET-049');
    expect((await app.reminderLetters()).map(({ total }) => total.due)).toEqual([4000, 16000]);
  });
});

describe('an adjustment', () => {
  it('goes towards zero, settles what was paid in part, keeps who and why, and is undone', async () => {
    const id = await desk.sent({ number: '000000101', state: 'ACKED' });
    const claim = { invoiceId: id, part: 'amo' as const };
    expect(await codeOf(app.adjust(claim, 10000, said))).toBe('RET-058');
    await desk.receive(rspOf([about('000000101', { amo: paid(10000, 9998) })]));
    for (const wrong of [0, 3, -2]) expect(await codeOf(app.adjust(claim, wrong, said))).toBe('RET-058');
    const batch = await app.adjust(claim, 2, said);
    expect([(await desk.state(id))[0], await desk.due(id, 'amo')]).toEqual(['PAID', 0]);
    expect((await app.history(claim)).at(-1)).toMatchObject({ kind: 'adjustment', amount: 2, words: 'Claire : vu avec la caisse' });
    await app.undo(batch, said);
    expect([(await desk.state(id))[0], await desk.due(id, 'amo')]).toEqual(['PART_PAID', 2]);
  });

  it('absorbs what was paid too much, and nothing of what has not left', async () => {
    const id = await desk.sent({ number: '000000101', state: 'ACKED' });
    await desk.receive(rspOf([about('000000101', { amo: paid(10000, 10050) })]));
    await app.adjust({ invoiceId: id, part: 'amo' }, -50, said);
    expect([(await desk.state(id))[0], await desk.due(id, 'amo')]).toEqual(['PAID', 0]);
    const ready = await desk.sent({ number: '000000102', state: 'READY' });
    expect(await codeOf(app.adjust({ invoiceId: ready, part: 'amo' }, 1, said))).toBe('RET-058');
  });
});

describe('a return whose identity is known with other bytes', () => {
  it('is set aside with a reason, counted by nobody meanwhile, taken up again, and then counted', async () => {
    const id = await desk.sent({ number: '000000101', state: 'ACKED' });
    await desk.receive(rspOf([about('000000101', { amo: paid(10000, 4000) })], { fileId: '000777' }));
    await desk.receive(rspOf([about('000000101', { amo: paid(10000, 5000) })], { fileId: '000777' }));
    const [conflict] = (await app.overview()).conflicts;
    const returnId = conflict?.returnId ?? '';
    await app.setAsideReturn(returnId, said);
    const aside = await app.overview();
    expect([aside.conflicts, aside.asideConflicts.map(({ words }) => words)]).toEqual([[], ['Claire : vu avec la caisse']]);
    for (const act of [() => app.setAsideReturn(returnId, said), () => app.bookAnyway(returnId, said)])
      expect(await codeOf(act())).toBe('RET-045');
    expect(await desk.due(id, 'amo')).toBe(6000);
    await app.takeUpReturn(returnId, said);
    expect((await app.overview()).conflicts.map((one) => one.returnId)).toEqual([returnId]);
    await app.bookAnyway(returnId, said);
    expect(await desk.due(id, 'amo')).toBe(1000);
    expect(await codeOf(app.takeUpReturn(returnId, said))).toBe('RET-045');
  });
});

describe('the totals', () => {
  /** Sums of one column over groups. */
  const sum = (groups: readonly GroupView[], which: 'all' | 'amo' | 'amc', name: keyof GroupView['all']): number =>
    groups.reduce((total, group) => total + group[which][name], 0);
  const decimal = (text: string | undefined): number => Math.round(Number((text ?? '').replace(',', '.')) * 100);

  async function agree(): Promise<void> {
    const view = await app.totals();
    for (const which of ['all', 'amo', 'amc'] as const)
      for (const name of ['count', 'open', 'expected', 'paid', 'adjusted', 'due'] as const)
        for (const groups of [view.byDay, view.byMonth, view.byPayer, view.byPractitioner])
          expect(sum(groups, which, name)).toBe(view.totals[which][name]);
    // The window's header, the command and the list say the same.
    expect((await app.overview()).totals).toEqual(view.totals);
    expect((await app.owed()).totals).toEqual(view.totals);
    const choices = { part: null, payer: null, practitioner: null, age: null, settlement: 'all', search: '' } as const;
    const list = await app.claims({ choices, order: { key: 'age', direction: 'asc' }, from: 0, count: 500, view: null });
    expect(list.totals).toEqual({ amo: view.totals.amo, amc: view.totals.amc });
    expect(list.rows.reduce((total, { due }) => total + due, 0)).toBe(view.totals.all.due);
    // The money: what remittances brought is matched, open or set aside, and what is matched is what is paid.
    const { remittances, matched, open, setAside } = view.money;
    expect(matched + open + setAside).toBe(remittances);
    expect(matched).toBe(view.totals.all.paid);
    // The exports: the last row of the bank's, and every block of the totals'.
    const bank = (await app.bankExport('csv')).trimEnd().split('\r\n').slice(1);
    expect(decimal(bank.at(-1)?.split(';').at(-1))).toBe(remittances);
    const rows = bank.slice(0, -1).map((line) => line.split(';'));
    expect(rows.filter((row) => row[7] === 'rapproché').reduce((total, row) => total + decimal(row.at(-1)), 0)).toBe(matched);
    expect(/totalCentimes="(-?\d+)"/.exec(await app.bankExport('xml'))?.[1]).toBe(String(remittances));
    const csv = (await app.totalsExport())
      .trimEnd()
      .split('\r\n')
      .slice(1)
      .map((line) => line.split(';'));
    for (const by of ['Jour', 'Mois', 'Organisme', 'Praticien', 'Ensemble'])
      expect(csv.filter((row) => row[0] === by).reduce((total, row) => total + decimal(row[8]), 0)).toBe(view.totals.all.due);
  }

  it('agree with each other, with every list and with the exports, whatever came and whatever people did', async () => {
    const answer = fc.record({
      invoice: fc.nat({ max: 4 }),
      part: fc.constantFrom('amo' as const, 'amc' as const),
      amount: fc.integer({ min: 1, max: 12000 }),
      state: fc.constantFrom('P' as const, 'R' as const, 'N' as const),
    });
    const act = fc.constantFrom('aside', 'adjust', 'close', 'undo', 'reconcile', 'none');
    let serial = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(answer, act), { minLength: 1, maxLength: 5 }), async (steps) => {
        const first = (serial += 10);
        const number = (rank: number): string => String(100 + first + rank).padStart(9, '0');
        const ids: string[] = [];
        for (let rank = 0; rank < 4; rank++)
          ids.push(
            await desk.sent({
              number: number(rank),
              amo: 10000,
              amc: rank % 2 === 0 ? 2000 : 0,
              state: 'ACKED',
              change: { completedOn: `2026-1${rank % 2}-0${rank + 1}` },
            }),
          );
        for (const [{ invoice, part, amount, state }, then] of steps) {
          const body =
            state === 'R'
              ? { requested: amount, state: 'R' as const, paid: 0 }
              : { requested: amount, state: 'P' as const, paid: amount, ...(state === 'N' ? { sign: 'N' as const } : {}) };
          // Rank 4: an invoice nobody knows.
          await desk.receive(rspOf([about(number(invoice), part === 'amo' ? { amo: body } : { amc: { ...body, amcNumber: AMC } })]));
          const claim = { invoiceId: ids[invoice % 4] ?? '', part: 'amo' as const };
          const [line] = (await app.overview()).openLines.shown;
          const work: Readonly<Record<typeof then, () => Promise<unknown>>> = {
            aside: () => app.setAside(line?.id ?? 0, said),
            reconcile: () => app.reconcile(line?.id ?? 0, [{ ...claim, amount: line?.amount ?? 0 }], said),
            adjust: () => app.adjust(claim, 1, said),
            close: () => app.close(claim, said),
            undo: async () => app.undo((await app.history(claim)).find(({ batch }) => batch !== null)?.batch ?? '', said),
            none: () => Promise.resolve(),
          };
          // Whether it is allowed or refused, the books must agree.
          await codeOf(work[then]());
        }
        await agree();
      }),
      { numRuns: 12 },
    );
  }, 120_000);

  it('are the same after a purge: what is archived stays counted', async () => {
    const one = await desk.sent({ number: '000000101', amo: 10000, amc: 2000, state: 'ACKED' });
    const two = await desk.sent({ number: '000000102', state: 'ACKED' });
    const three = await desk.sent({ number: '000000103', state: 'ACKED' });
    await desk.receive(
      rspOf([
        about('000000101', { amo: paid(10000), amc: { ...paid(2000), amcNumber: AMC } }),
        about('000000102', { amo: { requested: 10000, state: 'R', paid: 0 } }),
        about('000000103', { amo: paid(10000) }),
      ]),
    );
    await desk.receive(rspOf([about('000000103', { amo: { ...paid(10000), sign: 'N' } })]));
    await app.close({ invoiceId: two, part: 'amo' }, said);
    const before = await app.totals();
    expect(await Promise.all([one, two, three].map((id) => desk.state(id)))).toEqual([
      ['PAID', 'PAID'],
      ['CLOSED_BY_PERSON', null],
      ['REVERSED', null],
    ]);
    // As the purge leaves them: archived, without a body.
    await desk.store.transaction(async ({ invoices }) => {
      await invoices.update(one, { amoState: 'ARCHIVED', amcState: 'ARCHIVED' });
      for (const id of [two, three]) await invoices.update(id, { amoState: 'ARCHIVED' });
      for (const id of [one, two, three]) await invoices.dropBody(id);
    });
    expect(await app.totals()).toEqual(before);
    await agree();
  });
});
