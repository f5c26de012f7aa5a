import type { InvoiceGroup, ListSelection, ListSort, ListTable } from '../../../src/teletrans/store/listing/port';
import type { Store, StoreSession } from '../../../src/teletrans/store/port';
import { aFile, aLot, anAttempt, anInvoice, anInvoiceBody, RECIPIENT } from './samples';

const NO_ORDER = { practitioners: [], payers: new Map<number, number>() } as const;

/** Every group there is, in the order given. */
async function everything<G>(table: Pick<ListTable<G, never, unknown>, 'groups'>): Promise<ListSelection<G>> {
  const groups = await table.groups();
  return { groups: groups.map((group, place) => ({ ...group, place, stopped: false })) };
}

/** Identifiers of a whole list. */
async function idsOf<G, K extends string>(
  table: ListTable<G, K, unknown>,
  key: K,
  descending: boolean,
  narrowed: Partial<ListSelection<G>> = {},
  order: Pick<ListSort<K>, 'practitioners' | 'payers'> = NO_ORDER,
): Promise<readonly string[]> {
  const selection = { ...(await everything(table)), ...narrowed };
  return table.ids([...(await table.select(selection, { key, descending, ...order }))]);
}

/** Lists of invoices, lots and files. */
export function describeLists(current: () => Store): void {
  const change = <T>(work: (session: StoreSession) => Promise<T>): Promise<T> => current().transaction(work);
  const look = <T>(work: (session: StoreSession) => Promise<T>): Promise<T> => current().read(work);

  describe('lists', () => {
    it('count invoices by what they are shown as, without those in archives', async () => {
      const note = [{ code: 'FAC-041', details: { date: '20/11/2026' } }];
      await change(async ({ invoices }) => {
        for (const own of [
          anInvoice({ amoState: 'READY' }),
          anInvoice({ amoState: 'READY' }),
          anInvoice({ kind: 'DRE', amoState: null, amcState: 'PAID' }),
          anInvoice({ amoState: 'NO_ACK_EXPECTED', notes: note }),
          anInvoice({ amoState: 'ARCHIVED' }),
        ])
          await invoices.insert(own, anInvoiceBody(own.number));
      });
      const groups = await look(({ lists }) => lists.invoices.groups());
      const sorted = [...groups].sort((a, b) => String(a.amoState).localeCompare(String(b.amoState)));
      expect(sorted).toEqual([
        { amoState: 'NO_ACK_EXPECTED', amcState: null, sheetSent: true, count: 1 },
        { amoState: null, amcState: 'PAID', sheetSent: false, count: 1 },
        { amoState: 'READY', amcState: null, sheetSent: false, count: 2 },
      ]);
    });

    it('choose, sort and add up invoices; equal ones keep the order of creation, and those without a lot come last', async () => {
      const lot = aLot({ number: '007' });
      const [one, two, three] = [
        anInvoice({ amounts: { fees: 300, amo: 30, amc: 3 }, deadline: '2026-11-18', billingNumber: '999000029' }),
        anInvoice({ amounts: { fees: 100, amo: 10, amc: 1 }, lotId: lot.id }),
        anInvoice({ amounts: { fees: 100, amo: 20, amc: 2 }, deadline: '2026-11-20' }),
      ];
      await change(async ({ invoices, lots }) => {
        for (const own of [one, two, three]) await invoices.insert(own, anInvoiceBody(own.number));
        await lots.insert({ ...lot, invoiceIds: [two.id] });
      });
      const [first, second, third] = [one.id, two.id, three.id];
      await look(async ({ lists: { invoices } }) => {
        expect(await idsOf(invoices, 'fees', false)).toEqual([second, third, first]);
        expect(await idsOf(invoices, 'fees', true)).toEqual([first, second, third]);
        expect(await idsOf(invoices, 'lot', false)).toEqual([second, first, third]);
        expect(await idsOf(invoices, 'lot', true)).toEqual([second, first, third]);
        expect(await idsOf(invoices, 'fees', false, { billingNumber: '999000011' })).toEqual([second, third]);
        expect(await idsOf(invoices, 'fees', false, { deadlineBefore: '2026-11-20' })).toEqual([first]);
        expect(await idsOf(invoices, 'fees', false, { deadlineOn: '2026-11-20' })).toEqual([third]);
        const practitioners = ['999000029', '999000011'];
        expect(await idsOf(invoices, 'practitioner', false, {}, { practitioners, payers: new Map() })).toEqual([first, second, third]);
        expect(await idsOf(invoices, 'number', false, { words: [{ word: '7', payers: new Set() }] })).toContain(second);
        const all = await everything(invoices);
        expect(await invoices.sums(all)).toEqual({ count: 3, fees: 500, amo: 60, amc: 6 });
        expect(await invoices.sums({ groups: [] })).toEqual({ count: 0, fees: 0, amo: 0, amc: 0 });
        const some = await invoices.select(all, { key: 'fees', descending: false, ...NO_ORDER }, 1);
        expect(await invoices.ids([...some])).toEqual([second]);
      });
    });

    it('put first what still has to leave, by its legal date', async () => {
      const stopped = anInvoice({ amoState: 'PAID', deadline: '2020-01-01' });
      const late = anInvoice({ amoState: 'READY', deadline: '2026-11-18' });
      const early = anInvoice({ amoState: 'READY', deadline: '2026-12-02' });
      await change(async ({ invoices }) => {
        for (const own of [stopped, early, late]) await invoices.insert(own, anInvoiceBody(own.number));
      });
      await look(async ({ lists: { invoices } }) => {
        const group = (amoState: InvoiceGroup['amoState'], stopped: boolean): ListSelection<InvoiceGroup>['groups'][number] => ({
          amoState,
          amcState: null,
          sheetSent: false,
          place: 0,
          stopped,
        });
        const groups = [group('PAID', true), group('READY', false)];
        expect(await idsOf(invoices, 'deadline', false, { groups })).toEqual([late.id, early.id, stopped.id]);
        expect(await idsOf(invoices, 'deadline', true, { groups })).toEqual([stopped.id, early.id, late.id]);
      });
    });

    it.each([true, false])('know the payer of an invoice before its lot and after (lot written first: %s)', async (lotFirst) => {
      const lot = aLot({ recipient: { ...RECIPIENT, label: 'CAISSE FICTIVE' } });
      const own = anInvoice({ lotId: lotFirst ? lot.id : null });
      await change(async ({ invoices, lots, lists }) => {
        if (lotFirst) await lots.insert(lot);
        await invoices.insert(own, anInvoiceBody(own.number));
        if (lotFirst) return;
        const routed = (await lists.payers()).find(({ rank }) => rank !== 0);
        expect(routed).toMatchObject({ label: null, route: { kind: 'FSE', regime: '01', fund: '999', centre: '0001', insurer: '' } });
        expect(await lists.payerOf(own.id)).toBe(routed?.rank);
        await lots.insert(lot);
        await invoices.update(own.id, { lotId: lot.id });
      });
      await look(async ({ lists }) => {
        const rank = await lists.payerOf(own.id);
        expect((await lists.payers()).find((payer) => payer.rank === rank)).toEqual({ rank, label: 'CAISSE FICTIVE', route: null });
        const payers = new Map([[rank, 1]]);
        expect(
          await idsOf(lists.lots, 'payer', false, { words: [{ word: 'x', payers: new Set([rank]) }] }, { practitioners: [], payers }),
        ).toEqual([lot.id]);
        expect(await idsOf(lists.lots, 'payer', false, { words: [{ word: 'x', payers: new Set() }] })).toEqual([]);
        expect(await lists.payerOf('nobody')).toBe(0);
      });
    });

    it('sort lots by their file and by their invoices, and files by their attempts and their lots', async () => {
      const invoices = [anInvoice(), anInvoice(), anInvoice()];
      const [file, other] = [aFile({ fileId: '000009', invoices: 3 }), aFile({ fileId: '000002', state: 'FROZEN', invoices: 0 })];
      const lots = [
        aLot({ number: '002', fileId: file.id, invoiceIds: [invoices[0]!.id] }),
        aLot({ number: '003', invoiceIds: [] }),
        aLot({ number: '001', fileId: file.id, invoiceIds: [invoices[1]!.id, invoices[2]!.id] }),
      ];
      await change(async (session) => {
        for (const own of invoices) await session.invoices.insert(own, anInvoiceBody(own.number));
        await session.files.insert({ ...file, lotIds: [lots[0]!.id, lots[2]!.id] });
        await session.files.insert(other);
        for (const lot of lots) await session.lots.insert(lot);
        await session.attempts.insert(anAttempt(file.id));
      });
      const [first, second, third] = lots.map(({ id }) => id);
      await look(async ({ lists }) => {
        expect(await idsOf(lists.lots, 'file', true)).toEqual([first, third, second]);
        expect(await idsOf(lists.lots, 'count', true)).toEqual([third, first, second]);
        expect(await idsOf(lists.files, 'attempts', true)).toEqual([file.id, other.id]);
        expect(await idsOf(lists.files, 'created', false, { words: [{ word: '002', payers: new Set() }] })).toEqual([file.id, other.id]);
        expect(await idsOf(lists.files, 'lots', true, { billingNumber: '999000011' })).toEqual([file.id]);
        expect(await lists.files.sums(await everything(lists.files))).toEqual({ count: 2, invoices: 3 });
        expect(await lists.senderOf(file.id)).toBe('999000011');
        expect(await lists.senderOf(other.id)).toBeNull();
        expect(await lists.lots.ids([999_999])).toEqual([]);
      });
    });

    it('take what is typed as letters', async () => {
      const own = anInvoice();
      await change(({ invoices }) => invoices.insert(own, anInvoiceBody(own.number)));
      await look(async ({ lists: { invoices } }) => {
        for (const word of [`' OR 1=1 --`, '%', '"', '\u0000', '9'.repeat(80)])
          expect(await idsOf(invoices, 'number', false, { words: [{ word, payers: new Set() }] })).toEqual([]);
        expect(await idsOf(invoices, 'number', false, { billingNumber: `' OR 1=1 --` })).toEqual([]);
      });
    });
  });
}
