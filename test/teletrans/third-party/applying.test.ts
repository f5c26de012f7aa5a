/** What a payer's return does to the invoices and to the books. */
import { about, AMC, openDesk, paid, PS, rspOf, type Desk } from './desk';

let desk: Desk;
beforeEach(async () => {
  desk = await openDesk();
});
afterEach(() => desk.close());

const openLines = async (): Promise<readonly { readonly cause: string | null; readonly amount: number }[]> =>
  (await desk.store.read((session) => session.thirdParty.lines.list({ status: 'open' }))).map(({ cause, amount }) => ({ cause, amount }));

describe('a payment return', () => {
  it('settles each part on its own', async () => {
    const id = await desk.sent({ number: '000000101', amo: 10000, amc: 2000, state: 'ACKED' });
    const tally = await desk.receive(
      rspOf([
        about('000000101', {
          amo: paid(10000),
          amc: { requested: 2000, state: 'R', paid: 0, amcNumber: AMC },
          rejections: [{ code: '2600', refined: '649', label: 'X', part: 'C' }],
        }),
      ]),
    );
    expect(tally).toMatchObject({ rsp: 2, unmatched: 0, quarantined: 0 });
    expect(await desk.state(id)).toEqual(['PAID', 'REJECTED']);
    expect([await desk.due(id, 'amo'), await desk.due(id, 'amc')]).toEqual([0, 2000]);
    const invoice = await desk.store.read((session) => session.invoices.get(id));
    expect(invoice?.held).toEqual({ code: 'RET-027', details: {} });
  });

  it.each([
    ['paid in full', paid(10000), 'PAID', 0],
    ['paid in part', paid(10000, 9000), 'PART_PAID', 1000],
    ['paid too much', paid(10000, 11000), 'PART_PAID', -1000],
    ['refused', { requested: 10000, state: 'R', paid: 0 } as const, 'REJECTED', 10000],
    ['deferred', { requested: 10000, state: 'D', paid: 0 } as const, 'ACKED', 10000],
    ['not processed', { requested: 10000, state: '', paid: 0 } as const, 'ACKED', 10000],
  ])('%s', async (_name, amo, state, due) => {
    const id = await desk.sent({ number: '000000101', state: 'ACKED' });
    await desk.receive(rspOf([about('000000101', { amo })]));
    expect((await desk.state(id))[0]).toBe(state);
    expect(await desk.due(id, 'amo')).toBe(due);
  });

  it('is counted once, however often it comes', async () => {
    const id = await desk.sent({ number: '000000101' });
    const bytes = rspOf([about('000000101', { amo: paid(10000, 4000) })]);
    await desk.receive(bytes);
    const again = await desk.receive(bytes);
    expect(again).toMatchObject({ rsp: 0, unmatched: 0 });
    expect(await desk.lastReturn()).toMatchObject({ state: 'duplicate', reason: { code: 'RET-024' } });
    expect(await desk.due(id, 'amo')).toBe(6000);
  });

  it('of a known identity with other bytes is shown to a person and not counted', async () => {
    const id = await desk.sent({ number: '000000101' });
    await desk.receive(rspOf([about('000000101', { amo: paid(10000, 4000) })], { fileId: '000777' }));
    const tally = await desk.receive(rspOf([about('000000101', { amo: paid(10000, 5000) })], { fileId: '000777' }));
    expect(tally).toMatchObject({ rsp: 0, unmatched: 1 });
    expect(await desk.lastReturn()).toMatchObject({ state: 'unmatched', reason: { code: 'RET-041' } });
    expect(await desk.due(id, 'amo')).toBe(6000);
  });

  it('that is cut short, or of another marking, books nothing and is kept', async () => {
    const id = await desk.sent({ number: '000000101' });
    const bytes = rspOf([about('000000101', { amo: paid(10000) })]);
    expect(await desk.receive(bytes.subarray(0, bytes.length - 128))).toMatchObject({ rsp: 0, quarantined: 1 });
    expect(await desk.lastReturn()).toMatchObject({ state: 'quarantined', reason: { code: 'RET-040' } });
    await desk.receive(rspOf([about('000000101', { amo: paid(10000) })], { flowKind: 'D' }));
    expect(await desk.lastReturn()).toMatchObject({ state: 'quarantined', reason: { code: 'RET-042' } });
    expect(await desk.due(id, 'amo')).toBe(10000);
  });

  it('about an invoice in doubt proves that its message arrived', async () => {
    const id = await desk.sent({ number: '000000101', amo: 10000, amc: 2000, state: 'UNCERTAIN' });
    await desk.receive(rspOf([about('000000101', { amo: paid(10000) })]));
    expect(await desk.state(id)).toEqual(['PAID', 'SENT']);
    const [file] = await desk.store.read((session) => session.files.list());
    const [lot] = await desk.store.read((session) => session.lots.list());
    expect([file?.state, lot?.state]).toEqual(['HANDED_OVER', 'SENT']);
  });

  it('may come before the ARL, which then changes nothing but its date', async () => {
    const id = await desk.sent({ number: '000000101' });
    await desk.receive(rspOf([about('000000101', { amo: paid(10000) })]));
    await desk.arl('000000101', '0000');
    expect((await desk.state(id))[0]).toBe('PAID');
    expect((await desk.store.read((session) => session.invoices.get(id)))?.ackedAt).not.toBeNull();
  });

  it('about an invoice that has not left holds it back, and its file too', async () => {
    const id = await desk.sent({ number: '000000101', state: 'READY' });
    await desk.receive(rspOf([about('000000101', { amo: paid(10000) })]));
    const invoice = await desk.store.read((session) => session.invoices.get(id));
    expect([invoice?.amoState, invoice?.held?.code]).toEqual(['HELD', 'RET-043']);
    expect(await openLines()).toEqual([{ cause: 'not-sent', amount: 10000 }]);
    expect(await desk.store.read((session) => session.thirdParty.lines.answeredFiles())).toHaveLength(1);
  });

  it('takes money back', async () => {
    const id = await desk.sent({ number: '000000101', state: 'ACKED' });
    await desk.receive(rspOf([about('000000101', { amo: paid(10000) })]));
    await desk.receive(rspOf([about('000000101', { amo: { ...paid(10000), sign: 'N' } })]));
    expect((await desk.state(id))[0]).toBe('REVERSED');
    expect(await desk.due(id, 'amo')).toBe(10000);
  });

  it.each([
    ['an unknown invoice', about('000000999', { amo: paid(500) }), {}, 'unknown-invoice'],
    ['another lot', about('000000101', { amo: paid(500), lotNumber: '777' }), {}, 'other-lot'],
    ['the other kind', about('000000101', { amo: paid(500), kind: 'D' }), {}, 'other-kind'],
    ['a part it has not', about('000000101', { amc: { ...paid(500), amcNumber: AMC } }), {}, 'no-such-part'],
    ['another practitioner', about('000000101', { amo: paid(500) }), { billingNumber: '999000029' }, 'unknown-invoice'],
  ])('leaves to a person the line about %s, and drops none of its money', async (_name, line, transfer, cause) => {
    const id = await desk.sent({ number: '000000101', state: 'ACKED' });
    expect(await desk.receive(rspOf([line], { transfer }))).toMatchObject({ rsp: 0, unmatched: 1 });
    expect(await openLines()).toEqual([{ cause, amount: 500 }]);
    expect(await desk.due(id, 'amo')).toBe(10000);
  });

  it('closes its balance: debts, lump sums and what the control total has more', async () => {
    await desk.sent({ number: '000000101', state: 'ACKED' });
    await desk.receive(
      rspOf([about('000000101', { amo: paid(10000) })], {
        transfer: {
          debts: [{ reference: 'IND1', kind: 'IPI', recovery: 'RPR', amount: -1500 }],
          lumps: [{ code: '00012', amount: 490 }],
        },
        statedTotal: 12345,
      }),
    );
    const [remittance] = await desk.store.read((session) => session.thirdParty.remittances.list());
    const lines = await desk.store.read((session) => session.thirdParty.lines.list());
    expect(lines.map(({ kind, amount }) => [kind, amount])).toEqual([
      ['part', 10000],
      ['debt', -1500],
      ['lump', 490],
      ['difference', 12345 - (10000 - 1500 + 490)],
    ]);
    expect(remittance?.total).toBe(lines.reduce((sum, { amount }) => sum + amount, 0));
    expect(remittance?.stated).toBe(12345);
    expect(remittance?.warnings.length).toBeGreaterThan(0);
  });

  it('books by itself, later, a line whose invoice comes after it', async () => {
    await desk.receive(rspOf([about('000000101', { amo: paid(10000) })]));
    const id = await desk.sent({ number: '000000101', state: 'ACKED' });
    expect(await desk.receive(rspOf([about('000000998', { amo: paid(1) })]))).toMatchObject({ rsp: 1, unmatched: 1 });
    expect((await desk.state(id))[0]).toBe('PAID');
  });

  it('is applied whole or not at all', async () => {
    const id = await desk.sent({ number: '000000101', state: 'ACKED' });
    const bytes = rspOf([about('000000101', { amo: paid(10000) }), about('000000999', { amo: paid(5) })]);
    const broken = desk.store.transaction(async (session) => {
      await desk.rsp.apply(session, 'r-1', bytes, 'sha');
      throw new Error('died before the commit');
    });
    await expect(broken).rejects.toThrow();
    expect((await desk.state(id))[0]).toBe('ACKED');
    expect(await openLines()).toEqual([]);
    await desk.receive(bytes);
    expect(await desk.due(id, 'amo')).toBe(0);
  });

  it('pays a DRE', async () => {
    const id = await desk.sent({ number: '000000102', kind: 'DRE', amo: 0, amc: 3000, state: 'ACKED' });
    await desk.receive(rspOf([about('000000102', { kind: 'D', amc: { ...paid(3000), amcNumber: AMC } })]));
    expect(await desk.state(id)).toEqual([null, 'PAID']);
  });

  it('writes in the clear neither what the payer says in words nor a name', async () => {
    await desk.sent({ number: '000000101', state: 'ACKED' });
    const canary = 'ZYXCANARIMOTIF';
    await desk.receive(
      rspOf([
        about('000000101', {
          amo: { requested: 10000, state: 'R', paid: 0 },
          rejections: [{ code: '9999', label: canary, part: 'O' }],
          comments: [canary],
        }),
      ]),
    );
    const [line] = await desk.store.read((session) => session.thirdParty.lines.list());
    expect(line?.detail?.rejections[0]?.label).toBe(canary);
    const journal = await desk.store.read((session) => session.journal.last(50));
    const invoice = await desk.store.read((session) => session.invoices.byNumber(PS, '000000101'));
    expect(JSON.stringify([journal, invoice])).not.toContain(canary);
  });
});
