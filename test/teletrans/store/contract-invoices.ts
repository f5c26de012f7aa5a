import type { PartState } from '../../../src/teletrans/domain/states';
import type { Store, StoredInvoice, StoreSession } from '../../../src/teletrans/store/port';
import { aFile, aLot, anInvoice, anInvoiceBody } from './samples';

async function put(session: StoreSession, ...invoices: StoredInvoice[]): Promise<void> {
  for (const invoice of invoices) await session.invoices.insert(invoice, anInvoiceBody(invoice.number));
}
const ids = (rows: readonly { readonly id: string }[]): string[] => rows.map((row) => row.id);

/** Invoices and lots. */
export function describeInvoices(current: () => Store): void {
  const change = <T>(work: (session: StoreSession) => Promise<T>): Promise<T> => current().transaction(work);
  const look = <T>(work: (session: StoreSession) => Promise<T>): Promise<T> => current().read(work);

  describe('invoices', () => {
    it('are found by identifier, by the host’s identifier and by number of a practitioner', async () => {
      const one = anInvoice({ replacement: '999000029', linkedTo: '000000007', held: { code: 'FAC-006', details: { r: '01', c: '999' } } });
      const twin = anInvoice({ number: one.number, billingNumber: '999000037' });
      await change((session) => put(session, one, twin));
      await look(async (session) => {
        expect(await session.invoices.get(one.id)).toEqual(one);
        expect(await session.invoices.byHostId(one.hostId)).toEqual(one);
        expect(await session.invoices.byNumber('999000037', one.number)).toEqual(twin);
        expect(await session.invoices.get('nobody')).toBeNull();
        expect(await session.invoices.byHostId('nobody')).toBeNull();
        expect(await session.invoices.byNumber('999000011', '999999999')).toBeNull();
        await expect(session.invoices.body('nobody')).rejects.toThrow();
      });
    });

    it.each<[string, (one: StoredInvoice) => Partial<StoredInvoice>]>([
      ['identifier', (one) => ({ id: one.id })],
      ['host identifier', (one) => ({ hostId: one.hostId })],
      ['number of the same practitioner', (one) => ({ number: one.number })],
    ])('are refused with a known %s', async (_, same) => {
      const one = anInvoice();
      await change((session) => put(session, one));
      await expect(change((session) => put(session, anInvoice(same(one))))).rejects.toThrow();
      expect(await look((session) => session.invoices.list())).toEqual([one]);
    });

    it('refuse amounts that are not whole centimes', async () => {
      await expect(change((session) => put(session, anInvoice({ amounts: { fees: 40.5, amo: 0, amc: 0 } })))).rejects.toThrow();
    });

    it('are listed in order of creation, by state, practitioner, number and lot', async () => {
      const lot = aLot();
      const ready = anInvoice({ amoState: 'READY' });
      const acked = anInvoice({ amoState: 'ACKED', lotId: lot.id });
      const dre = anInvoice({ kind: 'DRE', amoState: null, amcState: 'READY', billingNumber: '999000029' });
      const both = anInvoice({ amoState: 'PAID', amcState: 'REJECTED' });
      await change(async (session) => {
        await session.lots.insert(lot);
        await put(session, ready, acked, dre, both);
      });
      await look(async ({ invoices }) => {
        expect(ids(await invoices.list())).toEqual(ids([ready, acked, dre, both]));
        expect(ids(await invoices.list({ limit: 2 }))).toEqual(ids([ready, acked]));
        expect(ids(await invoices.list({ amoState: ['READY', 'PAID'] }))).toEqual(ids([ready, both]));
        expect(ids(await invoices.list({ anyState: ['READY'] }))).toEqual(ids([ready, dre]));
        expect(ids(await invoices.list({ anyState: ['PAID', 'REJECTED'] }))).toEqual(ids([both]));
        expect(ids(await invoices.list({ anyState: ['READY'], billingNumber: '999000011' }))).toEqual(ids([ready]));
        expect(ids(await invoices.list({ number: dre.number }))).toEqual(ids([dre]));
        expect(ids(await invoices.list({ lotId: lot.id }))).toEqual(ids([acked]));
        expect(await invoices.list({ amoState: [] })).toEqual([]);
      });
    });

    it('change only in what is asked', async () => {
      const one = anInvoice({ amoState: 'READY', notes: [{ code: 'FAC-019', details: { champ: 'nom' } }] });
      const other = anInvoice();
      const lot = aLot();
      await change((session) => put(session, one, other));
      await change(async (session) => {
        await session.lots.insert(lot);
        await session.invoices.update(one.id, { amoState: 'IN_LOT', lotId: lot.id });
        await session.invoices.update(one.id, {});
      });
      expect(await look((session) => session.invoices.get(one.id))).toEqual({ ...one, amoState: 'IN_LOT', lotId: lot.id });
      expect(await look((session) => session.invoices.get(other.id))).toEqual(other);
      const whole = {
        amcState: 'ACKED' as const,
        held: { code: 'FAC-026', details: {} },
        notes: [],
        sentAt: '2026-11-23T10:00:00.000Z',
        ackedAt: null,
        lotId: null,
      };
      await change((session) => session.invoices.update(one.id, whole));
      expect(await look((session) => session.invoices.get(one.id))).toEqual({ ...one, amoState: 'IN_LOT', ...whole });
      await expect(change((session) => session.invoices.update('nobody', { held: null }))).rejects.toThrow();
    });

    it('refuse a lot that does not exist', async () => {
      await expect(change((session) => put(session, anInvoice({ lotId: 'no such lot' })))).rejects.toThrow();
    });

    it('are counted by state of each part, however they came to it', async () => {
      const states: readonly (PartState | null)[] = ['READY', 'ACKED', 'PAID', null];
      const invoices = Array.from({ length: 24 }, (_, i) => anInvoice({ amoState: states[i % 4]!, amcState: states[(i * 7 + 1) % 4]! }));
      await change((session) => put(session, ...invoices));
      await change(async (session) => {
        for (const [i, invoice] of invoices.entries()) {
          await session.invoices.update(invoice.id, {
            amoState: states[(i + (i % 3)) % 4]!,
            ...(i % 2 === 0 && { amcState: states[(i + 3) % 4]! }),
          });
        }
      });
      await look(async (session) => {
        const rows = await session.invoices.list();
        const expected = new Map<string, number>();
        for (const row of rows) {
          for (const [part, state] of [['amo', row.amoState] as const, ['amc', row.amcState] as const]) {
            if (state !== null) expected.set(`${part} ${state}`, (expected.get(`${part} ${state}`) ?? 0) + 1);
          }
        }
        const counted = new Map((await session.invoices.countByState()).map((row) => [`${row.part} ${row.state}`, row.count]));
        expect(counted).toEqual(expected);
      });
    });

    it('that are not settled are counted as the list of them says, with those whose legal date is past or today', async () => {
      const states: readonly (PartState | null)[] = ['READY', 'ACKED', 'HELD', null, 'PAID'];
      const deadlines = ['2026-11-19', '2026-11-20', '2026-11-21'];
      const invoices = states.flatMap((amoState) =>
        states.flatMap((amcState) => deadlines.map((deadline) => anInvoice({ amoState, amcState, deadline }))),
      );
      await change((session) => put(session, ...invoices));
      await change((session) => session.invoices.update(invoices[0]!.id, { amoState: 'PAID', amcState: 'PAID' }));
      await look(async (session) => {
        const wanted: readonly PartState[] = ['READY', 'HELD'];
        const expected = new Map<string, number[]>();
        for (const { amoState, amcState, deadline } of await session.invoices.list({ anyState: wanted })) {
          const [count = 0, before = 0, on = 0] = expected.get(`${amoState} ${amcState}`) ?? [];
          const due = [count + 1, before + Number(deadline < '2026-11-20'), on + Number(deadline === '2026-11-20')];
          expected.set(`${amoState} ${amcState}`, due);
        }
        const groups = await session.invoices.countUnsettled(wanted, '2026-11-20');
        expect(new Map(groups.map((one) => [`${one.amoState} ${one.amcState}`, [one.count, one.before, one.on]]))).toEqual(expected);
        const members = invoices.filter(({ amoState, amcState }) => wanted.includes(amoState!) || wanted.includes(amcState!));
        expect(groups.reduce((sum, { count }) => sum + count, 0)).toBe(members.length - 1);
      });
      await change((session) => session.invoices.update(invoices[1]!.id, { amoState: 'ARCHIVED', amcState: 'ARCHIVED' }));
      await look(async (session) => {
        const living = await session.invoices.list({ archived: false });
        const groups = await session.invoices.countLiving('2026-11-20');
        const sumOf = (pick: (one: (typeof groups)[number]) => number): number => groups.reduce((sum, one) => sum + pick(one), 0);
        expect(living.map(({ id }) => id)).not.toContain(invoices[1]!.id);
        expect(sumOf(({ count }) => count)).toBe(living.length);
        expect(sumOf(({ before }) => before)).toBe(living.filter(({ deadline }) => deadline < '2026-11-20').length);
        expect(sumOf(({ on }) => on)).toBe(living.filter(({ deadline }) => deadline === '2026-11-20').length);
      });
    });
  });

  describe('lots', () => {
    it('keep their invoices in order, even when an invoice has gone to another lot', async () => {
      const invoices = [anInvoice(), anInvoice(), anInvoice()];
      const first = aLot({ invoiceIds: [invoices[2]!.id, invoices[0]!.id, invoices[1]!.id] });
      const second = aLot({ number: '002', invoiceIds: [invoices[1]!.id] });
      await change(async (session) => {
        await put(session, ...invoices);
        await session.lots.insert(first);
        await session.lots.insert(second);
        await session.invoices.update(invoices[1]!.id, { lotId: second.id });
      });
      await look(async (session) => {
        expect(await session.lots.get(first.id)).toEqual(first);
        expect(await session.lots.list()).toEqual([first, second]);
        expect(await session.lots.count()).toBe(2);
        expect(ids(await session.invoices.list({ lotId: second.id }))).toEqual([invoices[1]!.id]);
      });
      await change((session) => session.lots.update(first.id, { invoiceIds: [invoices[0]!.id], totals: { fees: 1, amo: 2, amc: 3 } }));
      expect(await look((session) => session.lots.get(first.id))).toEqual({
        ...first,
        invoiceIds: [invoices[0]!.id],
        totals: { fees: 1, amo: 2, amc: 3 },
      });
    });

    it('are found by state, practitioner, file and number', async () => {
      const file = aFile();
      const one = aLot({ state: 'SENT', fileId: file.id });
      const other = aLot({ billingNumber: '999000029', state: 'SEALED' });
      const older = aLot({ lotDate: '2026-08-01', state: 'ACKED' });
      await change(async (session) => {
        for (const lot of [one, other, older]) await session.lots.insert(lot);
        await session.files.insert(file);
      });
      await look(async ({ lots }) => {
        expect(await lots.get('nobody')).toBeNull();
        expect(await lots.list({ state: ['SENT', 'SEALED'] })).toEqual([one, other]);
        expect(await lots.list({ billingNumber: '999000011' })).toEqual([one, older]);
        expect(await lots.list({ fileId: file.id })).toEqual([one]);
        expect(await lots.byNumber('999000011', '001', '2026-11-23')).toEqual([one]);
        expect(await lots.byNumber('999000011', '001', '2026-11-24')).toEqual([]);
      });
    });

    it('keep the sealed bytes exactly, with the proof of the seal', async () => {
      const lot = aLot({ state: 'SEALING' });
      const bytes = Buffer.from(Array.from({ length: 1280 }, (_, i) => (i * 7) % 256));
      const proof = { sha256: 'ab', signature: 'c2ln', certificate: 'PEM', sealedAt: '2026-11-23T08:05:00.000Z' };
      await change(async (session) => {
        await session.lots.insert(lot);
        expect(await session.lots.bytes(lot.id)).toBeNull();
        await session.lots.putBytes(lot.id, bytes);
        await session.lots.update(lot.id, { state: 'SEALED', sha256: 'ab', records: 10, proof });
      });
      await look(async ({ lots }) => {
        expect((await lots.bytes(lot.id))?.equals(bytes)).toBe(true);
        expect(await lots.get(lot.id)).toEqual({ ...lot, state: 'SEALED', sha256: 'ab', records: 10, proof });
      });
      await expect(change((session) => session.lots.putBytes('nobody', bytes))).rejects.toThrow();
    });

    it('keep the last ARL result', async () => {
      const lot = aLot();
      const ack = { code: 'L008', label: 'LOT REFUSE', class: 'negative', at: '2026-11-24T08:00:00.000Z' };
      await change((session) => session.lots.insert(lot));
      await change((session) => session.lots.update(lot.id, { ack }));
      expect((await look((session) => session.lots.get(lot.id)))?.ack).toEqual(ack);
    });

    it('refuse numbers of lots that are alive, recent, or whose bytes are still kept', async () => {
      const old = '2026-01-05';
      const withBytes = aLot({ number: '006', lotDate: old, state: 'ACKED' });
      await change(async (session) => {
        await session.lots.insert(aLot({ number: '001', lotDate: old, state: 'ACKED' }));
        await session.lots.insert(aLot({ number: '002', lotDate: old, state: 'NACKED' }));
        await session.lots.insert(aLot({ number: '003', lotDate: '2026-08-15', state: 'ACKED' }));
        await session.lots.insert(aLot({ number: '004', lotDate: '2026-11-20', state: 'CANCELLED' }));
        await session.lots.insert(aLot({ number: '005', lotDate: '2026-11-20', billingNumber: '999000029' }));
        await session.lots.insert(withBytes);
        await session.lots.putBytes(withBytes.id, Buffer.from('x'));
        await session.lots.insert(aLot({ number: '007', lotDate: '2026-08-14', state: 'ABANDONED' }));
      });
      const used = await look((session) => session.lots.numbersInUse('999000011', '2026-08-15'));
      expect([...used].sort()).toEqual(['002', '003', '004', '006']);
    });
  });
}
