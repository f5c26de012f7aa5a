import type { PartState } from '../../../src/teletrans/domain/states';
import type { Store, StoredInvoice, StoreSession } from '../../../src/teletrans/store/port';
import { aFile, aLot, anAttempt, anEntry, anInvoice, anInvoiceBody, aReturn } from './samples';

async function put(session: StoreSession, ...invoices: StoredInvoice[]): Promise<void> {
  for (const invoice of invoices) await session.invoices.insert(invoice, anInvoiceBody(invoice.number));
}
const ids = (rows: readonly { readonly id: string }[]): string[] => rows.map((row) => row.id);

export function describeEntities(current: () => Store): void {
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

  describe('files and attempts', () => {
    it('are found by state, compostage and identity', async () => {
      const lots = [aLot(), aLot({ number: '002' })];
      const file = aFile({ lotIds: [lots[1]!.id, lots[0]!.id] });
      const other = aFile({ fileId: '000002', state: 'FROZEN' });
      await change(async (session) => {
        for (const lot of lots) await session.lots.insert(lot);
        await session.files.insert(file);
        await session.files.insert(other);
      });
      await look(async ({ files }) => {
        expect(await files.get(file.id)).toEqual(file);
        expect(await files.get('nobody')).toBeNull();
        expect(await files.list()).toEqual([file, other]);
        expect(await files.list({ state: ['FROZEN'] })).toEqual([other]);
        expect(await files.byCompostage(other.compostage)).toEqual(other);
        expect(await files.byCompostage('0')).toBeNull();
        expect(await files.byIdentity('00000999000011', '000001', '2026-11-23')).toEqual([file]);
      });
    });

    it('refuse a compostage that was used before', async () => {
      const file = aFile();
      await change((session) => session.files.insert(file));
      await expect(change((session) => session.files.insert(aFile({ compostage: file.compostage })))).rejects.toThrow();
    });

    it('change only in what is asked', async () => {
      const file = aFile();
      const frozen = {
        state: 'FROZEN' as const,
        sha256: 'cd',
        messageId: '<1@cabinet.test.invalid>',
        envelope: { from: 'cabinet@cabinet.test.invalid', to: '01999@999.01.test.invalid' },
        encrypted: true,
      };
      const failed = {
        state: 'TEMP_FAILED' as const,
        nextTryAt: '2026-11-23T08:10:00.000Z',
        failure: { code: 'TRA-001', details: { heure: '09:10' } },
      };
      await change((session) => session.files.insert(file));
      await change((session) => session.files.update(file.id, frozen));
      expect(await look((session) => session.files.get(file.id))).toEqual({ ...file, ...frozen });
      await change((session) => session.files.update(file.id, failed));
      expect(await look((session) => session.files.get(file.id))).toEqual({ ...file, ...frozen, ...failed });
      await change((session) => session.files.update(file.id, { failure: null, handedOverAt: '2026-11-23T08:11:00.000Z' }));
      expect((await look((session) => session.files.get(file.id)))?.failure).toBeNull();
    });

    it('tell which attempts were left open', async () => {
      const file = aFile();
      const first = anAttempt(file.id);
      const second = anAttempt(file.id, { rank: 2 });
      await change(async (session) => {
        await session.files.insert(file);
        await session.attempts.insert(first);
        await session.attempts.insert(second);
        await session.attempts.update(first.id, {
          endedAt: '2026-11-23T08:04:00.000Z',
          phase: 'replied',
          outcome: 'TEMP_FAILED',
          reply: '451 plus tard',
        });
        await session.attempts.update(second.id, { phase: 'body' });
      });
      await look(async ({ attempts }) => {
        expect(await attempts.open()).toEqual([{ ...second, phase: 'body' }]);
        expect((await attempts.ofFile(file.id)).map((attempt) => attempt.outcome)).toEqual(['TEMP_FAILED', null]);
        expect(await attempts.ofFile('nobody')).toEqual([]);
      });
      await expect(change((session) => session.attempts.insert(anAttempt(file.id, { rank: 2 })))).rejects.toThrow();
    });
  });

  describe('returns', () => {
    it('keep the mail as received, byte for byte', async () => {
      const entry = aReturn();
      const mail = Buffer.from(Array.from({ length: 70_000 }, (_, i) => (i * 31) % 256));
      await change((session) => session.returns.insert(entry, mail));
      expect((await look((session) => session.returns.mail(entry.id))).equals(mail)).toBe(true);
      await expect(look((session) => session.returns.mail('nobody'))).rejects.toThrow();
    });

    it('are recognised by mail and by content, a duplicate never being the first', async () => {
      const duplicate = aReturn({ contentSha256: 'same', state: 'duplicate' });
      const first = aReturn({ contentSha256: 'same', state: 'applied', kind: 'ARL' });
      const later = aReturn({ contentSha256: 'same' });
      await change(async (session) => {
        for (const entry of [duplicate, first, later]) await session.returns.insert(entry, Buffer.from('m'));
      });
      await look(async ({ returns }) => {
        expect(await returns.byContent('same')).toEqual(first);
        expect(await returns.byContent('other')).toBeNull();
        expect(await returns.byMail(later.uidl, later.mailSha256)).toEqual(later);
        expect(await returns.byMail(later.uidl, first.mailSha256)).toBeNull();
        expect(await returns.list({ state: ['spooled', 'duplicate'] })).toEqual([duplicate, later]);
        expect(await returns.list()).toEqual([duplicate, first, later]);
      });
      await expect(
        change((session) => session.returns.insert({ ...aReturn(), uidl: first.uidl, mailSha256: first.mailSha256 }, Buffer.from('m'))),
      ).rejects.toThrow();
    });

    it('change only in what is asked', async () => {
      const file = aFile();
      const entry = aReturn();
      await change(async (session) => {
        await session.files.insert(file);
        await session.returns.insert(entry, Buffer.from('m'));
      });
      const applied = { kind: 'ARL' as const, state: 'applied' as const, contentSha256: 'c1', fileId: file.id };
      await change((session) => session.returns.update(entry.id, applied));
      expect(await look((session) => session.returns.get(entry.id))).toEqual({ ...entry, ...applied });
      await change((session) => session.returns.update(entry.id, { state: 'quarantined', reason: { code: 'TRA-014', details: {} } }));
      expect(await look((session) => session.returns.get(entry.id))).toEqual({
        ...entry,
        ...applied,
        state: 'quarantined',
        reason: { code: 'TRA-014', details: {} },
      });
    });
  });

  describe('counters, journal and settings', () => {
    it('count from the least to the greatest value, then begin again', async () => {
      const values = await change(async ({ counters }) => {
        const seen: number[] = [];
        for (let i = 0; i < 5; i++) seen.push(await counters.next('lot/999000011', 1, 3));
        return seen;
      });
      expect(values).toEqual([1, 2, 3, 1, 2]);
      await change((session) => session.counters.next('file', 7, 9));
      await look(async ({ counters }) => {
        expect(await counters.value('lot/999000011')).toBe(2);
        expect(await counters.value('nothing')).toBeNull();
        expect(await counters.all()).toEqual({ file: 7, 'lot/999000011': 2 });
      });
    });

    it('keep the journal in order, per entity and as a whole', async () => {
      const entries = Array.from({ length: 5 }, (_, i) =>
        anEntry({ event: `e${String(i)}`, entityId: i % 2 === 0 ? 'a' : 'b', detail: { n: i, code: 'FAC-006' } }),
      );
      const sameName = anEntry({ entity: 'lot', entityId: 'a', from: null, to: null });
      await change(async ({ journal }) => {
        for (const entry of [...entries, sameName]) await journal.append(entry);
      });
      await look(async ({ journal }) => {
        expect(await journal.of('invoice', 'a')).toEqual([entries[0], entries[2], entries[4]]);
        expect(await journal.of('lot', 'a')).toEqual([sameName]);
        expect(await journal.last(2)).toEqual([entries[4], sameName]);
        expect(await journal.last(100)).toHaveLength(6);
      });
    });

    it('remember settings', async () => {
      await change((session) => session.settings.set('lastPractitioner', '"999000011"'));
      await change((session) => session.settings.set('lastPractitioner', '"999000029"'));
      await look(async ({ settings }) => {
        expect(await settings.get('lastPractitioner')).toBe('"999000029"');
        expect(await settings.get('nothing')).toBeNull();
      });
    });
  });
}
